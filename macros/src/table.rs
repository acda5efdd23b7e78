//! The members of a struct: what `#[wire("Name", ..)]` says about each, and the table.

use std::collections::BTreeMap;

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Data, DataStruct, DeriveInput, Error, Field, Fields, FieldsNamed, Ident,
    LitStr, Meta, Token,
};

use crate::attr::{Errors, unknown_word};
use crate::shape::Shape;

/// The words for a place, each a variant of `Location` in lower case.
const LOCATIONS: [&str; 7] =
    ["body", "path", "query", "header", "form", "host", "payload"];
/// The words for a way to write an array, each a variant of `Style` in lower case.
const STYLES: [&str; 4] = ["repeat", "json", "comma", "multi"];
const REQUIRED: &str = "required";

/// One member of a struct.
pub(crate) struct Member<'a> {
    /// The field as it stands in the source.
    pub(crate) field: &'a Field,
    /// Its name in Rust.
    pub(crate) ident: &'a Ident,
    /// What its type is.
    pub(crate) shape: Shape<'a>,
    wire: Wire,
}

/// What the attribute says.
#[derive(Default)]
struct Wire {
    name: Option<LitStr>,
    location: Option<&'static str>,
    style: Option<&'static str>,
    required: bool,
}

/// Reads the members of a struct; nothing where the item is no struct with named fields.
/// A member with a wrong attribute is read as if the mistake were not there, so that
/// everything else can be emitted.
pub(crate) fn read<'a>(
    input: &'a DeriveInput,
    errors: &mut Errors,
) -> Option<Vec<Member<'a>>> {
    if !input.generics.params.is_empty() {
        let message = "a struct with members has no generic parameters; own the data: \
                       `String` for a text, `Vec<T>` for an array";
        errors.at(&input.generics, message);
        return None;
    }
    let fields = errors.keep(named_fields(input))?;
    let members: Vec<_> = fields
        .named
        .iter()
        .filter_map(|field| Member::read(field, errors))
        .collect();
    refuse_doubles(&members, errors);
    Some(members)
}

/// The table of all members.
pub(crate) fn table(members: &[Member<'_>]) -> TokenStream {
    let rows = members.iter().map(|member| {
        let name = member.name();
        let location = variant(member.location());
        let style = variant(member.wire.style.unwrap_or(STYLES[0]));
        quote! {
            ::yunspec_runtime::value::Member {
                name: #name,
                location: ::yunspec_runtime::value::Location::#location,
                style: ::yunspec_runtime::value::Style::#style,
            }
        }
    });
    quote!(&[#(#rows),*])
}

impl<'a> Member<'a> {
    fn read(field: &'a Field, errors: &mut Errors) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        let shape = Shape::of(&field.ty);
        let mut attrs = field
            .attrs
            .iter()
            .filter(|attr| attr.path().is_ident("wire"));
        let mut wire = Wire::default();
        if let Some(attr) = attrs.next() {
            wire.read(attr, shape, errors);
        } else {
            let message =
                format!("`{ident}` needs its name on the wire: `#[wire(\"Name\")]`");
            errors.at(ident, message);
        }
        for extra in attrs {
            errors.at(extra, format!("`{ident}` has a `#[wire(..)]` already"));
        }
        Some(Self {
            field,
            ident,
            shape,
            wire,
        })
    }

    /// The name on the wire.
    pub(crate) fn name(&self) -> String {
        self.wire
            .name
            .as_ref()
            .map_or_else(|| self.ident.unraw().to_string(), LitStr::value)
    }

    /// Whether a request cannot do without it.
    pub(crate) fn is_required(&self) -> bool {
        match self.shape {
            Shape::Option(_) => false,
            Shape::List(_) | Shape::Map(_) => self.wire.required,
            _ => true,
        }
    }

    /// The expression for the value to write.
    pub(crate) fn value(&self) -> TokenStream {
        let ident = self.ident;
        let value = quote!(::yunspec_runtime::value::Encode::encode(&self.#ident));
        let value = self.at_type(value);
        match self.shape {
            Shape::List(_) | Shape::Map(_) if !self.wire.required => {
                quote!(#value.unless_empty())
            }
            _ => value,
        }
    }

    /// The same tokens, so placed that a complaint about the type points at the type.
    pub(crate) fn at_type(&self, tokens: TokenStream) -> TokenStream {
        respan(tokens, self.field.ty.span().resolved_at(Span::call_site()))
    }

    /// The word for where it travels.
    pub(crate) fn location(&self) -> &'static str {
        self.wire.location.unwrap_or(LOCATIONS[0])
    }
}

impl Wire {
    fn read(&mut self, attr: &Attribute, shape: Shape<'_>, errors: &mut Errors) {
        if !matches!(attr.meta, Meta::List(_)) {
            errors.at(attr, "write the name in parentheses: `#[wire(\"Name\")]`");
            return;
        }
        let parsed = attr.parse_args_with(|input: ParseStream<'_>| {
            self.read_name(input, errors)?;
            while !input.is_empty() {
                input.parse::<Token![,]>()?;
                if !input.is_empty() {
                    self.read_word(&input.call(Ident::parse_any)?, shape, errors);
                }
            }
            Ok(())
        });
        errors.keep(parsed);
    }

    fn read_name(
        &mut self,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> syn::Result<()> {
        let name: LitStr = input.parse().map_err(|error| {
            Error::new(
                error.span(),
                "the name on the wire comes first: `#[wire(\"Name\")]`",
            )
        })?;
        if name.value().is_empty() {
            errors.at(&name, "the name on the wire is empty");
        }
        self.name = Some(name);
        Ok(())
    }

    fn read_word(&mut self, word: &Ident, shape: Shape<'_>, errors: &mut Errors) {
        let find =
            |words: &[&'static str]| words.iter().copied().find(|valid| word == valid);
        if let Some(location) = find(&LOCATIONS) {
            if let Some(first) = self.location.replace(location) {
                let message =
                    format!("a member has one place, and this one has `{first}` already");
                errors.at(word, message);
            }
        } else if let Some(style) = find(&STYLES) {
            if let Some(first) = self.style.replace(style) {
                let message =
                    format!("an array has one style, and this one has `{first}` already");
                errors.at(word, message);
            }
        } else if word == REQUIRED {
            if !matches!(shape, Shape::List(_) | Shape::Map(_)) {
                let message = "`required` is for arrays and maps; any other member is required \
                               unless its type is `Option`";
                errors.at(word, message);
            }
            self.required = true;
        } else {
            let valid = [&LOCATIONS[..], &STYLES[..], &[REQUIRED]].concat();
            errors.push(unknown_word(word, &valid));
        }
    }
}

fn named_fields(input: &DeriveInput) -> syn::Result<&FieldsNamed> {
    let ident = &input.ident;
    let message = match &input.data {
        Data::Struct(DataStruct {
            fields: Fields::Named(fields),
            ..
        }) => return Ok(fields),
        Data::Struct(_) => {
            format!("members need named fields: `struct {ident} {{ .. }}`")
        }
        Data::Enum(_) => "members need a struct; an enum derives `WireEnum`".to_owned(),
        Data::Union(_) => "members need a struct, and this is a union".to_owned(),
    };
    Err(Error::new_spanned(ident, message))
}

/// Two members of one name at one place would overwrite each other.
fn refuse_doubles(members: &[Member<'_>], errors: &mut Errors) {
    let mut seen = BTreeMap::new();
    for member in members {
        let Some(literal) = &member.wire.name else {
            continue;
        };
        let name = match member.location() {
            "header" => literal.value().to_ascii_lowercase(),
            _ => literal.value(),
        };
        if let Some(first) = seen.insert((member.location(), name), member.ident) {
            let place = member.location();
            let message =
                format!("`{first}` has this name at the same place ({place}) already");
            errors.at(literal, message);
        }
    }
}

/// Whether an attribute is `#[deprecated]`.
pub(crate) fn is_deprecated(attr: &Attribute) -> bool {
    attr.path().is_ident("deprecated")
}

/// The impls themselves may touch a deprecated field without a warning.
pub(crate) fn allow_deprecated(members: &[Member<'_>]) -> Option<TokenStream> {
    let deprecated = |member: &Member<'_>| member.field.attrs.iter().any(is_deprecated);
    members
        .iter()
        .any(deprecated)
        .then(|| quote!(#[allow(deprecated)]))
}

fn variant(word: &str) -> Ident {
    let (first, rest) = word.split_at(1);
    format_ident!("{}{rest}", first.to_ascii_uppercase())
}

/// The same tokens, all of which seem to stand at `span`.
fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    let place = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), respan(group.stream(), span)).into();
        }
        token.set_span(span);
        token
    };
    tokens.into_iter().map(place).collect()
}
