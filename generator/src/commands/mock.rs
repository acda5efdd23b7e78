//! `yunspec mock`: a stand-in of the clouds on this machine.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::{Failure, load_model};
use crate::mock::{Mock, Settings};

/// Where to listen, and for how long.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The port on 127.0.0.1; 0 takes one that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// End after so many calls.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    requests: Option<u64>,
    /// End after so many seconds.
    #[arg(long, value_name = "N", default_value_t = 3600)]
    seconds: u32,
    /// Accept the keys `id` and `secret` too, with the project `project_id`.
    #[arg(long)]
    any_credentials: bool,
}

/// Prints address and credentials as lines for a shell, and answers until the end.
///
/// # Errors
/// Findings of the specs; status 3 where the port is taken.
pub fn run(arguments: &Arguments, specs: &Path) -> Result<ExitCode, Failure> {
    let model = load_model(specs)?;
    let settings = Settings {
        port: arguments.port,
        any_credentials: arguments.any_credentials,
        requests: arguments.requests,
        lasting: Duration::from_secs(arguments.seconds.into()),
        ..Settings::default()
    };
    let port = arguments.port;
    let mock = Mock::start(model, &settings)
        .map_err(|error| Failure::io(format!("127.0.0.1:{port}: {error}")))?;
    super::print(&mock.exports())?;
    mock.wait();
    Ok(ExitCode::SUCCESS)
}
