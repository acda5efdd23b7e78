//! What a person reads who writes a derive by hand: each file under `ui/fail` is one
//! mistake, named by it, beside the message that it gets.

#[test]
fn mistakes_get_one_clear_message() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/fail/*.rs");
}
