//! The protocols that the runtime speaks: what a provider's `protocol` may be.

/// The content type of a form with files.
pub const MULTIPART: &str = "multipart/form-data";

/// How the services of a provider speak.
#[derive(Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The word in `provider.yaml`.
    pub name: &'static str,
    /// What it is, for people.
    pub about: &'static str,
    /// Whether an error arrives with an HTTP status of its own.
    pub errors_have_status: bool,
}

/// All of them, in name order.
pub static KNOWN: [Protocol; 4] = [
    Protocol {
        name: "acs-roa",
        about: "resources under paths, JSON bodies, signed with ACS3-HMAC-SHA256",
        errors_have_status: true,
    },
    Protocol {
        name: "acs-rpc",
        about: "one path, parameters in the query or a form, signed with ACS3-HMAC-SHA256",
        errors_have_status: true,
    },
    Protocol {
        name: "sdk-hmac-rest",
        about: "resources under paths, JSON bodies, signed with SDK-HMAC-SHA256",
        errors_have_status: true,
    },
    Protocol {
        name: "tc3-json",
        about: "one path, JSON bodies, signed with TC3-HMAC-SHA256; errors arrive with status 200",
        errors_have_status: false,
    },
];

/// The protocol of a name.
pub fn find(name: &str) -> Option<&'static Protocol> {
    KNOWN.iter().find(|protocol| protocol.name == name)
}
