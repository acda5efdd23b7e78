//! Where the specs tell what the pages leave out: `gaps.yaml`, held against both sides.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_yaml::Value;

/// By operation, in the order of the review.
pub(crate) type Told = BTreeMap<String, Vec<Gap>>;

/// One gap that the review of a page counted.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Gap {
    /// Text of the site around the page.
    Noise(String),
    /// Items of the spec's lists.
    Items(Vec<String>),
}

/// What `gaps.yaml` says.
pub(crate) fn told() -> Told {
    serde_yaml::from_str(include_str!("gaps.yaml")).expect("gaps.yaml maps operations")
}

/// The items that no list of the specs has.
pub(crate) fn absent(specs: &Path, operation: &str, gap: &Gap) -> Vec<String> {
    match gap {
        Gap::Noise(word) => {
            assert_eq!(word, "noise", "{operation}: not a list");
            Vec::new()
        }
        Gap::Items(items) => {
            assert!(!items.is_empty(), "{operation}: a gap without a place");
            let stands = |item: &&String| !is_listed(specs, operation, item);
            items.iter().filter(stands).cloned().collect()
        }
    }
}

/// Whether the list that `item` names has something at its place.
fn is_listed(specs: &Path, operation: &str, item: &str) -> bool {
    let folder = Path::new(operation).parent().expect("provider/service");
    let (file, item) = if let Some(rest) = item.strip_prefix("provider ") {
        let provider = folder.parent().expect("a provider");
        (provider.join("provider.yaml"), rest)
    } else if let Some(rest) = item.strip_prefix("service ") {
        (folder.join("service.yaml"), rest)
    } else {
        (format!("{operation}.yaml").into(), item)
    };
    let (list, place) = item.split_once(' ').expect("a list and a place");
    let text = std::fs::read_to_string(specs.join(file)).expect("the spec is readable");
    let spec: Value = serde_yaml::from_str(&text).expect("the spec is YAML");
    let entries = spec.get(list).and_then(Value::as_sequence);
    entries.is_some_and(|entries| entries.iter().any(|entry| entry["at"] == place))
}
