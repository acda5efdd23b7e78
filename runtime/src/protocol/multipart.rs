//! A form with files: `multipart/form-data`, RFC 7578.

use super::text;
use crate::protocol::EncodeError;
use crate::sign::Digest;
use crate::value::{Member, Style, Value};

/// The content type, without its boundary.
pub(super) const MULTIPART: &str = "multipart/form-data";

/// One part: its name, and its content; bytes travel as a file.
struct Part {
    name: String,
    content: Vec<u8>,
    is_file: bool,
}

/// The parts of a form, in document order.
#[derive(Default)]
pub(super) struct Files(Vec<Part>);

impl Files {
    /// Adds a member: bytes become a file, arrays of bytes a file each, anything else is
    /// text as in an urlencoded form.
    pub(super) fn add(
        &mut self,
        member: &Member<'_>,
        value: &Value<'_>,
    ) -> Result<(), EncodeError> {
        if self.add_files(member, value) {
            return Ok(());
        }
        let mut pairs = Vec::new();
        text::write_pairs(&mut pairs, member, value)?;
        self.0.extend(pairs.into_iter().map(|(name, text)| Part {
            name,
            content: text.into_bytes(),
            is_file: false,
        }));
        Ok(())
    }

    fn add_files(&mut self, member: &Member<'_>, value: &Value<'_>) -> bool {
        let file = |name: String, bytes: &[u8]| Part {
            name,
            content: bytes.to_vec(),
            is_file: true,
        };
        match value {
            Value::Bytes(bytes) => self.0.push(file(member.name.to_owned(), bytes)),
            Value::List(list) if matches!(list.item(0), Value::Bytes(_)) => {
                for index in 0..list.len() {
                    let name = match member.style {
                        Style::Repeat => format!("{}.{}", member.name, index + 1),
                        _ => member.name.to_owned(),
                    };
                    if let Value::Bytes(bytes) = list.item(index) {
                        self.0.push(file(name, bytes));
                    }
                }
            }
            _ => return false,
        }
        true
    }

    /// The body, and its content type with the boundary.
    ///
    /// The boundary is made of the content: it stands in none of the parts, and the same
    /// request has the same bytes at every attempt.
    pub(super) fn finish(self) -> (Vec<u8>, String) {
        let mut content = Vec::new();
        for part in &self.0 {
            content.extend([part.name.as_bytes(), &[0], &part.content, &[0]].concat());
        }
        let boundary = format!("yunspec-{}", &Digest::Sha256.hex(&content)[..32]);
        let mut body = Vec::with_capacity(content.len() + 160 * (self.0.len() + 1));
        for part in &self.0 {
            let name = quoted(&part.name);
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\""
            );
            body.extend_from_slice(head.as_bytes());
            if part.is_file {
                let file = format!(
                    "; filename=\"{name}\"\r\nContent-Type: application/octet-stream"
                );
                body.extend_from_slice(file.as_bytes());
            }
            body.extend_from_slice(b"\r\n\r\n");
            body.extend_from_slice(&part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (body, format!("{MULTIPART}; boundary={boundary}"))
    }
}

/// A name between quotes: what would end it, or the line, is percent-encoded.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
