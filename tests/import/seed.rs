//! The operation that is transcribed by hand, beside what its metadata say.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// Each difference between the page and the metadata, and why there is one: key path, what
/// the page says, what the metadata say.
const EXPECTED: [(&str, &str, &str, &str); 3] = [
    (
        "errors",
        "",
        "FailedOperation.ExistHighRiskOperations",
        "the page is older than the code; its gap at `errors` names it",
    ),
    (
        "errors",
        "",
        "FailedOperation.Unmodifiable",
        "the page is older than the code; its gap at `errors` names it",
    ),
    (
        "errors",
        "",
        "InvalidParameter",
        "a common code, which the page does not list; it is in provider.yaml",
    ),
];

#[test]
fn the_metadata_agree_with_the_transcribed_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let archive = root.join("../shared/corpus/tencent.tar.xz");
    if !archive.is_file() {
        println!("skipped: ../shared is absent; it holds what the provider publishes");
        return;
    }
    let source = TempDir::new().expect("a folder");
    let mut tar = Command::new("tar");
    tar.arg("-xJf").arg(&archive).arg("-C").arg(source.path());
    let status = tar
        .args(["tencent/api/cam", "tencent/errors/cam.v20190116.json"])
        .status();
    if !status.is_ok_and(|status| status.success()) {
        println!("skipped: tar cannot unpack the archive here");
        return;
    }
    let specs = TempDir::new().expect("a folder");
    let folder = specs.path().join("tencent/cam");
    fs::create_dir_all(&folder).expect("writable");
    for name in ["UpdateUser.yaml", "service.yaml"] {
        let by_hand = root.join("specs/tencent/cam").join(name);
        fs::copy(by_hand, folder.join(name)).expect("the seed exists");
    }
    let options = crate::options("2026-01-02");
    let report = crate::run(&source.path().join("tencent"), specs.path(), &options);
    let kept = ["tencent/cam/service.yaml", "tencent/cam/UpdateUser.yaml"];
    assert_eq!(report.kept, kept);
    println!("{}", report.text());
    for (at, page, metadata, why) in EXPECTED {
        println!("expected: {at}: `{page}` and `{metadata}`: {why}");
    }
    let found: Vec<_> = report
        .conflicts
        .iter()
        .map(|one| {
            (
                one.at.as_str(),
                one.file_says.as_str(),
                one.source_says.as_str(),
            )
        })
        .collect();
    let expected = EXPECTED.map(|(at, page, metadata, _)| (at, page, metadata));
    assert_eq!(found, expected);
}
