//! What Tencent Cloud publishes, where it lies beside the workspace: every service of a
//! sample, or all of them with `YUNSPEC_CORPUS=all`, is imported and checked.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use tempfile::TempDir;
use yunspec::diagnostic::Severity;
use yunspec::{check, load};

/// The largest services, and the oddest: twins of names, several versions, structures that
/// hold themselves.
const SAMPLE: [&str; 12] = [
    "antiddos", "cam", "cdwpg", "cngw", "dayu", "dnspod", "monitor", "oceanus", "teo",
    "tke", "vod", "waf",
];

#[test]
fn the_published_services_import_without_an_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let archive = root.join("../shared/corpus/tencent.tar.xz");
    if !archive.is_file() {
        println!("skipped: ../shared is absent; it holds what the provider publishes");
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let mut tar = Command::new("tar");
    tar.arg("-xJf").arg(&archive).arg("-C").arg(folder.path());
    let status = tar.args(["tencent/api", "tencent/errors"]).status();
    if !status.is_ok_and(|status| status.success()) {
        println!("skipped: tar cannot unpack the archive here");
        return;
    }
    let all = std::env::var_os("YUNSPEC_CORPUS").is_some_and(|which| which == "all");
    let mut options = crate::options("2026-01-02");
    if !all {
        options.only = SAMPLE.map(str::to_owned).to_vec();
    }
    let specs = TempDir::new().expect("a folder");
    let start = Instant::now();
    let report = crate::run(&folder.path().join("tencent"), specs.path(), &options);
    println!("imported in {:?}\n{}", start.elapsed(), report.text());
    assert!(
        report.operations > 0,
        "the archive holds services of the sample"
    );
    let start = Instant::now();
    let found = check::findings(&load::read(specs.path()));
    let mut rules: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    for finding in &found {
        *rules
            .entry((finding.severity == Severity::Error, finding.rule))
            .or_default() += 1;
    }
    println!("checked in {:?}", start.elapsed());
    for ((error, rule), count) in &rules {
        println!(
            "{count:>8} {rule}{}",
            if *error { ", an error" } else { "" }
        );
    }
    let errors: Vec<_> = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .take(5)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
