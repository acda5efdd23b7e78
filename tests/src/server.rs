//! An HTTP/1.1 server on the loopback interface that answers by a script and records every
//! request byte for byte.
//!
//! ```no_run
//! use yunspec_tests::server::{Answer, Server};
//!
//! let server = Server::start([Answer::new(200).body("{}"), Answer::stall()]);
//! // … let a client call server.url() …
//! assert_eq!(server.requests().len(), 2);
//! ```
//!
//! It is bounded: one answer per request, at most [`MAX_REQUEST`] bytes a request, and no
//! connection outlives [`MAX_WAIT`] of silence. Dropping it closes every connection.

mod answer;
mod request;

use std::collections::VecDeque;
use std::io::{self, Read as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use answer::After;
pub use answer::Answer;
pub use request::{MAX_REQUEST, Recorded};

/// How long a connection may be silent before the server gives it up.
pub const MAX_WAIT: Duration = Duration::from_secs(30);

/// A running server; it stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    stop: AtomicBool,
    script: Mutex<VecDeque<Answer>>,
    requests: Mutex<Vec<Recorded>>,
    connections: Mutex<Vec<TcpStream>>,
}

impl Server {
    /// Starts a server that gives these answers, in this order, over all connections. When
    /// they are used up it answers 501.
    ///
    /// # Panics
    /// Where the loopback interface has no free port.
    pub fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let script = Mutex::new(answers.into_iter().collect());
        let shared = Arc::new(Shared {
            script,
            ..Shared::default()
        });
        let acceptor = thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.accept(&listener)
        });
        Self {
            address,
            shared,
            acceptor: Some(acceptor),
        }
    }

    /// `127.0.0.1` with the port.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// `http://127.0.0.1` with the port, for `Config::endpoint`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far, in the order in which they were complete.
    pub fn requests(&self) -> Vec<Recorded> {
        locked(&self.shared.requests).clone()
    }

    /// The one request so far.
    ///
    /// # Panics
    /// Where there was none, or more than one.
    pub fn request(&self) -> Recorded {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "one request was expected");
        requests.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // Wakes the acceptor, which waits for a connection.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
        for connection in locked(&self.shared.connections).drain(..) {
            let _ = connection.shutdown(Shutdown::Both);
        }
    }
}

impl Shared {
    fn accept(self: Arc<Self>, listener: &TcpListener) {
        for (number, connection) in listener.incoming().enumerate() {
            let Ok(stream) = connection else { return };
            if self.stop.load(Ordering::SeqCst) {
                return;
            }
            if let Ok(copy) = stream.try_clone() {
                locked(&self.connections).push(copy);
            }
            let shared = Arc::clone(&self);
            thread::spawn(move || {
                let _ = shared.serve(stream, number);
            });
        }
    }

    /// Answers request after request until one side ends the connection.
    fn serve(&self, mut stream: TcpStream, connection: usize) -> io::Result<()> {
        stream.set_read_timeout(Some(MAX_WAIT))?;
        stream.set_write_timeout(Some(MAX_WAIT))?;
        stream.set_nodelay(true)?;
        while let Some(request) = Recorded::peek(&stream, connection)? {
            let length = request.raw.len();
            locked(&self.requests).push(request);
            let answer = locked(&self.script)
                .pop_front()
                .unwrap_or_else(Answer::unscripted);
            if answer.resets() {
                // Bytes that nobody read make the system send RST in place of FIN.
                self.forget(&stream);
                return Ok(());
            }
            stream.read_exact(&mut vec![0; length])?;
            match answer.write(&mut stream)? {
                After::KeepAlive => {}
                After::Close => {
                    return stream.shutdown(Shutdown::Both);
                }
                After::Stall => {
                    // Until the client hangs up, the server is dropped, or MAX_WAIT.
                    let _ = stream.read(&mut [0]);
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Drops the copy of a connection, which would keep it open.
    fn forget(&self, stream: &TcpStream) {
        let peer = stream.peer_addr().ok();
        locked(&self.connections).retain(|other| other.peer_addr().ok() != peer);
    }
}

/// The value of a mutex, also after a test thread panicked with it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
