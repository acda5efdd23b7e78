//! A stand-in of the clouds on this machine, driven by the specs: it verifies signatures
//! with invented credentials, holds requests against the documented rules, and answers
//! with the documented samples, or with a documented error on request.
//!
//! | path | what it does |
//! |---|---|
//! | `POST /_mock/next` | sets the answer of the next call of an operation |
//! | `GET /_mock/calls` | lists the calls that came, and why one was refused |
//! | any other | is a call |

mod answer;
mod authorization;
mod desk;
mod fault;
mod http;
mod keys;
mod members;
mod multipart;
mod repeat;
mod route;
mod server;
mod verify;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use yunspec_runtime::Stamp;

use crate::model::Model;
use desk::Desk;
use server::Server;

/// How a stand-in behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Whether the keys `id` and `secret`, with the project `project_id`, are good too.
    pub any_credentials: bool,
    /// It ends after so many calls.
    pub requests: Option<u64>,
    /// It ends after so long.
    pub lasting: Duration,
    /// Where the time and the request ids come from.
    pub stamp: fn() -> Stamp,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            port: 0,
            any_credentials: false,
            requests: None,
            lasting: Duration::from_secs(3600),
            stamp: Stamp::now,
        }
    }
}

/// A running stand-in; it ends when it is dropped.
pub struct Mock {
    address: SocketAddr,
    desk: Arc<Desk>,
    server: Server,
    thread: Option<JoinHandle<()>>,
}

impl Mock {
    /// Starts to listen on 127.0.0.1.
    ///
    /// # Errors
    /// [`io::Error`] where the port is taken.
    pub fn start(model: Model, settings: &Settings) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, settings.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk::new(model, settings));
        let server = Server::new(Arc::clone(&desk), settings);
        let accepting = server.clone();
        let thread = std::thread::Builder::new()
            .name("mock".to_owned())
            .spawn(move || accepting.accept(&listener))?;
        Ok(Self {
            address,
            desk,
            server,
            thread: Some(thread),
        })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What a program's environment needs to call it, as lines for a shell: a comment with
    /// the URL, then `export NAME=value` for endpoint, credentials, projects and regions.
    pub fn exports(&self) -> String {
        let url = self.url();
        let mut lines = vec![
            format!("# yunspec mock listens on {url}"),
            format!("export YUN_ENDPOINT={url}"),
        ];
        let export = |(name, value)| format!("export {name}={value}");
        lines.extend(self.variables().into_iter().map(export));
        let token = |(provider, token)| format!("# {provider}: X-Auth-Token: {token}");
        lines.extend(self.desk.tokens().into_iter().map(token));
        lines.join("\n") + "\n"
    }

    /// The environment variables of each provider: the credentials that are good, and a
    /// region.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        self.desk.variables()
    }

    /// Waits until its time or its number of calls is over.
    pub fn wait(mut self) {
        self.join();
    }

    /// Ends it; calls in flight are answered.
    pub fn stop(self) {
        drop(self);
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing more to say.
            let _ = thread.join();
        }
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.server.stop();
        self.join();
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Why a call is not accepted, in the provider's terms.
#[derive(Clone, Debug)]
struct Refusal {
    /// The HTTP status, where the protocol does not say 200 for everything.
    status: u16,
    /// The code; absent where the page lists only a status.
    code: Option<String>,
    message: String,
}

impl Refusal {
    fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: Some(code.to_owned()),
            message: message.into(),
        }
    }
}
