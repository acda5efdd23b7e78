//! What Rust needs: every name, type and attribute chosen; how it is spelled is left to
//! [`crate::emit`]. Data only; [`crate::lower`] fills it.

use std::path::PathBuf;

mod manifest;
mod paging;

pub use crate::model::{Endpoint, Retry, Rule};
pub use manifest::{
    Extra, Manifest, OperationEntry, Package, ServiceEntry, ServiceFacts,
};
pub use paging::{Pages, Turn, Waiter};

/// The generated crate.
#[derive(Debug, Default)]
pub struct Crate {
    /// What `Cargo.toml` and `README.md` list.
    pub manifest: Manifest,
    /// The files of Rust, in path order.
    pub modules: Vec<Module>,
}

/// One file of Rust.
#[derive(Debug)]
pub struct Module {
    /// The path inside the crate: `src/provider/service/operation.rs`.
    pub path: PathBuf,
    /// The spec that it comes from, inside the specs folder.
    pub source: String,
    /// `provider/service`, where it belongs to one.
    pub service: Option<String>,
    /// The text at its top: lines of Markdown.
    pub docs: Vec<String>,
    /// Attributes for the whole file.
    pub attributes: Vec<Attribute>,
    /// The modules that it declares, sorted.
    pub children: Vec<Child>,
    /// What it makes visible outside, sorted.
    pub exports: Vec<Use>,
    /// What it uses, group by group, each sorted.
    pub imports: Vec<Vec<Use>>,
    /// What it defines.
    pub items: Vec<Item>,
}

/// An attribute for a whole file.
#[derive(Debug)]
pub enum Attribute {
    /// `#![forbid(lint)]`.
    Forbid(&'static str),
    /// `#![warn(lint)]`.
    Warn(&'static str),
    /// `#![allow(lint, reason = "…")]`.
    Allow(&'static str, &'static str),
}

/// `pub mod name;`
#[derive(Debug)]
pub struct Child {
    /// Its name.
    pub name: String,
    /// The feature that it needs.
    pub feature: Option<String>,
}

/// `use path::{names};`
#[derive(Debug)]
pub struct Use {
    /// The path, segment by segment.
    pub path: Vec<String>,
    /// What is used from there.
    pub names: Names,
}

/// What a `use` names.
#[derive(Debug)]
pub enum Names {
    /// Everything: `*`.
    All,
    /// The path itself, under another name.
    As(&'static str),
    /// These, sorted.
    Some(Vec<String>),
}

/// One item of a file.
#[derive(Debug)]
pub enum Item {
    /// A structure.
    Struct(Struct),
    /// The facts of an operation.
    Operation(Operation),
    /// An open enumeration.
    Enum(Enum),
    /// Another name for a type.
    Alias(Alias),
    /// The facts of a service.
    Service(Service),
    /// The client of a service.
    Client(Client),
    /// An example's `main`.
    Main(Main),
}

/// `pub struct`.
#[derive(Debug)]
pub struct Struct {
    /// Its text.
    pub docs: Vec<String>,
    /// Its derives, in order.
    pub derives: Vec<&'static str>,
    /// Its name.
    pub name: String,
    /// Its fields, in document order.
    pub fields: Vec<Field>,
}

/// A field of a structure.
#[derive(Debug)]
pub struct Field {
    /// Its text.
    pub docs: Vec<String>,
    /// The note of its `#[deprecated]`.
    pub deprecated: Option<String>,
    /// The name on the wire.
    pub wire: String,
    /// The words behind it: where it travels, how an array is written.
    pub words: Vec<&'static str>,
    /// What is checked before sending.
    pub rules: Vec<Rule>,
    /// Whether the rules of structures inside are checked as well.
    pub nested: bool,
    /// Its name; raw where that is a keyword.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

/// A type.
#[derive(Clone, Debug)]
pub enum Type {
    /// By name: `String`, `ConsoleLogin`.
    Name(String),
    /// `Vec<T>`.
    Vec(Box<Type>),
    /// `BTreeMap<String, T>`.
    Map(Box<Type>),
    /// `Option<T>`.
    Option(Box<Type>),
    /// `Box<T>`.
    Box(Box<Type>),
}

/// `impl Operation for …Request`.
#[derive(Debug)]
pub struct Operation {
    /// The request's type.
    pub request: String,
    /// The response's type.
    pub response: String,
    /// The type of the error codes.
    pub error: String,
    /// The name on the wire.
    pub name: String,
    /// The HTTP method, where it is not `POST`.
    pub method: Option<String>,
    /// The path template, where it is not `/`.
    pub path: Option<String>,
    /// The host, where it is none of the service's.
    pub host: Option<String>,
    /// The content type of the body, where it is not what the members make it.
    pub content_type: Option<String>,
    /// What the body of a success is, where it is no JSON: a variant of the runtime's
    /// `Answer`.
    pub answer: Option<&'static str>,
    /// Whether repeating is harmless.
    pub retry: Retry,
    /// The documented limit: a constructor of the runtime's `RateLimit`, and its argument.
    pub limit: Option<(&'static str, u32)>,
    /// How its list is read page by page.
    pub pages: Option<Pages>,
    /// How to find out that its work is done.
    pub waiter: Option<Waiter>,
}

/// `pub enum`, open.
#[derive(Debug)]
pub struct Enum {
    /// Its text.
    pub docs: Vec<String>,
    /// Its name.
    pub name: String,
    /// The known values, in document order.
    pub variants: Vec<Variant>,
    /// The text of the variant for all other values.
    pub unknown: Vec<String>,
}

/// A variant of an enum.
#[derive(Debug)]
pub struct Variant {
    /// Its text.
    pub docs: Vec<String>,
    /// The note of its `#[deprecated]`.
    pub deprecated: Option<String>,
    /// Its name.
    pub name: String,
    /// Its value.
    pub wire: Wire,
    /// The documented message, where it has parts to fill in.
    pub message: Option<String>,
}

/// A value on the wire.
#[derive(Debug)]
pub enum Wire {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
}

/// `pub type name = target;`
#[derive(Debug)]
pub struct Alias {
    /// Its text.
    pub docs: Vec<String>,
    /// Its name.
    pub name: String,
    /// The type that it stands for.
    pub target: &'static str,
}

/// `pub static SERVICE`.
#[derive(Debug)]
pub struct Service {
    /// The variant of the runtime's `Protocol`.
    pub protocol: String,
    /// `provider/service`.
    pub id: String,
    /// The product's name on the wire.
    pub product: String,
    /// The version on the wire.
    pub version: String,
    /// Where it answers.
    pub endpoint: Endpoint,
}

/// `pub struct Client`, with a method for each operation.
#[derive(Debug)]
pub struct Client {
    /// Its text.
    pub docs: Vec<String>,
    /// Whether its methods wait for the answer themselves.
    pub blocking: bool,
    /// Its methods, in name order.
    pub methods: Vec<Method>,
}

/// A method of a client.
#[derive(Debug)]
pub struct Method {
    /// Its text.
    pub docs: Vec<String>,
    /// The note of its `#[deprecated]`.
    pub deprecated: Option<String>,
    /// Its name.
    pub name: String,
    /// The request's type.
    pub request: String,
    /// What it gives.
    pub gives: Gives,
}

/// What a method of a client gives.
#[derive(Debug)]
pub enum Gives {
    /// The answer.
    Answer {
        /// The response's type.
        response: String,
        /// The type of the error codes.
        error: String,
    },
    /// The runtime's `Pages`.
    Pages,
    /// The runtime's `Waiter`, for the work that a request of this type starts.
    Waiter(String),
}

/// `async fn main` of an example.
#[derive(Debug)]
pub struct Main {
    /// Values that are too long to stand inside another, in order.
    pub bindings: Vec<(String, Expr)>,
    /// The request.
    pub request: Expr,
    /// The client's method.
    pub method: String,
}

/// A value in an example.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A text.
    Text(String),
    /// A signed number.
    Integer(i64),
    /// An unsigned number.
    Unsigned(u64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A variant of an enum.
    Variant(String, String),
    /// An array.
    List(Vec<Expr>),
    /// A map, as an array of pairs.
    Map(Vec<(String, Expr)>),
    /// A structure: required members first, then the setters.
    New {
        /// Its type.
        ty: String,
        /// The arguments of `new`.
        arguments: Vec<Expr>,
        /// The setters that are called.
        setters: Vec<(String, Expr)>,
    },
    /// A binding.
    Variable(String),
    /// The type's own default.
    Default(Type),
}
