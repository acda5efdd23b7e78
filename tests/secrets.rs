//! The canary: marked secrets go through every type, error, panic and log line that a program
//! may show, and none of them shows one.
//!
//! One output is excepted, for it is made to be compared with what a provider's own tools
//! sign: `yunspec call --dry-run` prints the request as it would leave, with its token. Its
//! help says so. A service's own message is shown to the letter, as `ServiceError` documents.

#[path = "secrets/errors.rs"]
mod errors;
#[path = "secrets/sources.rs"]
mod sources;
#[path = "secrets/types.rs"]
mod types;
#[path = "secrets/watch.rs"]
mod watch;

use watch::Watch;

#[tokio::test]
async fn nothing_shows_a_secret() {
    let mut watch = Watch::start();
    types::all(&mut watch).await;
    errors::all(&mut watch).await;
    sources::all(&mut watch).await;
    watch.logs();
    watch.finish();
}
