//! What the specs mean: every name resolved, every default filled in, every rule kept, no
//! Rust yet. Data only; it serialises to what `yunspec show --format json` prints.

use indexmap::IndexMap;
use serde::Serialize;

pub use crate::spec::{
    Change, Condition, EnumValue, Erratum, ErrorCode, Example, Gap, Location, Note,
    Pagination, Paging, Period, Permission, RateLimit, Retry, Source, Style, Waiter,
};

/// All providers, in name order.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Model {
    /// The providers.
    pub providers: Vec<Provider>,
}

/// A provider.
#[derive(Clone, Debug, Serialize)]
pub struct Provider {
    /// The name in `provider/service/Operation`.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// How its services speak, but for those that say otherwise.
    pub protocol: String,
    /// The key that wraps every response.
    pub envelope: Option<String>,
    /// What the client fills in for every operation.
    pub common_parameters: Vec<CommonParameter>,
    /// The members of an error body.
    pub error_body: Vec<Member>,
    /// Errors that any operation may answer with.
    pub errors: Vec<ErrorCode>,
    /// What the pages get wrong.
    pub errata: Vec<Erratum>,
    /// What the pages do not tell.
    pub gaps: Vec<Gap>,
    /// Further facts.
    pub notes: Vec<Note>,
    /// Its services, in name order.
    pub services: Vec<Service>,
}

/// A parameter that the client fills in for every operation.
#[derive(Clone, Debug, Serialize)]
pub struct CommonParameter {
    /// The name on the pages.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// Where it travels.
    pub location: Location,
    /// Whether every call carries it.
    pub required: bool,
    /// The type as pages write it.
    pub written: Option<String>,
    /// What it is.
    pub doc: String,
}

/// One version of a product.
#[derive(Clone, Debug, Serialize)]
pub struct Service {
    /// The name in `provider/service/Operation`.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// The product's name on the wire.
    pub product: String,
    /// The version on the wire.
    pub version: String,
    /// How it speaks.
    pub protocol: String,
    /// Where it answers.
    pub endpoint: Endpoint,
    /// Why none of it is generated.
    pub gated: Option<String>,
    /// Structures that several operations share.
    pub structures: Vec<Structure>,
    /// Enumerations of the shared structures.
    pub enumerations: Vec<Enumeration>,
    /// What the pages get wrong.
    pub errata: Vec<Erratum>,
    /// What the pages do not tell.
    pub gaps: Vec<Gap>,
    /// Further facts.
    pub notes: Vec<Note>,
    /// Its operations, in name order.
    pub operations: Vec<Operation>,
}

/// The hosts of a service.
#[derive(Clone, Debug, Serialize)]
pub struct Endpoint {
    /// The host without a region, and of `global_regions`.
    pub global: Option<String>,
    /// The regions that the global host serves; none named means all.
    pub global_regions: Vec<String>,
    /// The host of any other region.
    pub regional: Option<String>,
    /// The regions that are known to have such a host.
    pub regions: Vec<String>,
    /// Hosts of regions that follow no rule, by region.
    pub hosts: IndexMap<String, String>,
    /// Other hosts by purpose.
    pub alternates: IndexMap<String, String>,
}

impl Operation {
    /// What the body of a success holds, where it is one value and no object of members.
    pub fn payload(&self) -> Option<&Shape> {
        let mut members = self.response.members.iter();
        members
            .find(|member| member.location == Location::Payload)
            .map(|member| &member.shape)
    }
}

/// One operation.
#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    /// The name on the wire.
    pub name: String,
    /// One sentence: what it does.
    pub summary: String,
    /// More.
    pub doc: Option<String>,
    /// The page.
    pub source: Source,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The host that answers for it, where that is none of the service's.
    pub host: Option<String>,
    /// The content type of the body, where it is not the protocol's own.
    pub content_type: Option<String>,
    /// Why it is not generated: its own reason, or that of its service.
    pub gated: Option<String>,
    /// Whether repeating is harmless.
    pub retry: Retry,
    /// What the caller must be allowed to do.
    pub permission: Option<Permission>,
    /// How often it may be called.
    pub rate_limit: Option<RateLimit>,
    /// Why, or what to use instead.
    pub deprecated: Option<String>,
    /// How its list is read page by page.
    pub pagination: Option<Pagination>,
    /// How to find out that its work is done.
    pub waiter: Option<Waiter>,
    /// What is sent; its name is the operation's with `Request`.
    pub request: Structure,
    /// What comes back; its name is the operation's with `Response`.
    pub response: Structure,
    /// Structures of this operation, in document order.
    pub structures: Vec<Structure>,
    /// Enumerations of this operation, in document order.
    pub enumerations: Vec<Enumeration>,
    /// Documented errors.
    pub errors: Vec<ErrorCode>,
    /// The page's samples.
    pub examples: Vec<Example>,
    /// The page's change history.
    pub history: Vec<Change>,
    /// What the page gets wrong.
    pub errata: Vec<Erratum>,
    /// What the page does not tell.
    pub gaps: Vec<Gap>,
    /// Further facts.
    pub notes: Vec<Note>,
}

/// A structure.
#[derive(Clone, Debug, Serialize)]
pub struct Structure {
    /// Its name.
    pub name: String,
    /// Its members, in document order.
    pub members: Vec<Member>,
    /// Whether requests reach it.
    pub sent: bool,
    /// Whether responses reach it.
    pub received: bool,
}

/// A member.
#[derive(Clone, Debug, Serialize)]
pub struct Member {
    /// The name on the wire.
    pub name: String,
    /// The Rust name that the spec pins.
    pub rust_name: Option<String>,
    /// Where it travels.
    pub location: Location,
    /// How an array or object is written where only text fits.
    pub style: Style,
    /// What it holds.
    pub shape: Shape,
    /// The type as the page writes it.
    pub written: Option<String>,
    /// In a request: must be sent. In a response: always there.
    pub required: bool,
    /// What is enforced before sending.
    pub rules: Vec<Rule>,
    /// Texts that the pattern admits.
    pub matches: Vec<String>,
    /// Texts that the pattern refuses.
    pub refuses: Vec<String>,
    /// A format in words.
    pub format: Option<String>,
    /// Values with a meaning of their own.
    pub special: IndexMap<String, String>,
    /// Rules that hold in some accounts or states only.
    pub conditions: Vec<Condition>,
    /// The values of a boolean that the page explains.
    pub meanings: Vec<EnumValue>,
    /// What the server assumes when it is not sent.
    pub default: Option<serde_json::Value>,
    /// The page's example value.
    pub example: Option<serde_json::Value>,
    /// Never shown in messages or logs.
    pub sensitive: bool,
    /// Why, or what to use instead.
    pub deprecated: Option<String>,
    /// The former wire name.
    pub renamed_from: Option<String>,
    /// What it is.
    pub doc: Option<String>,
}

/// What a member holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Text.
    String,
    /// A signed 32-bit number.
    Int32,
    /// A signed 64-bit number.
    Int64,
    /// An unsigned 64-bit number.
    Uint64,
    /// A number with a fraction.
    Number,
    /// True or false.
    Boolean,
    /// A point in time.
    Timestamp,
    /// Bytes.
    Binary,
    /// Free-form JSON.
    Any,
    /// An array.
    Array(Box<Shape>),
    /// A map from text.
    Map(Box<Shape>),
    /// A structure of the operation or the service, by name.
    Structure(String),
    /// An enumeration of the operation or the service, by name.
    Enumeration(String),
}

/// A rule that is enforced before sending. Bounds are inclusive.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Length in characters.
    Length {
        /// At least.
        min: Option<usize>,
        /// At most.
        max: Option<usize>,
    },
    /// Length in bytes.
    Bytes {
        /// At most.
        max: usize,
    },
    /// A number's bounds.
    Range {
        /// At least.
        min: Option<f64>,
        /// At most.
        max: Option<f64>,
    },
    /// Number of items.
    Items {
        /// At least.
        min: Option<usize>,
        /// At most.
        max: Option<usize>,
    },
    /// A regular expression for the whole text.
    Pattern(String),
    /// Items in a list that is one text.
    Separator {
        /// What joins them.
        by: String,
        /// At most so many.
        max: usize,
    },
}

/// An enumeration; always open.
#[derive(Clone, Debug, Serialize)]
pub struct Enumeration {
    /// Its name.
    pub name: String,
    /// The member that it belongs to, by wire name.
    pub member: String,
    /// The known values, in document order.
    pub values: Vec<EnumValue>,
}
