//! A crate of just the operations that somebody needs: what is in it, that a program with it
//! runs, and that it can be published.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use yunspec::mock::{Mock, Settings};
use yunspec::select::{Selection, Widowed};
use yunspec_tests::consumer::{PROGRAM, Workspace};

const DEPENDENCIES: &str = "cloud = { path = \"../cloud\" }\n\
    tokio = { version = \"1\", features = [\"macros\", \"rt\"] }";

/// The worked example of the README: one operation, a program, an answer.
#[test]
fn a_program_calls_the_one_operation_that_it_takes() {
    let consumer = Workspace::new(&["tencent/cam/UpdateUser"], PROGRAM, DEPENDENCIES);
    assert_eq!(
        files(&consumer.path("cloud/src")),
        [
            "lib.rs",
            "tencent/cam/blocking.rs",
            "tencent/cam/mod.rs",
            "tencent/cam/update_user.rs",
            "tencent/mod.rs",
        ]
    );
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/consumer");
    let built = consumer
        .cargo(&["build", "--quiet", "--package", "shop", "--target-dir"])
        .arg(&target)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .expect("cargo can be run");
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success() && said.is_empty(), "{said}");

    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let model = yunspec::resolve(&specs).expect("the specs pass the check");
    let settings = Settings {
        requests: Some(1),
        ..Settings::default()
    };
    let mock = Mock::start(model, &settings).expect("a free port");
    let mut program = Command::new(target.join("debug/shop"));
    program.env_clear();
    let exports = mock.exports();
    for line in exports.lines() {
        if let Some(pair) = line.strip_prefix("export ") {
            let (name, value) = pair.split_once('=').expect("a name and a value");
            program.env(name, value);
        }
    }
    let ran = program.output().expect("it was built");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    assert!(!ran.stdout.trim_ascii().is_empty(), "the id of the call");
}

#[test]
fn the_crate_can_be_published() {
    let consumer = Workspace::new(&["alibaba/ram/*"], "fn main() {}", "");
    let listed = consumer
        .cargo(&["package", "--list", "--allow-dirty", "--package", "cloud"])
        .output()
        .expect("cargo can be run");
    let said = String::from_utf8_lossy(&listed.stderr);
    assert!(listed.status.success(), "{said}");
    let listed = String::from_utf8(listed.stdout).expect("paths are UTF-8");
    for file in [
        "Cargo.toml",
        "README.md",
        "src/lib.rs",
        "src/alibaba/ram/update_user.rs",
    ] {
        assert!(
            listed.lines().any(|line| line == file),
            "{file} in {listed}"
        );
    }
    let manifest = fs::read_to_string(consumer.path("cloud/Cargo.toml")).expect("text");
    for key in [
        "description = ",
        "license = ",
        "readme = ",
        "version = \"0.1.0\"",
    ] {
        assert!(manifest.contains(key), "{key} in {manifest}");
    }
}

/// Whatever a selection leaves out is nowhere in the crate.
#[test]
fn nothing_else_is_in_the_crate() {
    let consumer =
        Workspace::new(&["alibaba/*/Update*", "tencent/cam/*"], "fn main() {}", "");
    let text: String = files(&consumer.path("cloud"))
        .iter()
        .map(|file| fs::read_to_string(consumer.path("cloud").join(file)).expect("text"))
        .collect();
    assert!(text.contains("alibaba-ram") && text.contains("tencent-cam"));
    assert!(
        !text.contains("huawei")
            && !text.contains("yun-sdk")
            && !text.contains("yun_sdk")
    );
}

/// The files of a folder, as paths inside it, in name order.
/// A waiter is told of, not left out in silence, where what it polls is not asked for.
#[test]
fn a_waiter_stays_with_what_it_polls() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/specs");
    let widowed = |only: &[&str]| {
        let only: Vec<_> = only.iter().map(|one| (*one).to_owned()).collect();
        let selection = Selection::parse(&only).expect("patterns");
        let mut model = yunspec::resolve(&specs).expect("the course has no errors");
        let widowed = selection.keep(&mut model).expect("they are there");
        let service = &model.providers[0].services[0];
        let start = service
            .operations
            .iter()
            .find(|one| one.name == "StartWork");
        let kept = start.expect("it is asked for").waiter.is_some();
        (kept, widowed)
    };
    let lost = Widowed {
        operation: "course/lists/StartWork".to_owned(),
        polled: "course/lists/GetWork".to_owned(),
    };
    let both = ["course/lists/StartWork", "course/lists/GetWork"];
    assert_eq!(widowed(&both[..1]), (false, vec![lost]));
    assert_eq!(widowed(&both), (true, Vec::new()));
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inside) = open.pop() {
        for entry in fs::read_dir(folder.join(&inside)).expect("it is there") {
            let path = inside.join(entry.expect("it can be read").file_name());
            if folder.join(&path).is_dir() {
                open.push(path);
            } else {
                found.insert(path.to_string_lossy().into_owned());
            }
        }
    }
    found.into_iter().collect()
}
