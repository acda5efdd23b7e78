//! Methods and paths, however a document writes them.

use super::kit::Reader;
use crate::spec::Http;

/// Methods in the order in which one of several is chosen.
const METHODS: [&str; 6] = ["POST", "PUT", "PATCH", "GET", "DELETE", "HEAD"];

/// Method and path of an operation. Several methods stay a set, `GET|POST`, until all
/// sources have told theirs.
pub(super) fn http<'m>(
    methods: impl Iterator<Item = &'m str>,
    path: Option<&str>,
    reader: &mut Reader<'_>,
    at: &str,
) -> Http {
    let mut set: Vec<String> = Vec::new();
    for method in methods {
        let method = method.trim().to_ascii_uppercase();
        if !METHODS.contains(&method.as_str()) {
            reader.lose(&format!("method `{method}`"), at);
        } else if !set.contains(&method) {
            set.push(method);
        }
    }
    set.sort();
    Http {
        method: (!set.is_empty()).then(|| set.join("|")),
        path: path.map(template),
        ..Http::default()
    }
}

/// The method of a set that is used.
pub(super) fn method(set: &str) -> &str {
    let listed = |method: &&&str| set.split('|').any(|one| one == **method);
    METHODS.iter().find(listed).copied().unwrap_or(set)
}

/// A template with `{name}` for each placeholder.
fn template(path: &str) -> String {
    let path = path.trim().replace('[', "{").replace(']', "}");
    if path.starts_with('/') {
        path
    } else {
        format!("/{path}")
    }
}
