//! The client of a service, and what all its calls share.

use quote::quote;

use super::ident;
use crate::page::{Code, Room};
use crate::rust::{Client, Gives, Method, Service};

pub(super) fn service(service: &Service) -> Code {
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
    let (names, hosts) = (endpoint.hosts.keys(), endpoint.hosts.values());
    let mut code = Code::default();
    code.items(quote! {
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
                hosts: &[#((#names, #hosts)),*],
            },
        };
    });
    code
}

pub(super) fn client(client: &Client) -> Code {
    let Client {
        docs,
        blocking,
        methods,
    } = client;
    let runtime = if *blocking {
        "yunspec_runtime::blocking::"
    } else {
        "yunspec_runtime::"
    };
    let mut code = Code::with_room(2 * methods.len());
    code.docs(0, docs)
        .push("#[derive(Clone, Debug)]\npub struct Client(")
        .push(runtime)
        .push("Client);\n\nimpl Client {\n")
        .push(NEW)
        .push(runtime)
        .push("Client::new(&SERVICE, config).map(Self)\n    }\n\n")
        .push(FROM_ENV)
        .push(runtime)
        .push("Client::from_env(&SERVICE).map(Self)\n    }\n");
    for one in methods {
        method(one, *blocking, runtime, &mut code);
    }
    code.push("}");
    code
}

const NEW: &str = "    /// A client with these settings.
    ///
    /// # Errors
    /// [`ConfigError`] where a setting is malformed or a region is missing.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        ";

const FROM_ENV: &str =
    "    /// A client with the credentials, the region and the endpoint that the
    /// environment names; see [`Config::from_env`].
    ///
    /// # Errors
    /// [`ConfigError`] where a variable is malformed or a region is missing.
    pub fn from_env() -> Result<Self, ConfigError> {
        ";

fn method(method: &Method, blocking: bool, runtime: &'static str, code: &mut Code) {
    let Method {
        docs,
        deprecated,
        name,
        request,
        gives,
    } = method;
    let is_async = !blocking && matches!(gives, Gives::Answer { .. });
    let mut head = Code::of(if is_async { "pub async fn " } else { "pub fn " });
    head.name(name);
    let mut parameter = Code::of("request: ");
    parameter.name(request);
    let mut output = Code::default();
    let mut call = Code::default();
    match gives {
        Gives::Answer { response, error } => {
            output.push("Result<Response<").name(response);
            output.push(">, Error<").name(error).push(">>");
            call.push("call");
        }
        Gives::Pages => {
            output.push(runtime).push("Pages<").name(request).push(">");
            call.push("pages");
        }
        Gives::Waiter(work) => {
            output.push(runtime).push("Waiter<").name(request).push(">");
            call.push("waiter::<").name(work).push(">");
        }
    }
    code.push("\n")
        .docs(4, docs)
        .deprecated(4, Room::Field, deprecated.as_ref())
        .signature(&head, &[&Code::of("&self"), &parameter], &output)
        .push("        self.0.")
        .code(&call)
        .push("(request)")
        .push(if is_async {
            ".await\n    }\n"
        } else {
            "\n    }\n"
        });
}
