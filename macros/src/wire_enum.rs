//! `#[derive(WireEnum)]`: the table of known values, and conversions both ways.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::ParseStream;
use syn::{
    Attribute, Data, DeriveInput, Error, Fields, Ident, Lit, LitStr, Meta, Token, Variant,
};

use crate::attr::{Errors, unknown_word};
use crate::table::is_deprecated;

/// The variant that keeps what the spec does not list.
const UNKNOWN: &str = "Unknown";

/// A documented value.
struct Known<'a> {
    variant: &'a Variant,
    value: Value,
    /// The value as it stands in the source, for messages.
    literal: TokenStream,
    message: Option<LitStr>,
}

#[derive(PartialEq)]
enum Value {
    Text(String),
    Integer(i64),
}

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    if !input.generics.params.is_empty() {
        let message = "an open enumeration has no generic parameters";
        errors.at(&input.generics, message);
        return quote!(#errors);
    }
    let known = read(input, &mut errors);
    let integers = known
        .iter()
        .any(|known| matches!(known.value, Value::Integer(_)));
    let table = if errors.is_empty() {
        table(&known)
    } else {
        refused()
    };
    let ident = &input.ident;
    let conversions = conversions(ident, integers);
    let deprecated = |known: &Known<'_>| known.variant.attrs.iter().any(is_deprecated);
    let allow = known
        .iter()
        .any(deprecated)
        .then(|| quote!(#[allow(deprecated)]));
    quote! {
        #[automatically_derived]
        #allow
        impl ::yunspec_runtime::wire_enum::WireEnum for #ident {
            #table
        }
        #conversions
        #errors
    }
}

/// Reads the documented values, and everything that may be wrong with the enum.
fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Vec<Known<'a>> {
    let Data::Enum(data) = &input.data else {
        let message = "values need an enum; a struct derives `Request` or `Response`";
        errors.at(&input.ident, message);
        return Vec::new();
    };
    let mut known = Vec::new();
    let mut unknown = false;
    for variant in &data.variants {
        if variant.ident == UNKNOWN {
            unknown = true;
            errors.keep(check_unknown(variant));
        } else {
            known.extend(errors.keep(Known::read(variant)));
        }
    }
    if !unknown {
        let message = "an open enumeration keeps the values that no spec lists: \
                       add the variant `Unknown(Unknown)`";
        errors.at(&input.ident, message);
    } else if data.variants.len() == 1 {
        let message = "an enumeration without documented values; for error codes there is \
                       `yunspec_runtime::wire_enum::NoCodes`";
        errors.at(&input.ident, message);
    }
    refuse_mixture(&known, errors);
    refuse_doubles(&known, errors);
    known
}

fn check_unknown(variant: &Variant) -> syn::Result<()> {
    let single =
        matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1);
    let documented = variant.attrs.iter().any(is_wire);
    if single && !documented {
        return Ok(());
    }
    let message = "`Unknown` keeps the values that no spec lists: write `Unknown(Unknown)`, \
                   and give a documented value another name, such as `UnknownValue`";
    Err(Error::new_spanned(&variant.ident, message))
}

impl<'a> Known<'a> {
    fn read(variant: &'a Variant) -> syn::Result<Self> {
        let ident = &variant.ident;
        if !matches!(variant.fields, Fields::Unit) {
            let message =
                format!("`{ident}` is one documented value, so it holds nothing");
            return Err(Error::new_spanned(&variant.fields, message));
        }
        let mut attrs = variant.attrs.iter().filter(|attr| is_wire(attr));
        let Some(attr) = attrs.next() else {
            let message = format!(
                "`{ident}` needs its value on the wire: `#[wire(\"text\")]` or `#[wire(1)]`"
            );
            return Err(Error::new_spanned(ident, message));
        };
        if let Some(extra) = attrs.next() {
            let message = format!("`{ident}` has a `#[wire(..)]` already");
            return Err(Error::new_spanned(extra, message));
        }
        if !matches!(attr.meta, Meta::List(_)) {
            let message =
                "write the value in parentheses: `#[wire(\"text\")]` or `#[wire(1)]`";
            return Err(Error::new_spanned(attr, message));
        }
        attr.parse_args_with(|input: ParseStream<'_>| {
            let (value, literal) = value(input)?;
            Ok(Self {
                variant,
                value,
                literal,
                message: message(input)?,
            })
        })
    }
}

fn value(input: ParseStream<'_>) -> syn::Result<(Value, TokenStream)> {
    let expected = "the value comes first, a text or a whole number: \
                    `#[wire(\"text\")]` or `#[wire(1)]`";
    let start = input.span();
    let minus: Option<Token![-]> = input.parse()?;
    let literal: Lit = input.parse().map_err(|_| Error::new(start, expected))?;
    let tokens = quote!(#minus #literal);
    let value = match (&literal, minus) {
        (Lit::Str(text), None) => Value::Text(text.value()),
        (Lit::Int(number), minus) => {
            let sign = if minus.is_some() { "-" } else { "" };
            let digits = format!("{sign}{}", number.base10_digits());
            let parsed = digits.parse().map_err(|_| {
                Error::new_spanned(
                    &tokens,
                    "a value on the wire is at most a signed 64-bit integer",
                )
            });
            Value::Integer(parsed?)
        }
        _ => return Err(Error::new_spanned(tokens, expected)),
    };
    Ok((value, tokens))
}

/// What follows the value: nothing, or `, message = "..%s.."`.
fn message(input: ParseStream<'_>) -> syn::Result<Option<LitStr>> {
    let comma: Option<Token![,]> = input.parse()?;
    if comma.is_none() || input.is_empty() {
        return Ok(None);
    }
    let word: Ident = input.parse()?;
    if word != "message" {
        return Err(unknown_word(word, &["message"]));
    }
    input.parse::<Token![=]>()?;
    let message: LitStr = input.parse()?;
    input.parse::<Option<Token![,]>>()?;
    if !message.value().contains("%s") {
        let text = "a message without `%s` has nothing to read from it: leave it out";
        return Err(Error::new_spanned(message, text));
    }
    Ok(Some(message))
}

fn refuse_mixture(known: &[Known<'_>], errors: &mut Errors) {
    let is_text = |known: &Known<'_>| matches!(known.value, Value::Text(_));
    let Some(first) = known.first() else { return };
    if let Some(other) = known.iter().find(|other| is_text(other) != is_text(first)) {
        let ident = &first.variant.ident;
        let kind = if is_text(first) { "a text" } else { "a number" };
        let message =
            format!("all values are of one kind, and that of `{ident}` is {kind}");
        errors.at(&other.literal, message);
    }
}

fn refuse_doubles(known: &[Known<'_>], errors: &mut Errors) {
    for (index, second) in known.iter().enumerate() {
        let same = |first: &&Known<'_>| first.value == second.value;
        if let Some(first) = known[..index].iter().find(same) {
            let ident = &first.variant.ident;
            errors.at(&second.literal, format!("`{ident}` has this value already"));
        }
    }
}

fn is_wire(attr: &Attribute) -> bool {
    attr.path().is_ident("wire")
}

/// The body of the impl of the runtime's `WireEnum`.
fn table(known: &[Known<'_>]) -> TokenStream {
    let values = known.iter().map(|known| match &known.value {
        Value::Text(text) => quote!(::yunspec_runtime::wire_enum::Wire::Text(#text)),
        Value::Integer(number) => {
            quote!(::yunspec_runtime::wire_enum::Wire::Integer(#number))
        }
    });
    let messages = known.iter().enumerate().filter_map(|(index, known)| {
        known
            .message
            .as_ref()
            .map(|message| quote!((#index, #message)))
    });
    let messages: Vec<_> = messages.collect();
    let messages = (!messages.is_empty()).then(
        || quote!(const MESSAGES: &'static [(usize, &'static str)] = &[#(#messages),*];),
    );
    let indices = 0..known.len();
    let (from, to) = (indices.clone(), indices);
    let variants: Vec<_> = known.iter().map(|known| &known.variant.ident).collect();
    quote! {
        const VALUES: &'static [::yunspec_runtime::wire_enum::Wire] = &[#(#values),*];
        #messages
        #[inline]
        fn known(index: usize) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(match index {
                #(#from => Self::#variants,)*
                _ => return ::std::option::Option::None,
            })
        }
        #[inline]
        fn unknown(unknown: ::yunspec_runtime::wire_enum::Unknown) -> Self {
            Self::Unknown(unknown)
        }
        #[inline]
        fn index(
            &self,
        ) -> ::std::result::Result<usize, &::yunspec_runtime::wire_enum::Unknown> {
            ::std::result::Result::Ok(match self {
                #(Self::#variants => #to,)*
                Self::Unknown(unknown) => return ::std::result::Result::Err(unknown),
            })
        }
    }
}

/// The body for an enum that was refused: it only keeps further messages away.
fn refused() -> TokenStream {
    quote! {
        const VALUES: &'static [::yunspec_runtime::wire_enum::Wire] = &[];
        fn known(_: usize) -> ::std::option::Option<Self> {
            ::std::option::Option::None
        }
        fn unknown(_: ::yunspec_runtime::wire_enum::Unknown) -> Self {
            loop {}
        }
        fn index(
            &self,
        ) -> ::std::result::Result<usize, &::yunspec_runtime::wire_enum::Unknown> {
            loop {}
        }
    }
}

/// What every open enumeration has on top of the runtime's trait.
fn conversions(ident: &Ident, integers: bool) -> TokenStream {
    let from_integer = integers.then(|| {
        quote! {
            #[automatically_derived]
            impl ::std::convert::From<i64> for #ident {
                #[inline]
                fn from(number: i64) -> Self {
                    ::yunspec_runtime::wire_enum::WireEnum::from_integer(number)
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl #ident {
            /// The value as text.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> ::std::borrow::Cow<'_, str> {
                ::yunspec_runtime::wire_enum::WireEnum::to_text(self)
            }
        }
        #[automatically_derived]
        impl ::std::fmt::Display for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.as_str())
            }
        }
        #[automatically_derived]
        impl ::std::convert::From<&str> for #ident {
            #[inline]
            fn from(text: &str) -> Self {
                ::yunspec_runtime::wire_enum::WireEnum::from_text(text)
            }
        }
        #[automatically_derived]
        impl ::std::convert::From<::std::string::String> for #ident {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                ::yunspec_runtime::wire_enum::WireEnum::from_text(&text)
            }
        }
        #from_integer
        #[automatically_derived]
        impl ::yunspec_runtime::value::Encode for #ident {
            #[inline]
            fn encode(&self) -> ::yunspec_runtime::value::Value<'_> {
                ::yunspec_runtime::wire_enum::WireEnum::to_value(self)
            }
        }
        #[automatically_derived]
        impl ::yunspec_runtime::decode::Decode for #ident {
            #[inline]
            fn decode(
                json: ::yunspec_runtime::value::Json,
            ) -> ::std::result::Result<Self, ::yunspec_runtime::decode::Mismatch> {
                ::yunspec_runtime::wire_enum::decode(json)
            }
        }
    }
}
