//! What the YAML says, key by key. Data only: [`crate::load`] fills it, [`crate::check`]
//! gives it a meaning. The doc comments become the JSON Schema that editors show.

use std::path::PathBuf;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

mod paging;

pub use paging::{Pagination, Paging, Waiter};

/// All files under `specs/`, in name order.
#[derive(Debug, Default)]
pub struct Spec {
    /// The providers.
    pub providers: Vec<ProviderFile>,
}

/// One provider's folder.
#[derive(Debug)]
pub struct ProviderFile {
    /// `provider.yaml`, relative to the specs folder.
    pub file: PathBuf,
    /// What it says.
    pub provider: Provider,
    /// Its services.
    pub services: Vec<ServiceFile>,
}

/// One service's folder: one version of a product.
#[derive(Debug)]
pub struct ServiceFile {
    /// `service.yaml`, relative to the specs folder.
    pub file: PathBuf,
    /// What it says.
    pub service: Service,
    /// `types.yaml`, where there is one.
    pub types: Option<(PathBuf, Types)>,
    /// The operations, a file each.
    pub operations: Vec<(PathBuf, Operation)>,
}

/// Members by wire name, in document order.
pub type Members = IndexMap<String, Member>;

/// The file `provider.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// The folder's name.
    pub provider: String,
    /// The provider's name for people.
    pub title: String,
    /// How its services speak: a protocol of the runtime, such as `tc3-json`.
    pub protocol: String,
    /// Where a request member travels when it does not say.
    pub members_in: Location,
    /// The HTTP method of an operation that does not say.
    #[serde(default)]
    pub method: Option<String>,
    /// The path of an operation that does not say.
    #[serde(default)]
    pub path: Option<String>,
    /// The key that wraps every response, where there is one.
    #[serde(default)]
    pub envelope: Option<String>,
    /// What pages list among the parameters although the client fills it in.
    #[serde(default)]
    pub common_parameters: IndexMap<String, CommonParameter>,
    /// The members of an error body, where the pages list them.
    #[serde(default)]
    pub error_body: Members,
    /// Errors that any operation may answer with.
    #[serde(default)]
    pub errors: Vec<ErrorCode>,
    /// What the pages get wrong.
    #[serde(default)]
    pub errata: Vec<Erratum>,
    /// What the pages do not tell.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// What a reader should know and no other key holds.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// A parameter that the client fills in for every operation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommonParameter {
    /// Where it travels.
    #[serde(rename = "in")]
    pub location: Location,
    /// Its name on the wire, where that differs.
    #[serde(default)]
    pub wire: Option<String>,
    /// Whether every call carries it.
    #[serde(default)]
    pub required: bool,
    /// The type as pages write it.
    #[serde(default)]
    pub written: Option<String>,
    /// What it is, in our words.
    pub doc: String,
}

/// The file `service.yaml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The folder's name; `NAME-VERSION` for a second version.
    pub service: String,
    /// The product's name for people.
    pub title: String,
    /// The product's name on the wire.
    pub product: String,
    /// The API version on the wire.
    pub version: String,
    /// How it speaks, where that differs from its provider.
    #[serde(default)]
    pub protocol: Option<String>,
    /// Where a request member travels when it does not say, where that differs.
    #[serde(default)]
    pub members_in: Option<Location>,
    /// The HTTP method of an operation that does not say, where that differs.
    #[serde(default)]
    pub method: Option<String>,
    /// The path of an operation that does not say, where that differs.
    #[serde(default)]
    pub path: Option<String>,
    /// Where it answers.
    pub endpoint: Endpoint,
    /// Why none of it is generated: a protocol that the runtime does not speak. Its facts
    /// stay.
    #[serde(default)]
    pub gated: Option<String>,
    /// What the pages get wrong.
    #[serde(default)]
    pub errata: Vec<Erratum>,
    /// What the pages do not tell.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// What a reader should know and no other key holds.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// The hosts of a service.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// The host without a region, and of `global_regions`.
    #[serde(default)]
    pub global: Option<String>,
    /// The regions that the global host serves; none named means all.
    #[serde(default)]
    pub global_regions: Vec<String>,
    /// The host of any other region, with `{region}` in it.
    #[serde(default)]
    pub regional: Option<String>,
    /// The regions that are known to have such a host.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Hosts of regions that follow no rule, by region; they beat the other keys.
    #[serde(default)]
    pub hosts: IndexMap<String, String>,
    /// Other hosts by purpose: a private network, another site.
    #[serde(default)]
    pub alternates: IndexMap<String, String>,
}

/// The file `types.yaml`: structures that several operations of the service share.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Types {
    /// Members of each structure.
    pub types: IndexMap<String, Members>,
}

/// One operation: one page of the provider's docs.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// The name on the wire; the file's name too.
    pub operation: String,
    /// One sentence: what it does.
    pub summary: String,
    /// More, where a caller needs it.
    #[serde(default)]
    pub doc: Option<String>,
    /// The page that this file transcribes.
    pub source: Source,
    /// Method, path, host and content type, where they differ from the service's.
    #[serde(default)]
    pub http: Option<Http>,
    /// Why it is not generated: a way to speak that the runtime does not know. Its facts
    /// stay.
    #[serde(default)]
    pub gated: Option<String>,
    /// May a second attempt do harm once bytes were sent?
    pub retry: Retry,
    /// What the caller must be allowed to do.
    #[serde(default)]
    pub permission: Option<Permission>,
    /// How often it may be called.
    #[serde(default)]
    pub rate_limit: Option<RateLimit>,
    /// Set when the provider advises against it: since when, or what to use instead.
    #[serde(default)]
    pub deprecated: Option<String>,
    /// How its list is read page by page.
    #[serde(default)]
    pub pagination: Option<Pagination>,
    /// How to find out that its work is done.
    #[serde(default)]
    pub waiter: Option<Waiter>,
    /// What is sent.
    #[serde(default)]
    pub request: Members,
    /// What comes back.
    #[serde(default)]
    pub response: Members,
    /// Structures of this operation.
    #[serde(default)]
    pub types: IndexMap<String, Members>,
    /// Documented errors, in page order. The list is always open.
    #[serde(default)]
    pub errors: Vec<ErrorCode>,
    /// The page's samples.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// The page's change history, newest first.
    #[serde(default)]
    pub history: Vec<Change>,
    /// What the page gets wrong.
    #[serde(default)]
    pub errata: Vec<Erratum>,
    /// What the page does not tell.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// What a reader should know and no other key holds.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// A page of the provider's docs.
#[derive(Clone, Debug, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's title.
    pub title: String,
    /// The collection that it belongs to.
    #[serde(default)]
    pub collection: Option<String>,
    /// The page's language: `en`, `zh`.
    pub language: String,
    /// The date that the page gives itself.
    #[serde(default)]
    pub page_updated: Option<String>,
    /// The day it was transcribed.
    pub transcribed: String,
    /// `false` where the page is a copy on a site that is not the provider's.
    #[serde(default = "yes")]
    pub official: bool,
}

fn yes() -> bool {
    true
}

impl Default for Source {
    fn default() -> Self {
        Self {
            title: String::new(),
            collection: None,
            language: String::new(),
            page_updated: None,
            transcribed: String::new(),
            official: yes(),
        }
    }
}

/// How an operation travels.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// `GET`, `POST`, `PUT`, `PATCH`, `DELETE` or `HEAD`.
    #[serde(default)]
    pub method: Option<String>,
    /// The path; `{name}` is a member with `in: path`, or one that the client fills in. A
    /// fixed query may follow it: `/logs?type=index`.
    #[serde(default)]
    pub path: Option<String>,
    /// Another host of the provider, which answers for this operation alone; `{region}` is
    /// the client's region.
    #[serde(default)]
    pub host: Option<String>,
    /// The content type of the body, where it is not the one that its members have by
    /// themselves.
    #[serde(default)]
    pub content_type: Option<String>,
}

/// Whether repeating a call is harmless.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Retry {
    /// Repeating changes nothing.
    Safe,
    /// Repeating may act twice.
    #[default]
    Unsafe,
}

/// What an account must grant.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// The action of a policy statement.
    pub action: String,
    /// The access level, as written.
    #[serde(default)]
    pub access_level: Option<String>,
    /// The resource of a policy statement; `*` for all.
    #[serde(default)]
    pub resource: Option<String>,
    /// Condition keys; absent where the page does not tell.
    #[serde(default)]
    pub condition_keys: Option<Vec<String>>,
    /// Actions that are needed besides; absent where the page does not tell.
    #[serde(default)]
    pub dependent_actions: Option<Vec<String>>,
}

/// A documented limit.
#[derive(Clone, Debug, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// So many requests …
    pub requests: u32,
    /// … in this time.
    pub per: Period,
    /// Who shares it, where the page tells.
    #[serde(default)]
    pub scope: Option<String>,
}

/// The time that a limit counts over.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// One second.
    Second,
    /// One minute.
    Minute,
}

/// Where a member travels.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Location {
    /// In the path template.
    Path,
    /// In the query string.
    Query,
    /// As a header.
    Header,
    /// As a key of the JSON body.
    Body,
    /// As a pair of a form body.
    Form,
    /// As the first label of the host.
    Host,
    /// As the whole body.
    Payload,
}

/// How an array or object is written where only text fits.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// `Tag.1.Key`, counted from 1.
    Repeat,
    /// One JSON text.
    Json,
    /// Items joined by commas.
    Comma,
    /// The key once per item.
    Multi,
}

/// A parameter, a field, or what an array or a map holds.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// `string`, `integer`, `int32`, `int64`, `uint64`, `number`, `boolean`, `timestamp`,
    /// `binary`, `any`, `array`, `map`, or a structure under `types`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The type as the page writes it, where that says more.
    #[serde(default)]
    pub written: Option<String>,
    /// What an array holds.
    #[serde(default)]
    pub items: Option<Box<Member>>,
    /// What a map holds; its keys are text.
    #[serde(default)]
    pub values: Option<Box<Member>>,
    /// In a request: must be sent. In a response: always there.
    #[serde(default)]
    pub required: bool,
    /// What it is, in our words.
    #[serde(default)]
    pub doc: Option<String>,
    /// The Rust name, where the wire name gives none that fits.
    #[serde(default)]
    pub rust_name: Option<String>,
    /// Where it travels, where that differs from the provider's rule.
    #[serde(default, rename = "in")]
    pub location: Option<Location>,
    /// How an array or object is written where only text fits.
    #[serde(default)]
    pub style: Option<Style>,
    /// The known values. Others are accepted: every enumeration is open.
    #[serde(default, rename = "enum")]
    pub values_known: Vec<EnumValue>,
    /// The Rust name of the enumeration, where the member's own does not fit.
    #[serde(default)]
    pub enum_name: Option<String>,
    /// Least number.
    #[serde(default)]
    pub minimum: Option<f64>,
    /// Greatest number.
    #[serde(default)]
    pub maximum: Option<f64>,
    /// Least length in characters.
    #[serde(default)]
    pub min_length: Option<usize>,
    /// Greatest length in characters.
    #[serde(default)]
    pub max_length: Option<usize>,
    /// Greatest length in bytes of UTF-8.
    #[serde(default)]
    pub max_bytes: Option<usize>,
    /// A regular expression for the whole text.
    #[serde(default)]
    pub pattern: Option<String>,
    /// Texts that the pattern admits.
    #[serde(default)]
    pub matches: Vec<String>,
    /// Texts that the pattern refuses.
    #[serde(default)]
    pub refuses: Vec<String>,
    /// A format in words, never enforced: `COUNTRY-NUMBER`, `RFC 3339`.
    #[serde(default)]
    pub format: Option<String>,
    /// What joins the items of a list that is one text.
    #[serde(default)]
    pub separator: Option<String>,
    /// Least number of items.
    #[serde(default)]
    pub min_items: Option<usize>,
    /// Greatest number of items, also of a list that is one text.
    #[serde(default)]
    pub max_items: Option<usize>,
    /// Values with a meaning of their own: `"0"` for never.
    #[serde(default)]
    pub special: IndexMap<String, String>,
    /// Rules that hold in some accounts or states only: documented, never enforced.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// What the server assumes when it is not sent.
    #[serde(default)]
    pub default: Option<serde_json::Value>,
    /// The page's example value.
    #[serde(default)]
    pub example: Option<serde_json::Value>,
    /// Never shown in messages or logs.
    #[serde(default)]
    pub sensitive: bool,
    /// Why, or what to use instead.
    #[serde(default)]
    pub deprecated: Option<String>,
    /// The former wire name, for the differ.
    #[serde(default)]
    pub renamed_from: Option<String>,
}

/// A known value of an enumeration.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnumValue {
    /// As on the wire: a text, a whole number, or a boolean.
    pub value: serde_json::Value,
    /// The Rust variant, where the value gives none that fits.
    #[serde(default)]
    pub name: Option<String>,
    /// What it means, in our words.
    #[serde(default)]
    pub meaning: Option<String>,
    /// Kept for callers although the provider no longer lists it: since when, or what to
    /// use instead.
    #[serde(default)]
    pub deprecated: Option<String>,
}

/// A rule that holds in some accounts or states only.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// When it holds.
    pub when: String,
    /// What holds then.
    pub then: String,
    /// Least length in characters, where that is the rule.
    #[serde(default)]
    pub min_length: Option<usize>,
}

/// A documented error.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorCode {
    /// The code, to the letter; absent where the page lists only a status.
    #[serde(default)]
    pub code: Option<String>,
    /// The HTTP status.
    #[serde(default)]
    pub status: Option<u16>,
    /// The message, to the letter; `%s` stands for what the server fills in.
    #[serde(default)]
    pub message: Option<String>,
    /// What it means, in our words, where the message does not say.
    #[serde(default)]
    pub doc: Option<String>,
    /// The Rust variant, where the code gives none that fits.
    #[serde(default)]
    pub name: Option<String>,
    /// Kept for callers although the page no longer lists it: since when, or what to use
    /// instead.
    #[serde(default)]
    pub deprecated: Option<String>,
}

/// A sample of the page.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    #[serde(default)]
    pub title: Option<String>,
    /// Request members, path and query ones too.
    #[serde(default)]
    pub request: Option<serde_json::Value>,
    /// The response, without the provider's envelope.
    #[serde(default)]
    pub response: Option<serde_json::Value>,
    /// The same response as XML, where the page shows it.
    #[serde(default)]
    pub response_xml: Option<String>,
}

/// An entry of the page's change history.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The day.
    pub date: String,
    /// What changed, in our words.
    pub changes: Vec<String>,
}

/// What the page gets wrong; the key at `at` holds what is right.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Erratum {
    /// The key path of what is corrected: `request.UserName.pattern`.
    pub at: String,
    /// What the page says there; absent where it lost it.
    #[serde(default)]
    pub page: Option<serde_json::Value>,
    /// Why that is wrong.
    pub why: String,
    /// Where the right value comes from: the page's sample, an official SDK with its
    /// version, the provider's metadata.
    pub evidence: String,
    /// Whether a caller should read it: it then stands in the generated docs.
    #[serde(default)]
    pub caller: bool,
    /// The check rules that it answers.
    #[serde(default)]
    pub answers: Vec<String>,
}

/// What the page does not tell.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The key path that it is about; `.` for the whole page.
    pub at: String,
    /// What is not told, and what follows from that.
    pub why: String,
    /// The check rules that it answers.
    #[serde(default)]
    pub answers: Vec<String>,
}

/// A fact that no other key holds.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The key path that it is about; `.` for the whole page.
    pub at: String,
    /// The fact, in our words.
    pub note: String,
    /// The check rules that it answers.
    #[serde(default)]
    pub answers: Vec<String>,
}
