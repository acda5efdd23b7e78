//! A consumer's workspace: a crate of just the operations that it needs, and a program.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use tempfile::TempDir;

/// A program that changes a user and prints the id of its call.
pub const PROGRAM: &str = include_str!("consumer/program.rs.txt");

/// The same program with keys that it is given, and without the sources that look for some.
pub const KEYS: &str = include_str!("consumer/keys.rs.txt");

/// The same program without yunspec: a post of JSON, not signed.
pub const BARE: &str = include_str!("consumer/bare.rs.txt");

/// A workspace of two packages, `cloud` and `shop`, which goes when it is dropped.
#[derive(Debug)]
pub struct Workspace(TempDir);

impl Workspace {
    /// Writes the package `cloud` with the operations that are like `only`, all of the specs
    /// where there is none, and `shop` with the program and further dependencies.
    ///
    /// # Panics
    /// Where the disk fails or the specs are not in order.
    pub fn new(only: &[&str], program: &str, dependencies: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("inside the folder"))
                .expect("writable");
            fs::write(path, text).expect("writable");
        };
        let runtime = root.join("runtime").canonicalize().expect("it is there");
        let status = generate(&folder.path().join("cloud"), only, &runtime);
        assert_eq!(status, ExitCode::SUCCESS);
        write(
            "Cargo.toml",
            "[workspace]\nmembers = [\"cloud\", \"shop\"]\nresolver = \"3\"\n",
        );
        write(
            "shop/Cargo.toml",
            &format!(
                "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\n{dependencies}\n"
            ),
        );
        write("shop/src/main.rs", program);
        // The same versions as here, so that nothing has to be fetched.
        fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock"))
            .expect("writable");
        Self(folder)
    }

    /// A file or folder inside it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Cargo inside it, without network; what cargo tells this process about itself is left
    /// out, for build scripts would run anew.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(&self.0);
        cargo.env("CARGO_NET_OFFLINE", "true");
        let told = ["CARGO_MANIFEST_", "CARGO_PKG_"];
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if told.iter().any(|start| text.starts_with(start)) {
                cargo.env_remove(&*text);
            }
        }
        cargo
    }
}

/// `yunspec generate --package`, as on the command line.
fn generate(out: &Path, only: &[&str], runtime: &Path) -> ExitCode {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut line: Vec<OsString> = vec!["yunspec".into(), "generate".into()];
    line.extend(["--specs".into(), specs.into()]);
    line.extend(["--out".into(), out.into()]);
    line.extend(["--package".into(), "cloud".into()]);
    line.extend(["--runtime".into(), runtime.into()]);
    if !only.is_empty() {
        line.extend(["--only".into(), only.join(",").into()]);
    }
    yunspec::commands::run(line)
}
