//! A request, the keys and the time, from any bytes; and the same with one part changed.

use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderName, HeaderValue, Method};
use yunspec_runtime::protocol::HttpRequest;
use yunspec_runtime::{Credentials, Stamp};

use super::super::CANARY;

/// A part of what is signed.
#[derive(Debug)]
pub(super) enum Part {
    Method,
    Host,
    Path,
    Query,
    Body,
    Header(&'static str),
    Secret,
    Token,
    Nonce,
    Time,
    Service,
}

/// A request, the keys and the time.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) request: HttpRequest,
    pub(super) credentials: Credentials,
    pub(super) stamp: Stamp,
    pub(super) service: String,
    pub(super) region: String,
    /// Chooses the other digest.
    pub(super) odd: bool,
}

impl Case {
    /// Reads lines of a letter, a blank and a value, in which `\n` is a line break; what
    /// follows the line `b` is the body. Nothing where the secret stands elsewhere as well.
    pub(super) fn of(data: &[u8]) -> Option<Self> {
        let mut case = Self::empty();
        let mut rest = data;
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n');
            let (line, after) = match end {
                Some(end) => (&rest[..end], &rest[end + 1..]),
                None => (rest, &[][..]),
            };
            if line == b"b" {
                case.request.body = after.to_vec();
                break;
            }
            rest = after;
            let (letter, value) = line.split_first()?;
            let value = value.strip_prefix(b" ").unwrap_or(value);
            case.set(
                *letter,
                &String::from_utf8_lossy(value).replace("\\n", "\n"),
            );
        }
        let canary = CANARY.as_bytes();
        let known = data.windows(canary.len()).any(|part| part == canary);
        (!known).then_some(case)
    }

    fn empty() -> Self {
        Self {
            request: HttpRequest {
                method: Method::POST,
                host: "store.acme.example".to_owned(),
                path: "/".to_owned(),
                query: Vec::new(),
                headers: Vec::new(),
                body: Vec::new(),
            },
            credentials: Credentials::new("id", CANARY),
            stamp: Stamp {
                time: UNIX_EPOCH + Duration::from_secs(1_767_323_045),
                nonce: "9f5a4d3c2b1e40718d6c5b4a39281706".to_owned(),
            },
            service: "store".to_owned(),
            region: String::new(),
            odd: false,
        }
    }

    fn set(&mut self, letter: u8, value: &str) {
        let Self {
            request,
            credentials,
            stamp,
            ..
        } = self;
        match letter {
            b'm' => {
                if let Ok(method) = value.parse() {
                    request.method = method;
                }
            }
            b'h' => value.clone_into(&mut request.host),
            b'p' => value.clone_into(&mut request.path),
            b'q' => {
                let (key, value) = value.split_once('=').unwrap_or((value, ""));
                request.query.push((key.to_owned(), value.to_owned()));
            }
            b'H' => request.headers.extend(header(value)),
            b'i' => value.clone_into(&mut credentials.access_key_id),
            b's' => credentials.access_key_secret = [CANARY, value].concat().into(),
            b't' => credentials.security_token = Some(value.into()),
            b'P' => credentials.project_id = Some(value.to_owned()),
            b'D' => credentials.domain_id = Some(value.to_owned()),
            b'n' => value.clone_into(&mut stamp.nonce),
            b'T' => {
                // As far as the calendars of all schemes reach.
                let seconds = value.parse().unwrap_or(u32::MAX);
                stamp.time = UNIX_EPOCH + Duration::from_secs(seconds.into());
            }
            b'a' => value.clone_into(&mut self.service),
            b'r' => value.clone_into(&mut self.region),
            b'o' => self.odd = true,
            _ => {}
        }
    }

    /// The same with one part changed.
    pub(super) fn with(&self, part: &Part) -> Self {
        let mut case = self.clone();
        let Self {
            request,
            credentials,
            stamp,
            ..
        } = &mut case;
        match part {
            Part::Method => {
                let is_put = request.method == Method::PUT;
                request.method = if is_put { Method::POST } else { Method::PUT };
            }
            Part::Host => request.host.push('x'),
            Part::Path => request.path.push_str("/x"),
            Part::Query => request.query.push(("zz".to_owned(), "1".to_owned())),
            Part::Body => request.body.push(b'x'),
            Part::Header(name) => {
                let name = HeaderName::from_static(name);
                let value = HeaderValue::from_static("changed");
                request.headers.insert(0, (name, value));
            }
            Part::Secret => {
                let secret = [credentials.access_key_secret.expose(), "x"].concat();
                credentials.access_key_secret = secret.into();
            }
            Part::Token => {
                let token = credentials.security_token.take();
                let token = token.as_ref().map_or("", |token| token.expose());
                credentials.security_token = Some([token, "x"].concat().into());
            }
            Part::Nonce => stamp.nonce.push('x'),
            Part::Time => stamp.time += Duration::from_secs(24 * 3600),
            Part::Service => case.service.push('x'),
        }
        case
    }
}

fn header(line: &str) -> Option<(HeaderName, HeaderValue)> {
    let (name, value) = line.split_once(':')?;
    let value = HeaderValue::try_from(value.trim()).ok()?;
    Some((HeaderName::from_bytes(name.as_bytes()).ok()?, value))
}
