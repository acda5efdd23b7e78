//! What generated code tells the runtime about a service and its operations.

use crate::decode::Decode;
use crate::endpoint::Endpoint;
use crate::protocol::Protocol;
use crate::rate_limit::RateLimit;
use crate::validate::Validate;
use crate::value::Structure;
use crate::wire_enum::WireEnum;

/// One version of a product: what all its operations share.
#[derive(Debug)]
pub struct Service {
    /// How it speaks.
    pub protocol: Protocol,
    /// `provider/service`, as the specs name it.
    pub id: &'static str,
    /// The product's name on the wire.
    pub product: &'static str,
    /// The version on the wire.
    pub version: &'static str,
    /// Where it answers.
    pub endpoint: Endpoint,
}

/// Whether a second attempt may do harm once bytes were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Repeating changes nothing: reads, and writes that are idempotent.
    Safe,
    /// Repeating may act twice.
    Unsafe,
}

/// What the body of a success is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// JSON, or XML in its place: an object with members, or one value.
    #[default]
    Json,
    /// One text.
    Text,
    /// Bytes.
    Bytes,
}

/// The facts of an operation that do not depend on its types.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The operation's name on the wire.
    pub name: &'a str,
    /// The HTTP method.
    pub method: &'a str,
    /// The path template; `{name}` is a member with location path, or `{project_id}`; a
    /// fixed query may follow it.
    pub path: &'a str,
    /// Whether it may be repeated.
    pub retry: Retry,
    /// The documented limit, which the client keeps to.
    pub limit: Option<RateLimit>,
    /// The host that answers for it, where that is none of the service's; `{region}` is the
    /// client's region.
    pub host: Option<&'a str>,
    /// The content type of the body, where it is not what the members make it.
    /// `multipart/form-data` gets its boundary when the body is written.
    pub content_type: Option<&'a str>,
    /// What the body of a success is.
    pub answer: Answer,
}

impl Call<'static> {
    /// `POST /` without a name: what other calls are written upon.
    pub const PLAIN: Self = Self {
        name: "",
        method: "POST",
        path: "/",
        retry: Retry::Unsafe,
        limit: None,
        host: None,
        content_type: None,
        answer: Answer::Json,
    };
}

/// A request: its type names the response and the error codes that belong to it.
pub trait Operation: Structure + Validate {
    /// The operation's name on the wire.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: &'static str = "POST";
    /// The path template; `{name}` is a member with location path, or `{project_id}`; a
    /// fixed query may follow it.
    const PATH: &'static str = "/";
    /// Whether it may be repeated.
    const RETRY: Retry;
    /// The documented limit, which the client keeps to.
    const LIMIT: Option<RateLimit> = None;
    /// The host that answers for it, where that is none of the service's.
    const HOST: Option<&'static str> = None;
    /// The content type of the body, where it is not what the members make it.
    const CONTENT_TYPE: Option<&'static str> = None;
    /// What the body of a success is.
    const ANSWER: Answer = Answer::Json;
    /// All of these as one value.
    const CALL: Call<'static> = Call {
        name: Self::NAME,
        method: Self::METHOD,
        path: Self::PATH,
        retry: Self::RETRY,
        limit: Self::LIMIT,
        host: Self::HOST,
        content_type: Self::CONTENT_TYPE,
        answer: Self::ANSWER,
    };
    /// What a success holds.
    type Response: Decode;
    /// The documented error codes.
    type Error: WireEnum;
}
