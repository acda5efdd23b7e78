//! The server of `yunspec_tests::chaos`. Its one argument is the most requests that it takes.

fn main() {
    let most = std::env::args().nth(1).and_then(|most| most.parse().ok());
    yunspec_tests::chaos::serve(most.unwrap_or(1_000_000));
}
