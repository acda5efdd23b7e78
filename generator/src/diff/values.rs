//! Known values, by their value on the wire.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::compare::matched;
use super::documents;
use super::host::{Claim, Found, Host, shown};
use super::pairs::{Direction, aligned};
use super::rules::values as rules;
use super::seat::Seat;
use super::shape::is_numbers;
use crate::diagnostic::KeyPath;
use crate::model::{EnumValue, Member, Shape};
use crate::name;

/// An enumeration that was compared: both files, both names, the direction.
pub(super) type Key = (String, String, String, String, Direction);

/// A value with its place in the list.
struct Entry<'m> {
    index: usize,
    variant: String,
    known: &'m EnumValue,
}

/// One enumeration on both sides.
struct Both<'s, 'p> {
    seat: &'s Seat<'p>,
    host: Host,
    /// Where the list stands.
    paths: (KeyPath, KeyPath),
    owners: [Claim; 2],
}

/// The values of a member that is enumerated on both sides.
pub(super) fn compare(
    seat: &Seat<'_>,
    (old, new): (&Member, &Member),
    seen: &mut BTreeSet<Key>,
    found: &mut Found<'_>,
) {
    let pair = seat.pair;
    let Some((Shape::Enumeration(before), Shape::Enumeration(after))) =
        aligned(&old.shape, &new.shape)
    else {
        return;
    };
    let (homes, direction) = ((pair.old.home, pair.new.home), pair.direction);
    let names = (name::type_name(before), name::type_name(after));
    let both = Both {
        seat,
        host: seat.host.under("enum"),
        paths: (
            inside(&seat.paths.0, &old.shape).key("enum"),
            inside(&seat.paths.1, &new.shape).key("enum"),
        ),
        owners: [
            Claim::owner(&seat.host.old, &names.0),
            Claim::owner(&seat.host.new, &names.1),
        ],
    };
    if names.0 != names.1 {
        both.renamed(&names, found);
    }
    let key = (
        homes.0.id(),
        before.clone(),
        homes.1.id(),
        after.clone(),
        direction,
    );
    if !seen.insert(key) {
        return;
    }
    let values = |home: super::pairs::Home<'_>, name: &str| {
        home.enumeration(name)
            .map(|one| one.values.clone())
            .unwrap_or_default()
    };
    let (before, after) = (values(homes.0, before), values(homes.1, after));
    if is_numbers(&before) == is_numbers(&after) {
        both.values(&entries(&before), &entries(&after), found);
    }
}

/// Where the innermost type of a member stands.
fn inside(path: &KeyPath, shape: &Shape) -> KeyPath {
    match shape {
        Shape::Array(inner) => inside(&path.key("items"), inner),
        Shape::Map(inner) => inside(&path.key("values"), inner),
        _ => path.clone(),
    }
}

fn entries(values: &[EnumValue]) -> Vec<Entry<'_>> {
    let entry = |(index, known): (usize, &'_ EnumValue)| {
        let wire = text(&known.value);
        let variant = name::variant(known.name.as_deref().unwrap_or(&wire));
        (index, variant)
    };
    let entries = values.iter().enumerate().map(entry);
    entries
        .zip(values)
        .map(|((index, variant), known)| Entry {
            index,
            variant,
            known,
        })
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

impl Both<'_, '_> {
    fn renamed(&self, names: &(String, String), found: &mut Found<'_>) {
        let message = format!(
            "the enumeration of {} is `{}` in Rust, was `{}`",
            self.seat.label, names.1, names.0
        );
        let keys = (
            self.seat.paths.0.key("enum_name"),
            self.seat.paths.1.key("enum_name"),
        );
        let values = (Some(json!(names.0)), Some(json!(names.1)));
        let host = self.seat.host.under("enum_name");
        found
            .changed(
                &rules::ENUM_RENAMED,
                &host,
                (&keys.0, &keys.1),
                values,
                message,
            )
            .claim(self.owners.clone())
            .claim(self.seat.claims.clone());
    }

    fn values(&self, old: &[Entry<'_>], new: &[Entry<'_>], found: &mut Found<'_>) {
        let pairs = matched(old, new, |one| &one.known.value);
        let gone: Vec<_> = pairs
            .iter()
            .filter_map(|pair| pair.1.is_none().then_some(pair.0?))
            .collect();
        let mut moved = BTreeSet::new();
        for pair in &pairs {
            match pair {
                (Some(one), Some(other)) => self.both(one, other, found),
                (None, Some(entry)) => {
                    let before = gone.iter().find(|one| one.variant == entry.variant);
                    if let Some(before) = before {
                        moved.insert(before.index);
                        self.moved(before, entry, found);
                    } else {
                        self.added(entry, found);
                    }
                }
                _ => {}
            }
        }
        for entry in gone.iter().filter(|one| !moved.contains(&one.index)) {
            self.removed(entry, found);
        }
        let kept = |list: &[Entry<'_>], others: &[Entry<'_>]| -> Vec<Value> {
            let values = list.iter().map(|one| one.known.value.clone());
            values
                .filter(|one| others.iter().any(|other| other.known.value == *one))
                .collect()
        };
        let (before, after) = (kept(old, new), kept(new, old));
        if before != after {
            let label = &self.seat.label;
            let message = format!("the values of {label} stand in another order");
            let values = (Some(json!(before)), Some(json!(after)));
            let paths = (&self.paths.0, &self.paths.1);
            found.changed(&rules::ORDER, &self.host, paths, values, message);
        }
    }

    fn claims(&self, entry: &Entry<'_>) -> Vec<Claim> {
        let part = Some(text(&entry.known.value));
        let owners = self.owners.iter().cloned();
        owners
            .map(|owner| Claim {
                part: part.clone(),
                ..owner
            })
            .collect()
    }

    fn under(&self, entry: &Entry<'_>) -> Host {
        self.host.under(&text(&entry.known.value))
    }

    fn added(&self, entry: &Entry<'_>, found: &mut Found<'_>) {
        let value = &entry.known.value;
        let message = format!("{} knows the value {}", self.seat.label, shown(value));
        let path = self.paths.1.item(entry.index);
        let rule = self.seat.kit.value_added;
        found
            .added(rule, &self.under(entry), &path, value.clone(), message)
            .claim(self.claims(entry));
    }

    fn removed(&self, entry: &Entry<'_>, found: &mut Found<'_>) {
        let value = &entry.known.value;
        let label = &self.seat.label;
        let message =
            format!("{label} does not know the value {} any more", shown(value));
        let path = self.paths.0.item(entry.index);
        let rule = self.seat.kit.value_removed;
        found
            .removed(rule, &self.under(entry), &path, value.clone(), message)
            .claim(self.claims(entry));
    }

    /// The same variant with another value.
    fn moved(&self, old: &Entry<'_>, new: &Entry<'_>, found: &mut Found<'_>) {
        let values = (old.known.value.clone(), new.known.value.clone());
        let message = format!(
            "`{}` of {} is {} on the wire, was {}",
            new.variant,
            self.seat.label,
            shown(&values.1),
            shown(&values.0)
        );
        let paths = (
            self.paths.0.item(old.index).key("value"),
            self.paths.1.item(new.index).key("value"),
        );
        let host = self.host.under(&new.variant);
        let values = (Some(values.0), Some(values.1));
        let draft = found.changed(
            &rules::WIRE_VALUE,
            &host,
            (&paths.0, &paths.1),
            values,
            message,
        );
        draft.claim(self.claims(old)).claim(self.claims(new));
    }

    fn both(&self, old: &Entry<'_>, new: &Entry<'_>, found: &mut Found<'_>) {
        let host = self.under(new);
        let (before, after) =
            (self.paths.0.item(old.index), self.paths.1.item(new.index));
        if old.variant != new.variant {
            let message = format!(
                "the value {} of {} is `{}` in Rust, was `{}`",
                shown(&new.known.value),
                self.seat.label,
                new.variant,
                old.variant
            );
            let values = (Some(json!(old.variant)), Some(json!(new.variant)));
            let keys = (before.key("name"), after.key("name"));
            found
                .changed(
                    &rules::RUST_NAME,
                    &host.under("name"),
                    (&keys.0, &keys.1),
                    values,
                    message,
                )
                .claim(self.claims(new));
        }
        if old.known.meaning != new.known.meaning {
            let message = format!("{} means something in other words", host.subject);
            let values = (
                old.known.meaning.as_ref().map(|one| json!(one)),
                new.known.meaning.as_ref().map(|one| json!(one)),
            );
            let keys = (before.key("meaning"), after.key("meaning"));
            let host = host.under("meaning");
            found.changed(&rules::MEANING, &host, (&keys.0, &keys.1), values, message);
        }
        self.deprecated((old, new), (&before, &after), found);
    }

    fn deprecated(
        &self,
        (old, new): (&Entry<'_>, &Entry<'_>),
        (before, after): (&KeyPath, &KeyPath),
        found: &mut Found<'_>,
    ) {
        let host = self.under(new);
        let rule = match (&old.known.deprecated, &new.known.deprecated) {
            (None, Some(_)) => self.seat.kit.value_deprecated,
            (Some(_), None) => self.seat.kit.value_undeprecated,
            (one, other) => {
                let pair = (one, other);
                return documents::at(&host, "deprecated", (before, after), pair, found);
            }
        };
        let word = if new.known.deprecated.is_some() {
            "is"
        } else {
            "is no longer"
        };
        let value = shown(&new.known.value);
        let message =
            format!("the value {value} of {} {word} deprecated", self.seat.label);
        let values = (
            old.known.deprecated.as_ref().map(|one| json!(one)),
            new.known.deprecated.as_ref().map(|one| json!(one)),
        );
        let keys = (before.key("deprecated"), after.key("deprecated"));
        let host = host.under("deprecated");
        found
            .changed(rule, &host, (&keys.0, &keys.1), values, message)
            .claim(self.claims(new));
    }
}
