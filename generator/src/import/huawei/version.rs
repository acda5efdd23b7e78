//! One version of a service, from all that is told of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Result;

use indexmap::IndexMap;
use serde_json::Value;

use super::super::report::Disagreement;
use super::super::{Options, Report, Service, json, merge};
use super::assemble::{self, Assembly};
use super::draft::{Draft, Param, Sheet};
use super::entry::{self, Entry};
use super::index::{self, File, Files};
use super::kit::{Reader, items};
use super::plan::{Plan, Side, Way};
use super::{hosts, openapi, sdk};
use crate::spec::{self, Location, Member, Members, Note};

/// Services that speak otherwise than all others, and how.
const GATED: [(&str, &str); 1] = [(
    "obs",
    "It answers in XML and asks for signatures of its own, which the client cannot make.",
)];

/// Reads one version of a service; nothing where its documents are none.
pub(super) fn read(
    files: &Files,
    version: &str,
    options: &Options,
    report: &mut Report,
) -> Result<Option<Service>> {
    let newest = files
        .facts
        .last()
        .is_none_or(|(newest, _)| newest == version);
    let mut told = Told::default();
    let mut facts = Vec::new();
    for (one, file) in &files.facts {
        // Each document is told of where it is the version's own.
        let mut elsewhere = Report::default();
        let report = if one == version {
            &mut *report
        } else {
            &mut elsewhere
        };
        let value = json::read(&file.path, &file.place, report)?;
        facts.push((one.as_str(), value.unwrap_or_default()));
    }
    let own = files
        .facts
        .iter()
        .zip(&facts)
        .find(|((one, _), _)| one == version);
    let own = own.map(|((_, file), (_, value))| (file, value));
    let openapi = match &files.openapi {
        Some(file) => {
            let value = json::read(&file.path, &file.place, report)?;
            value.map(|value| (file, value))
        }
        None => None,
    };
    if let Some((file, value)) = own {
        told.second = sdk::read(value, &mut reader(file, options, report));
    }
    if let Some((file, value)) = &openapi {
        let mut reader = reader(file, options, report);
        let entries = entry::operations(value, newest.then_some(&mut reader));
        let homes = Homes::new(&facts);
        let wanted: Vec<_> = entries
            .into_iter()
            .filter(|entry| homes.version(entry).is_none_or(|home| home == version))
            .collect();
        let place = own.map_or("", |(file, _)| &file.place);
        let wanted = told.trusted(wanted, [place, &file.place], &mut reader);
        told.first = openapi::read(value, &wanted, &mut reader);
    }
    if told.first.drafts.is_empty() && told.second.drafts.is_empty() {
        report.lose("version without operations", || {
            format!("{}.{version}", files.name)
        });
        return Ok(None);
    }
    let openapi = openapi.as_ref().map(|(file, value)| (*file, value));
    told.file = file(files, version, openapi, own, options, report);
    Ok(Some(told.service([openapi, own], options, report)))
}

fn reader<'r>(file: &File, options: &Options, report: &'r mut Report) -> Reader<'r> {
    Reader {
        place: file.place.clone(),
        with_docs: options.with_docs,
        report,
    }
}

/// What becomes `service.yaml`.
fn file(
    files: &Files,
    version: &str,
    openapi: Option<(&File, &Value)>,
    facts: Option<(&File, &Value)>,
    options: &Options,
    report: &mut Report,
) -> spec::Service {
    let info = openapi.map_or(&Value::Null, |(_, value)| &value["info"]);
    let title = info["title"].as_str().map(str::trim).unwrap_or_default();
    let visible = !title.is_empty() && title.bytes().all(|b| b.is_ascii_graphic());
    let regions = facts.and_then(|(file, facts)| {
        hosts::of_regions(&facts["regions"], &mut reader(file, options, report))
    });
    let (endpoint, gap) = match (regions, openapi.or(facts)) {
        (Some(endpoint), _) => (endpoint, None),
        (None, Some((file, _))) => {
            hosts::of_info(info, &files.name, &mut reader(file, options, report))
        }
        (None, None) => Default::default(),
    };
    let gated = GATED.iter().find(|(name, _)| *name == files.name);
    let product = if visible { title } else { &files.name };
    spec::Service {
        service: files.name.clone(),
        title: if visible {
            title.to_owned()
        } else {
            String::new()
        },
        product: product.to_owned(),
        version: version.to_owned(),
        endpoint,
        gated: gated.map(|(_, why)| (*why).to_owned()),
        gaps: gap.into_iter().collect(),
        ..spec::Service::default()
    }
}

/// In which version each operation is.
struct Homes<'v> {
    /// Method and path of the operations of each version, the newest last.
    versions: Vec<(&'v str, BTreeMap<&'v str, [&'v str; 2]>)>,
}

impl<'v> Homes<'v> {
    fn new(facts: &'v [(&'v str, Value)]) -> Self {
        let versions = facts.iter().map(|(version, facts)| {
            let known = items(&facts["operations"]).filter_map(|operation| {
                let text = |key: &str| operation[key].as_str();
                Some((text("op")?, [text("method")?, text("path")?]))
            });
            (*version, known.collect())
        });
        Self {
            versions: versions.collect(),
        }
    }

    /// The version that knows an operation by its name, best by its path as well; else the
    /// one that its path names; else the newest. None where nothing is known of versions.
    fn version(&self, entry: &Entry<'_>) -> Option<&'v str> {
        let named = index::of_path(entry.path());
        let rank = |(version, known): &&(&str, BTreeMap<&str, [&str; 2]>)| {
            let there = known.get(entry.name);
            let same = there.is_some_and(|way| is_same(entry, *way));
            (same, there.is_some(), named == Some(index::number(version)))
        };
        let best = self.versions.iter().max_by_key(rank);
        best.map(|(version, _)| *version)
    }
}

fn is_same(entry: &Entry<'_>, [method, path]: [&str; 2]) -> bool {
    let bare = |path: &str| path.trim_end_matches('/').to_owned();
    entry.method.eq_ignore_ascii_case(method) && bare(entry.path()) == bare(path)
}

/// What both documents say of one version.
#[derive(Default)]
struct Told {
    file: spec::Service,
    first: Sheet,
    second: Sheet,
    /// Where an operation of the facts is called otherwise by the other document.
    notes: BTreeMap<String, Note>,
}

impl Told {
    /// The entries that the facts do not contradict.
    fn trusted<'v>(
        &mut self,
        entries: Vec<Entry<'v>>,
        places: [&str; 2],
        reader: &mut Reader<'_>,
    ) -> Vec<Entry<'v>> {
        let mut trusted = Vec::new();
        for entry in entries {
            let Some(draft) = self.second.drafts.get(entry.name) else {
                trusted.push(entry);
                continue;
            };
            if is_same(&entry, [&draft.method, &draft.path]) {
                trusted.push(entry);
                continue;
            }
            let method = entry.method.to_ascii_uppercase();
            let says = [
                format!("{} {}", draft.method, draft.path),
                format!("{method} {}", entry.path()),
            ];
            let [place, other] = places;
            let note = format!(
                "Sources differ: {place} `{}`, {other} `{}`.",
                says[0], says[1]
            );
            reader.lose("operation that the facts call otherwise", entry.name);
            reader.report.disagreements.push(Disagreement {
                file: format!("{}.yaml", entry.name),
                at: "http".to_owned(),
                sources: places.map(str::to_owned),
                says,
            });
            let note = Note {
                at: "http".to_owned(),
                note,
                answers: Vec::new(),
            };
            self.notes.insert(entry.name.to_owned(), note);
        }
        trusted
    }

    /// The service that both documents make.
    fn service(
        mut self,
        documents: [Option<(&File, &Value)>; 2],
        options: &Options,
        report: &mut Report,
    ) -> Service {
        for (name, second) in &mut self.second.drafts {
            if let Some(first) = self.first.drafts.get_mut(name) {
                align(first, second);
            }
        }
        let plans = self.plans();
        let mut merged: Option<Service> = None;
        let sheets = [&self.first, &self.second];
        for ((sheet, document), language) in
            sheets.into_iter().zip(documents).zip(["zh", "en"])
        {
            let Some((file, _)) = document.filter(|_| !sheet.drafts.is_empty()) else {
                continue;
            };
            let assembly = Assembly {
                collection: format!("{}, {}", self.file.product, file.place),
                language,
            };
            let mut reader = reader(file, options, report);
            let mut service = Service {
                file: self.file.clone(),
                documents: vec![file.place.clone()],
                operations: Vec::new(),
                types: sheet.types.clone(),
            };
            for name in sheet.drafts.keys() {
                let (plan, own) = &plans[name];
                let operation = assembly.operation(name, sheet, plan, *own, &mut reader);
                service.operations.push(operation);
            }
            prune(&mut service, &flattened(sheet, &plans));
            merged = Some(match merged {
                None => service,
                Some(first) => {
                    // Both have the same.
                    service.file.gaps.clear();
                    merge::merge(first, service, report)
                }
            });
        }
        let mut service = merged.unwrap_or_default();
        for operation in &mut service.operations {
            // Not that only one document has it: the other calls it otherwise.
            if let Some(note) = self.notes.remove(&operation.operation) {
                operation.notes = vec![note];
            }
        }
        service
    }

    /// How each operation travels, and whether its project is not the client's.
    fn plans(&self) -> IndexMap<String, (Plan, bool)> {
        let names = self.first.drafts.keys().chain(self.second.drafts.keys());
        let often = self.projects_are_own();
        let mut plans = IndexMap::new();
        for name in names {
            let sheets = [&self.first, &self.second];
            let sides: Vec<Side<'_>> = sheets
                .into_iter()
                .filter_map(|sheet| Some((sheet.drafts.get(name)?, &sheet.types)))
                .collect();
            let own = match self.second.drafts.get(name) {
                Some(draft) => draft.lists("project_id", Location::Path),
                None => often,
            };
            let of_client =
                |name: &str, location| assemble::is_of_client(name, location, own);
            let plan = Plan::new(&sides, &of_client);
            plans.insert(name.clone(), (plan, own));
        }
        plans
    }

    /// Whether the operations of the service name projects of their own: the SDKs leave out
    /// what the client fills in.
    fn projects_are_own(&self) -> bool {
        let drafts = self.second.drafts.values();
        let lists = drafts
            .filter(|draft| draft.path.contains("{project_id}"))
            .map(|draft| draft.lists("project_id", Location::Path));
        let (own, others): (Vec<_>, Vec<_>) = lists.partition(|own| *own);
        own.len() > others.len()
    }
}

/// What only one of two documents knows of a parameter, beside its type: how a list is
/// written, that it is a part of the host, and how a header is spelt.
fn align(first: &mut Draft, second: &mut Draft) {
    // The facts do not say whether a body may be left out.
    if first.body.is_some() {
        second.bodiless = first.bodiless;
    }
    for param in &mut second.params {
        let same = |known: &&mut Param| {
            let header = |param: &Param| param.location == Location::Header;
            known.name == param.name
                || (header(known)
                    && header(param)
                    && known.name.eq_ignore_ascii_case(&param.name))
        };
        let Some(known) = first.params.iter_mut().find(same) else {
            continue;
        };
        param.name.clone_from(&known.name);
        if param.location == Location::Host {
            known.location = Location::Host;
        }
        if !known.styled && known.member.kind == "array" {
            known.member.style = param.member.style.or(known.member.style);
        }
    }
    for (header, member) in std::mem::take(&mut second.headers) {
        let mut known = first.headers.keys();
        let known = known.find(|known| known.eq_ignore_ascii_case(&header));
        second
            .headers
            .insert(known.cloned().unwrap_or(header), member);
    }
}

/// The structures whose members became members of messages.
fn flattened(sheet: &Sheet, plans: &IndexMap<String, (Plan, bool)>) -> BTreeSet<String> {
    let mut flat = BTreeSet::new();
    for (name, draft) in &sheet.drafts {
        let plan = &plans[name].0;
        for (body, way) in [(&draft.body, plan.request), (&draft.answer, plan.response)] {
            if way != Way::Whole {
                flat.extend(body.as_ref().map(|body| body.kind.clone()));
            }
        }
    }
    flat
}

/// Takes away structures that are wanted nowhere else.
fn prune(service: &mut Service, flat: &BTreeSet<String>) {
    let lists = service
        .operations
        .iter()
        .flat_map(|operation| [&operation.request, &operation.response]);
    let members = lists
        .chain(service.types.values())
        .flat_map(Members::values);
    let mut wanted = BTreeSet::new();
    for member in members {
        let mut bottom: &Member = member;
        while let Some(held) = bottom.items.as_deref().or(bottom.values.as_deref()) {
            bottom = held;
        }
        wanted.insert(bottom.kind.clone());
    }
    service
        .types
        .retain(|name, _| !flat.contains(name) || wanted.contains(name));
}
