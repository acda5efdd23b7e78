//! Error codes.

use super::Case;

macro_rules! rows {
    ($($there:literal / $back:literal: $file:literal, $from:literal => $to:literal;)+) => {
        &[$(Case { edits: &[($file, $from, $to)], there: $there, back: $back }),+]
    };
}

pub(super) const CASES: &[Case] = rows! {
    "error-code-added ccc minor" / "error-code-removed cbr major":
        "PutBook", "  - { code: Full" => "  - { code: Lost, status: 404, message: It is lost. }\n  - { code: Full";
    "error-code-added ccc minor" / "error-code-removed-after-deprecation cbr major":
        "PutBook", "  - { code: Full" => "  - { code: Lost, status: 404, message: It is lost., deprecated: it no longer comes }\n  - { code: Full";
    // The first code turns the type's alias into an enum of its own.
    "error-code-added ccc minor" / "error-code-removed cbr major":
        "GetBook", "response:" => "errors:\n  - { code: Lost, status: 404, message: It is lost. }\nresponse:";
    "error-code-deprecated -c- minor" / "error-code-undeprecated --- patch":
        "PutBook", "doc: No place. }" => "doc: No place., deprecated: it no longer comes }";
    "error-code-rust-name-changed -b- major" / "error-code-rust-name-changed -b- major":
        "PutBook", "doc: No place. }" => "doc: No place., name: NoPlace }";
    "error-http-status-removed --- patch" / "error-http-status-added --- patch":
        "PutBook", "code: Full, status: 409" => "code: Full";
    "error-http-status-changed r-r patch" / "error-http-status-changed r-r patch":
        "PutBook", "status: 409" => "status: 507";
    "error-message-changed --- patch" / "error-message-changed --- patch":
        "PutBook", "message: It is full." => "message: It has no place left.";
    "error-message-template-changed --r patch" / "error-message-template-changed --r patch":
        "PutBook", "The shelf %s does" => "The shelf %s in %s does";
    "error-meaning-changed --- patch" / "error-meaning-changed --- patch":
        "PutBook", "doc: No place. }" => "doc: There is no place. }";
    "error-order-changed --- patch" / "error-order-changed --- patch":
        "PutBook", "  - { code: NoShelf, status: 404, message: The shelf %s does not exist. }\n  - { code: Full, status: 409, message: It is full., doc: No place. }\n" =>
        "  - { code: Full, status: 409, message: It is full., doc: No place. }\n  - { code: NoShelf, status: 404, message: The shelf %s does not exist. }\n";
    "error-status-entry-added --- patch" / "error-status-entry-removed --- patch":
        "PutBook", "  - { status: 503" => "  - { status: 500, doc: Broken. }\n  - { status: 503";
    "common-error-added --- patch" / "common-error-removed --- patch":
        "provider", "  - { code: Throttling" => "  - { code: Broken, status: 500, doc: It broke. }\n  - { code: Throttling";
    "common-error-changed --- patch" / "common-error-changed --- patch":
        "provider", "status: 429" => "status: 503";
};
