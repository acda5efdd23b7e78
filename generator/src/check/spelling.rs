//! Finds the words of an error code that look misspelt.

use crate::nearest::distance;

/// Words that error codes are made of, sorted; what comes close to one is a typo.
const WORDS: [&str; 58] = [
    "access",
    "account",
    "action",
    "already",
    "argument",
    "assertion",
    "authentication",
    "authorization",
    "available",
    "cannot",
    "conflict",
    "credential",
    "denied",
    "disabled",
    "duplicate",
    "entity",
    "exceed",
    "exceeded",
    "exceeds",
    "exist",
    "exists",
    "expired",
    "failed",
    "failure",
    "forbidden",
    "format",
    "frequency",
    "illegal",
    "incorrect",
    "instance",
    "insufficient",
    "internal",
    "invalid",
    "license",
    "limit",
    "limited",
    "malformed",
    "maximum",
    "mismatch",
    "missing",
    "operation",
    "organization",
    "parameter",
    "permission",
    "quota",
    "reached",
    "region",
    "request",
    "required",
    "resource",
    "service",
    "signature",
    "status",
    "support",
    "supported",
    "throttling",
    "unauthorized",
    "unavailable",
];

/// A word of a code that is nearly one of the usual words.
pub(super) fn misspelt(code: &str) -> Option<(&str, &'static str)> {
    words(code).find_map(|word| {
        if word.len() < 5 {
            return None;
        }
        let lower = word.to_ascii_lowercase();
        let alike = alike(lower.as_bytes()[0]);
        let is = |known: &&str| lower.starts_with(known) || known.starts_with(&lower);
        if alike.iter().any(is) {
            return None;
        }
        let limit = if lower.len() < 8 { 1 } else { 2 };
        let near = alike.iter().find(|word| {
            word.len().abs_diff(lower.len()) <= 1
                && strangers(word, &lower) as usize <= limit
                && distance(word, &lower) <= limit
        });
        near.map(|near| (word, *near))
    })
}

/// The usual words that begin with this letter.
fn alike(first: u8) -> &'static [&'static str] {
    let start = WORDS.partition_point(|word| word.as_bytes()[0] < first);
    let count = WORDS[start..].partition_point(|word| word.as_bytes()[0] == first);
    &WORDS[start..start + count]
}

/// How many letters of one word the other does not have, whichever has more of them: no
/// distance is less, and it is counted without looking at their order.
fn strangers(one: &str, other: &str) -> u32 {
    let letters =
        |word: &str| word.bytes().fold(0u32, |all, byte| all | 1 << (byte % 32));
    let (one, other) = (letters(one), letters(other));
    (one & !other).count_ones().max((other & !one).count_ones())
}

/// The words of a code: cut at signs and at capitals.
fn words(code: &str) -> impl Iterator<Item = &str> {
    let parts = code.split(|char: char| !char.is_ascii_alphabetic());
    parts.flat_map(|mut rest| {
        std::iter::from_fn(move || {
            let bytes = rest.as_bytes();
            let begins = |at: &usize| {
                bytes[*at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase()
            };
            let end = (1..bytes.len()).find(begins).unwrap_or(bytes.len());
            let word;
            (word, rest) = rest.split_at(end);
            (!word.is_empty()).then_some(word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_found_and_words_are_not() {
        assert!(WORDS.is_sorted());
        let found = |code| misspelt(code).map(|(word, meant)| format!("{word} {meant}"));
        assert_eq!(
            found("Fobbiden.Action").as_deref(),
            Some("Fobbiden forbidden")
        );
        assert_eq!(
            found("InvaildParameter").as_deref(),
            Some("Invaild invalid")
        );
        assert_eq!(
            found("ResourceNotFound.UserNotExsit").as_deref(),
            Some("Exsit exist")
        );
        for code in [
            "InvalidParameter.UserName.InvalidChars",
            "Organization.Developers.ReachedTheUpperLimit",
            "AuthFailure.UnauthorizedOperation",
            "Throttling.User",
            "EntityAlreadyExists.User",
            "Forbidden.Actions",
            "APIGW.0301",
            "LimitExceeded",
            "Instances.NotSupported",
            "OrgAdminOrPermissionAdmin.CannotChangeTo.Viewer",
            "RequestLimitExceeded",
        ] {
            assert_eq!(found(code), None, "{code}");
        }
    }
}
