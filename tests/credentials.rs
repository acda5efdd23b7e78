//! Every source of credentials, against loopback stand-ins of what it asks and a home
//! directory of its own: what it reads, how it fails, and that no failure shows a secret.

#[path = "credentials/cache.rs"]
mod cache;
#[path = "credentials/chain.rs"]
mod chain;
#[path = "credentials/cli_profile.rs"]
mod cli_profile;
#[path = "credentials/common.rs"]
mod common;
#[path = "credentials/door.rs"]
mod door;
#[path = "credentials/federation.rs"]
mod federation;
#[path = "credentials/hostile.rs"]
mod hostile;
#[path = "credentials/metadata.rs"]
mod metadata;
#[cfg(unix)]
#[path = "credentials/process.rs"]
mod process;
#[path = "credentials/profile.rs"]
mod profile;
#[path = "credentials/renewed.rs"]
mod renewed;
#[path = "credentials/roles.rs"]
mod roles;
#[path = "credentials/uri.rs"]
mod uri;
