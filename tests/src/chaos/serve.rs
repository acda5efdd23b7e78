//! The server's own side: threads and blocking sockets.

use std::collections::BTreeSet;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::answer;
use super::plan::{Act, Plan};

/// The largest request that is understood.
const MAX_REQUEST: usize = 16 * 1024;
/// How long a connection may be silent.
const MAX_SILENCE: Duration = Duration::from_secs(30);
/// How long the server lives.
const MAX_LIFE: Duration = Duration::from_secs(1_800);
/// How much of an answer without an end is sent.
const MAX_ENDLESS: usize = 64 << 20;

#[derive(Default)]
struct Server {
    connections: AtomicU64,
    requests: AtomicU64,
    encodings: AtomicU64,
    /// The calls that wait for their second answer.
    waiting: Mutex<BTreeSet<u64>>,
}

/// Prints its address, serves until its standard input ends, and prints what it has seen:
/// connections, requests, and those of them that ask for a compressed answer.
///
/// # Panics
/// Where the loopback interface has no free port.
pub fn serve(most_requests: u64) {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
    let address = listener.local_addr().expect("it is bound");
    println!("{address}");
    let server = Arc::new(Server::default());
    thread::spawn({
        let server = Arc::clone(&server);
        move || server.end_with_input()
    });
    thread::spawn(|| {
        thread::sleep(MAX_LIFE);
        process::exit(1);
    });
    for stream in listener.incoming().flatten() {
        server.connections.fetch_add(1, Ordering::Relaxed);
        let server = Arc::clone(&server);
        thread::spawn(move || {
            // A client that is gone is no failure of the server.
            let _ = server.connection(stream, most_requests);
        });
    }
}

impl Server {
    fn end_with_input(&self) {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        println!(
            "{} {} {}",
            read(&self.connections),
            read(&self.requests),
            read(&self.encodings)
        );
        process::exit(0);
    }

    fn connection(&self, mut stream: TcpStream, most_requests: u64) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(MAX_SILENCE))?;
        stream.set_write_timeout(Some(MAX_SILENCE))?;
        let mut buffer = vec![0; MAX_REQUEST];
        while let Some(length) = peek(&stream, &mut buffer)? {
            let request = &buffer[..length];
            if self.requests.fetch_add(1, Ordering::Relaxed) >= most_requests {
                process::exit(1);
            }
            if header(request, "accept-encoding").is_some() {
                self.encodings.fetch_add(1, Ordering::Relaxed);
            }
            let Some(plan) = Plan::find(request) else {
                return Ok(());
            };
            if plan.act == Act::Reset {
                // Bytes that nobody read make the system send RST in place of FIN.
                return Ok(());
            }
            stream.read_exact(&mut buffer[..length])?;
            if !self.answer(&mut stream, &plan)? {
                return stream.shutdown(Shutdown::Both);
            }
        }
        Ok(())
    }

    /// Answers, and says whether the connection is kept.
    fn answer(&self, stream: &mut TcpStream, plan: &Plan) -> io::Result<bool> {
        match plan.act {
            Act::HangUp => return Ok(false),
            Act::Stall => wait(stream)?,
            Act::Drip => {
                for byte in answer::bytes(plan, false) {
                    stream.write_all(&[byte])?;
                    thread::sleep(Duration::from_millis(100));
                }
            }
            Act::Endless => {
                stream.write_all(&answer::endless(plan))?;
                let chunk = [&b"10000\r\n"[..], &vec![b' '; 0x10000], b"\r\n"].concat();
                for _ in 0..MAX_ENDLESS / 0x10000 {
                    stream.write_all(&chunk)?;
                }
            }
            act => {
                stream.write_all(&answer::bytes(plan, self.is_first(plan)))?;
                if act == Act::Huge {
                    wait(stream)?;
                }
            }
        }
        Ok(!plan.act.breaks())
    }

    /// Whether it is the first request of a call that gets two answers.
    fn is_first(&self, plan: &Plan) -> bool {
        if plan.act != Act::Once429 {
            return false;
        }
        let waiting = self.waiting.lock();
        let mut waiting = waiting.unwrap_or_else(PoisonError::into_inner);
        let is_first = waiting.insert(plan.number);
        if !is_first {
            waiting.remove(&plan.number);
        }
        is_first
    }
}

/// Until the client hangs up.
fn wait(stream: &mut TcpStream) -> io::Result<()> {
    stream.read(&mut [0]).map(drop)
}

/// Waits for a whole request and leaves it in the socket; none where the client hung up.
fn peek(stream: &TcpStream, buffer: &mut [u8]) -> io::Result<Option<usize>> {
    loop {
        let length = stream.peek(buffer)?;
        if let Some(whole) = whole(&buffer[..length]) {
            return Ok(Some(whole));
        }
        if length == 0 || length == buffer.len() {
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// The length of a request, once it is there.
fn whole(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let length = header(&bytes[..head], "content-length");
    let body = length.and_then(|length| length.parse::<usize>().ok());
    let whole = head + body.unwrap_or(0);
    (whole <= bytes.len()).then_some(whole)
}

fn header<'a>(request: &'a [u8], name: &str) -> Option<&'a str> {
    let lines = request.split(|byte| *byte == b'\n').skip(1);
    lines
        .map_while(|line| str::from_utf8(line).ok())
        .find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        })
}
