//! What differs between families of services, as one table each.

use std::fmt;

use http::HeaderMap;

use super::parts::Draft;
use super::{Answer, EncodeError, HttpRequest, Options, alibaba, huawei, tencent};
use crate::credentials;
use crate::operation::{Call, Service};
use crate::sign::Sign;
use crate::stamp::Stamp;

/// How a family of services speaks: one of the constants below.
///
/// It is a table of functions and no choice among all of them: a program is linked with what
/// the clouds that it calls need, and with nothing of the others.
#[derive(Clone, Copy)]
pub struct Protocol(&'static Family);

impl Protocol {
    /// Alibaba Cloud, RPC style: `POST /?Parameters`, the action in a header.
    pub const ACS_RPC: Self = Self(&alibaba::RPC);
    /// Alibaba Cloud, resource style: the path names the resource.
    pub const ACS_ROA: Self = Self(&alibaba::ROA);
    /// Tencent Cloud API 3.0: `POST /` with a JSON body.
    pub const TC3_JSON: Self = Self(&tencent::JSON_3);
    /// Huawei Cloud: REST with JSON bodies.
    pub const SDK_HMAC_REST: Self = Self(&huawei::REST);

    pub(crate) fn family(self) -> &'static Family {
        self.0
    }
}

impl fmt::Debug for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl PartialEq for Protocol {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Protocol {}

/// The functions and facts of a family.
pub(crate) struct Family {
    /// As the specs spell it.
    pub(super) name: &'static str,
    /// Completes a request: headers and body as the family wants them.
    pub(super) encode:
        fn(&Service, &Call<'_>, Draft, Options<'_>) -> Result<HttpRequest, EncodeError>,
    /// Splits what came back into an answer or a failure.
    pub(super) read: fn(u16, &HeaderMap, &[u8]) -> Answer,
    /// Signs, by the setting of a client.
    pub(crate) sign: Sign,
    /// The headers of a request that nobody signs.
    pub(crate) unsigned: fn(&HttpRequest, &Stamp) -> Vec<(&'static str, String)>,
    /// Where keys come from.
    pub(crate) sources: &'static credentials::Sources,
}
