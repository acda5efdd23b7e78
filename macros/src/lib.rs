//! The derives of `yunspec-runtime`, which re-exports them: [`Request`](derive@Request),
//! [`Response`](derive@Response), [`Validate`](derive@Validate) and
//! [`WireEnum`](derive@WireEnum).
//!
//! A derive emits tables and one `match` on the index into them; what reads the tables is
//! written once, in the runtime. All of it is `#[inline]`: an operation that a program never
//! calls is not compiled into it, and its crate builds the faster. Every mistake in an item is reported at once, each at the
//! place to mend, and the item still gets its impls, so that one mistake is one message.

#![forbid(unsafe_code)]

mod attr;
mod request;
mod response;
mod rule;
mod shape;
mod table;
mod validate;
mod wire_enum;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a request, or a structure inside one.
///
/// Emits `Structure`, `Encode`, `new` with every required member as an argument, and a
/// setter for each other member. Without required members it emits `Default` as well, so
/// such a struct must not derive `Default` itself.
///
/// Each field carries `#[wire("Name", ..)]`: the name on the wire; where it travels
/// (`path`, `query`, `header`, `body`, `form`, `host`, `payload`; `body` unless told); how
/// an array or object is written outside a JSON body (`repeat`, `json`, `comma`, `multi`;
/// `repeat` unless told). A member is required unless its type is `Option`, `Vec` or
/// `BTreeMap`; `required` makes an array or a map so. An optional array or map that is
/// empty is not sent.
#[proc_macro_derive(Request, attributes(wire))]
pub fn derive_request(input: TokenStream) -> TokenStream {
    request::derive(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct a response, or a structure inside one.
///
/// Emits `Fields` and `Decode`; the struct has to implement `Default`, which stands for
/// what did not come. Fields carry the same `#[wire("Name", ..)]` as those of a request; of
/// the places, `header` and `payload` count, in the response itself.
#[proc_macro_derive(Response, attributes(wire))]
pub fn derive_response(input: TokenStream) -> TokenStream {
    response::derive(&parse_macro_input!(input as DeriveInput)).into()
}

/// Checks the documented rules of a request, or of a structure inside one.
///
/// A field carries `#[validate(..)]` with any of `length(min = 1, max = 64)` and
/// `bytes(max = 512)` of a text, `pattern = "^[a-z]+$"` for the whole of a text,
/// `separator(by = ",", max = 3)` for a list inside a text, `range(min = 0, max = 9.5)` of
/// a number, `items(min = 1, max = 3)` of an array, and `nested` for structures with rules
/// of their own. Bounds are inclusive. Patterns are parsed while the derive runs.
#[proc_macro_derive(Validate, attributes(wire, validate))]
pub fn derive_validate(input: TokenStream) -> TokenStream {
    validate::derive(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes an enum an open enumeration: known values are variants, any other is kept.
///
/// Each variant carries its value, `#[wire("text")]` or `#[wire(1)]`, all of one kind, and
/// `message = "... %s"` where the documented message has parts to fill in; one variant more is
/// `Unknown(Unknown)`. Emits `WireEnum`, `Encode`, `Decode`, `Display`, `From` for text
/// (and `i64`, where values are numbers), and `as_str`.
#[proc_macro_derive(WireEnum, attributes(wire))]
pub fn derive_wire_enum(input: TokenStream) -> TokenStream {
    wire_enum::derive(&parse_macro_input!(input as DeriveInput)).into()
}
