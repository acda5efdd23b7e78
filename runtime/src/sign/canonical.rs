//! The pieces that every canonical request is made of, each written into one `String`.

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::protocol::{EncodeError, Header, HttpRequest};

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Bytes that most canonical requests fit into; small enough for an allocator's fast path.
pub(super) const CANONICAL: usize = 896;

/// Bytes that most `authorization` headers fit into.
pub(super) const AUTHORIZED: usize = 384;

/// Appends a text, percent-encoded: a space becomes `%20`, `~` stays.
pub(crate) fn percent(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, RESERVED));
}

/// Appends pairs in their own order, keys and values encoded.
pub(crate) fn query<'a>(
    out: &mut String,
    pairs: impl IntoIterator<Item = &'a (String, String)>,
) {
    let start = out.len();
    for (key, value) in pairs {
        if out.len() > start {
            out.push('&');
        }
        percent(out, key);
        out.push('=');
        percent(out, value);
    }
}

/// Appends pairs sorted by the bytes of key and value.
pub(crate) fn sorted_query(out: &mut String, pairs: &[(String, String)]) {
    if pairs.is_sorted() {
        return query(out, pairs);
    }
    let mut sorted: Vec<_> = pairs.iter().collect();
    sorted.sort_unstable();
    query(out, sorted);
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8; 32]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    String::from_utf8(text.to_vec()).expect("the digits are ASCII")
}

/// The headers that a signature covers, with the host, in the order of their names.
pub(crate) struct SignedHeaders<'a>(Vec<(&'a str, &'a str)>);

impl<'a> SignedHeaders<'a> {
    /// Those headers of the request, and of what the signer adds, whose name `covers` admits.
    pub(crate) fn select(
        request: &'a HttpRequest,
        added: &'a [Header],
        covers: impl Fn(&str) -> bool,
    ) -> Result<Self, EncodeError> {
        let mut lines = Vec::with_capacity(request.headers.len() + added.len() + 1);
        lines.push(("host", request.host.as_str()));
        for (name, value) in request.headers.iter().chain(added) {
            if covers(name.as_str()) {
                lines.push((name.as_str(), text(name, value)?.trim()));
            }
        }
        lines.sort_unstable();
        Ok(Self(lines))
    }

    /// Appends one `name:value` line for each.
    pub(crate) fn write_lines(&self, out: &mut String) {
        for (name, value) in &self.0 {
            out.extend([name, ":", value, "\n"]);
        }
    }

    /// Appends the names, joined by semicolons.
    pub(crate) fn write_names(&self, out: &mut String) {
        for (index, (name, _)) in self.0.iter().enumerate() {
            out.push_str(if index == 0 { "" } else { ";" });
            out.push_str(name);
        }
    }
}

/// A header that the signer adds.
pub(crate) fn header(
    name: HeaderName,
    value: impl Into<String>,
) -> Result<Header, EncodeError> {
    match HeaderValue::try_from(value.into()) {
        Ok(value) => Ok((name, value)),
        Err(_) => Err(refused(&name)),
    }
}

/// A header whose value lives as long as the program, and is not copied.
pub(crate) fn static_header(
    name: HeaderName,
    value: &'static str,
) -> Result<Header, EncodeError> {
    match HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes())) {
        Ok(value) => Ok((name, value)),
        Err(_) => Err(refused(&name)),
    }
}

/// A header that the signer adds and no `Debug` shows.
pub(crate) fn secret_header(
    name: HeaderName,
    value: impl Into<String>,
) -> Result<Header, EncodeError> {
    let (name, mut value) = header(name, value)?;
    value.set_sensitive(true);
    Ok((name, value))
}

fn text<'a>(name: &HeaderName, value: &'a HeaderValue) -> Result<&'a str, EncodeError> {
    std::str::from_utf8(value.as_bytes()).map_err(|_| refused(name))
}

fn refused(name: &HeaderName) -> EncodeError {
    EncodeError::Header {
        name: name.to_string(),
    }
}
