//! The recipe for continuous integration: every command line of it is one that there is.

use std::path::Path;

use clap::CommandFactory as _;
use yunspec::commands::Arguments;
use yunspec::diff::print::markdown;
use yunspec::diff::rule;

fn recipe() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/docs/ci.md");
    std::fs::read_to_string(file).expect("the recipe is readable")
}

/// The command lines of a text: in code blocks and between backticks, without what the
/// shell does with their output.
fn commands(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for line in text.replace("\n  ", " ").lines().chain(text.lines()) {
        for part in line.split('`') {
            let part = part
                .trim()
                .trim_start_matches("- ")
                .trim_start_matches("run: ");
            if let Some(rest) = part.strip_prefix("yunspec ") {
                let rest = rest.split(['>', '|', '#']).next().unwrap_or_default();
                found.push(words(rest));
            }
        }
    }
    found
}

/// Words as a shell takes them; quotes hold blanks together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for sign in line.trim().chars() {
        match sign {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            sign => words.last_mut().expect("there is a word").push(sign),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_of_the_recipe_is_one() {
    let recipe = recipe();
    let commands = commands(&recipe);
    assert!(commands.len() >= 8, "{commands:#?}");
    for words in &commands {
        let line = std::iter::once("yunspec").chain(words.iter().map(String::as_str));
        if let Err(error) = Arguments::command().try_get_matches_from(line) {
            panic!("yunspec {}: {error}", words.join(" "));
        }
    }
    for format in ["github", "markdown", "html", "sarif", "changelog"] {
        let told = commands
            .iter()
            .any(|words| words.iter().any(|word| word == format));
        assert!(told, "the recipe does not use --format {format}");
    }
}

#[test]
fn the_workflows_are_yaml() {
    let recipe = recipe();
    let blocks = recipe.split("```yaml\n").skip(1);
    let mut jobs = 0;
    for block in blocks {
        let text = block.split("```").next().unwrap_or_default();
        let workflow: serde_yaml::Value =
            serde_yaml::from_str(text).expect("the block is YAML");
        assert!(workflow["jobs"].is_mapping(), "{text}");
        jobs += 1;
    }
    assert_eq!(jobs, 2, "the check and the gate");
}

#[test]
fn a_command_that_is_none_is_found() {
    let text = "run: yunspec diff git:a --format pdf\n";
    let found = commands(text);
    assert_eq!(found[0], ["diff", "git:a", "--format", "pdf"]);
    let line = std::iter::once("yunspec").chain(found[0].iter().map(String::as_str));
    assert!(Arguments::command().try_get_matches_from(line).is_err());
}

#[test]
fn the_recipe_says_what_the_program_says() {
    let recipe = recipe();
    assert!(recipe.contains(markdown::MARKER));
    let id = "version-bump-too-small";
    assert!(recipe.contains(id) && rule::rule(id).is_some(), "{id}");
}
