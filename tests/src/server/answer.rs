//! What the server answers, and how it misbehaves.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::thread;
use std::time::Duration;

/// One answer of the script.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    head: String,
    body: Vec<u8>,
    delay: Duration,
    drip: Option<(usize, Duration)>,
    fault: Option<Fault>,
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    /// Sends so many bytes of the answer, then ends the connection.
    Truncate(usize),
    /// Sends so many bytes of the answer, then nothing more.
    Stall(usize),
    Reset,
}

/// What becomes of the connection.
pub(super) enum After {
    KeepAlive,
    Close,
    Stall,
}

impl Answer {
    /// An answer with this status and an empty body.
    pub fn new(status: u16) -> Self {
        Self {
            head: format!("HTTP/1.1 {status} Status\r\n"),
            ..Self::default()
        }
    }

    /// These bytes and nothing else, then the end of the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        let body = bytes.into();
        Self {
            fault: Some(Fault::Truncate(body.len())),
            body,
            ..Self::default()
        }
    }

    /// Takes the request and never answers.
    pub fn stall() -> Self {
        Self {
            fault: Some(Fault::Stall(0)),
            ..Self::default()
        }
    }

    /// Takes the request and ends the connection without an answer.
    pub fn hang_up() -> Self {
        Self::raw("")
    }

    /// Resets the connection when the request is there.
    pub fn reset() -> Self {
        Self {
            fault: Some(Fault::Reset),
            ..Self::default()
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let _ = write!(self.head, "{name}: {value}\r\n");
        self
    }

    /// Sets the body; `Content-Length` is added.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Waits before the first byte.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sends the body in pieces of `size` bytes with a pause before each.
    pub fn drip(mut self, size: usize, pause: Duration) -> Self {
        self.drip = Some((size, pause));
        self
    }

    /// Announces the whole body, sends `length` bytes of it, and ends the connection.
    pub fn truncate(mut self, length: usize) -> Self {
        self.fault = Some(Fault::Truncate(length));
        self
    }

    /// Announces the whole body, sends `length` bytes of it, and nothing more.
    pub fn stall_after(mut self, length: usize) -> Self {
        self.fault = Some(Fault::Stall(length));
        self
    }

    /// The answer after the end of the script.
    pub(super) fn unscripted() -> Self {
        Self::new(501).body("no answer is left in the script")
    }

    pub(super) fn resets(&self) -> bool {
        matches!(self.fault, Some(Fault::Reset))
    }

    /// Sends the answer as far as it is to be sent.
    pub(super) fn write(&self, stream: &mut impl Write) -> io::Result<After> {
        thread::sleep(self.delay);
        let (length, after) = match self.fault {
            None => (self.body.len(), After::KeepAlive),
            Some(Fault::Truncate(length)) => (length, After::Close),
            Some(Fault::Stall(length)) => (length, After::Stall),
            Some(Fault::Reset) => (0, After::Close),
        };
        if !self.head.is_empty() {
            let length = self.body.len();
            write!(stream, "{}Content-Length: {length}\r\n\r\n", self.head)?;
        }
        let body = &self.body[..length.min(self.body.len())];
        let (size, pause) = self.drip.unwrap_or((body.len().max(1), Duration::ZERO));
        for piece in body.chunks(size) {
            thread::sleep(pause);
            stream.write_all(piece)?;
            stream.flush()?;
        }
        Ok(after)
    }
}
