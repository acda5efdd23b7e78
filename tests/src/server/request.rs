//! A request as it came over the socket.

use std::io;
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// The largest request that the server takes, head and body together.
pub const MAX_REQUEST: usize = 256 * 1024;

/// A request, byte for byte and taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Everything, from the method to the last byte of the body.
    pub raw: Vec<u8>,
    /// The method.
    pub method: String,
    /// The request target: path and query as they stood.
    pub target: String,
    /// The headers in the order in which they came, names as they stood.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The number of the connection, counted from 0.
    pub connection: usize,
}

impl Recorded {
    /// The value of the first header of that name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))?;
        Some(&found.1)
    }

    /// The path of the target.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The pairs of the query as they stood, without decoding.
    pub fn query(&self) -> Vec<(&str, &str)> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .collect()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Waits for a whole request and leaves it in the socket's buffer; `None` where the
    /// client hung up.
    pub(super) fn peek(
        stream: &TcpStream,
        connection: usize,
    ) -> io::Result<Option<Self>> {
        let mut buffer = vec![0; MAX_REQUEST];
        let mut seen = 0;
        loop {
            let length = stream.peek(&mut buffer)?;
            if let Some(request) = Self::parse(&buffer[..length], connection) {
                return Ok(Some(request));
            }
            if length == 0 || length == MAX_REQUEST {
                return Ok(None);
            }
            if length == seen {
                thread::sleep(Duration::from_millis(1));
            }
            seen = length;
        }
    }

    /// Takes a request apart; `None` until it is whole.
    fn parse(bytes: &[u8], connection: usize) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.split("\r\n");
        let mut first = lines.next()?.split(' ');
        let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_owned(), value.trim().to_owned()))
        };
        let headers = lines.map_while(header).collect();
        let mut request = Self {
            raw: Vec::new(),
            method,
            target,
            headers,
            body: Vec::new(),
            connection,
        };
        let length = request
            .header("content-length")
            .and_then(|length| length.parse().ok());
        let whole = end + length.unwrap_or(0);
        request.body = bytes.get(end..whole)?.to_vec();
        request.raw = bytes[..whole].to_vec();
        Some(request)
    }
}
