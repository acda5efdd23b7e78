//! Spec → model, and the rules: one file per family, all findings at once.

use crate::diagnostic::{Diagnostic, Rule, has_errors, sort};
use crate::load::node::Source;
use crate::load::{self, Loaded};
use crate::lower;
use crate::model::Model;
use crate::schema::Kind;
use crate::spec::{Operation, ProviderFile, ServiceFile};

mod answers;
pub(crate) mod at;
mod constraints;
mod endpoints;
mod enums;
mod errors;
mod evidence;
mod examples;
mod names;
mod paging;
pub(crate) mod patterns;
pub(crate) mod privacy;
mod report;
mod resolve;
mod scan;
pub(crate) mod scope;
mod semantics;
mod spelling;
pub(crate) mod texts;
mod transport;
mod types;
mod values;

use evidence::Remarks;
use report::Report;
use scope::{Page, Role, Scope, Site, collect, collect_types};

/// Every rule, by family.
pub fn rules() -> Vec<&'static Rule> {
    let families = [
        load::RULES,
        names::RULES,
        types::RULES,
        enums::RULES,
        constraints::RULES,
        patterns::RULES,
        examples::RULES,
        errors::RULES,
        transport::RULES,
        endpoints::RULES,
        privacy::RULES,
        semantics::RULES,
        paging::RULES,
        texts::RULES,
        evidence::RULES,
        answers::RULES,
        lower::RULES,
    ];
    families.concat()
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().into_iter().find(|rule| rule.id == id)
}

/// Resolves a spec.
///
/// # Errors
/// All findings, warnings among them, when one is an error.
pub fn check(loaded: &Loaded) -> Result<Model, Vec<Diagnostic>> {
    let findings = broken(loaded);
    if has_errors(&findings) {
        Err(findings)
    } else {
        Ok(resolve::model(loaded))
    }
}

/// Every finding about what was loaded, those of the loader among them; where nothing else
/// is wrong, also the Rust names that collide.
pub fn findings(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut findings = broken(loaded);
    if !has_errors(&findings)
        && let Err(names) = lower::lower(&resolve::model(loaded))
    {
        findings.extend(loaded.sources.placed(names));
    }
    sort(&mut findings);
    findings
}

/// Resolves services whose provider is looked at elsewhere, by [`provider`].
///
/// # Errors
/// All findings about the services, when one is an error.
pub(crate) fn services(loaded: &Loaded) -> Result<Model, Vec<Diagnostic>> {
    let findings = found(loaded, Checker::services);
    if has_errors(&findings) {
        Err(findings)
    } else {
        Ok(resolve::model(loaded))
    }
}

/// Resolves providers without their services.
///
/// # Errors
/// All findings about the providers, when one is an error.
pub(crate) fn provider(loaded: &Loaded) -> Result<Model, Vec<Diagnostic>> {
    let findings = found(loaded, Checker::provider);
    if has_errors(&findings) {
        Err(findings)
    } else {
        Ok(resolve::model(loaded))
    }
}

/// What the loader and the rules find, without what is answered.
fn broken(loaded: &Loaded) -> Vec<Diagnostic> {
    found(loaded, |checker, file| {
        checker.provider(file);
        checker.services(file);
    })
}

fn found<'a>(
    loaded: &'a Loaded,
    look: impl Fn(&mut Checker<'a>, &'a ProviderFile),
) -> Vec<Diagnostic> {
    let mut checker = Checker {
        loaded,
        report: Report::new(loaded.findings.clone()),
    };
    for provider in &loaded.spec.providers {
        look(&mut checker, provider);
    }
    let mut findings = checker.report.findings;
    sort(&mut findings);
    findings
}

struct Checker<'a> {
    loaded: &'a Loaded,
    report: Report,
}

impl<'a> Checker<'a> {
    fn provider(&mut self, file: &'a ProviderFile) {
        names::provider(file, &self.loaded.sources, &mut self.report);
        let Some(source) = self.loaded.sources.get(&file.file) else {
            return;
        };
        let provider = &file.provider;
        let scope = Scope::of_provider(file, source);
        let mut sites = Vec::new();
        let node = source.root.get("error_body");
        collect(&provider.error_body, Role::ErrorBody, node, &mut sites);
        self.sites(&sites, &scope);
        transport::provider(file, source, &mut self.report);
        errors::list(&provider.errors, source, &mut self.report);
        names::codes(&provider.errors, source, &mut self.report);
        self.texts(source, Kind::Provider);
        let remarks = Remarks {
            errata: &provider.errata,
            gaps: &provider.gaps,
            notes: &provider.notes,
        };
        self.remarks(&remarks, &[(source, Kind::Provider)]);
    }

    /// Its services; without the provider's own tree nothing can be said about them.
    fn services(&mut self, file: &'a ProviderFile) {
        if self.loaded.sources.get(&file.file).is_some() {
            for service in &file.services {
                self.service(file, service);
            }
        }
    }

    fn service(&mut self, file: &'a ProviderFile, service: &'a ServiceFile) {
        let Some(source) = self.loaded.sources.get(&service.file) else {
            return;
        };
        names::service(service, &self.loaded.sources, &mut self.report);
        endpoints::service(service, source, &mut self.report);
        transport::service(service, source, &mut self.report);
        self.texts(source, Kind::Service);
        let pages: Vec<Page<'a>> = service
            .operations
            .iter()
            .filter_map(|(path, operation)| {
                let source = self.loaded.sources.get(path)?;
                let scope = Scope::of_service(file, service, Some(operation), source);
                Some(Page::new(scope, operation))
            })
            .collect();
        let mut sources = vec![(source, Kind::Service)];
        let types = service.types.as_ref();
        if let Some((path, types)) = types
            && let Some(source) = self.loaded.sources.get(path)
        {
            let scope = Scope::of_service(file, service, None, source);
            let mut sites = Vec::new();
            collect_types(&types.types, source, &mut sites);
            self.sites(&sites, &scope);
            names::reserved(&scope, types.types.keys(), &mut self.report);
            types::shared(&types.types, &pages, source, &mut self.report);
            self.texts(source, Kind::Types);
            sources.push((source, Kind::Types));
        }
        let facts = &service.service;
        let remarks = Remarks {
            errata: &facts.errata,
            gaps: &facts.gaps,
            notes: &facts.notes,
        };
        self.remarks(&remarks, &sources);
        let names = pages.iter().map(|page| page.operation.operation.as_str());
        let names = names.collect();
        for page in &pages {
            paging::page(page, &names, &mut self.report);
            self.page(page);
        }
    }

    fn page(&mut self, page: &Page<'a>) {
        self.sites(&page.sites, &page.scope);
        names::page(page, &mut self.report);
        types::page(page, &mut self.report);
        examples::page(page, &mut self.report);
        errors::page(page, &mut self.report);
        transport::page(page, &mut self.report);
        semantics::page(page, &mut self.report);
        evidence::page(page, &mut self.report);
        self.texts(page.scope.source, Kind::Operation);
        let Operation {
            errata,
            gaps,
            notes,
            ..
        } = page.operation;
        self.remarks(
            &Remarks {
                errata,
                gaps,
                notes,
            },
            &[(page.scope.source, Kind::Operation)],
        );
    }

    fn sites(&mut self, sites: &[Site<'a>], scope: &Scope<'a>) {
        for site in sites {
            names::site(site, scope, &mut self.report);
            types::site(site, scope, &mut self.report);
            enums::site(site, scope, &mut self.report);
            constraints::site(site, scope, &mut self.report);
            patterns::site(site, scope, &mut self.report);
            examples::site(site, scope, &mut self.report);
            transport::site(site, scope, &mut self.report);
            privacy::site(site, scope, &mut self.report);
        }
    }

    fn texts(&mut self, source: &Source, kind: Kind) {
        texts::file(source, kind, &mut self.report);
    }

    /// What a file says about its page; last, for it answers what came before.
    fn remarks(&mut self, remarks: &Remarks<'_>, sources: &[(&Source, Kind)]) {
        evidence::remarks(remarks, sources, &mut self.report);
        answers::apply(remarks, sources, &mut self.report);
    }
}
