//! Finds the words of an error code that look misspelt.

use crate::nearest::distance;

/// Words that error codes are made of; what comes close to one is a typo.
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
pub(super) fn misspelt(code: &str) -> Option<(String, &'static str)> {
    words(code).into_iter().find_map(|word| {
        if word.len() < 5 {
            return None;
        }
        let lower = word.to_ascii_lowercase();
        let first = lower.as_bytes().first();
        let alike = || WORDS.iter().filter(|word| word.as_bytes().first() == first);
        let is = |known: &&str| lower.starts_with(*known) || known.starts_with(&lower);
        if alike().any(is) {
            return None;
        }
        let limit = if lower.len() < 8 { 1 } else { 2 };
        let near = alike().find(|word| {
            word.len().abs_diff(lower.len()) <= 1 && distance(word, &lower) <= limit
        });
        near.map(|near| (word, *near))
    })
}

/// The words of a code: cut at signs and at capitals.
fn words(code: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for char in code.chars() {
        let begins = char.is_ascii_uppercase() && before.is_ascii_lowercase();
        if !char.is_ascii_alphabetic() || begins {
            words.push(String::new());
        }
        if let (true, Some(word)) = (char.is_ascii_alphabetic(), words.last_mut()) {
            word.push(char);
        }
        before = char;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_found_and_words_are_not() {
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
