//! The compiler as a judge: many crates and many programs in one run of `rustc`, with the
//! runtime that this test is linked with.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value as Json;
use tempfile::TempDir;
use yunspec::page::Page;

/// Generated crates, as modules `given_0`, `given_1` of one.
pub(crate) struct Given {
    folder: TempDir,
    runtime: PathBuf,
    /// The crates that do not compile themselves, with the first error.
    pub(crate) broken: BTreeMap<usize, String>,
}

/// What the compiler says of one program.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ruling {
    /// The first error; none where it compiles.
    pub(crate) error: Option<String>,
    /// What it uses that is deprecated.
    pub(crate) deprecated: BTreeSet<String>,
}

/// A message about a place in a module.
struct Message {
    module: usize,
    text: String,
    deprecated: bool,
}

const ALLOW: &str = "#![allow(unused, deprecated, ambiguous_glob_reexports)]\n";
const USE: &str = "#![allow(unused, unreachable_code, unreachable_patterns)]\n";

/// The folder of the libraries that this test was built with.
fn libraries() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    test.parent().expect("it is in a folder").to_owned()
}

/// The runtime that this test is linked with: the newest build that has all of it.
fn runtime() -> &'static Path {
    static FOUND: LazyLock<PathBuf> = LazyLock::new(|| {
        let files = fs::read_dir(libraries()).expect("the folder can be read");
        let files = files.filter_map(|file| {
            let file = file.ok()?;
            let name = file.file_name().to_string_lossy().into_owned();
            let ends = name.strip_prefix("libyunspec_runtime-")?;
            let made = file.metadata().and_then(|it| it.modified()).ok();
            ends.strip_suffix(".rlib").map(|_| (made, file.path()))
        });
        let mut builds: Vec<_> = files.collect();
        builds.sort();
        let mut builds = builds.into_iter().rev().map(|(_, path)| path);
        let found = builds.find(|path| has_all(path));
        found.expect("the runtime was built with its features for this test")
    });
    &FOUND
}

/// Whether a build of the runtime can be used, with the features that this test asks for.
fn has_all(runtime: &Path) -> bool {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let text = "pub use yunspec_runtime::{NoCodes, Request, blocking, test_util};\n";
    put(&folder.path().join("probe.rs"), text);
    let probe = Given {
        folder,
        runtime: runtime.to_owned(),
        broken: BTreeMap::new(),
    };
    probe.rustc("probe", []).0
}

impl Given {
    /// Compiles the crates.
    pub(crate) fn new(crates: &[Vec<Page>]) -> Self {
        let mut given = Self {
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
            runtime: runtime().to_owned(),
            broken: BTreeMap::new(),
        };
        let mut features = BTreeSet::from(["blocking".to_owned()]);
        for (number, pages) in crates.iter().enumerate() {
            let below = given.folder.path().join(format!("given_{number}"));
            for page in pages {
                lay(page, &below, &mut features);
            }
        }
        let features: Vec<_> = features
            .into_iter()
            .flat_map(|one| ["--cfg".to_owned(), format!("feature=\"{one}\"")])
            .collect();
        loop {
            let whole =
                (0..crates.len()).filter(|number| !given.broken.contains_key(number));
            let modules = whole.map(|number| format!("pub mod given_{number};\n"));
            let root = ALLOW.to_owned() + &modules.collect::<String>();
            put(&given.folder.path().join("given.rs"), &root);
            let (ok, messages) = given.rustc("given", features.clone());
            if ok {
                return given;
            }
            let before = given.broken.len();
            let messages = messages.iter().filter_map(|line| message(line, "given_"));
            for message in messages.filter(|one| !one.deprecated) {
                given.broken.entry(message.module).or_insert(message.text);
            }
            assert!(
                given.broken.len() > before,
                "the compiler fails for no crate"
            );
        }
    }

    fn rustc(
        &self,
        name: &str,
        more: impl IntoIterator<Item = String>,
    ) -> (bool, Vec<String>) {
        let libraries = libraries();
        let mut rustc = Command::new(Path::new(env!("CARGO")).with_file_name("rustc"));
        rustc
            .current_dir(self.folder.path())
            .args([
                "--edition",
                "2024",
                "--crate-type",
                "lib",
                "--emit",
                "metadata",
            ])
            .args(["--error-format", "json", "--crate-name", name])
            .arg(format!("{name}.rs"))
            .arg("-L")
            .arg(format!("dependency={}", libraries.display()))
            .arg("--extern")
            .arg(format!("yunspec_runtime={}", self.runtime.display()))
            .args(more);
        let output = rustc.output().expect("the compiler can be run");
        let messages = String::from_utf8_lossy(&output.stderr);
        let messages = messages.lines().map(str::to_owned).collect();
        (output.status.success(), messages)
    }

    /// Judges programs, each a module `use_0`, `use_1`. Whatever fails is taken out and the
    /// rest is compiled again, for an error can hide others.
    pub(crate) fn judge(&self, programs: &[String]) -> Vec<Ruling> {
        for (number, text) in programs.iter().enumerate() {
            put(&self.folder.path().join(format!("use_{number}.rs")), text);
        }
        let mut rulings = vec![Ruling::default(); programs.len()];
        loop {
            let open = rulings.iter().enumerate();
            let open = open.filter(|(_, ruling)| ruling.error.is_none());
            let modules = open.map(|(number, _)| format!("pub mod use_{number};\n"));
            let root = USE.to_owned() + &modules.collect::<String>();
            put(&self.folder.path().join("consumer.rs"), &root);
            let given = ["--extern".to_owned(), "given=libgiven.rmeta".to_owned()];
            let (ok, messages) = self.rustc("consumer", given);
            let messages: Vec<_> = messages
                .iter()
                .filter_map(|line| message(line, "use_"))
                .collect();
            let mut progress = false;
            for message in messages {
                let ruling = &mut rulings[message.module];
                if message.deprecated {
                    if ok {
                        ruling.deprecated.insert(message.text);
                    }
                } else if ruling.error.is_none() {
                    ruling.error = Some(message.text);
                    progress = true;
                }
            }
            if ok {
                return rulings;
            }
            assert!(progress, "the compiler fails for no module");
        }
    }
}

/// Writes a page below the folder of its crate, and notes the features that it asks for.
fn lay(page: &Page, below: &Path, features: &mut BTreeSet<String>) {
    if page.path == Path::new("src/lib.rs") {
        let children = page.text.lines();
        let children = children.filter(|line| line.starts_with("pub mod "));
        put(
            &below.join("mod.rs"),
            &children.collect::<Vec<_>>().join("\n"),
        );
    } else if let Ok(path) = page.path.strip_prefix("src") {
        let lines = page.text.lines();
        let gates = lines.filter_map(|line| line.split("feature = \"").nth(1));
        let gates = gates.filter_map(|rest| rest.split('"').next());
        features.extend(gates.map(str::to_owned));
        put(&below.join(path), &page.text);
    }
}

fn put(path: &Path, text: &str) {
    let folder = path.parent().expect("a file has a folder");
    fs::create_dir_all(folder).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// A message of the compiler, where it is about a module whose name begins so.
fn message(line: &str, begins: &str) -> Option<Message> {
    let json: Json = serde_json::from_str(line).ok()?;
    let text = json["message"].as_str()?;
    let deprecated = json["code"]["code"] == "deprecated";
    if json["level"] != "error" && !deprecated {
        return None;
    }
    let spans = json["spans"].as_array()?;
    let primary = spans.iter().find(|span| span["is_primary"] == true)?;
    let file = primary["file_name"].as_str()?;
    let number = file.strip_prefix(begins)?.split(['/', '.']).next()?;
    // The item, without the number of the crate that it is in.
    let item = text.split('`').nth(1).unwrap_or(text);
    let item = item.split("::").filter(|step| !step.starts_with("given"));
    let item = item.collect::<Vec<_>>().join("::");
    Some(Message {
        module: number.parse().ok()?,
        text: if deprecated { item } else { text.to_owned() },
        deprecated,
    })
}
