//! The release gate: whether a new version says how much changed.

use super::report::bump;
use super::rules::gate as rules;
use super::{Bump, Change};
use crate::diagnostic::{Diagnostic, Place, Severity};

/// The parts of a version: `1.2.3`, with `v` before it or a suffix behind it.
pub fn numbers(version: &str) -> Option<[u64; 3]> {
    let version = version.strip_prefix('v').unwrap_or(version);
    let core = version.split(['-', '+']).next()?;
    let mut parts = core.split('.').map(str::parse);
    let numbers = [
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    ];
    parts.next().is_none().then_some(numbers)
}

/// What a step from one version to another lets consumers expect. Before 1.0, cargo takes
/// the second number for the first, and the third for the second.
pub fn step(previous: [u64; 3], release: [u64; 3]) -> Bump {
    if release <= previous {
        return Bump::None;
    }
    let stable = previous[0] > 0 || release[0] > 0;
    if release[0] > previous[0] {
        Bump::Major
    } else if release[1] > previous[1] {
        if stable { Bump::Minor } else { Bump::Major }
    } else if stable {
        Bump::Patch
    } else {
        Bump::Minor
    }
}

/// A finding where the step is too small for the changes; nothing where it is not.
///
/// # Errors
/// A text that is no version.
pub fn check(
    changes: &[Change],
    previous: &str,
    release: &str,
) -> Result<Option<Diagnostic>, String> {
    let read = |text: &str| {
        numbers(text).ok_or_else(|| format!("{text:?} is no version such as 1.2.3"))
    };
    let (needed, given) = (bump(changes), step(read(previous)?, read(release)?));
    if given >= needed {
        return Ok(None);
    }
    let worst = changes
        .iter()
        .find(|change| change.bump() == needed)
        .map(|change| format!("; for one, `{}` at {}", change.rule.id, change.subject));
    let message = format!(
        "from {previous} to {release} is a {} step, and the changes ask for a {} one{}",
        given.as_str(),
        needed.as_str(),
        worst.unwrap_or_default()
    );
    Ok(Some(Diagnostic {
        rule: rules::TOO_SMALL.id,
        severity: Severity::Error,
        place: Place::default(),
        message,
        help: Some(rules::TOO_SMALL.mend.to_owned()),
        source: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_count_as_cargo_counts_them() {
        let step = |one, other| {
            let read = |text| numbers(text).expect("a version");
            step(read(one), read(other))
        };
        assert_eq!(step("1.2.3", "2.0.0"), Bump::Major);
        assert_eq!(step("1.2.3", "1.3.0"), Bump::Minor);
        assert_eq!(step("1.2.3", "1.2.4"), Bump::Patch);
        assert_eq!(step("0.2.3", "0.3.0"), Bump::Major);
        assert_eq!(step("0.2.3", "0.2.4"), Bump::Minor);
        assert_eq!(step("0.2.3", "1.0.0"), Bump::Major);
        assert_eq!(step("1.2.3", "1.2.3"), Bump::None);
        assert_eq!(step("1.2.3", "1.2.2"), Bump::None);
    }

    #[test]
    fn versions_are_read_as_tags_write_them() {
        assert_eq!(numbers("v1.20.3"), Some([1, 20, 3]));
        assert_eq!(numbers("1.2.3-rc.1"), Some([1, 2, 3]));
        assert_eq!(numbers("1.2"), None);
        assert_eq!(numbers("nightly"), None);
    }
}
