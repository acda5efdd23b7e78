//! Connections: one thread each, all of them bounded.

use std::io::{self, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::Settings;
use super::desk::Desk;
use super::http::{Incoming, NoRequest, Reply};

/// The most connections at a time.
const CONNECTION_LIMIT: usize = 64;
/// How long a request may take to come, counted from the last answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a thread that waits looks whether the end has come.
const TICK: Duration = Duration::from_millis(50);
/// How often the listener looks for a connection.
const ACCEPT_TICK: Duration = Duration::from_millis(2);

/// What all threads share.
#[derive(Clone)]
pub(super) struct Server(Arc<Shared>);

struct Shared {
    desk: Arc<Desk>,
    limit: u64,
    lasting: Duration,
    stopped: AtomicBool,
    connections: AtomicUsize,
    admitted: AtomicU64,
    answered: AtomicU64,
}

impl Server {
    pub(super) fn new(desk: Arc<Desk>, settings: &Settings) -> Self {
        Self(Arc::new(Shared {
            desk,
            limit: settings.requests.unwrap_or(u64::MAX),
            lasting: settings.lasting,
            stopped: AtomicBool::new(false),
            connections: AtomicUsize::new(0),
            admitted: AtomicU64::new(0),
            answered: AtomicU64::new(0),
        }))
    }

    pub(super) fn stop(&self) {
        self.0.stopped.store(true, Ordering::SeqCst);
    }

    /// Accepts connections until the end, and waits a moment for those that are open.
    pub(super) fn accept(&self, listener: &TcpListener) {
        let start = Instant::now();
        while !self.0.is_over() && start.elapsed() < self.0.lasting {
            match listener.accept() {
                Ok((stream, _)) => self.open(stream),
                Err(_) => std::thread::sleep(ACCEPT_TICK),
            }
        }
        self.stop();
        let last = Instant::now();
        while self.0.connections.load(Ordering::SeqCst) > 0 && last.elapsed() < 20 * TICK
        {
            std::thread::sleep(ACCEPT_TICK);
        }
    }

    fn open(&self, mut stream: TcpStream) {
        let place = Place::take(&self.0);
        if self.0.connections.load(Ordering::SeqCst) > CONNECTION_LIMIT {
            // The other side sees the connection close if not the answer.
            let _ = refused(503, "too many connections").write(&mut stream, false);
            return;
        }
        let connection = move || place.0.converse(stream);
        // Where no thread can be had, the connection closes and the client tries again.
        let _ = std::thread::Builder::new()
            .name("mock call".to_owned())
            .spawn(connection);
    }
}

/// One of the connections that count; it is given back when it is dropped.
struct Place(Arc<Shared>);

impl Place {
    fn take(shared: &Arc<Shared>) -> Self {
        shared.connections.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(shared))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Shared {
    fn is_over(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
            || self.answered.load(Ordering::SeqCst) >= self.limit
    }

    /// Answers the requests of one connection until either side ends it.
    fn converse(&self, stream: TcpStream) {
        let ready = stream
            .set_nonblocking(false)
            .and_then(|()| stream.set_nodelay(true))
            .and_then(|()| stream.set_read_timeout(Some(TICK)))
            .and_then(|()| stream.set_write_timeout(Some(PATIENCE)));
        let (Ok(()), Ok(mut writer)) = (ready, stream.try_clone()) else {
            return;
        };
        let until = Instant::now() + PATIENCE;
        let mut reader = BufReader::new(Waiting {
            stream,
            shared: self,
            until,
        });
        loop {
            reader.get_mut().until = Instant::now() + PATIENCE;
            let keep = match Incoming::read(&mut reader) {
                Ok(request) => self.answer(&request, &mut writer),
                Err(NoRequest::Refused(status, why)) => refused(status, why)
                    .write(&mut writer, false)
                    .map(|()| false),
                Err(NoRequest::Over) => Ok(false),
            };
            if !keep.unwrap_or(false) {
                return;
            }
        }
    }

    /// Answers one request; whether the connection stays open.
    fn answer(&self, request: &Incoming, writer: &mut TcpStream) -> io::Result<bool> {
        if let Some(reply) = self.desk.control(request) {
            reply.write(writer, request.keeps())?;
            return Ok(request.keeps());
        }
        let number = self.admitted.fetch_add(1, Ordering::SeqCst);
        if number >= self.limit {
            refused(503, "the number of calls is used up").write(writer, false)?;
            return Ok(false);
        }
        let keep = request.keeps() && number + 1 < self.limit;
        let written = self.desk.call(request).write(writer, keep);
        self.answered.fetch_add(1, Ordering::SeqCst);
        written.map(|()| keep)
    }
}

/// A stream that gives up when its time is over or the end has come.
struct Waiting<'s> {
    stream: TcpStream,
    shared: &'s Shared,
    until: Instant,
}

impl Read for Waiting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.stream.read(buffer) {
                Err(error) if is_pause(&error) => {
                    if self.shared.is_over() || Instant::now() > self.until {
                        return Err(io::ErrorKind::TimedOut.into());
                    }
                }
                _ if Instant::now() > self.until => {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                done => return done,
            }
        }
    }
}

fn is_pause(error: &io::Error) -> bool {
    use io::ErrorKind::{Interrupted, TimedOut, WouldBlock};
    matches!(error.kind(), Interrupted | TimedOut | WouldBlock)
}

fn refused(status: u16, why: &str) -> Reply {
    Reply::json(status, &serde_json::json!({ "mock": why }))
}
