//! The first line of an imported file: where it is from, and what it said then.

use super::facts;

/// How the line begins.
const MARK: &str = "# Imported from ";
/// How it goes on behind the documents.
const RULE: &str = "; facts change by import or by errata. Digests ";

/// What the first line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The documents.
    pub(super) documents: String,
    /// The digest of the facts.
    pub(super) facts: String,
    /// The digest of the text, where nothing of it is a person's.
    pub(super) text: Option<String>,
    /// In `service.yaml`, where nothing in the folder is a person's: the digest of what was
    /// read, and of all the files that it became.
    pub(super) proof: Option<String>,
}

impl Head {
    /// The first line of a text and what is behind it; nothing where it was not imported.
    pub(super) fn of(text: &str) -> Option<(Self, &str)> {
        let (first, body) = text.split_once('\n')?;
        let (documents, digests) = first.strip_prefix(MARK)?.rsplit_once(RULE)?;
        let mut digests = digests.strip_suffix('.')?.split(' ').map(str::to_owned);
        let head = Self {
            documents: documents.to_owned(),
            facts: digests.next()?,
            text: digests.next(),
            proof: digests.next(),
        };
        Some((head, body))
    }

    /// Whether a text is as it was imported, to the letter.
    pub(super) fn is_untouched(&self, body: &str) -> bool {
        self.text.as_ref() == Some(&facts::digest(body.as_bytes()))
    }

    /// The line, with its end.
    pub(super) fn line(&self) -> String {
        let Self {
            documents,
            facts,
            text,
            proof,
        } = self;
        let mut line = format!("{MARK}{documents}{RULE}{facts}");
        for digest in text.iter().chain(proof) {
            line.push(' ');
            line.push_str(digest);
        }
        line + ".\n"
    }
}
