//! One bad specimen a rule, and the text that a person gets.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use yunspec::check;
use yunspec::commands::explain::explanation;
use yunspec::diagnostic::render;

use super::tree;

#[test]
fn the_base_tree_is_clean() {
    let base = tree::base();
    let found = tree::findings(&base.path().join("specs"));
    assert!(
        found.is_empty(),
        "{}",
        render::text(&found, Path::new(""), false)
    );
}

#[test]
fn every_rule_fires_on_its_specimen() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for rule in check::rules() {
        let specimen = tree::folder().join(format!("{}.yaml", rule.id));
        let Ok(text) = fs::read_to_string(&specimen) else {
            wrong.push(format!("{}: no specimen", rule.id));
            continue;
        };
        let tree = tree::with_specimen(&text);
        let found = tree::findings(&tree.path().join("specs"));
        let shown = render::text(&found, Path::new("specs"), false);
        if found.first().is_none_or(|first| first.rule != rule.id) {
            wrong.push(format!("{}: fires something else first:\n{shown}", rule.id));
        }
        if found
            .iter()
            .any(|one| check::rule(one.rule).is_none_or(|r| r.severity != one.severity))
        {
            wrong.push(format!("{}: a finding that no rule explains", rule.id));
        }
        let golden = specimen.with_extension("txt");
        if bless {
            fs::write(&golden, &shown).expect("a golden message can be written");
        }
        if fs::read_to_string(&golden).ok().as_deref() != Some(&shown) {
            wrong.push(format!("{}: not its golden message:\n{shown}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_specimen_is_left_over() {
    let rules: BTreeSet<&str> = check::rules().iter().map(|rule| rule.id).collect();
    for entry in fs::read_dir(tree::folder()).expect("the specimens are there") {
        let path = entry.expect("the folder can be read").path();
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("names are UTF-8");
        assert!(
            path.is_dir() || rules.contains(stem),
            "{} belongs to no rule",
            path.display()
        );
    }
}

#[test]
fn every_rule_is_explained_once() {
    let rules = check::rules();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules.len(), "two rules share an id");
    assert!(rules.len() >= 60, "{} rules", rules.len());
    for rule in rules {
        let text = explanation(rule);
        for part in [rule.summary, rule.why, rule.mend, rule.example] {
            assert!(part.len() > 5, "{}: {part:?} says nothing", rule.id);
        }
        assert!(
            rule.why.ends_with(['.', ':']) && rule.mend.ends_with('.'),
            "{}",
            rule.id
        );
        assert!(!rule.summary.ends_with('.'), "{}", rule.id);
        assert!(
            text.lines().all(|line| line.chars().count() <= 100),
            "{}",
            rule.id
        );
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(rule.id.chars().all(plain), "{}", rule.id);
    }
}
