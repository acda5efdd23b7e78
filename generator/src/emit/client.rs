//! The client of a service, and what all its calls share.

use proc_macro2::TokenStream;
use quote::quote;

use super::{deprecated, docs, ident};
use crate::rust::{Client, Method, Service};

pub(super) fn service(service: &Service) -> TokenStream {
    let Service {
        protocol,
        id,
        product,
        version,
        endpoint,
    } = service;
    let protocol = ident(protocol);
    let [global, regional] = [&endpoint.global, &endpoint.regional].map(|host| {
        if let Some(host) = host {
            quote!(Some(#host))
        } else {
            quote!(None)
        }
    });
    let (global_regions, regions) = (&endpoint.global_regions, &endpoint.regions);
    quote! {
        /// What all operations of the service share.
        pub static SERVICE: Service = Service {
            protocol: Protocol::#protocol,
            id: #id,
            product: #product,
            version: #version,
            endpoint: Endpoint {
                global: #global,
                global_regions: &[#(#global_regions),*],
                regional: #regional,
                regions: &[#(#regions),*],
            },
        };
    }
}

pub(super) fn client(client: &Client) -> TokenStream {
    let docs = docs(&client.docs);
    let blocking = client.blocking;
    let methods = client.methods.iter().map(|one| method(one, blocking));
    let runtime = if blocking {
        quote!(yunspec_runtime::blocking::Client)
    } else {
        quote!(yunspec_runtime::Client)
    };
    quote! {
        #(#[doc = #docs])*
        #[derive(Clone, Debug)]
        pub struct Client(#runtime);

        impl Client {
            /// A client with these settings.
            ///
            /// # Errors
            /// [`ConfigError`] where a setting is malformed or a region is missing.
            pub fn new(config: Config) -> Result<Self, ConfigError> {
                #runtime::new(&SERVICE, config).map(Self)
            }

            /// A client with the credentials, the region and the endpoint that the
            /// environment names; see [`Config::from_env`].
            ///
            /// # Errors
            /// [`ConfigError`] where a variable is malformed or a region is missing.
            pub fn from_env() -> Result<Self, ConfigError> {
                #runtime::from_env(&SERVICE).map(Self)
            }

            #(#methods)*
        }
    }
}

fn method(method: &Method, blocking: bool) -> TokenStream {
    let Method {
        docs: text,
        deprecated: note,
        name,
        request,
        response,
        error,
    } = method;
    let docs = docs(text);
    let deprecated = deprecated(note.as_ref());
    let [name, request, response, error] =
        [name, request, response, error].map(|name| ident(name));
    let (is_async, wait) = if blocking {
        (None, None)
    } else {
        (Some(quote!(async)), Some(quote!(.await)))
    };
    quote! {
        #(#[doc = #docs])*
        #deprecated
        pub #is_async fn #name(
            &self,
            request: #request,
        ) -> Result<Response<#response>, Error<#error>> {
            self.0.call(request) #wait
        }
    }
}
