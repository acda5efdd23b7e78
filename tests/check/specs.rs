//! The specs of this repository: clean, valid by the schema, and read alike by two readers.

use std::fs;
use std::path::Path;

use serde_json::Value;
use yunspec::diagnostic::render;
use yunspec::load;
use yunspec::schema;

use super::tree;

#[test]
fn the_specs_are_clean() {
    let found = tree::findings(&tree::specs());
    assert!(
        found.is_empty(),
        "{}",
        render::text(&found, Path::new("specs"), false)
    );
}

#[test]
fn every_spec_is_valid_by_the_schema() {
    let document = schema::document();
    let validator = jsonschema::validator_for(document).expect("the schema is one");
    let mut count = 0;
    let base = tree::base();
    for specs in [tree::specs(), base.path().join("specs")] {
        let loaded = load::read(&specs);
        for source in loaded.sources.0.values() {
            let value = source.root.json();
            let errors: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| error.to_string())
                .collect();
            assert!(
                errors.is_empty(),
                "{}: {}",
                source.file.display(),
                errors.join("; ")
            );
            count += 1;
        }
    }
    assert!(count >= 10, "only {count} files");
}

#[test]
fn the_schema_refuses_what_the_loader_refuses() {
    let document = schema::document();
    let validator = jsonschema::validator_for(document).expect("the schema is one");
    for rule in [
        "unknown-key",
        "missing-key",
        "wrong-type",
        "unknown-value",
        "negative-length",
    ] {
        let specimen = tree::folder().join(format!("{rule}.yaml"));
        let text = fs::read_to_string(specimen).expect("every rule has a specimen");
        let value: Value = serde_yaml::from_str(&text).expect("it is YAML");
        assert!(!validator.is_valid(&value), "{rule}");
    }
}

#[test]
fn the_schema_file_is_fresh() {
    let file = tree::specs().join("schema.json");
    let found = fs::read_to_string(&file).expect("specs/schema.json is there");
    assert!(
        found == schema::text(),
        "specs/schema.json is stale; run `yunspec schema`"
    );
}

#[test]
fn two_yaml_readers_agree() {
    let loaded = load::read(&tree::specs());
    for source in loaded.sources.0.values() {
        let other: Value =
            serde_yaml::from_str(&source.text).expect("serde_yaml reads it");
        assert_eq!(source.root.json(), other, "{}", source.file.display());
    }
}
