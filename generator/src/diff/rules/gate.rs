//! Releases and acknowledgements: findings that are no change of a spec.

use crate::diff::rule::changes;

changes! {
    Gate;
    TOO_SMALL: "version-bump-too-small" / "version-bump-too-small", None None None,
        "The new version does not say how much changed",
        "Consumers let cargo take minor and patch versions without looking.",
        "Raise the part of the version that the finding names.",
        "yunspec diff OLD NEW --previous-version 1.2.0 --release-version 1.2.1";
    UNUSED: "acknowledgement-unused" / "acknowledgement-unused", None None None,
        "An acknowledgement that no change answers to",
        "It would silence a change of tomorrow that nobody looked at.",
        "Remove the entry.",
        "- { id: 7f3a9c21b0de, kind: api-change, reason: … }";
    EXPIRED: "acknowledgement-expired" / "acknowledgement-expired", None None None,
        "An acknowledgement past its date or its release",
        "It was given for a time that is over.",
        "Remove the entry, or give it anew with a reason.",
        "- { id: 7f3a9c21b0de, kind: accepted-risk, reason: …, expires: 2026-01-01 }";
    MISMATCH: "acknowledgement-mismatch" / "acknowledgement-mismatch", None None None,
        "An acknowledgement says something else than the change that it names",
        "The reviewer saw another change.",
        "Look at the change again, and write the entry anew with `--ack`.",
        "- { id: 7f3a9c21b0de, rule: region-removed, … }";
}
