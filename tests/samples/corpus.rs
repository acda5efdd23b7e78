//! The samples that providers publish, where they lie beside the workspace: those of a few
//! services, or all of them with `YUNSPEC_CORPUS=all`.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use tempfile::TempDir;
use yunspec::{commands, resolve};
use yunspec_tests::samples::judge::{self, Verdicts};

/// Services with many samples, and with the oddest ones.
const TENCENT: &str = "cam,cpdp,dayu,emr,teo,tke,vod";

/// Services of both styles, with many samples.
const ALIBABA: &str = "adb,ecd,elasticsearch,ga,live,ram";

/// Imports services from an archive and judges their samples; nothing where that cannot be.
fn judged(cloud: &str, parts: &[&str], only: &str) -> Option<Verdicts> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let archive = root.join(format!("../shared/corpus/{cloud}.tar.xz"));
    if !archive.is_file() {
        println!("skipped: ../shared is absent; it holds what the providers publish");
        return None;
    }
    let folder = TempDir::new().expect("a folder");
    let mut tar = Command::new("tar");
    tar.arg("-xJf").arg(&archive).arg("-C").arg(folder.path());
    let status = tar.args(parts).status();
    if !status.is_ok_and(|status| status.success()) {
        println!("skipped: tar cannot unpack the archive here");
        return None;
    }
    let source = folder.path().join(cloud);
    let specs = folder.path().join("specs");
    let (from, out) = (source.display().to_string(), specs.display().to_string());
    let mut line = vec!["yunspec", "import", cloud, &from, "--out", &out];
    let all = std::env::var_os("YUNSPEC_CORPUS").is_some_and(|which| which == "all");
    if !all {
        line.extend(["--only", only]);
    }
    let status = commands::run(line.into_iter().map(Into::into));
    assert_eq!(format!("{status:?}"), format!("{:?}", ExitCode::SUCCESS));
    let model = resolve(&specs).expect("imported specs have no errors");
    let start = Instant::now();
    let mut verdicts = Verdicts::default();
    for provider in &model.providers {
        for service in &provider.services {
            let protocol = judge::protocol(service).expect("a known protocol");
            let sources = std::slice::from_ref(&source);
            let samples = judge::published(&provider.id, sources, service)
                .expect("the samples can be read");
            verdicts.merge(judge::judge(provider, service, protocol, &samples));
        }
    }
    println!("{}judged in {:?}", verdicts.text(), start.elapsed());
    Some(verdicts)
}

/// How many of 10,000 answers in JSON fit.
fn share(verdicts: &Verdicts) -> usize {
    assert!(verdicts.responses.clean() > 500, "there are samples");
    verdicts.responses.fit() * 10_000 / verdicts.responses.clean()
}

#[test]
fn the_samples_of_tencent_cloud_fit() {
    let parts = ["tencent/api", "tencent/errors"];
    let Some(verdicts) = judged("tencent", &parts, TENCENT) else {
        return;
    };
    let lines = &verdicts.responses.lines;
    assert!(share(&verdicts) >= 9_920, "{lines:#?}");
    for requests in [&verdicts.bodies, &verdicts.addresses] {
        assert!(
            requests.exact > 50 && requests.fails.is_empty(),
            "{requests:#?}"
        );
        let left_out = requests.all() - requests.clean();
        assert!(left_out * 10 < requests.all(), "{:#?}", requests.lines);
    }
    assert!(verdicts.strays.is_empty(), "{:#?}", verdicts.strays);
}

#[test]
fn the_samples_of_alibaba_cloud_fit() {
    let Some(verdicts) = judged("alibaba", &["alibaba"], ALIBABA) else {
        return;
    };
    let lines = &verdicts.responses.lines;
    assert!(share(&verdicts) >= 9_940, "{lines:#?}");
}
