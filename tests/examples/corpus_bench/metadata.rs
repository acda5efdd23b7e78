//! The metadata: read bare, or made up where there is none.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// How large the made-up cloud is.
const SERVICES: usize = 40;
const OPERATIONS: usize = 50;

/// Every file below a folder, in name order.
pub(crate) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Parses each file that says what a service's operations are, one after the other.
pub(crate) fn parse(source: &Path) -> io::Result<usize> {
    let is_json = |file: &&PathBuf| file.extension().is_some_and(|end| end == "json");
    let is_sample = |file: &&PathBuf| file.ends_with("examples.json");
    let files = files(source)?;
    let files = files.iter().filter(is_json).filter(|file| !is_sample(file));
    let mut count = 0;
    for file in files {
        let value: Value = serde_json::from_slice(&fs::read(file)?)?;
        std::hint::black_box(&value);
        count += 1;
    }
    Ok(count)
}

/// Writes a made-up cloud, and tells where.
pub(crate) fn write(folder: &Path) -> io::Result<PathBuf> {
    for service in 0..SERVICES {
        let name = format!("thing{service}");
        let folder = folder.join("api").join(&name).join("v20260101");
        fs::create_dir_all(&folder)?;
        let text = serde_json::to_string_pretty(&api(&name))?;
        fs::write(folder.join("api.json"), text)?;
    }
    Ok(folder.to_owned())
}

fn api(service: &str) -> Value {
    let mut actions = serde_json::Map::new();
    let mut objects = serde_json::Map::new();
    for index in 0..OPERATIONS {
        let name = format!("DescribeShelf{index}");
        let [input, output] = ["Request", "Response"].map(|end| format!("{name}{end}"));
        actions.insert(
            name.clone(),
            json!({"name": name, "document": "Made up.", "input": input, "output": output,
                   "status": "online"}),
        );
        objects.insert(
            input,
            json!({"usage": "in", "type": "object", "members": members(8)}),
        );
        let mut answer = members(3);
        let book = json!({"name": "Book", "type": "object", "member": format!("Book{index}"),
                          "document": "Made up.", "example": ""});
        answer.push(book);
        answer.push(member("RequestId", "string"));
        objects.insert(output, json!({"type": "object", "members": answer}));
        let book = json!({"usage": "out", "type": "object", "members": members(12)});
        objects.insert(format!("Book{index}"), book);
    }
    json!({
        "actions": actions,
        "metadata": {"apiVersion": "2026-01-01", "serviceShortName": service,
                     "serviceNameCN": service, "api_brief": "Made up."},
        "objects": objects,
        "version": "1.0",
    })
}

fn members(count: usize) -> Vec<Value> {
    let kinds = ["string", "int", "bool", "float"];
    let members =
        (0..count).map(|index| member(&format!("Title{index}"), kinds[index % 4]));
    members.collect()
}

fn member(name: &str, kind: &str) -> Value {
    json!({"name": name, "type": kind, "member": kind, "disabled": false, "required": false,
           "output_required": true, "value_allowed_null": false, "example": "none",
           "document": "A made-up member, with as much text as is usual in such a place."})
}
