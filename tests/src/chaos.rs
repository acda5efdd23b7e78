//! A server in a process of its own that misbehaves as each request asks it to, and the
//! handle by which a test starts and stops it.
//!
//! The id of the user that a request changes says what comes back: [`Plan`] writes it, the
//! server reads it. So a test knows what to expect of each call, and the server's memory and
//! time are not the client's.

mod answer;
mod plan;
mod serve;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

pub use plan::{Act, Api, Plan};
pub use serve::serve;

/// What the server has seen by its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The connections that it took.
    pub connections: u64,
    /// The requests that came over them.
    pub requests: u64,
    /// Requests that ask for a compressed answer.
    pub encodings: u64,
}

/// A running server. It ends with this handle, with the process that holds it, after the most
/// requests that it was told, and in any case after half an hour.
#[derive(Debug)]
pub struct Chaos {
    child: Child,
    output: BufReader<ChildStdout>,
    url: String,
}

impl Chaos {
    /// Starts the program `chaos` of this package, which ends after so many requests.
    ///
    /// # Panics
    /// Where the program does not start.
    pub fn start(program: &str, most_requests: u64) -> Self {
        let mut child = Command::new(program)
            .arg(most_requests.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let output = child.stdout.take().expect("it is piped");
        let mut chaos = Self {
            child,
            output: BufReader::new(output),
            url: String::new(),
        };
        chaos.url = format!("http://{}", chaos.line());
        chaos
    }

    /// `http://127.0.0.1` with the port, for `Config::endpoint`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops the server and asks what it has seen.
    ///
    /// # Panics
    /// Where it had stopped by itself.
    pub fn stop(mut self) -> Seen {
        drop(self.child.stdin.take());
        let line = self.line();
        let mut numbers = line.split(' ').map(str::parse::<u64>);
        let mut next = || {
            let number = numbers.next().and_then(Result::ok);
            number.unwrap_or_else(|| panic!("the server ended with {line:?}"))
        };
        Seen {
            connections: next(),
            requests: next(),
            encodings: next(),
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let read = self.output.read_line(&mut line);
        read.expect("the server's output is text");
        line.trim_end().to_owned()
    }
}

impl Drop for Chaos {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
