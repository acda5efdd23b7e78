//! Any profile file, read as each of the formats: keys or one quiet line, and nothing is run.

use std::cell::OnceCell;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use tempfile::TempDir;
use tokio::runtime::Runtime;
use yunspec_runtime::credentials::{CliProfile, Profile, Surroundings};
use yunspec_runtime::test_util::{Answer, Recorded};
use yunspec_runtime::{CredentialsSource, Protocol, Stamp};

use super::CANARY;

/// The keys whose values are secret, in one format or another.
const SECRETS: [&str; 8] = [
    "access_key_secret",
    "secret_key",
    "security_token",
    "sk",
    "sts_token",
    "token",
    "secret",
    "process_command",
];

/// Reads the bytes as a profile file. `KEY`, where a secret has its place, becomes one.
///
/// # Panics
/// Where a reader shows a secret.
pub fn profile(data: &[u8]) {
    let data = match std::str::from_utf8(data) {
        // A secret elsewhere would be none.
        Ok(text) if text.contains(CANARY) => return,
        Ok(text) => with_secrets(text).into_bytes(),
        Err(_) => data.to_vec(),
    };
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(home).path();
        let file = folder.join("profile");
        fs::write(&file, &data).expect("the folder is ours");
        for protocol in [
            Protocol::ACS_RPC,
            Protocol::TC3_JSON,
            Protocol::SDK_HMAC_REST,
        ] {
            let profile = Profile::of(protocol).surroundings(around(folder));
            judge(&profile.clone().file(&file));
            judge(&profile.file(&file).name("other"));
        }
        let profile = CliProfile::new().surroundings(around(folder));
        judge(&profile.file(&file).name("default"));
    });
}

fn judge(source: &impl CredentialsSource) {
    let found = RUNTIME.with(|runtime| runtime.block_on(source.credentials()));
    quiet(&format!("{found:?}"));
    if let Err(error) = found {
        let line = error.to_string();
        quiet(&line);
        assert!(!line.contains(char::is_control), "{line:?}");
    }
}

fn quiet(shown: &str) {
    assert!(!shown.contains(CANARY), "shows a secret: {shown}");
}

/// The text with a secret for each `KEY` behind the name of one: `"sk": "KEY"` where the text
/// begins like JSON, `sk = KEY` elsewhere.
fn with_secrets(text: &str) -> String {
    if !text.trim_start().starts_with('{') {
        let secret = |line: &str| {
            let key = line.split('=').next().unwrap_or_default().trim();
            SECRETS.contains(&key)
        };
        let with = |line: &str| line.replace("KEY", CANARY);
        let lines = text.split_inclusive('\n').map(|line| {
            if secret(line) {
                with(line)
            } else {
                line.to_owned()
            }
        });
        return lines.collect();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("KEY") {
        out.push_str(before);
        out.push_str(if is_value(before) { CANARY } else { "KEY" });
        rest = after;
    }
    out + rest
}

/// Whether a text ends where the value of a secret member begins: `"sk": "`.
fn is_value(before: &str) -> bool {
    let name = || {
        let rest = before.strip_suffix('"')?.trim_end();
        let rest = rest.strip_suffix(':')?.trim_end().strip_suffix('"')?;
        rest.rsplit('"').next()
    };
    name().is_some_and(|name| SECRETS.contains(&name))
}

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
    static RUNTIME: Runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime can be built");
}

/// A folder in which only the owner can read the profile.
fn home() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("profile");
    fs::write(&file, "").expect("the folder is ours");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let own = fs::Permissions::from_mode(0o600);
        fs::set_permissions(file, own).expect("the file is ours");
    }
    folder
}

/// No variables but the one that keeps programs from being run, and a network that refuses.
fn around(home: &Path) -> Surroundings {
    let lookup = |name: &str| {
        (name == "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS").then(|| "true".to_owned())
    };
    let refusal = || Answer::new(403).body("{}");
    let network = Recorded::new((0..16).map(|_| refusal()));
    let stamp = || Stamp {
        time: UNIX_EPOCH + Duration::from_secs(1_767_323_045),
        nonce: "9f5a4d3c2b1e40718d6c5b4a39281706".to_owned(),
    };
    Surroundings::with_lookup(lookup)
        .home(home)
        .stamp(stamp)
        .transport(Arc::new(network))
}
