//! `generated/` is what `specs/` say, byte for byte; writing is careful with everything
//! else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use yunspec::page::{self, Page};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn pages() -> Vec<Page> {
    yunspec::generate(&root().join("specs")).expect("the specs have no errors")
}

fn paths(paths: &[PathBuf]) -> Vec<String> {
    paths
        .iter()
        .map(|path| path.display().to_string().replace('\\', "/"))
        .collect()
}

#[test]
fn generated_files_are_fresh() {
    let difference = page::compare(&root().join("generated"), &pages(), &[])
        .expect("they can be read");
    assert!(
        difference.is_empty(),
        "run `cargo run --release -- generate`: {difference:#?}"
    );
}

#[test]
fn the_same_specs_give_the_same_bytes() {
    assert_eq!(pages(), pages());
}

#[test]
fn pages_are_in_order() {
    let pages = pages();
    assert!(
        pages.is_sorted_by(|one, other| one.path < other.path),
        "sorted, and none twice"
    );
    for page in &pages {
        let name = page.path.display();
        let first = page.text.lines().next().expect("a page has a line");
        assert!(first.contains(page::MARK), "{name} begins with {first:?}");
        assert!(
            page.text.ends_with('\n') && !page.text.ends_with("\n\n"),
            "{name}: last line"
        );
        assert!(!page.text.contains('\r'), "{name} has a carriage return");
        let trailing = page.text.lines().find(|line| line.ends_with(' '));
        assert_eq!(trailing, None, "{name} has a space at the end of a line");
    }
}

#[test]
fn what_is_written_is_what_is_compared() {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let out = folder.path().join("crate");
    let pages = pages();
    let written = page::write(&out, &pages, &[]).expect("the disk takes it");
    assert_eq!(
        (written.written.len(), written.removed.len()),
        (pages.len(), 0)
    );
    assert!(
        page::compare(&out, &pages, &[])
            .expect("they can be read")
            .is_empty()
    );

    let time = |path: &str| fs::metadata(out.join(path)).and_then(|data| data.modified());
    let before = time("src/lib.rs").expect("it has a time");
    let again = page::write(&out, &pages, &[]).expect("the disk takes it");
    assert_eq!((again.written.len(), again.unchanged), (0, pages.len()));
    assert_eq!(
        time("src/lib.rs").expect("it has a time"),
        before,
        "it was not touched"
    );
}

#[test]
fn tampering_is_reported_and_mended() {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let out = folder.path();
    let pages = pages();
    page::write(out, &pages, &[]).expect("the disk takes it");
    fs::write(out.join("src/lib.rs"), "//! Mine.\n").expect("it can be written");
    fs::remove_file(out.join("README.md")).expect("it can be removed");
    fs::create_dir_all(out.join("src/acme/old")).expect("it can be made");
    fs::write(out.join("src/acme/old/stray.rs"), "").expect("it can be written");
    fs::write(out.join("examples/stray.rs"), "").expect("it can be written");
    fs::write(out.join("notes.txt"), "mine").expect("it can be written");

    let difference = page::compare(out, &pages, &[]).expect("they can be read");
    assert_eq!(paths(&difference.missing), ["README.md"]);
    assert_eq!(paths(&difference.stale), ["src/lib.rs"]);
    assert_eq!(
        paths(&difference.left_over),
        ["examples/stray.rs", "src/acme/old/stray.rs"]
    );

    let written = page::write(out, &pages, &[]).expect("the disk takes it");
    assert_eq!(paths(&written.written), ["README.md", "src/lib.rs"]);
    assert_eq!(
        paths(&written.removed),
        ["examples/stray.rs", "src/acme/old/stray.rs"]
    );
    assert!(
        page::compare(out, &pages, &[])
            .expect("they can be read")
            .is_empty()
    );
    assert!(!out.join("src/acme").exists(), "empty folders go too");
    assert!(
        out.join("notes.txt").exists(),
        "what is outside of src and examples stays"
    );
}

#[test]
fn other_services_stay_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let out = folder.path();
    let pages = pages();
    page::write(out, &pages, &[]).expect("the disk takes it");
    let services: Vec<_> = pages
        .iter()
        .filter_map(|page| page.service.clone())
        .collect();
    let (one, other) = (&services[0], &services[services.len() - 1]);
    let file = |service: &str, name: &str| {
        out.join("src").join(service.replace('-', "_")).join(name)
    };
    for service in [one, other] {
        fs::write(file(service, "mod.rs"), "").expect("it can be written");
        fs::write(file(service, "stray.rs"), "").expect("it can be written");
    }
    fs::write(out.join("README.md"), "").expect("it can be written");

    let only = [one.clone()];
    let written = page::write(out, &pages, &only).expect("the disk takes it");
    assert_eq!(
        (written.written.len(), written.removed.len()),
        (1, 1),
        "{written:#?}"
    );
    assert!(!file(one, "stray.rs").exists() && file(other, "stray.rs").exists());
    let rest = page::compare(out, &pages, &[]).expect("they can be read");
    assert_eq!(
        (rest.stale.len(), rest.left_over.len()),
        (2, 1),
        "{rest:#?}"
    );
}

#[test]
fn a_folder_with_other_files_is_refused() {
    let folder = tempfile::tempdir().expect("a folder for a while");
    fs::write(folder.path().join("Cargo.toml"), "[package]\n")
        .expect("it can be written");
    let error = page::write(folder.path(), &pages(), &[]).expect_err("it is not ours");
    assert!(error.to_string().contains("not generated"), "{error}");
    assert!(!folder.path().join("src").exists(), "nothing was written");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().expect("a folder for a while");
    let (out, elsewhere) = (folder.path().join("crate"), folder.path().join("elsewhere"));
    let pages = pages();
    page::write(&out, &pages, &[]).expect("the disk takes it");
    fs::create_dir(&elsewhere).expect("it can be made");
    fs::write(elsewhere.join("mine.rs"), "mine").expect("it can be written");

    fs::remove_file(out.join("src/lib.rs")).expect("it can be removed");
    symlink(elsewhere.join("mine.rs"), out.join("src/lib.rs")).expect("it can be made");
    page::write(&out, &pages, &[]).expect("a link is replaced");
    assert_eq!(
        fs::read_to_string(elsewhere.join("mine.rs")).expect("it is there"),
        "mine"
    );

    symlink(&elsewhere, out.join("src/linked")).expect("it can be made");
    let error = page::write(&out, &pages, &[]).expect_err("it leads elsewhere");
    assert!(error.to_string().contains("linked"), "{error}");
    assert!(elsewhere.join("mine.rs").exists());
}

#[test]
fn the_command_tells_by_its_status() {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let out = folder.path().join("crate");
    let run = |more: &[&str]| {
        let mut line = vec!["yunspec".into(), "generate".into(), "--specs".into()];
        line.extend([root().join("specs").into_os_string(), "--out".into()]);
        line.push(out.clone().into_os_string());
        line.extend(more.iter().map(Into::into));
        format!("{:?}", yunspec::commands::run(line))
    };
    let status = |status: u8| format!("{:?}", ExitCode::from(status));
    assert_eq!(run(&["--check"]), status(1), "nothing is there yet");
    assert_eq!(run(&[]), status(0));
    assert_eq!(run(&["--check"]), status(0));
    assert_eq!(run(&["--only", "no/service"]), status(2));
    fs::write(out.join("Cargo.toml"), "[package]\n").expect("it can be written");
    assert_eq!(run(&[]), status(3), "it is not ours any more");
}
