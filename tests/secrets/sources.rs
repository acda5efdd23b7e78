//! Sources of credentials: what they show of themselves, and why they fail.

use std::sync::Arc;

use tempfile::TempDir;
use yunspec_runtime::credentials::{
    Cached, Chain, CliProfile, CredentialsUri, Environment, ExternalProcess, Metadata,
    Profile, Surroundings,
};
use yunspec_runtime::test_util::{Answer, Recorded};
use yunspec_runtime::{CredentialsSource, Protocol};

use crate::watch::{CANARY, Watch};

const PROTOCOLS: [Protocol; 3] = [
    Protocol::ACS_RPC,
    Protocol::TC3_JSON,
    Protocol::SDK_HMAC_REST,
];

pub(crate) async fn all(watch: &mut Watch) {
    let folder = TempDir::new().expect("a place for files");
    for (number, content) in contents().into_iter().enumerate() {
        let file = folder.path().join(number.to_string());
        std::fs::write(&file, &content).expect("the file is ours");
        let around = surroundings(&folder, &content);
        for protocol in PROTOCOLS {
            let profile = Profile::of(protocol)
                .file(&file)
                .surroundings(around.clone());
            watch.debug("Profile", &profile);
            fails(watch, "Profile", &profile).await;
            let metadata = Metadata::of(protocol).surroundings(around.clone());
            watch.debug("Metadata", &metadata);
            fails(watch, "Metadata", &metadata).await;
        }
        fails(
            watch,
            "CliProfile",
            &CliProfile::new().file(&file).surroundings(around.clone()),
        )
        .await;
        let url = format!("http://localhost/?token={CANARY}");
        let uri = CredentialsUri::new(url).surroundings(around.clone());
        watch.debug("CredentialsUri", &uri);
        fails(watch, "CredentialsUri", &uri).await;
        let chain = Chain::new().with(uri);
        fails(watch, "Chain", &Cached::new(chain)).await;
    }
    for command in [
        format!("/no/such {CANARY}"),
        format!("false {CANARY}"),
        format!("'{CANARY}"),
    ] {
        let process = ExternalProcess::new(command);
        watch.debug("ExternalProcess", &process);
        fails(watch, "ExternalProcess", &process).await;
    }
    environment(watch);
}

/// What no file and no answer should hold.
fn contents() -> Vec<String> {
    vec![
        format!("{CANARY} {CANARY}"),
        format!("[{CANARY}"),
        format!("[default]\n{CANARY}\n{CANARY}={CANARY}"),
        format!("{{\"current\":\"{CANARY}"),
        format!("{{\"current\":\"a\",\"profiles\":\"{CANARY}\"}}"),
        format!("{{\"AccessKeyId\":[\"{CANARY}\"],\"Code\":\"Success\"}}"),
        format!(
            "{{\"AccessKeyId\":\"{CANARY}\\n\",\"AccessKeySecret\":\"{CANARY}\\u0000\"}}"
        ),
        format!("<html>{CANARY}</html>"),
    ]
}

/// A home without profiles, and a network where every server answers with this content.
fn surroundings(folder: &TempDir, content: &str) -> Surroundings {
    let answers = (0..64).map(|_| Answer::new(200).body(content.to_owned()));
    Surroundings::with_lookup(|_| None)
        .home(folder.path())
        .transport(Arc::new(Recorded::new(answers)))
}

async fn fails(watch: &mut Watch, place: &str, source: &dyn CredentialsSource) {
    match source.credentials().await {
        Ok(credentials) => watch.debug(place, &credentials),
        Err(error) => watch.error(place, &error),
    }
}

fn environment(watch: &mut Watch) {
    for value in [
        format!("{CANARY}\u{1}"),
        format!("{CANARY}\u{ff21}"),
        String::new(),
    ] {
        for protocol in PROTOCOLS {
            let value = value.clone();
            let environment =
                Environment::with_lookup(protocol, move |_| Some(value.clone()));
            watch.debug("Environment", &environment);
            match environment.credentials() {
                Ok(credentials) => watch.debug("Environment", &credentials),
                Err(error) => watch.error("Environment", &error),
            }
        }
    }
}
