//! `yunspec call`: a call straight from the spec, or what it would send.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use serde_json::Value as Json;
use yunspec_runtime::{Signing, Timestamp};

use super::{Failure, load_model};
use crate::call::{self, CallError, Settings};
use crate::show;

/// What to call, with what, and how.
#[derive(Debug, Args)]
pub struct Arguments {
    /// `provider/service/Operation`.
    operation: String,
    /// The request as JSON, or `@FILE`; `@-` reads standard input.
    #[arg(long, value_name = "JSON|@FILE", default_value = "{}")]
    input: String,
    /// The region.
    #[arg(long)]
    region: Option<String>,
    /// Another host: `https://host[:port]`, or `http://` on this machine.
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// Print what would be sent and signed, and send nothing. It holds the signature and
    /// any security token: keep it to yourself.
    #[arg(long)]
    dry_run: bool,
    /// The time of signing, as RFC 3339.
    #[arg(long, value_name = "TIME")]
    timestamp: Option<String>,
    /// The nonce of the signature.
    #[arg(long)]
    nonce: Option<String>,
    /// Which of the provider's signatures to use.
    #[arg(long, value_enum, default_value = "standard")]
    signature: SignatureName,
    /// The language of error messages, where the provider takes one.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Send what the documented rules refuse, and leave out what they require.
    #[arg(long)]
    no_validate: bool,
    /// Allow `http://` to other machines too.
    #[arg(long)]
    allow_http: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SignatureName {
    Standard,
    Sm3,
    HmacSha1,
    Derived,
}

/// Makes the call and prints the response, or prints the signed request.
///
/// # Errors
/// [`Failure`] with the exit code that belongs to it.
pub fn run(arguments: &Arguments, specs: &Path) -> Result<ExitCode, Failure> {
    let model = load_model(specs)?;
    let shown = show::find(&model, &arguments.operation)
        .map_err(|known| Failure::no_operation(&arguments.operation, &known))?;
    let input = read_input(&arguments.input)?;
    let lookup = |name: &str| std::env::var(name).ok();
    let ready =
        call::ready(shown, &input, settings(arguments)?, lookup).map_err(failure)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::internal(error.to_string()))?;
    let printed = runtime.block_on(async {
        if arguments.dry_run {
            ready.dry_run().await
        } else {
            ready.send().await
        }
    });
    super::print(&format!("{:#}", printed.map_err(failure)?))?;
    Ok(ExitCode::SUCCESS)
}

fn settings(arguments: &Arguments) -> Result<Settings, Failure> {
    Ok(Settings {
        region: arguments.region.clone(),
        endpoint: arguments.endpoint.clone(),
        allow_http: arguments.allow_http,
        time: arguments.timestamp.as_deref().map(time).transpose()?,
        nonce: arguments.nonce.clone(),
        signing: arguments.signature.into(),
        language: arguments.language.clone(),
        unchecked: arguments.no_validate,
    })
}

fn failure(error: CallError) -> Failure {
    match error {
        CallError::Input(why) => Failure::usage(why),
        CallError::Failed(why) => Failure::finding(why),
    }
}

fn read_input(input: &str) -> Result<Json, Failure> {
    let text = match input.strip_prefix('@') {
        None => input.to_owned(),
        Some("-") => std::io::read_to_string(std::io::stdin())
            .map_err(|error| Failure::io(format!("standard input: {error}")))?,
        Some(file) => std::fs::read_to_string(file)
            .map_err(|error| Failure::io(format!("{file}: {error}")))?,
    };
    serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("--input: {error}")))
}

fn time(text: &str) -> Result<SystemTime, Failure> {
    Timestamp::from(text).to_system_time().ok_or_else(|| {
        Failure::usage(format!(
            "--timestamp {text:?} is no RFC 3339 time such as 2026-01-02T03:04:05Z"
        ))
    })
}

impl From<SignatureName> for Signing {
    fn from(name: SignatureName) -> Self {
        match name {
            SignatureName::Standard => Self::Standard,
            SignatureName::Sm3 => Self::Sm3,
            SignatureName::HmacSha1 => Self::HmacSha1,
            SignatureName::Derived => Self::Derived,
        }
    }
}
