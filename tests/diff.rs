//! `yunspec diff`: a case for every kind of change, there and back; the registry; what holds
//! for any two specs; git revisions, acknowledgements, versions and exit codes; the formats.

#[path = "diff/acknowledge.rs"]
mod acknowledge;
#[path = "diff/base.rs"]
mod base;
#[path = "diff/cases.rs"]
mod cases;
#[path = "diff/command.rs"]
mod command;
#[path = "diff/formats.rs"]
mod formats;
#[path = "diff/registry.rs"]
mod registry;
#[path = "diff/same.rs"]
mod same;
#[path = "diff/shared.rs"]
mod shared;
