//! Which operations of a specs folder are wanted, and the model of just those.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Model, Operation, Service, Shape, Structure, Waiter};

/// What a consumer needs: operations by `provider/service/Operation`.
///
/// `*` stands for any run of characters inside a part; `provider/service` means all
/// operations of the service.
#[derive(Clone, Debug, Default)]
pub struct Selection(Vec<Pattern>);

#[derive(Clone, Debug)]
struct Pattern {
    text: String,
    parts: [String; 3],
}

impl Selection {
    /// Reads patterns.
    ///
    /// # Errors
    /// The first one that names neither a service nor operations, and how to mend it.
    pub fn parse(patterns: &[String]) -> Result<Self, String> {
        let parsed = patterns.iter().map(|text| {
            let parts: Vec<_> = text.split('/').collect();
            let parts = match parts.as_slice() {
                [provider, service] => [*provider, *service, "*"],
                [provider, service, operation] => [*provider, *service, *operation],
                _ => ["", "", ""],
            };
            if parts.contains(&"") {
                return Err(format!(
                    "--only {text}: name operations as provider/service/Operation, or as \
                     provider/service/* for all of a service"
                ));
            }
            Ok(Pattern {
                text: text.clone(),
                parts: parts.map(str::to_owned),
            })
        });
        Ok(Self(parsed.collect::<Result<_, _>>()?))
    }

    /// Whether anything of a service may be wanted.
    pub fn wants_service(&self, provider: &str, service: &str) -> bool {
        self.0.iter().any(|pattern| {
            let [of_provider, of_service, _] = &pattern.parts;
            is_like(provider, of_provider) && is_like(service, of_service)
        })
    }

    /// Leaves in the model the wanted operations, their types, and the services and
    /// providers that have any. Gives the operations that lose their waiter, each with the
    /// one that it polls and that is not wanted.
    ///
    /// # Errors
    /// The patterns that no operation is like.
    pub fn keep(&self, model: &mut Model) -> Result<Vec<Widowed>, Vec<String>> {
        let mut widowed = Vec::new();
        let mut used = vec![false; self.0.len()];
        for provider in &mut model.providers {
            for service in &mut provider.services {
                let id = [provider.id.as_str(), service.id.as_str()];
                service.operations.retain(|operation| {
                    let mut wanted = false;
                    for (pattern, used) in self.0.iter().zip(&mut used) {
                        if pattern.names([id[0], id[1], &operation.name]) {
                            wanted = true;
                            *used = true;
                        }
                    }
                    wanted
                });
                let id = format!("{}/{}", provider.id, service.id);
                widowed.extend(drop_waiters(&id, service));
                drop_unreached(service);
            }
            provider
                .services
                .retain(|service| !service.operations.is_empty());
        }
        model
            .providers
            .retain(|provider| !provider.services.is_empty());
        let unused = self.0.iter().zip(used).filter(|(_, used)| !used);
        let unused: Vec<_> = unused.map(|(pattern, _)| pattern.text.clone()).collect();
        if unused.is_empty() {
            Ok(widowed)
        } else {
            Err(unused)
        }
    }
}

/// An operation without the one that its waiter polls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Widowed {
    /// `provider/service/Operation`.
    pub operation: String,
    /// The operation that the waiter polls, named likewise.
    pub polled: String,
}

/// Takes the waiters away that poll an operation which is not there.
fn drop_waiters(id: &str, service: &mut Service) -> Vec<Widowed> {
    let names = service.operations.iter().map(|one| one.name.clone());
    let names: BTreeSet<_> = names.collect();
    let waiting = service.operations.iter_mut().filter_map(|operation| {
        let lost = |waiter: &mut Waiter| !names.contains(&waiter.operation);
        let waiter = operation.waiter.take_if(lost)?;
        Some(Widowed {
            operation: format!("{id}/{}", operation.name),
            polled: format!("{id}/{}", waiter.operation),
        })
    });
    waiting.collect()
}

impl Pattern {
    fn names(&self, id: [&str; 3]) -> bool {
        id.iter()
            .zip(&self.parts)
            .all(|(part, like)| is_like(part, like))
    }
}

/// Whether a text is as a pattern says, in which `*` stands for any run of characters.
fn is_like(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return text == pattern;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.any(|at| is_like(&text[at..], rest))
}

/// Drops the shared types that no operation leads to, and notes of the others which way
/// they still travel.
pub(crate) fn drop_unreached(service: &mut Service) {
    let shared: BTreeMap<&str, &Structure> = service
        .structures
        .iter()
        .map(|structure| (structure.name.as_str(), structure))
        .collect();
    let [sent, received] = [true, false].map(|sent| {
        let mut reached = BTreeSet::new();
        for operation in &service.operations {
            reach(operation, sent, &shared, &mut reached);
        }
        let names = reached.into_iter().map(str::to_owned);
        names.collect::<BTreeSet<String>>()
    });
    for structure in &mut service.structures {
        structure.sent = sent.contains(&structure.name);
        structure.received = received.contains(&structure.name);
    }
    service
        .structures
        .retain(|structure| structure.sent || structure.received);
    service
        .enumerations
        .retain(|one| sent.contains(&one.name) || received.contains(&one.name));
}

/// Collects the names of what an operation's request or response leads to.
fn reach<'m>(
    operation: &'m Operation,
    sent: bool,
    shared: &BTreeMap<&str, &'m Structure>,
    reached: &mut BTreeSet<&'m str>,
) {
    let own = |name: &str| operation.structures.iter().find(|one| one.name == name);
    let start = if sent {
        &operation.request
    } else {
        &operation.response
    };
    let mut visited = BTreeSet::new();
    let mut open = vec![start];
    while let Some(structure) = open.pop() {
        for member in &structure.members {
            let Some(name) = named(&member.shape) else {
                continue;
            };
            if let Some(one) = own(name) {
                if visited.insert(name) {
                    open.push(one);
                }
            } else if reached.insert(name) {
                open.extend(shared.get(name));
            }
        }
    }
}

/// The structure or enumeration that a shape is made of.
fn named(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::Structure(name) | Shape::Enumeration(name) => Some(name),
        Shape::Array(held) | Shape::Map(held) => named(held),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_run_inside_a_part() {
        for (text, pattern, like) in [
            ("UpdateUser", "UpdateUser", true),
            ("UpdateUser", "Update", false),
            ("UpdateUser", "*", true),
            ("UpdateUser", "Update*", true),
            ("UpdateUser", "*User", true),
            ("UpdateUser", "*te*se*", true),
            ("UpdateUser", "*te*x*", false),
            ("", "*", true),
            ("名名", "*名", true),
        ] {
            assert_eq!(is_like(text, pattern), like, "{text} {pattern}");
        }
    }

    #[test]
    fn a_pattern_names_a_service_or_operations() {
        for (text, right) in [
            ("a/b", true),
            ("a/b/C", true),
            ("a/*", true),
            ("a", false),
            ("a/b/", false),
            ("a/b/C/d", false),
            ("", false),
        ] {
            let parsed = Selection::parse(&[text.to_owned()]);
            assert_eq!(parsed.is_ok(), right, "{text}");
        }
    }
}
