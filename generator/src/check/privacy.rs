//! Rules about members that no message or log may show.

use super::report::Report;
use super::scope::{Scope, Site, Type};
use crate::diagnostic::{Rule, rules};

rules! {
    "privacy";
    SECRET: Warning "secret-not-marked-sensitive",
        "A password, key or token that is not sensitive",
        "Its value would stand in messages and logs.",
        "Add `sensitive: true`; where it is no secret, answer the rule.",
        "Password: { type: string }";
    PII: Warning "pii-not-marked",
        "A phone number, mail address or identity number that is not sensitive",
        "Its value would stand in messages and logs.",
        "Add `sensitive: true`; where it belongs to no person, answer the rule.",
        "Email: { type: string }";
}

/// Parts of names that tell of secrets, and names that hold one of them and are none.
const SECRETS: [&str; 9] = [
    "password",
    "passwd",
    "secret",
    "privatekey",
    "private_key",
    "accesskey",
    "access_key",
    "token",
    "credential",
];
const NO_SECRETS: [&str; 8] = [
    "nexttoken",
    "next_token",
    "pagetoken",
    "page_token",
    "clienttoken",
    "client_token",
    "continuationtoken",
    "tokentype",
];
const PERSONAL: [&str; 8] = [
    "phone",
    "mobile",
    "email",
    "e_mail",
    "mailaddress",
    "idcard",
    "id_card",
    "passport",
];

/// The privacy of one member.
pub(super) fn site(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let text = matches!(scope.type_of(site.member), Type::String);
    if !text
        || site.inner
        || site.member.sensitive
        || !site.member.values_known.is_empty()
    {
        return;
    }
    let Some(rule) = told(site.name) else {
        return;
    };
    let message = format!("`{}` is not marked as sensitive", site.name);
    report.key(rule, scope.source, &site.path(), message);
}

/// What a name tells of: a secret, a person, or neither.
fn told(name: &str) -> Option<&'static Rule> {
    let lower = name.to_ascii_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
    if has(&SECRETS) && !has(&NO_SECRETS) {
        Some(&SECRET)
    } else if has(&PERSONAL) {
        Some(&PII)
    } else {
        None
    }
}

/// Whether the name of a text tells of a secret or of a person.
pub(crate) fn is_private(name: &str) -> bool {
    told(name).is_some()
}
