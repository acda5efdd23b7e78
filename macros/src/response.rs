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
    let receive = is_scattered(&members).then(receive);
    let body = quote!(::yunspec_runtime::decode::structure(json));
    let decode = decode(ident, &body, receive.as_ref());
    quote!(#fields #decode #errors)
}

/// Whether members stand in headers, or one is the whole body.
fn is_scattered(members: &[Member<'_>]) -> bool {
    let places = ["header", "payload"];
    members
        .iter()
        .any(|member| places.contains(&member.location()))
}

/// How the root of such an answer is read.
fn receive() -> TokenStream {
    quote! {
        #[inline]
        fn receive(
            message: ::yunspec_runtime::decode::Message<'_>,
        ) -> ::std::result::Result<Self, ::yunspec_runtime::decode::Mismatch> {
            ::yunspec_runtime::decode::receive(message)
        }
    }
}

fn fields(ident: &Ident, members: &[Member<'_>]) -> TokenStream {
    let table = table::table(members);
    let arms = members.iter().enumerate().map(|(index, member)| {
        let ident = member.ident;
        let set = quote!(::yunspec_runtime::decode::set(&mut self.#ident, json));
        let set = member.at_type(set);
        quote!(#index => #set,)
    });
    let payload = members.iter().find(|member| member.location() == "payload");
    let set_bytes = payload.map(|member| {
        let ident = member.ident;
        let set = quote!(::yunspec_runtime::decode::set_bytes(&mut self.#ident, bytes));
        let set = member.at_type(set);
        quote! {
            #[inline]
            fn set_bytes(
                &mut self,
                bytes: ::std::vec::Vec<u8>,
            ) -> ::std::result::Result<(), ::yunspec_runtime::decode::Mismatch> {
                #set
            }
        }
    });
    let allow = table::allow_deprecated(members);
    quote! {
        #[automatically_derived]
        #allow
        impl ::yunspec_runtime::decode::Fields for #ident {
            #[inline]
            fn members(&self) -> &'static [::yunspec_runtime::value::Member<'static>] {
                #table
            }
            #[inline]
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
            #set_bytes
        }
    }
}

fn decode(
    ident: &Ident,
    body: &TokenStream,
    receive: Option<&TokenStream>,
) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::yunspec_runtime::decode::Decode for #ident {
            #[inline]
            fn decode(
                json: ::yunspec_runtime::value::Json,
            ) -> ::std::result::Result<Self, ::yunspec_runtime::decode::Mismatch> {
                #body
            }
            #receive
        }
    }
}

/// The impl for an item that was refused: it only keeps further messages away.
fn undecodable(ident: &Ident) -> TokenStream {
    let mismatch = quote!(::yunspec_runtime::decode::Mismatch::new("a struct", &json));
    decode(ident, &quote!(::std::result::Result::Err(#mismatch)), None)
}
