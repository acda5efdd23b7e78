//! Path templates: `/v2/{project_id}/users/{user_id}`.

use super::EncodeError;
use crate::endpoint::EndpointError;
use crate::sign::canonical::percent;

/// A path template, and the pairs of the fixed query that may follow it.
pub(super) fn split(template: &str) -> (&str, Vec<(String, String)>) {
    let Some((path, query)) = template.split_once('?') else {
        return (template, Vec::new());
    };
    let pair = |pair: &str| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key.to_owned(), value.to_owned())
    };
    (path, query.split('&').map(pair).collect())
}

/// Fills every placeholder; values are encoded but for unreserved characters.
///
/// A project comes from `project_id` where no member has that name.
pub(super) fn fill(
    template: &str,
    values: &[(&str, String)],
    project_id: Option<&str>,
) -> Result<String, EncodeError> {
    let mut path = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        let unclosed = || EncodeError::Placeholder {
            name: after.to_owned(),
        };
        let (name, after) = after.split_once('}').ok_or_else(unclosed)?;
        let member = values.iter().find(|(known, _)| *known == name);
        let value = match member {
            Some((_, value)) => value.as_str(),
            None if name == "project_id" => {
                project_id.ok_or(EncodeError::ProjectMissing)?
            }
            None => {
                return Err(EncodeError::Placeholder {
                    name: name.to_owned(),
                });
            }
        };
        // These would reach the collection, or the level above it.
        if matches!(value, "" | "." | "..") {
            return Err(EndpointError::PathValue {
                member: name.to_owned(),
            }
            .into());
        }
        percent(&mut path, value);
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}
