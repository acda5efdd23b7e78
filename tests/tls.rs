//! TLS over a loopback socket, and how long a client tries to connect.

#[path = "tls/connect.rs"]
mod connect;
#[path = "tls/handshake.rs"]
mod handshake;
#[path = "tls/peer.rs"]
mod peer;

use std::time::Duration;

use yun_sdk::tencent::cam::{Client, UpdateUserError, UpdateUserRequest};
use yun_sdk::{Config, Credentials, Error, Timeouts};
use yunspec_runtime::Retries;

/// How long a client tries to connect.
const CONNECT: Duration = Duration::from_millis(400);
const LONG: Duration = Duration::from_secs(20);

/// Settings for a host and port on this machine.
fn config(scheme: &str, address: &str) -> Config {
    Config::new(Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE"))
        .endpoint(format!("{scheme}://{address}"))
        .allow_http(scheme == "http")
        .retries(Retries::none())
        .timeouts(Timeouts {
            connect: CONNECT,
            attempt: LONG,
            call: LONG,
        })
}

/// Makes one call; the request id that comes back.
async fn call(config: Config) -> Result<String, Error<UpdateUserError>> {
    let cam = Client::new(config).expect("the settings are sound");
    let response = cam.update_user(UpdateUserRequest::new("a")).await?;
    Ok(response.into_inner().request_id)
}
