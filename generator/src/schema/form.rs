//! The schema as it is walked: what every value of every file would look up is looked up
//! once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::{Kind, definition, document};

/// One definition of the schema, or a part of one.
#[derive(Debug)]
pub(crate) struct Form {
    /// The definition itself, references followed.
    pub(crate) schema: &'static Value,
    /// `object`, `array`, `string` and so on; nothing where any value goes, or only words.
    pub(crate) kind: Option<&'static str>,
    /// The keys that must be there.
    pub(crate) required: Vec<&'static str>,
    /// The words of an enumeration.
    pub(crate) words: Option<Vec<&'static str>>,
    /// A list, not a map: a few lengths are compared faster than texts by their order.
    known: Vec<(&'static str, usize)>,
    free: Option<usize>,
    items: Option<usize>,
}

impl Form {
    /// The form of one kind of file.
    pub(crate) fn of(kind: Kind) -> &'static Self {
        let at = address(definition(kind));
        &FORMS.list[FORMS.seats[&at]]
    }

    /// The keys that it knows by name, in the order of the format.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        let known = self.schema["properties"].as_object();
        known.into_iter().flatten().map(|(key, _)| key.as_str())
    }

    /// What a known key holds.
    pub(crate) fn key(&self, key: &str) -> Option<&'static Self> {
        let mut known = self.known.iter();
        let (_, seat) = known.find(|(known, _)| *known == key)?;
        Some(&FORMS.list[*seat])
    }

    /// What every other key holds, where other keys may stand.
    pub(crate) fn free(&self) -> Option<&'static Self> {
        self.free.map(|seat| &FORMS.list[seat])
    }

    /// What an array holds.
    pub(crate) fn items(&self) -> Option<&'static Self> {
        self.items.map(|seat| &FORMS.list[seat])
    }
}

#[derive(Default)]
struct Forms {
    list: Vec<Form>,
    /// By the address of the definition, which never moves: definitions name each other.
    seats: BTreeMap<usize, usize>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms = Forms::default();
    let definitions = document()["$defs"].as_object();
    for definition in definitions.into_iter().flat_map(|all| all.values()) {
        forms.add(definition);
    }
    forms
});

impl Forms {
    fn add(&mut self, schema: &'static Value) -> usize {
        let schema = super::resolve(schema);
        if let Some(seat) = self.seats.get(&address(schema)) {
            return *seat;
        }
        let seat = self.list.len();
        self.seats.insert(address(schema), seat);
        let required = schema["required"].as_array().into_iter().flatten();
        self.list.push(Form {
            schema,
            kind: schema["type"].as_str(),
            required: required.filter_map(Value::as_str).collect(),
            words: words(schema),
            known: Vec::new(),
            free: None,
            items: None,
        });
        let keys = schema["properties"].as_object().into_iter().flatten();
        let known = keys.map(|(key, value)| (key.as_str(), self.add(value)));
        let known = known.collect();
        let rest = |key: &str| schema.get(key).filter(|rest| rest.is_object());
        let free = rest("additionalProperties").map(|rest| self.add(rest));
        let items = rest("items").map(|items| self.add(items));
        let form = &mut self.list[seat];
        form.known = known;
        form.free = free;
        form.items = items;
        seat
    }
}

fn address(schema: &'static Value) -> usize {
    std::ptr::from_ref(schema).addr()
}

/// The words that an enumeration of the format takes.
fn words(schema: &'static Value) -> Option<Vec<&'static str>> {
    if let Some(values) = schema["enum"].as_array() {
        return Some(values.iter().filter_map(Value::as_str).collect());
    }
    let options = schema["oneOf"].as_array()?;
    let words = options.iter().filter_map(|one| one["const"].as_str());
    Some(words.collect())
}
