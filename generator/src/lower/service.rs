//! One service becomes one folder: its client, the types that its operations share, and
//! the operations themselves.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, KeyPath, Place};
use crate::gated;
use crate::model::{self, Provider};
use crate::name;
use crate::rust::{
    Child, Item, Module, Names, OperationEntry, Package, Service, ServiceEntry,
    ServiceFacts, Use,
};

use super::docs::{Docs, HARD_SPACE, code, prose, sentence};
use super::operation::{Trio, nested};
use super::page::{Page, Types};
use super::{
    Taken, client, enumeration, example, exports, feature, hosts, operation, paging,
    path, plain, rules, sorted, structure,
};

/// All files of all services of a provider, and what the whole crate needs to know of each.
pub(super) fn lower(
    provider: &Provider,
    package: &Package,
    modules: &mut Vec<Module>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<ServiceFacts> {
    let facts = provider.services.iter().map(|whole| {
        let open = gated::open(whole);
        let entry = open.map(|service| {
            let id = format!("{}/{}", provider.id, service.id);
            let one = One {
                krate: package.krate(),
                provider,
                whole,
                service: &service,
                id: &id,
                name: name::module(&service.id),
            };
            one.claim_operations(findings);
            modules.push(one.module());
            modules.push(client::blocking(&one));
            one.operations(modules, findings);
            one.entry()
        });
        ServiceFacts {
            id: whole.id.clone(),
            gated: gated::reason(whole).map(str::to_owned),
            entry,
        }
    });
    facts.collect()
}

/// A finding for each two services whose modules would have one name.
pub(super) fn claim(
    provider: &Provider,
    services: &[ServiceFacts],
    findings: &mut Vec<Diagnostic>,
) {
    let mut taken = Taken::default();
    for service in services.iter().filter(|one| one.entry.is_some()) {
        let file = format!("{}/{}/service.yaml", provider.id, service.id);
        let at = || place(&file, KeyPath::default().key("service"));
        let name = name::module(&service.id);
        taken.claim(&name, &service.id, findings, &rules::MODULE_TAKEN, at);
    }
}

/// One service in the making.
pub(super) struct One<'m> {
    /// The crate's name.
    pub(super) krate: String,
    pub(super) provider: &'m Provider,
    /// The service with its gated operations.
    whole: &'m model::Service,
    /// What is generated of it.
    pub(super) service: &'m model::Service,
    pub(super) id: &'m str,
    name: String,
}

impl One<'_> {
    /// The modules from the crate to the service.
    pub(super) fn path(&self) -> [String; 2] {
        [name::module(&self.provider.id), self.name.clone()]
    }

    fn operations(&self, modules: &mut Vec<Module>, findings: &mut Vec<Diagnostic>) {
        let shared = Types::of(&self.service.structures, &self.service.enumerations);
        let [provider, service] = self.path();
        let folder = ["src", plain(&provider), plain(&service)];
        if self.has_shared() {
            modules.push(self.shared(&folder, &shared, findings));
        }
        for operation in &self.service.operations {
            modules.push(operation::lower(
                (&folder, self.id),
                self.service,
                operation,
                &shared,
                findings,
            ));
            modules.extend(example::lower(self, operation, &shared));
        }
    }

    fn has_shared(&self) -> bool {
        !self.service.structures.is_empty() || !self.service.enumerations.is_empty()
    }

    /// `types.rs`.
    fn shared(
        &self,
        folder: &[&str],
        types: &Types<'_>,
        findings: &mut Vec<Diagnostic>,
    ) -> Module {
        let source = format!("{}/types.yaml", self.id);
        let none = Types::default();
        let mut page = Page::new(PathBuf::from(&source), types, &none, findings);
        let docs = "A structure that operations share:".to_owned();
        let structures: Vec<_> = self
            .service
            .structures
            .iter()
            .map(|one| {
                (
                    nested(one, Some(&format!("{docs} {}.", code(&one.name)))),
                    one,
                )
            })
            .collect();
        for (role, structure) in &structures {
            page.claim_type(&role.name, &structure.name, role.at.clone());
        }
        let users = enumeration::users(&structures);
        for one in &self.service.enumerations {
            let at = users.get(one.name.as_str()).cloned().unwrap_or_default();
            page.claim_type(&name::type_name(&one.name), &one.name, at);
        }
        let structs = structure::lower(&structures, &mut page);
        let enums = self.service.enumerations.iter();
        let enums: Vec<_> = enums
            .map(|one| enumeration::lower(one, &users, &mut page))
            .collect();
        let title = prose(&self.service.title);
        Module {
            path: folder.iter().copied().chain(["types.rs"]).collect(),
            source,
            service: Some(self.id.to_owned()),
            docs: Docs::at(0)
                .paragraph(&format!("Types that operations of {title} share."))
                .lines(),
            attributes: Vec::new(),
            children: Vec::new(),
            exports: Vec::new(),
            imports: page.imports(),
            items: structs
                .into_iter()
                .map(Item::Struct)
                .chain(enums.into_iter().map(Item::Enum))
                .collect(),
        }
    }

    /// `mod.rs`.
    fn module(&self) -> Module {
        let service = self.service;
        let [provider, name] = self.path();
        let modules = service
            .operations
            .iter()
            .map(|operation| name::module(&operation.name));
        let modules =
            sorted(modules.chain(self.has_shared().then(|| "types".to_owned())));
        let exports = exports::of(service, &modules);
        let children = modules.into_iter().map(|name| Child {
            name,
            feature: None,
        });
        let blocking = Child {
            name: "blocking".to_owned(),
            feature: Some("blocking".to_owned()),
        };
        let mut children: Vec<_> = children.chain([blocking]).collect();
        children.sort_by(|one, other| plain(&one.name).cmp(plain(&other.name)));
        let runtime = [
            "Config",
            "ConfigError",
            "Error",
            "Protocol",
            "Response",
            "Service",
        ];
        let imports = vec![vec![
            Use {
                path: path(["yunspec_runtime", "endpoint"]),
                names: Names::Some(vec!["Endpoint".to_owned()]),
            },
            Use {
                path: path(["yunspec_runtime"]),
                names: Names::Some(runtime.map(str::to_owned).to_vec()),
            },
        ]];
        Module {
            path: ["src", plain(&provider), plain(&name), "mod.rs"]
                .iter()
                .collect(),
            source: format!("{}/service.yaml", self.id),
            service: Some(self.id.to_owned()),
            docs: self.docs(),
            attributes: Vec::new(),
            children,
            exports,
            imports,
            items: vec![
                Item::Service(self.facts()),
                Item::Client(client::client(self, false)),
            ],
        }
    }

    fn facts(&self) -> Service {
        Service {
            protocol: self.service.protocol.to_ascii_uppercase().replace('-', "_"),
            id: self.id.to_owned(),
            product: self.service.product.clone(),
            version: self.service.version.clone(),
            endpoint: self.service.endpoint.clone(),
        }
    }

    fn docs(&self) -> Vec<String> {
        let model::Service {
            title,
            version,
            endpoint,
            ..
        } = self.service;
        let title = format!(
            "{} {}, version {}",
            prose(&self.provider.title),
            prose(title),
            prose(version)
        );
        let mut docs = Docs::at(0)
            .paragraph(&sentence(title))
            .paragraph(&hosts::sentence(endpoint))
            .paragraph(&hosts::irregular(endpoint));
        if !endpoint.alternates.is_empty() {
            let hosts = endpoint.alternates.iter();
            let hosts = hosts
                .map(|(purpose, host)| format!("{}: {}", prose(purpose), code(host)));
            docs = docs
                .text("Other hosts, for `Config::endpoint`:")
                .items(hosts);
        }
        let mut gated = gated::operations(self.whole).peekable();
        if gated.peek().is_some() {
            let gated = gated.map(|(one, why)| left_out(&one.name, why));
            docs = docs.text("Not generated:").items(gated);
        }
        docs.lines()
    }

    fn entry(&self) -> ServiceEntry {
        let [provider, name] = self.path();
        let operations = self
            .service
            .operations
            .iter()
            .map(|operation| OperationEntry {
                method: name::method(&operation.name),
                example: example::name(self, operation),
                summary: cell(&operation.summary),
            });
        ServiceEntry {
            feature: feature(self.provider, &self.service.id),
            module: format!("{provider}::{name}"),
            provider: cell(&self.provider.title),
            title: cell(&self.service.title),
            version: cell(&self.service.version),
            operations: operations.collect(),
        }
    }

    /// Operations must differ in file and method, and the three types of each must be its
    /// own: the client's methods name them without a path.
    fn claim_operations(&self, findings: &mut Vec<Diagnostic>) {
        let mut modules = Taken::default();
        let calls = self.service.operations.iter();
        let calls = calls.map(|one| (name::method(&one.name), one.name.clone()));
        let mut methods = Taken(calls.collect());
        let mut trios = BTreeMap::new();
        for operation in &self.service.operations {
            let file = format!("{}/{}.yaml", self.id, operation.name);
            let at = || place(&file, KeyPath::default().key("operation"));
            modules.claim(
                &name::module(&operation.name),
                &operation.name,
                findings,
                &rules::MODULE_TAKEN,
                at,
            );
            let pages = operation.pagination.is_some();
            let pages = pages.then(|| paging::pages_method(operation));
            let waiter = paging::polled(self.service, operation);
            let waiter = waiter.map(|_| paging::waiter_method(operation));
            for (key, name) in [("pagination", pages), ("waiter", waiter)] {
                // The call's own method is as unique as its module.
                let Some(name) = name else { continue };
                let at = || place(&file, KeyPath::default().key(key));
                methods.claim(&name, &operation.name, findings, &rules::METHOD_TAKEN, at);
            }
            let Trio {
                request,
                response,
                error,
            } = Trio::of(&operation.name);
            trios.extend(
                [request, response, error].map(|name| (name, operation.name.as_str())),
            );
        }
        let service = [(
            format!("{}/types.yaml", self.id),
            "",
            &self.service.structures,
            &self.service.enumerations,
        )];
        let operations = self.service.operations.iter().map(|operation| {
            let file = format!("{}/{}.yaml", self.id, operation.name);
            (
                file,
                operation.name.as_str(),
                &operation.structures,
                &operation.enumerations,
            )
        });
        for (file, owner, structures, enumerations) in
            service.into_iter().chain(operations)
        {
            let names = structures.iter().map(|one| &one.name);
            for name in names.chain(enumerations.iter().map(|one| &one.name)) {
                let taken = trios.get(&name::type_name(name));
                let Some(other) = taken.filter(|other| **other != owner) else {
                    continue;
                };
                let at = place(&file, KeyPath::default().key("types").key(name));
                let message = format!(
                    "{name:?} is what the operation {other:?} calls a type of its own"
                );
                findings.push(
                    Diagnostic::new(&rules::TYPE_TAKEN, at, message)
                        .help(rules::TYPE_TAKEN.mend),
                );
            }
        }
    }
}

/// Something that is not generated, and why.
pub(super) fn left_out(name: &str, why: &str) -> String {
    format!("{}: {}", code(name), sentence(prose(why)))
}

/// A text in a table of Markdown.
fn cell(text: &str) -> String {
    prose(text).replace(HARD_SPACE, " ").replace('|', "\\|")
}

fn place(file: &str, path: KeyPath) -> Place {
    Place {
        path,
        ..Place::file(file)
    }
}
