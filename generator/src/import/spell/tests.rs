use std::fs;
use std::path::Path;

use serde_yaml::Value;

use super::*;

/// What a file says, written again.
fn again(name: &str, text: &str) -> String {
    let broken = "a spec of this repository";
    match name {
        "service.yaml" => service(&serde_yaml::from_str(text).expect(broken)),
        "types.yaml" => {
            let types: crate::spec::Types = serde_yaml::from_str(text).expect(broken);
            self::types(&types.types)
        }
        _ => {
            let one: Operation = serde_yaml::from_str(text).expect(broken);
            operation(&one, &one.source.transcribed)
        }
    }
}

#[test]
fn every_key_is_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut open = vec![root.join("specs"), root.join("tests/diff/base")];
    let mut compared = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            let name = path.file_name().and_then(|name| name.to_str());
            let name = name.expect("a name").to_owned();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "yaml")
                && name != "provider.yaml"
            {
                let text = fs::read_to_string(&path).expect("text");
                let [old, new] = [text.clone(), again(&name, &text)]
                    .map(|text| serde_yaml::from_str::<Value>(&text).expect("YAML"));
                assert_eq!(new, old, "{}", path.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn numbers_are_plain_decimals() {
    for (value, text) in [
        (3.0, "3"),
        (-0.0, "0"),
        (0.5, "0.5"),
        (1e3, "1000"),
        (1.5e-7, "0.00000015"),
        (1e20, "100000000000000000000.0"),
    ] {
        let Node::Word(word) = number(value) else {
            panic!("{value} is no word");
        };
        assert_eq!(word, text);
        let back: f64 = serde_yaml::from_str(&word).expect("YAML");
        assert!((back - value).abs() < f64::EPSILON, "{value} is {back}");
    }
}
