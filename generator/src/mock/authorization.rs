//! The header that names the key and holds the signature.

use super::http::Incoming;

/// An `Authorization` header.
#[derive(Debug)]
pub(super) struct Authorization<'r> {
    pub(super) algorithm: &'r str,
    pub(super) id: &'r str,
    /// What follows the key id: day, region and service, as the scheme has them.
    pub(super) scope: Vec<&'r str>,
    pub(super) signed: Vec<&'r str>,
    pub(super) signature: &'r str,
}

impl<'r> Authorization<'r> {
    /// Reads the header of a request, where it has one.
    pub(super) fn of(request: &'r Incoming) -> Option<Self> {
        let (algorithm, rest) = request.header("authorization")?.split_once(' ')?;
        let part = |names: &[&str]| {
            let mut parts = rest
                .split(',')
                .filter_map(|part| part.trim().split_once('='));
            parts
                .find(|(name, _)| names.contains(name))
                .map(|(_, value)| value)
        };
        let mut credential = part(&["Credential", "Access"])?.split('/');
        Some(Self {
            algorithm,
            id: credential.next()?,
            scope: credential.collect(),
            signed: part(&["SignedHeaders"])?.split(';').collect(),
            signature: part(&["Signature"])?,
        })
    }

    /// The service that the scope of a TC3 signature names.
    pub(super) fn service(&self) -> Option<&'r str> {
        self.scope.get(1).copied()
    }
}
