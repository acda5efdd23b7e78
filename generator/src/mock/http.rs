//! HTTP/1.1, as little as a stand-in needs: bodies with a length, connections that stay.

use std::io::{self, BufRead, Read, Write};

/// The longest request line and headers, in bytes.
const HEAD_LIMIT: u64 = 128 << 10;
/// The longest body, in bytes.
const BODY_LIMIT: u64 = 4 << 20;
/// The most headers.
const HEADER_LIMIT: usize = 128;

/// A pair of a query or a form, or a header with its name in lower case.
pub(super) type Pair = (String, String);

/// A request as it came.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    pub(super) method: String,
    /// The path, encoded as it came.
    pub(super) path: String,
    /// The query, decoded, in its own order.
    pub(super) query: Vec<Pair>,
    pub(super) headers: Vec<Pair>,
    pub(super) body: Vec<u8>,
}

/// Why no request came.
#[derive(Debug)]
pub(super) enum NoRequest {
    /// The connection ended, or was idle for too long.
    Over,
    /// What came is no request; the status to answer with, and why.
    Refused(u16, &'static str),
}

impl From<io::Error> for NoRequest {
    fn from(_: io::Error) -> Self {
        Self::Over
    }
}

impl Incoming {
    /// Reads one request.
    pub(super) fn read(reader: &mut impl BufRead) -> Result<Self, NoRequest> {
        let mut head = reader.take(HEAD_LIMIT);
        let line = line(&mut head)?.ok_or(NoRequest::Over)?;
        let mut incoming = Self::of_line(&line)?;
        while let Some(line) = self::line(&mut head)?.filter(|line| !line.is_empty()) {
            let malformed = NoRequest::Refused(400, "a header without a colon");
            let (name, value) = line.split_once(':').ok_or(malformed)?;
            let value = value.trim().to_owned();
            incoming.headers.push((name.to_ascii_lowercase(), value));
            if incoming.headers.len() > HEADER_LIMIT {
                return Err(NoRequest::Refused(431, "too many headers"));
            }
        }
        let length = incoming.length()?;
        head.into_inner()
            .take(length)
            .read_to_end(&mut incoming.body)?;
        if incoming.body.len() as u64 == length {
            Ok(incoming)
        } else {
            Err(NoRequest::Over)
        }
    }

    /// The first header of that name; `name` is in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// The first pair of that name in the query or the form.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = self.query.iter().cloned().chain(self.form());
        pairs
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// The pairs of a form body; none where it is something else.
    pub(super) fn form(&self) -> Vec<Pair> {
        let kind = self.header("content-type").unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Vec::new();
        }
        std::str::from_utf8(&self.body)
            .map(pairs)
            .unwrap_or_default()
    }

    /// Whether the connection stays open.
    pub(super) fn keeps(&self) -> bool {
        !self
            .header("connection")
            .is_some_and(|it| it.eq_ignore_ascii_case("close"))
    }

    fn of_line(line: &str) -> Result<Self, NoRequest> {
        let malformed = || NoRequest::Refused(400, "no HTTP/1.1 request line");
        let mut words = line.split(' ');
        let (method, target) = words.next().zip(words.next()).ok_or_else(malformed)?;
        if words.next() != Some("HTTP/1.1") || !target.starts_with('/') {
            return Err(malformed());
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Ok(Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: pairs(query),
            ..Self::default()
        })
    }

    fn length(&self) -> Result<u64, NoRequest> {
        if self.header("transfer-encoding").is_some() {
            return Err(NoRequest::Refused(411, "a body needs its content-length"));
        }
        match self.header("content-length").map(str::parse::<u64>) {
            None => Ok(0),
            Some(Ok(length)) if length <= BODY_LIMIT => Ok(length),
            Some(Ok(_)) => Err(NoRequest::Refused(413, "the body is too large")),
            Some(Err(_)) => Err(NoRequest::Refused(400, "content-length is no number")),
        }
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    /// The header that carries the request id, where the provider has one.
    pub(super) request_id: Option<(&'static str, String)>,
    /// The members of the response that stand in headers.
    pub(super) headers: Vec<Pair>,
    pub(super) body: Vec<u8>,
}

impl Reply {
    /// A JSON answer without a request id.
    pub(super) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self {
            status,
            kind: "application/json",
            request_id: None,
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
        }
    }

    /// Writes it, and whether the connection stays open.
    pub(super) fn write(&self, stream: &mut impl Write, keep: bool) -> io::Result<()> {
        let Self {
            status,
            kind,
            request_id,
            headers,
            body,
        } = self;
        let connection = if keep { "keep-alive" } else { "close" };
        let mut text = format!(
            "HTTP/1.1 {status} {}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\
             connection: {connection}\r\n",
            reason(*status),
            body.len()
        );
        if let Some((name, id)) = request_id {
            text.extend([name, ": ", id, "\r\n"]);
        }
        for (name, value) in headers {
            text.extend([name, ": ", &value.replace(['\r', '\n'], " "), "\r\n"]);
        }
        text.push_str("\r\n");
        stream.write_all(text.as_bytes())?;
        stream.write_all(body)?;
        stream.flush()
    }
}

/// Decodes percent signs; what is no UTF-8 becomes U+FFFD.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let pair = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let code = pair.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(code) = code.filter(|_| byte == b'%') {
            bytes.push(code);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The pairs of a query or a form, decoded.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(key), decode(&value.replace('+', " ")))
    };
    parts.map(pair).collect()
}

/// One line without its end; nothing where the connection ended before it.
fn line(reader: &mut impl BufRead) -> Result<Option<String>, NoRequest> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.pop() != Some(b'\n') {
        return Err(NoRequest::Refused(
            431,
            "the headers are too large or cut off",
        ));
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    let text = String::from_utf8(bytes);
    text.map(Some)
        .map_err(|_| NoRequest::Refused(400, "a header is no UTF-8"))
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "As The Number Says",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Incoming, NoRequest> {
        Incoming::read(&mut text.as_bytes())
    }

    #[test]
    fn a_request_is_read_with_its_body_and_no_more() {
        let text =
            "POST /a%20b?x=1%262&y HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nokGET";
        let request = read(text).expect("a whole request");
        assert_eq!(
            (request.method.as_str(), request.path.as_str()),
            ("POST", "/a%20b")
        );
        let pairs = [
            ("x".to_owned(), "1&2".to_owned()),
            ("y".to_owned(), String::new()),
        ];
        assert_eq!(request.query, pairs);
        assert_eq!(
            (request.header("host"), request.body.as_slice()),
            (Some("h"), &b"ok"[..])
        );
        assert!(request.keeps());
    }

    #[test]
    fn what_is_no_request_is_refused() {
        let status = |text: &str| match read(text) {
            Ok(_) => 0,
            Err(NoRequest::Over) => 1,
            Err(NoRequest::Refused(status, _)) => status,
        };
        assert_eq!(status(""), 1);
        assert_eq!(status("hello\n"), 400);
        assert_eq!(status("GET http://h/ HTTP/1.1\r\n\r\n"), 400);
        assert_eq!(status("GET / HTTP/1.1\r\nno colon\r\n\r\n"), 400);
        assert_eq!(status("GET / HTTP/1.1\r\ncontent-length: x\r\n\r\n"), 400);
        assert_eq!(status("GET / HTTP/1.1\r\ncontent-length: 9\r\n\r\ncut"), 1);
        assert_eq!(
            status("GET / HTTP/1.1\r\ncontent-length: 99999999\r\n\r\n"),
            413
        );
        assert_eq!(
            status("GET / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n"),
            411
        );
        assert_eq!(
            status(&format!("GET /{} HTTP/1.1\r\n", "a".repeat(200_000))),
            431
        );
        let many = "a: b\r\n".repeat(200);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{many}\r\n")), 431);
    }

    #[test]
    fn half_an_escape_stays_as_it_is() {
        assert_eq!(decode("a%2"), "a%2");
        assert_eq!(decode("%zz%41%"), "%zzA%");
        assert_eq!(decode("%e5%bc%a0"), "张");
    }
}
