//! A document's actions and objects become operations and structures.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::Report;
use super::metadata::{self, Action, Object, Reader};
use crate::check::privacy;
use crate::import::{
    ErrorCode, Member, Operation, Service, Shape, Structure, markup, names,
};
use crate::name;

/// What a document is called.
pub(super) struct Document {
    /// The service's folder in the specs.
    pub(super) id: String,
    /// The service's name at the provider.
    pub(super) product: String,
    /// The document, relative to the source.
    pub(super) place: String,
    /// Whether its texts are wanted.
    pub(super) with_docs: bool,
}

/// One version of a service, or nothing where the document does not say which.
pub(super) fn service(
    document: &Document,
    api: &Value,
    errors: Option<&Value>,
    report: &mut Report,
) -> Option<Service> {
    let place = &document.place;
    let Some(version) = api["metadata"]["apiVersion"].as_str() else {
        report.lose("service without a version", || place.clone());
        return None;
    };
    let mut reader = Reader { place, report };
    let actions = distinct(reader.actions(api), &mut reader);
    let objects = reader.objects(api);
    let names = name_structures(&actions, &objects, &mut reader);
    let uses = uses(&actions, &objects, &names, &mut reader);
    let mut mapper = Mapper {
        objects: &objects,
        names,
        uses,
        with_docs: document.with_docs,
        reader,
    };
    let mut operations = Vec::new();
    for (number, action) in actions.iter().enumerate() {
        operations.extend(mapper.operation(number, action, errors));
    }
    let types = mapper.structures(|users| users.len() > 1);
    tally(&operations, &types, mapper.reader.report);
    Some(Service {
        id: document.id.clone(),
        product: document.product.clone(),
        version: version.to_owned(),
        host: format!("{}.tencentcloudapi.com", document.product),
        document: place.clone(),
        language: "zh",
        operations,
        types,
    })
}

/// The actions whose files and modules are their own.
fn distinct<'v>(actions: Vec<Action<'v>>, reader: &mut Reader<'_>) -> Vec<Action<'v>> {
    let mut taken = BTreeSet::new();
    let safe = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut kept = Vec::with_capacity(actions.len());
    for action in actions {
        let named = action.name.starts_with(|c: char| c.is_ascii_alphabetic())
            && action.name.chars().all(safe)
            && action.name.len() <= 128;
        if !named {
            reader.lose("operation whose name is no file name", 1, action.name);
        } else if !taken.insert(name::module(action.name)) {
            reader.lose("operation named like another one", 1, action.name);
        } else {
            kept.push(action);
        }
    }
    kept
}

fn tally(operations: &[Operation], types: &[Structure], report: &mut Report) {
    let size = |types: &[Structure]| -> usize {
        types.iter().map(|structure| structure.members.len()).sum()
    };
    report.services += 1;
    report.operations += operations.len();
    report.types += types.len();
    report.members += size(types);
    for operation in operations {
        let Operation {
            request,
            response,
            types,
            errors,
            ..
        } = operation;
        report.types += types.len();
        report.members += request.len() + response.len() + size(types);
        report.errors += errors.len();
    }
}

type Objects<'v> = IndexMap<&'v str, Object<'v>>;
/// The structures' names in the specs, by object.
type Names<'v> = BTreeMap<&'v str, String>;
/// The actions, by number, that lead to an object.
type Uses<'v> = BTreeMap<&'v str, BTreeSet<usize>>;

/// Names the structures so that no two Rust types of the service are the same.
fn name_structures<'v>(
    actions: &[Action<'v>],
    objects: &Objects<'v>,
    reader: &mut Reader<'_>,
) -> Names<'v> {
    let own = actions
        .iter()
        .flat_map(|action| names::of_operation(action.name));
    let mut taken: BTreeSet<String> = own.collect();
    let ends: BTreeSet<&str> = actions
        .iter()
        .flat_map(|action| [action.input, action.output])
        .collect();
    let members = objects.values().flat_map(|object| &object.members);
    let held: BTreeSet<&str> = members.map(|member| member.of).collect();
    let mut names = Names::new();
    for object in objects.keys() {
        if ends.contains(object) && !held.contains(object) {
            continue;
        }
        let name = names::structure(object, &mut taken);
        if name != **object {
            let at = format!("{object} is {name}");
            reader.lose("name of an object that something else has", 1, &at);
        }
        names.insert(object, name);
    }
    names
}

/// Which actions lead to each structure.
fn uses<'v>(
    actions: &[Action<'v>],
    objects: &Objects<'v>,
    names: &Names<'v>,
    reader: &mut Reader<'_>,
) -> Uses<'v> {
    let mut uses = Uses::new();
    for (number, action) in actions.iter().enumerate() {
        let mut open = vec![action.input, action.output];
        while let Some(object) = open.pop() {
            let held = objects.get(object).into_iter();
            for member in held.flat_map(|object| &object.members) {
                if names.contains_key(member.of)
                    && uses.entry(member.of).or_default().insert(number)
                {
                    open.push(member.of);
                }
            }
        }
    }
    for object in names.keys().filter(|object| !uses.contains_key(*object)) {
        reader.lose("object that no operation uses", 1, object);
    }
    uses
}

struct Mapper<'o, 'v, 'r> {
    objects: &'o Objects<'v>,
    names: Names<'v>,
    uses: Uses<'v>,
    with_docs: bool,
    reader: Reader<'r>,
}

impl<'v> Mapper<'_, 'v, '_> {
    /// The structures whose users are as wanted, in the order of the document.
    fn structures(
        &mut self,
        wanted: impl Fn(&BTreeSet<usize>) -> bool,
    ) -> Vec<Structure> {
        let mut structures = Vec::new();
        for (object, facts) in self.objects {
            let Some(name) = self.names.get(object).cloned() else {
                continue;
            };
            if self.uses.get(object).is_some_and(&wanted) {
                let received = facts.usage == Some("out");
                let members = self.members(object, received);
                structures.push(Structure { name, members });
            }
        }
        structures
    }

    fn operation(
        &mut self,
        number: usize,
        action: &Action<'v>,
        errors: Option<&Value>,
    ) -> Option<Operation> {
        let known = |object| self.objects.contains_key(object);
        if !known(action.input) || !known(action.output) {
            let kind = "operation whose request or response is missing";
            self.reader.lose(kind, 1, action.name);
            return None;
        }
        let own = |users: &BTreeSet<usize>| users.len() == 1 && users.contains(&number);
        Some(Operation {
            name: action.name.to_owned(),
            doc: self.text(action.document, action.name),
            deprecated: self.deprecated(action),
            request: self.members(action.input, false),
            response: self.response(action.output),
            types: self.structures(own),
            errors: self.errors(action.name, errors),
        })
    }

    /// The members of a response; every response has the id of its call.
    fn response(&mut self, object: &str) -> Vec<Member> {
        let mut members = self.members(object, true);
        for member in &mut members {
            member.required |= member.name == "RequestId";
        }
        members
    }

    fn deprecated(&mut self, action: &Action<'_>) -> Option<&'static str> {
        match action.status {
            None | Some("" | "online") => None,
            Some("deprecated") => Some("The provider lists it as deprecated."),
            Some("offline") => Some("The provider lists it as offline."),
            Some(status) => {
                let kind = format!("unknown status `{status}`");
                self.reader.lose(&kind, 1, action.name);
                None
            }
        }
    }

    /// The members of an object; of two with one name, the first.
    fn members(&mut self, object: &str, received: bool) -> Vec<Member> {
        let objects = self.objects;
        let facts = objects.get(object).into_iter();
        let mut taken = BTreeSet::new();
        let mut members = Vec::new();
        for member in facts.flat_map(|facts| &facts.members) {
            if member.name.trim().is_empty() || !taken.insert(member.name) {
                let kind = "member without a name of its own";
                self.reader
                    .lose(kind, 1, &format!("{object}.{}", member.name));
            } else {
                members.push(self.member(object, member, received));
            }
        }
        names::members(&mut members);
        members
    }

    fn member(
        &mut self,
        object: &str,
        member: &metadata::Member<'_>,
        received: bool,
    ) -> Member {
        let at = || format!("{object}.{}", member.name);
        let null = usize::from(member.is("value_allowed_null"));
        self.reader.lose("that a member may be null", null, object);
        if !received && member.is("output_required") {
            let kind = "that a member of a structure that is also sent always comes back";
            self.reader.lose(kind, 1, object);
        }
        let shape = self.shape(member, &at);
        let text = matches!(&shape, Shape::Word("string"));
        let format = match member.of {
            "datetime" => Some("a date and a time, YYYY-MM-DD hh:mm:ss"),
            "datetime_iso" => Some("a date and a time, ISO 8601"),
            "date" => Some("a date, YYYY-MM-DD"),
            _ => None,
        };
        Member {
            name: member.name.to_owned(),
            rust_name: None,
            required: if received {
                member.is("output_required")
            } else {
                member.is("required")
            },
            format: format.filter(|_| text),
            sensitive: text && privacy::is_private(member.name),
            deprecated: member
                .is("disabled")
                .then_some("The provider lists it as disabled."),
            doc: self.text(member.document, object),
            shape,
        }
    }

    fn shape(&mut self, member: &metadata::Member<'_>, at: &dyn Fn() -> String) -> Shape {
        let word = match member.kind {
            "list" => {
                let items = match self.names.get(member.of) {
                    Some(name) => Shape::Structure(name.clone()),
                    None => Shape::Word(self.word(member.of, at)),
                };
                return Shape::Array(Box::new(items));
            }
            "object" => match self.names.get(member.of) {
                Some(name) => return Shape::Structure(name.clone()),
                None => "object without a name",
            },
            "int" if ["int64", "uint64"].contains(&member.of) => member.of,
            kind => kind,
        };
        Shape::Word(self.word(word, at))
    }

    /// A type word of the format; `any` for what is none.
    fn word(&mut self, word: &str, at: &dyn Fn() -> String) -> &'static str {
        match word {
            "string" | "datetime" | "datetime_iso" | "date" => "string",
            "int" | "integer" => "integer",
            "int32" => "int32",
            "int64" => "int64",
            "uint64" => "uint64",
            "float" | "double" => "number",
            "bool" | "boolean" => "boolean",
            "binary" => "binary",
            _ => {
                self.reader
                    .lose(&format!("unknown type `{word}`"), 1, &at());
                "any"
            }
        }
    }

    /// The provider's text, where it is wanted and nothing but text.
    fn text(&mut self, document: Option<&str>, at: &str) -> Option<String> {
        let document = document.filter(|text| !text.trim().is_empty())?;
        if !self.with_docs {
            self.reader.lose("provider text", 1, at);
            return None;
        }
        let text = markup::without(document);
        if text.is_none() {
            let kind = "provider text that is more than text";
            self.reader.lose(kind, 1, at);
        }
        text
    }

    /// The codes of an operation, each once.
    fn errors(&mut self, action: &str, errors: Option<&Value>) -> Vec<ErrorCode> {
        let Some(errors) = errors else {
            return Vec::new();
        };
        let listed = errors["actions"][action]["errors"].as_array();
        if listed.is_none() {
            self.reader
                .lose("operation without a list of errors", 1, action);
        }
        let mut taken = BTreeSet::new();
        let mut codes = Vec::new();
        for code in listed.into_iter().flatten() {
            match code.as_str() {
                Some(code) if !code.trim().is_empty() && taken.insert(code) => {
                    let code = code.to_owned();
                    codes.push(ErrorCode { code, name: None });
                }
                _ => self
                    .reader
                    .lose("error that is no code of its own", 1, action),
            }
        }
        names::codes(&mut codes);
        codes
    }
}
