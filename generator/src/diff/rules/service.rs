//! Providers, services, and what all operations of one share.

use crate::diff::rule::changes;

changes! {
    Service;
    PROVIDER_ADDED: "provider-added" / "provider-removed", None None Patch,
        "A provider is new",
        "Its services get modules and features; nothing that exists changes.",
        "Review its files as new specs.",
        "new: specs/acme/provider.yaml";
    PROVIDER_REMOVED: "provider-removed" / "provider-added", None None Patch,
        "A provider is gone, with all its services",
        "Every use of its modules stops compiling. The cloud itself may still answer.",
        "Keep the specs until no consumer needs them, or release a major version.",
        "old: specs/acme/provider.yaml";
    PROTOCOL_CHANGED: "provider-protocol-changed" / "provider-protocol-changed",
        Breaking Breaking Patch,
        "A provider's services speak another protocol",
        "Every request is encoded and signed in another way; the cloud refuses the one or the other.",
        "Compare both with an official SDK before the change.",
        "old: protocol: rpc\nnew: protocol: tc3-json";
    OWN_PROTOCOL: "service-protocol-changed" / "service-protocol-changed",
        Breaking Breaking Patch,
        "A service speaks another protocol than before, and its provider does not",
        "Every request is encoded and signed in another way; the cloud refuses the one or the other.",
        "Compare both with an official SDK before the change.",
        "new: service.yaml: protocol: acs-roa";
    GATED: "service-gated" / "service-ungated", None None Patch,
        "Nothing of a service is generated any more",
        "Its module and its cargo feature are gone: every use stops compiling.",
        "Gate a service before its first release, or release a major version.",
        "new: gated: it speaks a protocol of its own";
    UNGATED: "service-ungated" / "service-gated", None None Patch,
        "A service is generated that was not",
        "A module and a cargo feature come; nothing that exists changes.",
        "Review its files as new specs.",
        "old: gated: it speaks a protocol of its own";
    COMMON_ADDED: "common-parameter-added" / "common-parameter-removed",
        Compatible None None,
        "The client fills in one more parameter, and calls may go without it",
        "Requests may carry something new.",
        "See that the runtime's protocol sends it.",
        "new: common_parameters: { Language: { in: query, doc: A language. } }";
    COMMON_REMOVED: "common-parameter-removed" / "common-parameter-added",
        Risky None None,
        "The client no longer fills in a parameter",
        "The cloud may still expect it.",
        "See that the runtime's protocol and the cloud agree.",
        "old: common_parameters: { Language: { in: query, doc: A language. } }";
    COMMON_CHANGED: "common-parameter-changed" / "common-parameter-changed",
        Breaking None None,
        "A parameter that the client fills in has another wire name or place",
        "What an old client sends is not looked at any more.",
        "See that the runtime's protocol sends it where the cloud looks.",
        "old: { in: query }\nnew: { in: header }";
    COMMON_REQUIRED: "common-parameter-became-required" / "common-parameter-became-optional",
        Breaking None None,
        "Every call has to carry a parameter that the client fills in",
        "A client that leaves it out is refused.",
        "See that the runtime's protocol always sends it.",
        "old: Region: { in: header }\nnew: Region: { in: header, required: true }";
    COMMON_OPTIONAL: "common-parameter-became-optional" / "common-parameter-became-required",
        Compatible None None,
        "A call may go without a parameter that the client fills in",
        "Nothing that worked changes.",
        "Nothing to do.",
        "old: Region: { in: header, required: true }\nnew: Region: { in: header }";
    SERVICE_ADDED: "service-added" / "service-removed", None None Patch,
        "A service is new",
        "A module and a cargo feature come; nothing that exists changes.",
        "Review its files as new specs.",
        "new: specs/acme/store/service.yaml";
    SERVICE_REMOVED: "service-removed" / "service-added", None None Patch,
        "A service is gone, with all its operations",
        "Its module and its cargo feature are gone: every use stops compiling. A renamed folder \
         looks the same.",
        "Keep the specs until no consumer needs them, or release a major version.",
        "old: specs/acme/store/service.yaml";
    VERSION_CHANGED: "api-version-changed" / "api-version-changed", Breaking Breaking Patch,
        "The version of a product changed in place",
        "Requests name another version: another contract, under the same Rust names.",
        "Put the new version into a folder of its own, `SERVICE-VERSION`: that is a minor change.",
        "old: version: \"2019-01-16\"\nnew: version: \"2024-05-01\"";
    PRODUCT_CHANGED: "service-product-changed" / "service-product-changed",
        Breaking None Patch,
        "The product's name on the wire changed",
        "Requests are signed or addressed with another name; the cloud knows one of them.",
        "Compare with an official SDK.",
        "old: product: cam\nnew: product: camx";
    ENVELOPE_CHANGED: "response-envelope-changed" / "response-envelope-changed",
        Breaking None Patch,
        "Responses are wrapped in another key, or in none",
        "A client that looks into the old key finds no member at all.",
        "Compare with a response of the cloud.",
        "old: envelope: Response\nnew: envelope: Data";
    ERROR_BODY_ADDED: "error-envelope-member-added" / "error-envelope-member-removed",
        None None None,
        "An error body has one more member",
        "Clients that know nothing of it ignore it.",
        "Nothing to do.",
        "new: error_body: { hint: { type: string } }";
    ERROR_BODY_REMOVED: "error-envelope-member-removed" / "error-envelope-member-added",
        Breaking None None,
        "An error body has one member less",
        "A client may read the code, the message or the request id from it.",
        "See that the runtime reads what is left.",
        "old: error_body: { code: { type: string } }";
    ERROR_BODY_CHANGED: "error-envelope-changed" / "error-envelope-changed",
        Breaking None None,
        "A member of the error body changed its type or place",
        "A client may no longer be able to read the error.",
        "See that the runtime reads it.",
        "old: code: { type: string }\nnew: code: { type: integer }";
}
