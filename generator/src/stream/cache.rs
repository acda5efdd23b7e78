//! What the last run made of which input, kept in the folder of the crate.
//!
//! A line per service, and one for the files of the whole crate: digests of all that went
//! in and of all that came out. Nothing here is believed but by comparing digests with the
//! bytes on the disk; a file that is damaged, foreign or of another generator is no cache.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::gated::Count;
use crate::page::{CACHE_FOLDER, Page, disk};
use crate::rust::ServiceFacts;

/// A SHA-256, shortened to 32 hexadecimal digits.
pub(super) type Digest = String;

/// What was made of one service, or of the whole crate's own files.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Record {
    /// Of all that went in.
    pub(super) input: Digest,
    /// The pages, each with its digest.
    pub(super) pages: Vec<(PathBuf, Digest)>,
    /// How much the specs keep from being generated.
    pub(super) gated: Count,
    /// What the whole crate needs to know; nothing for its own files.
    pub(super) facts: Option<ServiceFacts>,
}

/// The records by `provider/service`; those of the whole crate under an empty name.
#[derive(Debug, Default)]
pub(super) struct Cache(BTreeMap<String, Record>);

#[derive(Serialize, Deserialize)]
struct Head {
    generator: String,
    lines: Digest,
}

impl Cache {
    /// What an earlier run of this generator left; nothing where there is a doubt.
    pub(super) fn read(out: &Path, generator: &str) -> Self {
        let read = || {
            let text = fs::read_to_string(file(out)).ok()?;
            let (head, lines) = text.split_once('\n')?;
            let head: Head = serde_json::from_str(head).ok()?;
            let known =
                head.generator == generator && head.lines == digest([lines.as_bytes()]);
            let records = lines.lines().map(serde_json::from_str);
            known.then(|| records.collect::<Result<_, _>>().ok())?
        };
        Self(read().unwrap_or_default())
    }

    /// A service's record, where it was made of this input.
    pub(super) fn of(&self, name: &str, input: &str) -> Option<&Record> {
        self.0.get(name).filter(|record| record.input == input)
    }

    /// Whether it holds the same records.
    pub(super) fn is(&self, records: &BTreeMap<String, Record>) -> bool {
        let same = |(one, other): ((&String, &Record), (&String, &Record))| {
            one.0 == other.0
                && one.1.input == other.1.input
                && one.1.pages == other.1.pages
        };
        self.0.len() == records.len() && self.0.iter().zip(records).all(same)
    }
}

/// Leaves records for the next run.
///
/// # Errors
/// What the disk says.
pub(super) fn write(
    out: &Path,
    generator: &str,
    records: &BTreeMap<String, Record>,
) -> io::Result<()> {
    let mut lines = String::new();
    for record in records {
        let _ = writeln!(lines, "{}", serde_json::to_string(&record)?);
    }
    let head = serde_json::to_string(&Head {
        generator: generator.to_owned(),
        lines: digest([lines.as_bytes()]),
    })?;
    let folder = Path::new(CACHE_FOLDER);
    for (name, text) in [
        (".gitignore", "*\n".to_owned()),
        ("cache", format!("{head}\n{lines}")),
    ] {
        let page = Page {
            path: folder.join(name),
            service: None,
            text,
        };
        disk::stage(out, &page)?.commit()?;
    }
    Ok(())
}

/// The digest of these parts, one after the other; none can pass for a part of the next.
pub(super) fn digest<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Digest {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    short(hash)
}

/// The digest of all that there is to read.
///
/// # Errors
/// What the reader says.
pub(super) fn digest_of(mut from: impl Read) -> io::Result<Digest> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match from.read(&mut piece)? {
            0 => return Ok(short(hash)),
            count => hash.update(&piece[..count]),
        }
    }
}

fn short(hash: Sha256) -> Digest {
    let mut text = String::with_capacity(32);
    for byte in &hash.finalize()[..16] {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn file(out: &Path) -> PathBuf {
    out.join(CACHE_FOLDER).join("cache")
}
