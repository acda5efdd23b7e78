//! The rules about members, for each direction.

use super::Rule;
use super::pairs::Direction;
use super::rules::{request, response, values};
use super::shape::Step;

/// The rules of one direction; three of a kind are: added, removed, changed.
#[derive(Debug)]
pub(super) struct Kit {
    pub(super) added: &'static Rule,
    pub(super) added_required: &'static Rule,
    pub(super) removed: &'static Rule,
    pub(super) removed_deprecated: &'static Rule,
    pub(super) became_required: &'static Rule,
    pub(super) became_optional: &'static Rule,
    pub(super) wire_name: &'static Rule,
    pub(super) rust_name: &'static Rule,
    pub(super) location: &'static Rule,
    pub(super) encoding: &'static Rule,
    pub(super) sensitive: &'static Rule,
    pub(super) not_sensitive: &'static Rule,
    pub(super) deprecated: &'static Rule,
    pub(super) undeprecated: &'static Rule,
    pub(super) order: &'static Rule,
    pub(super) default: [&'static Rule; 3],
    pub(super) format: [&'static Rule; 3],
    pub(super) special: [&'static Rule; 3],
    pub(super) condition: [&'static Rule; 3],
    type_changed: &'static Rule,
    type_widened: &'static Rule,
    type_narrowed: &'static Rule,
    became_list: &'static Rule,
    became_scalar: &'static Rule,
    became_enum: &'static Rule,
    stopped_being_enum: &'static Rule,
    pub(super) value_added: &'static Rule,
    pub(super) value_removed: &'static Rule,
    pub(super) value_deprecated: &'static Rule,
    pub(super) value_undeprecated: &'static Rule,
}

static REQUEST: Kit = Kit {
    added: &request::ADDED_OPTIONAL,
    added_required: &request::ADDED_REQUIRED,
    removed: &request::REMOVED,
    removed_deprecated: &request::REMOVED_DEPRECATED,
    became_required: &request::BECAME_REQUIRED,
    became_optional: &request::BECAME_OPTIONAL,
    wire_name: &request::WIRE_NAME,
    rust_name: &request::RUST_NAME,
    location: &request::LOCATION,
    encoding: &request::ENCODING,
    sensitive: &request::SENSITIVE,
    not_sensitive: &request::NOT_SENSITIVE,
    deprecated: &request::DEPRECATED,
    undeprecated: &request::UNDEPRECATED,
    order: &request::ORDER,
    default: [
        &request::DEFAULT_ADDED,
        &request::DEFAULT_REMOVED,
        &request::DEFAULT_CHANGED,
    ],
    format: [
        &request::FORMAT_ADDED,
        &request::FORMAT_REMOVED,
        &request::FORMAT_CHANGED,
    ],
    special: [
        &request::SPECIAL_ADDED,
        &request::SPECIAL_REMOVED,
        &request::SPECIAL_CHANGED,
    ],
    condition: [
        &request::CONDITION_ADDED,
        &request::CONDITION_REMOVED,
        &request::CONDITION_ADDED,
    ],
    type_changed: &request::TYPE_CHANGED,
    type_widened: &request::TYPE_WIDENED,
    type_narrowed: &request::TYPE_NARROWED,
    became_list: &request::BECAME_LIST,
    became_scalar: &request::BECAME_SCALAR,
    became_enum: &values::REQUEST_BECAME,
    stopped_being_enum: &values::REQUEST_STOPPED,
    value_added: &values::REQUEST_ADDED,
    value_removed: &values::REQUEST_REMOVED,
    value_deprecated: &values::REQUEST_DEPRECATED,
    value_undeprecated: &values::REQUEST_UNDEPRECATED,
};

static RESPONSE: Kit = Kit {
    added: &response::ADDED,
    added_required: &response::ADDED,
    removed: &response::REMOVED,
    removed_deprecated: &response::REMOVED_DEPRECATED,
    became_required: &response::BECAME_REQUIRED,
    became_optional: &response::BECAME_OPTIONAL,
    wire_name: &response::WIRE_NAME,
    rust_name: &response::RUST_NAME,
    location: &response::LOCATION,
    encoding: &response::ENCODING,
    sensitive: &response::SENSITIVE,
    not_sensitive: &response::NOT_SENSITIVE,
    deprecated: &response::DEPRECATED,
    undeprecated: &response::UNDEPRECATED,
    order: &response::ORDER,
    default: [&response::DEFAULT; 3],
    format: [&response::FORMAT; 3],
    special: [&response::SPECIAL; 3],
    condition: [&response::CONDITIONS; 3],
    type_changed: &response::TYPE_CHANGED,
    type_widened: &response::TYPE_WIDENED,
    type_narrowed: &response::TYPE_NARROWED,
    became_list: &response::BECAME_LIST,
    became_scalar: &response::BECAME_SCALAR,
    became_enum: &values::RESPONSE_BECAME,
    stopped_being_enum: &values::RESPONSE_STOPPED,
    value_added: &values::RESPONSE_ADDED,
    value_removed: &values::RESPONSE_REMOVED,
    value_deprecated: &values::RESPONSE_DEPRECATED,
    value_undeprecated: &values::RESPONSE_UNDEPRECATED,
};

/// The rules of a direction.
pub(super) fn kit(direction: Direction) -> &'static Kit {
    match direction {
        Direction::Request => &REQUEST,
        Direction::Response => &RESPONSE,
    }
}

impl Kit {
    /// The rule about a change of type.
    pub(super) fn step(&self, step: Step) -> &'static Rule {
        match step {
            Step::Changed => self.type_changed,
            Step::Widened => self.type_widened,
            Step::Narrowed => self.type_narrowed,
            Step::BecameList => self.became_list,
            Step::BecameScalar => self.became_scalar,
            Step::BecameEnum => self.became_enum,
            Step::StoppedBeingEnum => self.stopped_being_enum,
        }
    }
}
