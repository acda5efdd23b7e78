//! `#[derive(Validate)]`: each member beside its rules.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{DeriveInput, Ident};

use crate::attr::Errors;
use crate::rule::{self, Bounds, Rule};
use crate::table::{self, Member};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let ident = &input.ident;
    let Some(members) = table::read(input, &mut errors) else {
        let empty = input
            .generics
            .params
            .is_empty()
            .then(|| validate(ident, &[], &[]));
        return quote!(#empty #errors);
    };
    let checks: Vec<_> = members
        .iter()
        .filter_map(|member| check(member, &mut errors))
        .collect();
    let validate = validate(ident, &members, &checks);
    quote!(#validate #errors)
}

fn validate(
    ident: &Ident,
    members: &[Member<'_>],
    checks: &[TokenStream],
) -> TokenStream {
    let allow = table::allow_deprecated(members);
    let report = if checks.is_empty() {
        quote!(_)
    } else {
        quote!(report)
    };
    quote! {
        #[automatically_derived]
        #allow
        impl ::yunspec_runtime::validate::Validate for #ident {
            #[inline]
            fn check(&self, #report: &mut ::yunspec_runtime::validate::Report) {
                #(#checks)*
            }
        }
    }
}

/// The statements that check one member.
fn check(member: &Member<'_>, errors: &mut Errors) -> Option<TokenStream> {
    let rules = rule::read(member, errors);
    if rules.is_empty() {
        return None;
    }
    let (name, ident, value) = (member.name(), member.ident, member.value());
    let patterns = rules.iter().filter_map(pattern);
    let own: Vec<_> = rules.iter().filter_map(tokens).collect();
    let own =
        (!own.is_empty()).then(|| quote!(report.member(#name, &#value, &[#(#own),*]);));
    let nested = rules
        .iter()
        .any(|rule| matches!(rule, Rule::Nested))
        .then(|| {
            let path = quote!(::yunspec_runtime::validate::Report::nested);
            let nested = member.at_type(quote!(#path(report, #name, &self.#ident)));
            quote!(#nested;)
        });
    Some(quote!({ #(#patterns)* #own #nested }))
}

/// The compiled pattern, of which a member has at most one.
fn pattern(rule: &Rule) -> Option<TokenStream> {
    let Rule::Pattern(text) = rule else {
        return None;
    };
    Some(quote! {
        static PATTERN: ::yunspec_runtime::validate::Pattern =
            ::yunspec_runtime::validate::Pattern::new(#text);
    })
}

/// The rule as the runtime's `Rule`; `nested` is none.
fn tokens(rule: &Rule) -> Option<TokenStream> {
    let rule = match rule {
        Rule::Length(bounds) => with_bounds("Length", bounds),
        Rule::Items(bounds) => with_bounds("Items", bounds),
        Rule::Range(bounds) => with_bounds("Range", bounds),
        Rule::Bytes { max } => quote!(Bytes { max: #max }),
        Rule::Pattern(_) => quote!(Pattern(&PATTERN)),
        Rule::Separator { by, max } => quote!(Separator { by: #by, max: #max }),
        Rule::Nested => return None,
    };
    Some(quote!(::yunspec_runtime::validate::Rule::#rule))
}

fn with_bounds<T: ToTokens>(variant: &str, bounds: &Bounds<T>) -> TokenStream {
    let variant = format_ident!("{variant}");
    let (min, max) = (option(bounds.min.as_ref()), option(bounds.max.as_ref()));
    quote!(#variant { min: #min, max: #max })
}

fn option<T: ToTokens>(bound: Option<&T>) -> TokenStream {
    let some = bound.map(|bound| quote!(::std::option::Option::Some(#bound)));
    some.unwrap_or_else(|| quote!(::std::option::Option::None))
}
