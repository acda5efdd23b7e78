//! `#[derive(Request)]`: the table, the values, `new` and the setters.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt as _;
use syn::{DeriveInput, Ident, Type};

use crate::attr::{Errors, summary};
use crate::shape::Shape;
use crate::table::{self, Member};

/// The constructor's name.
const NEW: &str = "new";

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let ident = &input.ident;
    let Some(members) = table::read(input, &mut errors) else {
        let empty = input
            .generics
            .params
            .is_empty()
            .then(|| encoding(ident, &[]));
        return quote!(#empty #errors);
    };
    refuse_new(&members, &mut errors);
    let encoding = encoding(ident, &members);
    let construction = construction(ident, &members);
    quote!(#encoding #construction #errors)
}

/// The impls that the encoders need.
fn encoding(ident: &Ident, members: &[Member<'_>]) -> TokenStream {
    let allow = table::allow_deprecated(members);
    let table = table::table(members);
    let arms = members.iter().enumerate().map(|(index, member)| {
        let value = member.value();
        quote!(#index => #value,)
    });
    quote! {
        #[automatically_derived]
        #allow
        impl ::yunspec_runtime::value::Structure for #ident {
            #[inline]
            fn members(&self) -> &[::yunspec_runtime::value::Member<'_>] {
                #table
            }
            #[inline]
            fn value(&self, index: usize) -> ::yunspec_runtime::value::Value<'_> {
                match index {
                    #(#arms)*
                    _ => ::yunspec_runtime::value::Value::Absent,
                }
            }
        }
        #[automatically_derived]
        impl ::yunspec_runtime::value::Encode for #ident {
            #[inline]
            fn encode(&self) -> ::yunspec_runtime::value::Value<'_> {
                ::yunspec_runtime::value::Value::Structure(self)
            }
        }
    }
}

/// The ways to build the struct.
fn construction(ident: &Ident, members: &[Member<'_>]) -> TokenStream {
    let allow = table::allow_deprecated(members);
    let new = new(members);
    let setters = settable(members)
        .filter(|member| member.ident != NEW)
        .map(setter);
    let default = (!members.iter().any(Member::is_required)).then(|| {
        quote! {
            #[automatically_derived]
            impl ::std::default::Default for #ident {
                #[inline]
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        #allow
        impl #ident {
            #new
            #(#setters)*
        }
        #default
    }
}

fn new(members: &[Member<'_>]) -> TokenStream {
    let required = || members.iter().filter(|member| member.is_required());
    let parameters = required().map(|member| {
        let (ident, ty) = (member.ident, parameter(&member.field.ty, member.shape));
        quote!(#ident: #ty)
    });
    let fields = members.iter().map(|member| {
        let ident = member.ident;
        let value = if member.is_required() {
            converted(ident, member.shape)
        } else {
            quote!(::std::default::Default::default())
        };
        quote!(#ident: #value)
    });
    let lines = required().map(|member| {
        format!(
            "\n- `{}`: {}",
            member.ident.unraw(),
            summary(&member.field.attrs)
        )
    });
    let lines: String = lines.collect();
    let doc = if lines.is_empty() {
        "Without any member.".to_owned()
    } else {
        format!("With the required members.\n{lines}")
    };
    // Who writes the spec decides how many members are required, not the caller.
    let many = required()
        .nth(7)
        .map(|_| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #[doc = #doc]
        #many
        #[must_use]
        #[inline]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#fields),* }
        }
    }
}

fn setter(member: &Member<'_>) -> TokenStream {
    let Member {
        ident,
        field,
        shape,
        ..
    } = member;
    let deprecated = field.attrs.iter().filter(|attr| table::is_deprecated(attr));
    let link = format!("[`{0}`](field@Self::{0})", ident.unraw());
    let doc = match summary(&field.attrs) {
        text if text.is_empty() => format!("Sets {link}."),
        text => format!("Sets {link}: {text}"),
    };
    let (parameter, value) = match *shape {
        Shape::Option(inner) => {
            let shape = Shape::of(inner);
            let value = converted(ident, shape);
            (
                parameter(inner, shape),
                quote!(::std::option::Option::Some(#value)),
            )
        }
        shape => (parameter(&field.ty, shape), converted(ident, shape)),
    };
    quote! {
        #[doc = #doc]
        #(#deprecated)*
        #[must_use]
        #[inline]
        pub fn #ident(mut self, #ident: #parameter) -> Self {
            self.#ident = #value;
            self
        }
    }
}

/// What a caller may pass for a type.
fn parameter(ty: &Type, shape: Shape<'_>) -> TokenStream {
    let nested = |ty| parameter_of_item(ty, Shape::of(ty));
    match shape {
        Shape::List(item) => {
            let item = nested(item);
            quote!(impl ::std::iter::IntoIterator<Item = #item>)
        }
        Shape::Map(value) => {
            let value = nested(value);
            quote! {
                impl ::std::iter::IntoIterator<
                    Item = (impl ::std::convert::Into<::std::string::String>, #value)
                >
            }
        }
        shape => parameter_of_item(ty, shape),
    }
}

/// What a caller may pass for one item of an array or map.
fn parameter_of_item(ty: &Type, shape: Shape<'_>) -> TokenStream {
    match shape {
        Shape::Integer | Shape::Number | Shape::Boolean => ty.to_token_stream(),
        _ => quote!(impl ::std::convert::Into<#ty>),
    }
}

/// The expression that turns a parameter into the type of its field.
fn converted(ident: &Ident, shape: Shape<'_>) -> TokenStream {
    match shape {
        Shape::Integer | Shape::Number | Shape::Boolean => ident.to_token_stream(),
        Shape::List(_) => quote!(::yunspec_runtime::value::list(#ident)),
        Shape::Map(_) => quote!(::yunspec_runtime::value::map(#ident)),
        _ => quote!(::std::convert::Into::into(#ident)),
    }
}

/// The setter of a member that is called `new` would take the constructor's name.
fn refuse_new(members: &[Member<'_>], errors: &mut Errors) {
    for member in settable(members).filter(|member| member.ident == NEW) {
        let message = "the setter of `new` would take the constructor's name: \
                       call the field `new_`, the name on the wire stays";
        errors.at(member.ident, message);
    }
}

/// The members that have a setter.
fn settable<'m, 'a>(members: &'m [Member<'a>]) -> impl Iterator<Item = &'m Member<'a>> {
    members.iter().filter(|member| !member.is_required())
}
