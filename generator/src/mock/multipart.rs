//! A form with files back to pairs.

use yunspec_runtime::Binary;

use super::http::{Incoming, Pair};

/// The parts of a `multipart/form-data` body, files as base64 text; none where the body is
/// something else, or is cut off.
pub(super) fn parts(request: &Incoming) -> Vec<Pair> {
    let kind = request.header("content-type").unwrap_or_default();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=");
    let found = boundary.and_then(|boundary| read(&request.body, boundary));
    found.unwrap_or_default()
}

fn read(body: &[u8], boundary: &str) -> Option<Vec<Pair>> {
    let mut pairs = Vec::new();
    let first = format!("--{boundary}");
    let next = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(first.as_bytes())?;
    loop {
        if rest.starts_with(b"--") {
            return Some(pairs);
        }
        let (head, after) = split(rest.strip_prefix(b"\r\n")?, b"\r\n\r\n")?;
        let (content, after) = split(after, next.as_bytes())?;
        let head = std::str::from_utf8(head).ok()?;
        let (_, name) = head.split_once("; name=\"")?;
        let name = name.split('"').next()?;
        let name = name
            .replace("%22", "\"")
            .replace("%0D", "\r")
            .replace("%0A", "\n");
        let text = if head.contains("; filename=\"") {
            Binary::from(content).to_base64()
        } else {
            String::from_utf8_lossy(content).into_owned()
        };
        pairs.push((name, text));
        rest = after;
    }
}

fn split<'b>(bytes: &'b [u8], by: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let at = bytes.windows(by.len()).position(|part| part == by)?;
    Some((&bytes[..at], &bytes[at + by.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_and_what_is_cut_off_is_none() {
        let part =
            "--b\r\nContent-Disposition: form-data; name=\"a%22\"\r\n\r\n1\r\n2\r\n";
        let file = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\
                    Content-Type: application/octet-stream\r\n\r\n\0\r\n";
        let whole = format!("{part}{file}--b--\r\n");
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let found = read(whole.as_bytes(), "b");
        assert_eq!(found, Some(vec![pair("a\"", "1\r\n2"), pair("f", "AA==")]));
        for cut in ["", "--", "--b", part] {
            assert_eq!(read(cut.as_bytes(), "b"), None, "{cut:?}");
        }
        assert_eq!(read(b"--b--\r\n", "b"), Some(Vec::new()));
    }
}
