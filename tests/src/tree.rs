//! A small tree of specs that has every kind of text, and ways to replace one of them.

use std::fmt::Write as _;
use std::fs;

use serde_json::{Map, Value as Json};
use tempfile::TempDir;

/// The files, by their path under the specs folder.
#[derive(Clone)]
pub struct Tree(Vec<(String, Json)>);

/// Where a hostile string goes.
#[derive(Debug)]
pub enum Place {
    /// A value.
    Text {
        /// The number of the file.
        file: usize,
        /// The keys on the way to the value.
        path: Vec<String>,
    },
    /// A name that the tree chooses, in each place where it stands.
    Name(&'static str),
}

/// Keys whose text becomes a name in Rust.
const NAMING: [&str; 8] = [
    "operation",
    "service",
    "provider",
    "rust_name",
    "name",
    "enum_name",
    "value",
    "code",
];

impl Place {
    /// Whether its text becomes a name in Rust.
    pub fn is_name(&self) -> bool {
        match self {
            Self::Name(_) => true,
            Self::Text { path, .. } => path
                .last()
                .is_some_and(|key| NAMING.contains(&key.as_str())),
        }
    }
}

const PROVIDER: &str = r"
provider: acme
title: Acme Cloud
protocol: sdk-hmac-rest
members_in: body
envelope: Answer
common_parameters:
  account_id: { in: path, required: true, written: Text, doc: The account of the call. }
error_body:
  code: { type: string, doc: The error code. }
errors:
  - { code: Throttling, status: 429, message: Slow down., doc: Too many calls. }
notes:
  - { at: protocol, note: A note about the protocol. }
";

const SERVICE: &str = r#"
service: store
title: Book Store
product: store
version: v2
endpoint:
  global: store.acme.example
  global_regions: [east-1]
  regional: "store.{region}.acme.example"
  regions: [east-1, west-1]
  hosts: { south-1: store-s1.acme.example }
  alternates: { inside: store.inner.acme.example }
notes:
  - { at: endpoint.global, note: A note about a host. }
"#;

const TYPES: &str = r"
types:
  Author:
    Name: { type: string, doc: The name of an author. }
";

const OPERATION: &str = r#"
operation: PutBook
summary: Puts a book on a shelf.
doc: More about it, with `code`.
source: { title: PutBook, collection: Store API, language: en, page_updated: 2025-01-01, transcribed: 2026-01-01 }
http: { method: PUT, path: "/v2/{account_id}/books/{book_id}", host: books.acme.example, content_type: application/json; charset=utf-8 }
retry: unsafe
permission: { action: "store:PutBook", access_level: write, resource: "acme:*", condition_keys: ["store:Shelf"], dependent_actions: ["store:GetShelf"] }
rate_limit: { requests: 20, per: second, scope: per account }
deprecated: Use another one.
request:
  book_id: { type: string, in: path, required: true, written: Text, doc: The book. }
  Title: { type: string, required: true, pattern: "^[a-z]+$", matches: [abc], refuses: [A], format: TEXT, doc: Its title. }
  Color: { type: string, enum: [{ value: red, meaning: Like blood. }, { value: blue-ish, name: Blue, meaning: Like the sea. }], default: red, doc: Its color. }
  Shelf: { type: integer, special: { "0": No shelf. }, rust_name: place, doc: Its shelf. }
  Tags: { type: string, separator: ",", max_items: 3, doc: Its tags. }
  Secret: { type: string, sensitive: true, deprecated: Nobody needs it., doc: A secret., conditions: [{ when: the moon is full, then: it is required }] }
  Trace: { type: string, in: header, doc: A header., example: t-1 }
  Filter: { type: string, in: query, doc: A filter. }
response:
  Id: { type: string, required: true, doc: Its id. }
  Writer: { type: Author, doc: Who wrote it. }
  Shape: { type: Shape, doc: Its shape. }
types:
  Shape:
    Width: { type: number, doc: How wide it is. }
errors:
  - { code: BookNotFound, status: 404, message: The book %s does not exist., name: NoBook }
  - { code: Shelf.Full, status: 409, message: Full., doc: The shelf is full. }
examples:
  - title: A sample
    request: { book_id: b-1, Title: clouds, Filter: new, Trace: t }
    response: { Id: i-1, Writer: { Name: Howard } }
history:
  - { date: 2025-03-01, changes: [The title came.] }
errata:
  - { at: response.Writer, page: string, why: the table calls it a text, evidence: The sample has a structure. }
gaps:
  - { at: request.book_id.max_length, why: the page has no limit }
notes:
  - { at: request.Tags, note: A note about tags. }
"#;

impl Tree {
    /// The tree as it is sound.
    ///
    /// # Panics
    /// Never: the texts above are YAML.
    pub fn base() -> Self {
        let files = [
            ("acme/provider.yaml", PROVIDER),
            ("acme/store/service.yaml", SERVICE),
            ("acme/store/types.yaml", TYPES),
            ("acme/store/PutBook.yaml", OPERATION),
        ];
        let read = |text| serde_yaml::from_str(text).expect("it is YAML");
        Self(
            files
                .into_iter()
                .map(|(path, text)| (path.to_owned(), read(text)))
                .collect(),
        )
    }

    /// The files.
    pub fn files(&self) -> impl Iterator<Item = &(String, Json)> {
        self.0.iter()
    }

    /// Every text, and every name that the tree chooses.
    pub fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for (file, (_, root)) in self.0.iter().enumerate() {
            texts(root, &mut Vec::new(), &mut |path| {
                places.push(Place::Text {
                    file,
                    path: path.to_vec(),
                });
            });
        }
        let names = [
            "account_id",
            "inside",
            "Author",
            "Name",
            "book_id",
            "Title",
            "Color",
            "Shelf",
            "Tags",
            "Secret",
            "Trace",
            "Filter",
            "Id",
            "Writer",
            "Shape",
            "Width",
        ];
        places.extend(names.map(Place::Name));
        places
    }

    /// The tree with a string in that place.
    ///
    /// # Panics
    /// Where the place is that of another tree.
    pub fn with(&self, place: &Place, string: &str) -> Self {
        let mut tree = self.clone();
        match place {
            Place::Name(name) => {
                for (_, root) in &mut tree.0 {
                    *root = renamed(root, name, string);
                }
            }
            Place::Text { file, path } => {
                let pointer = format!("/{}", path.join("/"));
                let text = tree.0[*file]
                    .1
                    .pointer_mut(&pointer)
                    .expect("the place exists");
                *text = string.into();
                tree.follow(path, string);
            }
        }
        tree
    }

    /// Files and folders are named like what they hold, as far as the disk has such names.
    fn follow(&mut self, path: &[String], string: &str) {
        let plain = !string.contains(['/', '\0']) && (1..200).contains(&string.len());
        if !plain || [".", ".."].contains(&string) {
            return;
        }
        for (file, _) in &mut self.0 {
            match path {
                [key] if key == "operation" => *file = file.replace("PutBook", string),
                [key] if key == "service" => {
                    *file = file.replacen("/store/", &format!("/{string}/"), 1);
                }
                [key] if key == "provider" => {
                    *file = file.replacen("acme/", &format!("{string}/"), 1);
                }
                _ => {}
            }
        }
    }

    /// Writes the tree into a temporary folder, as JSON, which is YAML.
    ///
    /// # Panics
    /// Where the disk does not take it.
    pub fn write(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for (path, root) in &self.0 {
            let path = folder.path().join("specs").join(path);
            fs::create_dir_all(path.parent().expect("it is in a folder"))
                .expect("it is ours");
            let text = serde_json::to_string_pretty(root).expect("it is JSON");
            fs::write(path, escaped(&text)).expect("it is ours");
        }
        folder
    }
}

fn texts(node: &Json, path: &mut Vec<String>, visit: &mut impl FnMut(&[String])) {
    let mut below = |key: String, node: &Json| {
        path.push(key);
        texts(node, path, visit);
        path.pop();
    };
    match node {
        Json::String(_) => visit(path),
        Json::Object(members) => {
            for (key, node) in members {
                below(key.clone(), node);
            }
        }
        Json::Array(items) => {
            for (index, node) in items.iter().enumerate() {
                below(index.to_string(), node);
            }
        }
        _ => {}
    }
}

/// The same with another name, also where it is part of a key path or of a URL's path.
fn renamed(node: &Json, name: &str, string: &str) -> Json {
    match node {
        Json::String(text) if text == name => string.into(),
        Json::String(text) if text.contains(&format!("{{{name}}}")) => {
            text.replace(name, string).into()
        }
        Json::String(text) if text.contains(&format!(".{name}")) => {
            text.replace(name, string).into()
        }
        Json::Array(items) => items
            .iter()
            .map(|item| renamed(item, name, string))
            .collect(),
        Json::Object(members) => {
            let renamed = members.iter().map(|(key, node)| {
                let key = if key == name { string } else { key };
                (key.to_owned(), renamed(node, name, string))
            });
            Json::Object(renamed.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// Every sign beyond ASCII by its number: no reader of the raw text sees it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match u32::from(c) {
            0x20..=0x7e | 0x0a => escaped.push(c),
            number @ 0..=0xffff => {
                let _ = write!(escaped, "\\u{number:04x}");
            }
            number => {
                let _ = write!(escaped, "\\U{number:08x}");
            }
        }
    }
    escaped
}
