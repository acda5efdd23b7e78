//! The catalogue: one file per group.

use super::Rule;

pub(crate) mod constraint;
pub(crate) mod document;
pub(crate) mod endpoint;
pub(crate) mod errors;
pub(crate) mod gate;
pub(crate) mod operation;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod service;
pub(crate) mod structure;
pub(crate) mod values;

/// All groups, in the order of [`super::Group`].
pub(super) static ALL: &[&[&Rule]] = &[
    service::RULES,
    endpoint::RULES,
    operation::RULES,
    request::RULES,
    constraint::RULES,
    values::RULES,
    response::RULES,
    errors::RULES,
    structure::RULES,
    document::RULES,
    gate::RULES,
];
