//! A service as large as the largest that clouds have: it generates, in bounded time, and
//! every file is Rust.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

const OPERATIONS: usize = 600;
const STRUCTURES: usize = 1_700;
/// Generous: a debug build on a busy machine.
const LIMIT: Duration = Duration::from_secs(120);

fn structures() -> String {
    let mut types = "types:\n".to_owned();
    for number in 0..STRUCTURES {
        let _ = write!(
            types,
            "  Shape{number}:\n    Name: {{ type: string, max_length: 64, doc: A name. }}\n    \
             Kind: {{ type: string, enum: [{{ value: a }}, {{ value: b }}], enum_name: \
             Kind{number}, doc: A kind. }}\n"
        );
        // Each leads to two more, so that all are reached from the first.
        for next in [2 * number + 1, 2 * number + 2] {
            if next < STRUCTURES {
                let _ = writeln!(
                    types,
                    "    Next{next}: {{ type: array, items: {{ type: Shape{next} }}, doc: \
                     More. }}"
                );
            }
        }
    }
    types
}

#[test]
fn a_service_of_the_largest_size_generates() {
    let specs = tempfile::tempdir().expect("a temporary folder can be made");
    let service = specs.path().join("acme/large");
    fs::create_dir_all(&service).expect("a folder can be made");
    let write = |name: String, text: String| {
        fs::write(service.join(name), text).expect("a file can be written");
    };
    let provider = "provider: acme\ntitle: Acme\nprotocol: tc3-json\nmembers_in: body\n\
                    method: POST\npath: /\n";
    write("../provider.yaml".to_owned(), provider.to_owned());
    let facts = "service: large\ntitle: Large\nproduct: large\nversion: '1'\n\
                 endpoint: { global: large.example.com }\n";
    write("service.yaml".to_owned(), facts.to_owned());
    write("types.yaml".to_owned(), structures());
    for number in 0..OPERATIONS {
        let name = format!("PutShape{number}");
        let text = format!(
            "operation: {name}\nsummary: Puts a shape.\n\
             source: {{ title: {name}, language: en, transcribed: 2026-01-01 }}\n\
             retry: unsafe\nrequest:\n  Shape: {{ type: Shape0, required: true, doc: A shape. }}\n\
             response:\n  Shape: {{ type: Shape{number}, doc: A shape. }}\n"
        );
        write(format!("{name}.yaml"), text);
    }
    let start = Instant::now();
    let pages = yunspec::generate(specs.path()).expect("the specs have no errors");
    let time = start.elapsed();
    println!("{} files in {} ms", pages.len(), time.as_millis());
    assert!(time < LIMIT, "it took {time:?}");
    let rust =
        |page: &&yunspec::page::Page| page.path.extension().is_some_and(|it| it == "rs");
    let mut structs = 0;
    for page in pages.iter().filter(rust) {
        let tokens: proc_macro2::TokenStream =
            page.text.parse().unwrap_or_else(|error| {
                panic!("{} is no Rust: {error}", page.path.display());
            });
        drop(tokens);
        structs += page.text.matches("\npub struct ").count();
    }
    // A request and a response for each operation, the shapes, and two clients.
    assert_eq!(structs, 2 * OPERATIONS + STRUCTURES + 2);
}
