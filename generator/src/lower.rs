//! Model → rust: the one place that chooses Rust names, types, attributes and texts.
//!
//! A page depends on its own operation and on the service's shared types alone, so that
//! one more operation never changes the page of another. That is why each operation is a
//! public module: `use` brings everything of it into the service's module, and where two
//! operations have a type of the same name, the path through the module tells them apart.

mod client;
mod cycle;
mod docs;
mod enumeration;
mod example;
mod exports;
mod hosts;
mod operation;
mod page;
mod paging;
mod rules;
mod service;
mod structure;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, KeyPath, Place};
use crate::model::{Model, Provider};
use crate::name;
use crate::rust::{
    Attribute, Child, Crate, Extra, Manifest, Module, Names, Package, ServiceFacts, Use,
};

use docs::{Docs, prose};

pub(crate) use rules::RULES;

#[cfg(test)]
mod tests;

/// What the crate shows of the runtime at its root.
const ROOT: [&str; 19] = [
    "Binary",
    "Config",
    "ConfigError",
    "Credentials",
    "CredentialsError",
    "CredentialsSource",
    "EndpointError",
    "Error",
    "Json",
    "Operation",
    "Response",
    "Secret",
    "ServiceError",
    "Timeouts",
    "Timestamp",
    "Transport",
    "Unknown",
    "Validate",
    "WireEnum",
];

/// The features that are none of a service and the runtime's own, and what each is for.
const EXTRAS: [(&str, &str); 5] = [
    (
        "aws-lc",
        "TLS by AWS-LC in place of ring; building it takes a C compiler",
    ),
    (
        "blocking",
        "A module `blocking` in each service, with a client for programs without async code",
    ),
    ("sm3", "The signatures over SM3, in place of SHA-256"),
    (
        "test-util",
        "A transport with recorded answers for tests of your own, `runtime::test_util`",
    ),
    (
        "tracing",
        "A span for each call and an event for each attempt",
    ),
];

/// Chooses everything that Rust needs.
///
/// # Errors
/// A diagnostic for each name that two things of one kind get, and for each pinned name
/// that is none. Their places name file and key; lines are for those who have the text.
pub fn lower(model: &Model) -> Result<Crate, Vec<Diagnostic>> {
    package(model, Package::default())
}

/// Chooses everything that Rust needs, for a crate of another name.
///
/// # Errors
/// As [`lower`].
pub fn package(model: &Model, package: Package) -> Result<Crate, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut modules = Vec::new();
    let providers = model.providers.iter().map(|provider| {
        let services = service::lower(provider, &package, &mut modules, &mut findings);
        (provider, services)
    });
    let providers: Vec<_> = providers.collect();
    let whole = frame(&providers, package);
    match whole {
        Ok(mut whole) if findings.is_empty() => {
            whole.modules.append(&mut modules);
            whole
                .modules
                .sort_by(|one, other| one.path.cmp(&other.path));
            Ok(whole)
        }
        Ok(_) => Err(findings),
        Err(names) => {
            findings.extend(names);
            Err(findings)
        }
    }
}

/// The files of a provider's services alone, with what [`frame`] needs to know of each.
///
/// # Errors
/// As [`lower`], but for names that two services get.
pub(crate) fn services(
    provider: &Provider,
    package: &Package,
) -> Result<(Vec<ServiceFacts>, Vec<Module>), Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut modules = Vec::new();
    let facts = service::lower(provider, package, &mut modules, &mut findings);
    if findings.is_empty() {
        Ok((facts, modules))
    } else {
        Err(findings)
    }
}

/// The files that belong to no service; of the providers' own services nothing is read.
///
/// # Errors
/// A diagnostic for each name that two providers, or two services of one, get.
pub(crate) fn frame(
    providers: &[(&Provider, Vec<ServiceFacts>)],
    package: Package,
) -> Result<Crate, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut modules = Vec::new();
    let mut taken = Taken::default();
    for (provider, services) in providers {
        let name = name::module(&provider.id);
        let file = format!("{}/provider.yaml", provider.id);
        let place = || Place {
            path: KeyPath::default().key("provider"),
            ..Place::file(&file)
        };
        let rule = &rules::MODULE_TAKEN;
        taken.claim(&name, &provider.id, &mut findings, rule, place);
        service::claim(provider, services, &mut findings);
        modules.push(provider_module(provider, services, &name, file.clone()));
    }
    let entries = providers.iter().flat_map(|(_, services)| services);
    let manifest = Manifest {
        package,
        services: entries.filter_map(|one| one.entry.clone()).collect(),
        extras: EXTRAS
            .map(|(feature, what)| Extra { feature, what })
            .to_vec(),
    };
    let names = providers.iter().map(|(one, _)| name::module(&one.id));
    modules.push(root(&manifest, &names.collect()));
    if findings.is_empty() {
        Ok(Crate { manifest, modules })
    } else {
        Err(findings)
    }
}

/// The names of one scope, each with what has it.
#[derive(Debug, Default)]
pub(crate) struct Taken(BTreeMap<String, String>);

impl Taken {
    /// Takes a name; a finding where something else has it.
    fn claim(
        &mut self,
        name: &str,
        wire: &str,
        findings: &mut Vec<Diagnostic>,
        rule: &'static crate::diagnostic::Rule,
        place: impl FnOnce() -> Place,
    ) {
        if let Some(first) = self.0.insert(name.to_owned(), wire.to_owned()) {
            let message = format!("{first:?} and {wire:?} both become `{name}`");
            findings.push(Diagnostic::new(rule, place(), message).help(rule.mend));
        }
    }
}

/// `src/lib.rs`.
fn root(manifest: &Manifest, providers: &BTreeSet<String>) -> Module {
    let services = manifest.services.iter().map(|service| {
        format!(
            "`{}`: {} {}, `{}`",
            service.feature, service.provider, service.title, service.module
        )
    });
    let extras = manifest
        .extras
        .iter()
        .map(|extra| format!("`{}`: {}", extra.feature, extra.what));
    let docs = Docs::at(0)
        .text("Typed clients of cloud APIs. Every operation is one page of its provider's documentation, \
               with the rules, the error codes and the known mistakes of that page.")
        .text(if manifest.package.whole {
            "A service has a module and a cargo feature; all are on by default:"
        } else {
            "A service has a module and a cargo feature; none is on by default, `full` turns all on:"
        })
        .items(services)
        .text("Besides there are:")
        .items(extras)
        .text("What all services share comes from `yunspec-runtime` and stands at the root; \
               everything else of it is in `runtime`.");
    let exports = vec![
        Use {
            path: path(["yunspec_runtime"]),
            names: Names::As("runtime"),
        },
        Use {
            path: path(["yunspec_runtime"]),
            names: Names::Some(ROOT.map(str::to_owned).to_vec()),
        },
    ];
    Module {
        path: "src/lib.rs".into(),
        source: String::new(),
        service: None,
        docs: docs.lines(),
        attributes: vec![
            Attribute::Forbid("unsafe_code"),
            Attribute::Warn("missing_docs"),
            Attribute::Allow(
                "ambiguous_glob_reexports",
                "a longer path tells them apart",
            ),
        ],
        children: providers
            .iter()
            .map(|name| Child {
                name: name.clone(),
                feature: None,
            })
            .collect(),
        exports,
        imports: Vec::new(),
        items: Vec::new(),
    }
}

/// `src/provider/mod.rs`.
fn provider_module(
    provider: &Provider,
    services: &[ServiceFacts],
    name: &str,
    source: String,
) -> Module {
    let common = provider.errors.iter().map(|error| {
        let code = error.code.as_deref().map(docs::code);
        format!(
            "{} {}",
            code.map(|code| format!("{code}:")).unwrap_or_default(),
            words::error(error)
        )
    });
    let docs = Docs::at(0).paragraph(&format!(
        "Services of {}, a module and a feature each.",
        prose(&provider.title)
    ));
    let docs = if provider.errors.is_empty() {
        docs
    } else {
        docs.text("Any operation may answer with these errors:")
            .items(common)
    };
    let closed = services.iter().filter_map(|one| {
        let why = one.gated.as_deref()?;
        Some(service::left_out(&one.id, why))
    });
    let mut closed = closed.peekable();
    let docs = if closed.peek().is_some() {
        docs.text("Not generated:").items(closed)
    } else {
        docs
    };
    let open = services.iter().filter(|one| one.gated.is_none());
    let children =
        open.map(|service| (name::module(&service.id), feature(provider, &service.id)));
    let mut children: Vec<_> = children
        .map(|(name, feature)| Child {
            name,
            feature: Some(feature),
        })
        .collect();
    children.sort_by(|one, other| plain(&one.name).cmp(plain(&other.name)));
    Module {
        path: ["src", plain(name), "mod.rs"].iter().collect(),
        source,
        service: None,
        docs: docs.lines(),
        attributes: Vec::new(),
        children,
        exports: Vec::new(),
        imports: Vec::new(),
        items: Vec::new(),
    }
}

/// The cargo feature of a service.
fn feature(provider: &Provider, service: &str) -> String {
    format!("{}-{service}", provider.id)
}

/// A module's name in a path of the file system.
fn plain(name: &str) -> &str {
    name.trim_start_matches("r#")
}

fn path<const N: usize>(segments: [&str; N]) -> Vec<String> {
    segments.map(str::to_owned).to_vec()
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<_> = names.collect();
    names.sort_by(|one, other| name::version_order(one, other));
    names
}
