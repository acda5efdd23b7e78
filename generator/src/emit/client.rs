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
    let methods = client.methods.iter().map(method);
    quote! {
        #(#[doc = #docs])*
        #[derive(Clone, Debug)]
        pub struct Client(yunspec_runtime::Client);

        impl Client {
            /// A client with these settings.
            ///
            /// # Errors
            /// [`ConfigError`] where a setting is malformed or a region is missing.
            pub fn new(config: Config) -> Result<Self, ConfigError> {
                yunspec_runtime::Client::new(&SERVICE, config).map(Self)
            }

            /// A client with the credentials and the region of the environment.
            ///
            /// # Errors
            /// [`ConfigError`], also where a variable is missing.
            pub fn from_env() -> Result<Self, ConfigError> {
                yunspec_runtime::Client::from_env(&SERVICE).map(Self)
            }

            #(#methods)*
        }
    }
}

fn method(method: &Method) -> TokenStream {
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
    quote! {
        #(#[doc = #docs])*
        #deprecated
        pub async fn #name(
            &self,
            request: #request,
        ) -> Result<Response<#response>, Error<#error>> {
            self.0.call(request).await
        }
    }
}
