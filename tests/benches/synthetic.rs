//! A service as large as the largest one known: 613 operations and 1,711 structures.
//!
//! `cargo run --release -p yunspec-tests --example synthetic -- DIR` writes its specs into
//! `DIR/specs` and its crate into `DIR/crate`, and tells how long that took. What the crate
//! costs a consumer is then `cargo check` in `DIR/crate`, once with `--features acme-big`
//! and once without.

use std::fmt::Write as _;
use std::fs;
use std::io::Result;
use std::path::Path;
use std::time::Instant;

use yunspec::page;

const OPERATIONS: usize = 613;
/// Besides a request and a response for each operation.
const SHARED: usize = 1_711 - 2 * OPERATIONS;

fn main() -> Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .expect("name a folder: synthetic DIR");
    let folder = Path::new(&folder);
    let specs = folder.join("specs");
    write_specs(&specs.join("acme"))?;

    let start = Instant::now();
    let pages = yunspec::generate(&specs).expect("the specs have no errors");
    let generated = start.elapsed();
    let out = folder.join("crate");
    page::write(&out, &pages, &[])?;
    stand_alone(&out)?;
    let lines: usize = pages.iter().map(|page| page.text.lines().count()).sum();
    println!(
        "{OPERATIONS} operations, {} structures: {} files, {lines} lines, generated in {} ms, \
         written in {} ms",
        SHARED + 2 * OPERATIONS,
        pages.len(),
        generated.as_millis(),
        start.elapsed().saturating_sub(generated).as_millis(),
    );
    Ok(())
}

/// The runtime lies in this workspace, of which the crate is no member.
fn stand_alone(out: &Path) -> Result<()> {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../runtime")
        .canonicalize()?;
    let manifest = fs::read_to_string(out.join("Cargo.toml"))?;
    let manifest = manifest.replace(
        "\"../runtime\"",
        &format!("{:?}", runtime.display().to_string()),
    );
    fs::write(out.join("Cargo.toml"), manifest + "\n[workspace]\n")
}

fn write_specs(acme: &Path) -> Result<()> {
    let big = acme.join("big");
    fs::create_dir_all(&big)?;
    fs::write(
        acme.join("provider.yaml"),
        "provider: acme\ntitle: Acme\nprotocol: tc3-json\nmembers_in: body\nmethod: POST\npath: /\n",
    )?;
    fs::write(
        big.join("service.yaml"),
        "service: big\ntitle: Big\nproduct: big\nversion: \"1\"\nendpoint: { global: big.example.com }\n",
    )?;
    fs::write(big.join("types.yaml"), types())?;
    for index in 0..OPERATIONS {
        fs::write(
            big.join(format!("DescribeThing{index}.yaml")),
            operation(index),
        )?;
    }
    Ok(())
}

/// Structures of six members, as is usual, most of which hold structures further down.
fn types() -> String {
    let mut yaml = "types:\n".to_owned();
    for index in 0..SHARED {
        let _ = writeln!(yaml, "  Thing{index}:");
        for member in 0..3 {
            let kind = ["string", "int64", "boolean"][member % 3];
            let _ = writeln!(
                yaml,
                "    Member{member}: {{ type: {kind}, doc: A member of a thing. }}"
            );
        }
        let _ = writeln!(
            yaml,
            "    Names: {{ type: array, items: {{ type: string }}, doc: Names. }}"
        );
        let inner = index + SHARED / 5;
        let kind = if inner < SHARED {
            format!("Thing{inner}")
        } else {
            "string".to_owned()
        };
        let _ = writeln!(yaml, "    Inner: {{ type: {kind}, doc: What is inside. }}");
        let _ = writeln!(
            yaml,
            "    Items: {{ type: array, items: {{ type: {kind} }}, doc: Things. }}"
        );
    }
    yaml
}

/// An operation with five members in and three out; a third of them send structures.
fn operation(index: usize) -> String {
    let (sent, received) = (index % (SHARED / 3), index % SHARED);
    let filter = match index % 3 {
        0 => format!("{{ type: Thing{sent}, doc: A thing like those to find. }}"),
        _ => "{ type: array, items: { type: string }, max_items: 10, doc: Names of things. }".to_owned(),
    };
    format!(
        "operation: DescribeThing{index}
summary: Lists the things of kind {index}.
source: {{ title: DescribeThing{index}, collection: Big API, language: en, transcribed: 2026-11-22 }}
retry: safe
request:
  Name: {{ type: string, required: true, max_length: 64, doc: The name to look for. }}
  Filter: {filter}
  Order: {{ type: string, enum: [{{ value: asc }}, {{ value: desc }}], doc: The order. }}
  Offset: {{ type: int64, minimum: 0, doc: How many to skip. }}
  Limit: {{ type: int64, minimum: 1, maximum: 100, doc: How many to return. }}
response:
  RequestId: {{ type: string, required: true, doc: The id of this call. }}
  Total: {{ type: int64, doc: How many there are. }}
  Things: {{ type: array, items: {{ type: Thing{received} }}, doc: The things. }}
errors:
  - {{ code: InternalError, message: Something broke. }}
  - {{ code: InvalidParameter.Name, message: The name is not valid. }}
  - {{ code: ResourceNotFound.Thing, message: There is no such thing. }}
examples:
  - request: {{ Name: a, Offset: 0, Limit: 10 }}
    response: {{ RequestId: r, Total: 0, Things: [] }}
"
    )
}
