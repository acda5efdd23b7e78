//! What filled the `%s` of a documented message.

/// The texts that stand where `template` has `%s`; none where `message` does not follow it.
///
/// The parts between are literal, and both ends are anchored; where a part occurs more than
/// once, the earlier `%s` takes as little as it can.
pub(super) fn parameters(template: &str, message: &str) -> Vec<String> {
    fill(template, message).unwrap_or_default()
}

fn fill(template: &str, message: &str) -> Option<Vec<String>> {
    let mut parts = template.split("%s");
    let mut rest = message.strip_prefix(parts.next()?)?;
    let mut parts: Vec<_> = parts.collect();
    let last = parts.pop()?;
    let mut found = Vec::with_capacity(parts.len() + 1);
    for part in parts {
        let (value, after) = rest.split_once(part)?;
        found.push(value.to_owned());
        rest = after;
    }
    found.push(rest.strip_suffix(last)?.to_owned());
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn takes_what_stands_between_the_literal_parts() {
        let cases: [(&str, &str, &[&str]); 12] = [
            ("limit:%s", "limit:5", &["5"]),
            ("limit:%s", "limit:", &[""]),
            ("%s is taken", "a b is taken", &["a b"]),
            ("user %s of %s.", "user a of b of c.", &["a", "b of c"]),
            ("%s%s", "ab", &["", "ab"]),
            ("[%s]-[%s]", "[a]-[b]-[c]", &["a", "b]-[c"]),
            ("用户%s不存在", "用户小强不存在", &["小强"]),
            ("%s", "all", &["all"]),
            ("limit:%s", "Limit:5", &[]),
            ("limit:%s.", "limit:5", &[]),
            ("a%sb%sb", "axb", &[]),
            ("no placeholder", "no placeholder", &[]),
        ];
        for (template, message, expected) in cases {
            assert_eq!(
                parameters(template, message),
                expected,
                "{template:?} {message:?}"
            );
        }
    }
}
