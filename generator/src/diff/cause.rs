//! Why a spec changed: an erratum that came with a change says that the spec was wrong, a
//! gap that went with it says that something is told now.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::host::{At, Draft};
use super::{Cause, Group, Side, Verdict};
use crate::check::at::{self, Target};
use crate::diagnostic::KeyPath;
use crate::model::{Erratum, Gap};
use crate::schema::Kind;

/// The places that a file's errata and gaps are about.
#[derive(Default)]
struct Remarks {
    errata: Vec<(String, String)>,
    gaps: Vec<String>,
}

/// Sets the cause of every draft; an erratum also lowers what it does on the wire and to
/// behaviour: what never worked does not break. Source breaks all the same.
pub(super) fn tell(old: &Side, new: &Side, drafts: &mut [Draft]) {
    let (before, after) = (remarks(old), remarks(new));
    let none = Remarks::default();
    for draft in drafts {
        let apt = draft.change.cause == Cause::ApiChange
            && draft.change.rule.group != Group::Documentation;
        let Some(at) = draft.new.as_ref().or(draft.old.as_ref()).filter(|_| apt) else {
            continue;
        };
        let file = home(&at.file);
        let one = before.get(&file).unwrap_or(&none);
        let other = after.get(&file).unwrap_or(&none);
        let mut fresh = other.errata.iter().filter(|it| !one.errata.contains(it));
        if fresh.any(|(place, _)| covers(place, draft, (old, new))) {
            let change = &mut draft.change;
            change.cause = Cause::Erratum;
            change.wire = change.wire.min(Verdict::Compatible);
            change.behaviour = change.behaviour.min(Verdict::Compatible);
            continue;
        }
        let mut gone = one.gaps.iter().filter(|place| !other.gaps.contains(place));
        if gone.any(|place| covers(place, draft, (old, new))) {
            draft.change.cause = Cause::GapResolved;
        }
    }
}

/// The file whose remarks speak for a file.
fn home(file: &Path) -> PathBuf {
    if file.ends_with("types.yaml") {
        file.with_file_name("service.yaml")
    } else {
        file.to_owned()
    }
}

fn remarks(side: &Side) -> BTreeMap<PathBuf, Remarks> {
    let of = |errata: &[Erratum], gaps: &[Gap]| Remarks {
        errata: errata
            .iter()
            .map(|one| (one.at.clone(), json!(one).to_string()))
            .collect(),
        gaps: gaps.iter().map(|one| one.at.clone()).collect(),
    };
    let mut all = BTreeMap::new();
    for provider in &side.model.providers {
        let file = Path::new(&provider.id).join("provider.yaml");
        all.insert(file, of(&provider.errata, &provider.gaps));
        for service in &provider.services {
            let folder = Path::new(&provider.id).join(&service.id);
            let file = folder.join("service.yaml");
            all.insert(file, of(&service.errata, &service.gaps));
            for operation in &service.operations {
                let file = folder.join(format!("{}.yaml", operation.name));
                all.insert(file, of(&operation.errata, &operation.gaps));
            }
        }
    }
    all
}

/// Whether a remark's place is that of the change, or one around it; the whole page is
/// nobody's place.
fn covers(place: &str, draft: &Draft, (old, new): (&Side, &Side)) -> bool {
    let on = |side: &Side, at: &Option<At>| {
        let Some(at) = at else { return false };
        let path = resolved(side, &at.file, place);
        path.is_some_and(|path| !path.0.is_empty() && path.holds(&at.path))
    };
    on(new, &draft.new) || on(old, &draft.old)
}

fn resolved(side: &Side, file: &Path, place: &str) -> Option<KeyPath> {
    let name = file.file_name()?.to_str()?;
    let kind = match name {
        "provider.yaml" => Kind::Provider,
        "service.yaml" => Kind::Service,
        "types.yaml" => Kind::Types,
        _ => Kind::Operation,
    };
    match at::find(place, side.source(file)?, kind) {
        Target::Present(path) | Target::Absent(path) => Some(path),
        Target::Nowhere(..) => None,
    }
}
