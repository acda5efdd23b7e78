//! Enumerations: values of the member's type, each once, with names of their own.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::nest;
use crate::import::{Service, names};
use crate::name;
use crate::spec::{EnumValue, Member, Members};

/// Names the values and the enumerations of a service.
pub(super) fn settle(service: &mut Service) {
    let shared: BTreeSet<String> = service
        .types
        .keys()
        .map(|name| name::type_name(name))
        .collect();
    let mut file = File::new(shared.iter().cloned());
    file.types(&mut service.types);
    for operation in &mut service.operations {
        let own = operation.types.keys().map(|name| name::type_name(name));
        let trio = names::of_operation(&operation.operation);
        let mut file = File::new(shared.iter().cloned().chain(own).chain(trio));
        file.members("request", &mut operation.request);
        file.members("response", &mut operation.response);
        file.types(&mut operation.types);
    }
}

/// The types that one file has so far; of an enumeration, its values.
struct File {
    taken: BTreeMap<String, Vec<EnumValue>>,
}

impl File {
    fn new(structures: impl Iterator<Item = String>) -> Self {
        let taken = structures.map(|name| (name, Vec::new()));
        Self {
            taken: taken.collect(),
        }
    }

    fn types(&mut self, types: &mut IndexMap<String, Members>) {
        for (name, members) in types {
            self.members(name, members);
        }
    }

    fn members(&mut self, owner: &str, members: &mut Members) {
        for (wire, member) in members {
            nest(member, &mut |member| self.member(owner, wire, member));
        }
    }

    fn member(&mut self, owner: &str, wire: &str, member: &mut Member) {
        fit(member);
        if member.kind == "boolean" || member.values_known.is_empty() {
            return;
        }
        names::values(&mut member.values_known);
        let own = member.enum_name.take();
        let own = own.map(|name| names::pascal(&name));
        let stem = own.clone().unwrap_or_else(|| name::pascal(wire));
        let mut chosen = stem.clone();
        let mut next = 1;
        while !self.take(&chosen, &member.values_known) {
            chosen = match next {
                1 => names::pascal(&format!("{owner} {wire}")),
                _ => names::pascal(&format!("{owner} {wire} {next}")),
            };
            next += 1;
        }
        member.enum_name = own;
        if chosen != stem {
            member.enum_name = Some(chosen);
        }
    }

    /// Whether an enumeration may have a name: nothing has it yet, or one with these values.
    fn take(&mut self, name: &str, values: &[EnumValue]) -> bool {
        let known = self
            .taken
            .entry(name::type_name(name))
            .or_insert_with(|| values.to_vec());
        *known == values
    }
}

/// Makes values of the member's type where they say the same, and each once.
fn fit(member: &mut Member) {
    let integer = ["integer", "int32", "int64", "uint64"].contains(&&*member.kind);
    let mut seen = BTreeSet::new();
    for known in &mut member.values_known {
        known.value = match (&*member.kind, &known.value) {
            ("string", Value::Number(_) | Value::Bool(_)) => {
                Value::from(known.value.to_string())
            }
            ("boolean", Value::String(text)) => match text.as_str() {
                "true" => Value::from(true),
                "false" => Value::from(false),
                _ => continue,
            },
            (_, Value::String(text)) if integer => match text.trim().parse::<i64>() {
                Ok(number) => Value::from(number),
                Err(_) => continue,
            },
            _ => continue,
        };
    }
    member
        .values_known
        .retain(|known| seen.insert(known.value.to_string()));
}
