//! Files that are larger than the loader takes: texts and samples go first.

use super::{Desk, nest};
use crate::import::{Service, spell};
use crate::load::is_too_large;
use crate::spec::Members;

/// Takes texts and samples out of files that would be too large.
pub(super) fn settle(service: &mut Service, desk: &mut Desk<'_>) {
    if is_too_large(&spell::types(&service.types)) {
        desk.lose(
            "texts and samples of a file that is too large",
            "types.yaml",
        );
        service.types.values_mut().for_each(bare);
    }
    for operation in &mut service.operations {
        if is_too_large(&spell::operation(operation, "")) {
            let kind = "texts and samples of a file that is too large";
            desk.lose(kind, &operation.operation);
            bare(&mut operation.request);
            bare(&mut operation.response);
            operation.types.values_mut().for_each(bare);
            operation.examples.clear();
        }
    }
}

fn bare(members: &mut Members) {
    for member in members.values_mut() {
        nest(member, &mut |member| {
            member.doc = None;
            member.example = None;
        });
    }
}
