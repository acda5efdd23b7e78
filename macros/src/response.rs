//! `#[derive(Response)]`: the table, and how to set each member.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Ident};

use crate::attr::Errors;
use crate::table::{self, Member};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let ident = &input.ident;
    let Some(members) = table::read(input, &mut errors) else {
        let empty = input.generics.params.is_empty().then(|| undecodable(ident));
        return quote!(#empty #errors);
    };
    let fields = fields(ident, &members);
    let decode = decode(ident, &quote!(::yunspec_runtime::decode::structure(json)));
    quote!(#fields #decode #errors)
}

fn fields(ident: &Ident, members: &[Member<'_>]) -> TokenStream {
    let table = table::table(members);
    let arms = members.iter().enumerate().map(|(index, member)| {
        let ident = member.ident;
        let set = quote!(::yunspec_runtime::decode::set(&mut self.#ident, json));
        let set = member.at_type(set);
        quote!(#index => #set,)
    });
    let allow = table::allow_deprecated(members);
    quote! {
        #[automatically_derived]
        #allow
        impl ::yunspec_runtime::decode::Fields for #ident {
            fn members(&self) -> &'static [::yunspec_runtime::value::Member<'static>] {
                #table
            }
            fn set(
                &mut self,
                index: usize,
                json: ::yunspec_runtime::value::Json,
            ) -> ::std::result::Result<(), ::yunspec_runtime::decode::Mismatch> {
                match index {
                    #(#arms)*
                    _ => ::std::result::Result::Ok(()),
                }
            }
        }
    }
}

fn decode(ident: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::yunspec_runtime::decode::Decode for #ident {
            fn decode(
                json: ::yunspec_runtime::value::Json,
            ) -> ::std::result::Result<Self, ::yunspec_runtime::decode::Mismatch> {
                #body
            }
        }
    }
}

/// The impl for an item that was refused: it only keeps further messages away.
fn undecodable(ident: &Ident) -> TokenStream {
    let mismatch = quote!(::yunspec_runtime::decode::Mismatch::new("a struct", &json));
    decode(ident, &quote!(::std::result::Result::Err(#mismatch)))
}
