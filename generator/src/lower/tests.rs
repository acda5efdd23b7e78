use std::path::Path;

use indexmap::IndexMap;
use serde_json::json;

use super::lower;
use crate::diagnostic::Diagnostic;
use crate::model::{
    CommonParameter, Endpoint, EnumValue, Enumeration, ErrorCode, Example, Location,
    Member, Model, Operation, Provider, Retry, Rule, Service, Shape, Source, Structure,
    Style,
};
use crate::page::Page;

fn member(name: &str, shape: Shape) -> Member {
    Member {
        name: name.to_owned(),
        rust_name: None,
        location: Location::Body,
        style: Style::Repeat,
        shape,
        written: None,
        required: false,
        rules: Vec::new(),
        matches: Vec::new(),
        refuses: Vec::new(),
        format: None,
        special: IndexMap::new(),
        conditions: Vec::new(),
        meanings: Vec::new(),
        default: None,
        example: None,
        sensitive: false,
        deprecated: None,
        renamed_from: None,
        doc: Some(format!("What {name} is.")),
    }
}

fn required(name: &str, shape: Shape) -> Member {
    Member {
        required: true,
        ..member(name, shape)
    }
}

fn structure(name: &str, sent: bool, received: bool, members: Vec<Member>) -> Structure {
    Structure {
        name: name.to_owned(),
        members,
        sent,
        received,
    }
}

fn operation(name: &str, request: Vec<Member>, response: Vec<Member>) -> Operation {
    Operation {
        name: name.to_owned(),
        summary: "Puts a book on the shelf.".to_owned(),
        doc: None,
        source: Source {
            title: name.to_owned(),
            collection: Some("Library API reference".to_owned()),
            language: "en".to_owned(),
            page_updated: None,
            transcribed: "2026-11-22".to_owned(),
            official: true,
        },
        method: "POST".to_owned(),
        path: "/".to_owned(),
        host: None,
        content_type: None,
        gated: None,
        retry: Retry::Unsafe,
        permission: None,
        rate_limit: None,
        deprecated: None,
        pagination: None,
        waiter: None,
        request: structure(&format!("{name}Request"), true, false, request),
        response: structure(&format!("{name}Response"), false, true, response),
        structures: Vec::new(),
        enumerations: Vec::new(),
        errors: Vec::new(),
        examples: Vec::new(),
        history: Vec::new(),
        errata: Vec::new(),
        gaps: Vec::new(),
        notes: Vec::new(),
    }
}

fn model(operations: Vec<Operation>) -> Model {
    let service = Service {
        id: "library".to_owned(),
        title: "Library".to_owned(),
        product: "Lib".to_owned(),
        version: "2020-01-01".to_owned(),
        protocol: "tc3-json".to_owned(),
        gated: None,
        endpoint: Endpoint {
            global: Some("library.example.com".to_owned()),
            global_regions: Vec::new(),
            regional: None,
            hosts: IndexMap::default(),
            regions: Vec::new(),
            alternates: IndexMap::new(),
        },
        structures: Vec::new(),
        enumerations: Vec::new(),
        errata: Vec::new(),
        gaps: Vec::new(),
        notes: Vec::new(),
        operations,
    };
    let provider = Provider {
        id: "acme".to_owned(),
        title: "Acme".to_owned(),
        protocol: "tc3-json".to_owned(),
        envelope: None,
        common_parameters: Vec::<CommonParameter>::new(),
        error_body: Vec::new(),
        errors: Vec::new(),
        errata: Vec::new(),
        gaps: Vec::new(),
        notes: Vec::new(),
        services: vec![service],
    };
    Model {
        providers: vec![provider],
    }
}

fn pages(operations: Vec<Operation>) -> Vec<Page> {
    let krate = lower(&model(operations)).expect("no name is taken");
    crate::emit::emit(&krate)
}

fn page(pages: &[Page], path: &str) -> String {
    let found = pages.iter().find(|page| page.path == Path::new(path));
    found
        .unwrap_or_else(|| panic!("{path} is a page"))
        .text
        .clone()
}

/// The text of the one operation, without its docs.
fn code_of(operation: Operation) -> String {
    let module = crate::name::module(&operation.name).replace("r#", "");
    let text = page(
        &pages(vec![operation]),
        &format!("src/acme/library/{module}.rs"),
    );
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn findings(operations: Vec<Operation>) -> Vec<Diagnostic> {
    lower(&model(operations)).expect_err("a name is taken")
}

fn assert_has(text: &str, part: &str) {
    assert!(text.contains(part), "{part:?} is missing in:\n{text}");
}

#[test]
fn a_page_reads_as_the_design_wants_it() {
    let name = Member {
        rules: vec![
            Rule::Length {
                min: Some(1),
                max: Some(64),
            },
            Rule::Pattern("^[a-z]+$".to_owned()),
        ],
        location: Location::Query,
        ..required("Name", Shape::String)
    };
    let secret = Member {
        sensitive: true,
        ..member("Password", Shape::String)
    };
    let mut put = operation(
        "PutBook",
        vec![
            name,
            member("Kind", Shape::Enumeration("Kind".to_owned())),
            secret,
        ],
        vec![
            required("RequestId", Shape::String),
            member("Count", Shape::Int32),
        ],
    );
    put.enumerations = vec![Enumeration {
        name: "Kind".to_owned(),
        member: "Kind".to_owned(),
        values: vec![EnumValue {
            value: json!(1),
            name: Some("Novel".to_owned()),
            meaning: None,
            deprecated: None,
        }],
    }];
    put.errors = vec![ErrorCode {
        code: Some("No.Such".to_owned()),
        status: Some(404),
        message: Some("No %s.".to_owned()),
        doc: Some("It is lost.".to_owned()),
        name: None,
        deprecated: None,
    }];
    let text = page(&pages(vec![put]), "src/acme/library/put_book.rs");
    let want = r#"// @generated by `yunspec generate` from specs/acme/library/PutBook.yaml. Edit that file instead.

//! Puts a book on the shelf.
//!
//! Source: "PutBook", Library API reference, as of 2026-11-22. Repeating it may act
//! twice.

use yunspec_runtime::{
    Operation, Request, Response, Retry, Secret, Unknown, Validate, WireEnum,
};

/// Request of [`Client::put_book`](super::Client::put_book).
#[derive(Clone, Debug, PartialEq, Request, Validate)]
#[non_exhaustive]
pub struct PutBookRequest {
    /// What Name is. 1 to 64 characters. Matches `^[a-z]+$`.
    #[wire("Name", query)]
    #[validate(length(min = 1, max = 64), pattern = "^[a-z]+$")]
    pub name: String,
    /// What Kind is.
    #[wire("Kind")]
    pub kind: Option<Kind>,
    /// What Password is.
    #[wire("Password")]
    pub password: Option<Secret>,
}

impl Operation for PutBookRequest {
    const NAME: &'static str = "PutBook";
    const RETRY: Retry = Retry::Unsafe;
    type Response = PutBookResponse;
    type Error = PutBookError;
}

/// Response of [`Client::put_book`](super::Client::put_book).
#[derive(Clone, Debug, Default, PartialEq, Response)]
#[non_exhaustive]
pub struct PutBookResponse {
    /// What RequestId is.
    #[wire("RequestId")]
    pub request_id: String,
    /// What Count is.
    #[wire("Count")]
    pub count: Option<i32>,
}

/// Values of `Kind`; the list is open.
#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
#[non_exhaustive]
pub enum Kind {
    /// `1`.
    #[wire(1)]
    Novel,
    /// A value that the spec does not list.
    Unknown(Unknown),
}

/// Error codes that the page lists; the list is open.
#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
#[non_exhaustive]
pub enum PutBookError {
    /// It is lost. (HTTP 404)
    #[wire("No.Such", message = "No %s.")]
    NoSuch,
    /// A code that the page does not list.
    Unknown(Unknown),
}
"#;
    assert_eq!(text, want);
}

#[test]
fn presence_depends_on_the_direction() {
    let shapes = || {
        let kind = Shape::Enumeration("Kind".to_owned());
        vec![
            required("A", Shape::String),
            member("B", Shape::String),
            required("C", Shape::Array(Box::new(Shape::String))),
            member("D", Shape::Array(Box::new(Shape::String))),
            required("E", kind),
        ]
    };
    let mut put = operation("PutBook", Vec::new(), Vec::new());
    put.structures = vec![
        structure("Sent", true, false, shapes()),
        structure("Received", false, true, shapes()),
        structure("Both", true, true, shapes()),
    ];
    put.enumerations = vec![Enumeration {
        name: "Kind".to_owned(),
        member: "E".to_owned(),
        values: Vec::new(),
    }];
    let code = code_of(put);
    let of = |name: &str| {
        let start = code
            .find(&format!("pub struct {name} {{"))
            .expect("it is there");
        let end = code[start..].find("\n}").expect("it ends");
        let lines = code[start..start + end].lines();
        let fields =
            lines.filter_map(|line| line.trim().strip_prefix("pub ")?.strip_suffix(','));
        fields.map(str::to_owned).collect::<Vec<_>>().join("; ")
    };
    let sent =
        "a: String; b: Option<String>; c: Vec<String>; d: Option<Vec<String>>; e: Kind";
    let received =
        "a: String; b: Option<String>; c: Vec<String>; d: Vec<String>; e: Option<Kind>";
    let both = "a: String; b: Option<String>; c: Vec<String>; d: Option<Vec<String>>; e: Option<Kind>";
    assert_eq!(
        [of("Sent"), of("Received"), of("Both")],
        [sent, received, both]
    );
    assert_has(&code, "#[wire(\"C\", required)]");
    assert_has(
        &code,
        "#[derive(Clone, Debug, PartialEq, Request, Validate)]\n#[non_exhaustive]\npub struct Sent",
    );
    assert_has(
        &code,
        "#[derive(Clone, Debug, Default, PartialEq, Response)]\n#[non_exhaustive]\npub struct Received",
    );
    assert_has(
        &code,
        "#[derive(Clone, Debug, Default, PartialEq, Request, Response, Validate)]\n#[non_exhaustive]\npub struct Both",
    );
}

#[test]
fn only_direct_cycles_need_a_box() {
    let named = |name: &str| Shape::Structure(name.to_owned());
    let mut put = operation("PutBook", vec![member("Tree", named("Tree"))], Vec::new());
    put.structures = vec![
        structure(
            "Tree",
            true,
            false,
            vec![
                required("Twin", named("Twin")),
                member("Leaves", Shape::Array(Box::new(named("Tree")))),
                member("Bark", named("Bark")),
            ],
        ),
        structure("Twin", true, false, vec![required("Tree", named("Tree"))]),
        structure("Bark", true, false, vec![required("Name", Shape::String)]),
    ];
    let code = code_of(put);
    assert_has(&code, "pub twin: Option<Box<Twin>>,");
    assert_has(&code, "pub leaves: Option<Vec<Tree>>,");
    assert_has(&code, "pub bark: Option<Bark>,");
    assert_has(&code, "pub tree: Option<Box<Tree>>,");
    assert_has(&code, "pub tree: Option<Tree>,");
}

#[test]
fn names_that_meet_are_findings() {
    let shape = || Shape::String;
    let key = operation(
        "PutBook",
        vec![member("Key", shape()), member("key", shape())],
        Vec::new(),
    );
    let found = findings(vec![key]);
    assert_eq!(found[0].rule, "rust-field-taken");
    assert_eq!(found[0].message, "\"Key\" and \"key\" both become `key`");
    assert_eq!(found[0].place.file, Path::new("acme/library/PutBook.yaml"));
    assert_eq!(found[0].place.path.to_string(), "request.key");

    let mut types = operation("PutBook", Vec::new(), Vec::new());
    types.structures = vec![
        structure("PutBookError", true, false, Vec::new()),
        structure("Tag", true, false, Vec::new()),
        structure("tag", true, false, Vec::new()),
    ];
    let found = findings(vec![types]);
    assert_eq!(
        found.iter().map(|one| one.rule).collect::<Vec<_>>(),
        ["rust-type-taken"; 2]
    );

    let found = findings(vec![
        operation("PutBook", Vec::new(), Vec::new()),
        operation("put_book", Vec::new(), Vec::new()),
    ]);
    assert!(
        found.iter().all(|one| one.rule == "rust-module-taken"),
        "{found:?}"
    );

    let mut foreign = operation("GetBook", Vec::new(), Vec::new());
    foreign.structures = vec![structure("PutBookRequest", true, false, Vec::new())];
    let found = findings(vec![foreign, operation("PutBook", Vec::new(), Vec::new())]);
    assert_eq!(found[0].place.path.to_string(), "types.PutBookRequest");

    let mut values = operation("PutBook", Vec::new(), Vec::new());
    let value = |value: &str| EnumValue {
        value: json!(value),
        name: None,
        meaning: None,
        deprecated: None,
    };
    values.enumerations = vec![Enumeration {
        name: "Kind".to_owned(),
        member: "Kind".to_owned(),
        values: vec![value("a-b"), value("a.b")],
    }];
    let found = findings(vec![values]);
    assert_eq!((found.len(), found[0].rule), (1, "rust-variant-taken"));

    let pinned = Member {
        rust_name: Some("firstName".to_owned()),
        ..member("Name", shape())
    };
    let found = findings(vec![operation("PutBook", vec![pinned], Vec::new())]);
    assert_eq!(
        found[0].message,
        "\"firstName\" is no name here; \"first_name\" would be"
    );
}

#[test]
fn an_operation_without_codes_has_the_enum_without_codes() {
    let mut put = operation("PutBook", Vec::new(), Vec::new());
    let status = ErrorCode {
        code: None,
        status: Some(503),
        message: None,
        doc: Some("Busy.".to_owned()),
        name: None,
        deprecated: None,
    };
    put.errors = vec![status];
    let text = page(&pages(vec![put]), "src/acme/library/put_book.rs");
    assert_has(
        &text,
        "/// - Busy. (HTTP 503)\npub type PutBookError = NoCodes;\n",
    );
}

#[test]
fn an_example_is_the_first_sample() {
    let mut put = operation(
        "PutBook",
        vec![
            required("Name", Shape::String),
            member("Pages", Shape::Int32),
            member(
                "Tags",
                Shape::Array(Box::new(Shape::Structure("Tag".to_owned()))),
            ),
            member("Long", Shape::String),
            required("Text", Shape::String),
        ],
        Vec::new(),
    );
    put.structures = vec![structure(
        "Tag",
        true,
        false,
        vec![
            required("Key", Shape::String),
            member("Value", Shape::String),
        ],
    )];
    let long = "x".repeat(60);
    put.examples = vec![Example {
        title: None,
        request: Some(json!({
            "Name": "emma", "Pages": "12", "Tags": [{ "Key": "a", "Value": "b" }], "Long": long, "Text": long,
        })),
        response: None,
        response_xml: None,
    }];
    let text = page(&pages(vec![put]), "examples/acme_library_put_book.rs");
    assert_has(
        &text,
        "use yun_sdk::acme::library::put_book::Tag;\nuse yun_sdk::acme::library::{Client, PutBookRequest};\n",
    );
    assert_has(&text, "    let client = Client::from_env()?;\n");
    assert_has(&text, &format!("    let text = \"{long}\";\n"));
    assert_has(
        &text,
        "    let request = PutBookRequest::new(\"emma\", text)\n        .pages(12)\n        .tags([Tag::new(\"a\").value(\"b\")]);\n",
    );
    assert_has(&text, "client.put_book(request).await?");
}

#[test]
fn the_blocking_client_has_the_same_methods() {
    let pages = pages(vec![operation("PutBook", Vec::new(), Vec::new())]);
    assert_has(
        &page(&pages, "src/acme/library/mod.rs"),
        "#[cfg(feature = \"blocking\")]\npub mod blocking;\npub mod put_book;\n",
    );
    let text = page(&pages, "src/acme/library/blocking.rs");
    assert_has(
        &text,
        "    pub fn put_book(\n        &self,\n        request: PutBookRequest,\n    ) -> \
         Result<Response<PutBookResponse>, Error<PutBookError>> {\n        \
         self.0.call(request)\n    }\n",
    );
    assert!(
        !text.contains("async fn") && !text.contains("await"),
        "{text}"
    );
}

/// Operations whose names, types, patterns, messages and samples have every width.
fn every_width() -> Vec<Operation> {
    let letters =
        |width: usize| "abcdefghi ".chars().cycle().take(width).collect::<String>();
    let word =
        |width: usize| "Abcdefghij".chars().cycle().take(width).collect::<String>();
    let name = |width: usize| "x".repeat(width);
    let operation_of = |width: usize| {
        let text = |more: usize| {
            Shape::Array(Box::new(Shape::Map(Box::new(Shape::Structure(word(
                width + more,
            ))))))
        };
        let rules = |more: usize| {
            vec![
                Rule::Length {
                    min: Some(1),
                    max: Some(64),
                },
                Rule::Pattern(name(width + more)),
            ]
        };
        let request = vec![
            Member {
                rules: rules(0),
                ..required(&format!("a{}", name(width)), Shape::String)
            },
            Member {
                rules: rules(20),
                ..member(&format!("b{}", name(width)), Shape::String)
            },
            Member {
                rules: vec![Rule::Pattern(name(width + 20))],
                deprecated: Some(letters(width)),
                ..member(&format!("c{}", name(width)), Shape::String)
            },
            member(&format!("d{}", name(width)), text(0)),
            member("short", text(1)),
            required("n", Shape::Structure(word(width))),
            required("list", Shape::Array(Box::new(Shape::String))),
            member("small", Shape::Array(Box::new(Shape::Int32))),
        ];
        let mut one = operation(
            &format!("{}{width}", "Put".repeat(1 + width / 6)),
            request,
            vec![
                member(&format!("e{}", name(width)), text(0)),
                required("short", text(2)),
            ],
        );
        let inner = |width: usize| {
            structure(
                &word(width),
                true,
                true,
                vec![
                    required("key", Shape::String),
                    member("value", Shape::String),
                ],
            )
        };
        one.structures = (0..3).map(|more| inner(width + more)).collect();
        one.errors = (0..3)
            .map(|more| ErrorCode {
                code: Some(format!("{}{more}", name(width + 13 * more))),
                status: Some(400),
                message: Some(format!("{} %s", letters(width + 7 * more))),
                doc: None,
                name: None,
                deprecated: None,
            })
            .collect();
        let numbers: Vec<_> = (0..width).collect();
        let texts: Vec<_> = (0..width / 4).map(|at| name(at % 5)).collect();
        one.examples = vec![Example {
            title: None,
            request: Some(json!({
                format!("a{}", name(width)): letters(width),
                format!("b{}", name(width)): letters(width / 2),
                "n": { "key": letters(width / 3), "value": letters(width) },
                "list": texts,
                "small": numbers,
            })),
            response: None,
            response_xml: None,
        }];
        one
    };
    (1..73).map(operation_of).collect()
}

#[test]
fn rustfmt_has_nothing_to_change() {
    let mut model = model(every_width());
    for width in 0..40 {
        let regions = |count: usize| {
            (0..count)
                .map(|at| "r".repeat(1 + (at + width) % 14))
                .collect()
        };
        let mut service = model.providers[0].services[0].clone();
        service.id = format!("{}{width}", "s".repeat(width));
        service.operations.clear();
        service.endpoint.global_regions = regions(width / 3);
        service.endpoint.regional =
            Some(format!("{{region}}.{}.example.com", "h".repeat(width)));
        service.endpoint.regions = (0..width).map(|at| "r".repeat(1 + at % 7)).collect();
        model.providers[0].services.push(service);
    }
    let krate = lower(&model).expect("no name is taken");
    let pages = crate::emit::emit(&krate);
    let folder = tempfile::tempdir().expect("a folder for a while");
    crate::page::write(folder.path(), &pages, &[]).expect("the disk takes it");
    let roots = pages.iter().map(|page| &page.path);
    let roots =
        roots.filter(|path| path.ends_with("lib.rs") || path.starts_with("examples"));
    let rustfmt = std::process::Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--config", "max_width=90"])
        .args(roots.map(|path| folder.path().join(path)))
        .output();
    let Ok(output) = rustfmt else {
        println!("skipped: rustfmt cannot be run");
        return;
    };
    let differences = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{differences}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
