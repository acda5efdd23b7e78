//! The request that was signed, built again and signed again.

use std::time::{Duration, SystemTime};

use yunspec_runtime::protocol::HttpRequest;
use yunspec_runtime::sign::{Digest, Signed, acs3, rpc1, sdk_hmac, tc3};
use yunspec_runtime::transport::http::{HeaderName, HeaderValue, Method};
use yunspec_runtime::{Credentials, Stamp, Timestamp};

use super::Refusal;
use super::authorization::Authorization;
use super::fault::{Fault, Kind, mismatch, unsignable};
use super::http::Incoming;
use super::keys::Keys;
use super::route::{Dialect, Route};

/// How far the time of signing may be off.
const SKEW: Duration = Duration::from_secs(15 * 60);

/// Verifies who calls; gives the keys that signed.
///
/// # Errors
/// [`Refusal`] with what is wrong: the keys, the time, or the signature with the string to
/// sign as it should be.
pub(super) fn verify<'k>(
    route: &Route<'_>,
    request: &Incoming,
    keys: &'k [Keys],
    now: SystemTime,
) -> Result<&'k Keys, Refusal> {
    let dialect = Dialect::of_protocol(&route.shown.service.protocol);
    let check = Check {
        dialect,
        route,
        request,
        keys,
        now,
    };
    check.run().map_err(|fault| fault.refusal(dialect))
}

struct Check<'a, 'k> {
    dialect: Dialect,
    route: &'a Route<'a>,
    request: &'a Incoming,
    keys: &'k [Keys],
    now: SystemTime,
}

impl<'k> Check<'_, 'k> {
    fn run(&self) -> Result<&'k Keys, Fault> {
        if let (Dialect::Rest, Some(token)) =
            (self.dialect, self.request.header("x-auth-token"))
        {
            let good = |keys: &&Keys| keys.token.as_deref() == Some(token);
            let why = || {
                Fault::new(Kind::Key, "X-Auth-Token is not the token that was printed")
            };
            return self.keys.iter().find(good).ok_or_else(why);
        }
        let Some(authorization) = Authorization::of(self.request) else {
            if self.dialect == Dialect::Acs
                && self.request.parameter("Signature").is_some()
            {
                return self.rpc1();
            }
            return Err(Fault::new(
                Kind::Missing,
                "no Authorization header that can be read",
            ));
        };
        let keys = self.keys_of(authorization.id)?;
        let signed = match (self.dialect, authorization.algorithm) {
            (Dialect::Acs, "ACS3-HMAC-SHA256") => {
                self.acs3(&authorization, keys, Digest::Sha256)
            }
            (Dialect::Acs, "ACS3-HMAC-SM3") => {
                self.acs3(&authorization, keys, Digest::Sm3)
            }
            (Dialect::Tc3, "TC3-HMAC-SHA256") => self.tc3(&authorization, keys),
            (Dialect::Rest, algorithm) => self.sdk_hmac(algorithm, &authorization, keys),
            (_, other) => Err(Fault::new(
                Kind::Missing,
                format!("no signature {other:?} here"),
            )),
        }?;
        if signed.signature == authorization.signature {
            return Ok(keys);
        }
        Err(mismatch(keys, authorization.signature, &signed))
    }

    fn keys_of(&self, id: &str) -> Result<&'k Keys, Fault> {
        for name in ["x-acs-security-token", "x-tc-token", "x-security-token"] {
            if self.request.header(name).is_some() {
                return Err(Fault::new(
                    Kind::Key,
                    format!("{name}: the keys that were printed need none"),
                ));
            }
        }
        let found = self.keys.iter().find(|keys| keys.id == id);
        found.ok_or_else(|| {
            Fault::new(
                Kind::Key,
                format!("no key {id:?}; the good ones were printed"),
            )
        })
    }

    fn acs3(
        &self,
        authorization: &Authorization<'_>,
        keys: &Keys,
        digest: Digest,
    ) -> Result<Signed, Fault> {
        let date = self.header("x-acs-date")?;
        let nonce = self.header("x-acs-signature-nonce")?.to_owned();
        let time =
            self.in_time("x-acs-date", date, Timestamp::from(date).to_system_time())?;
        for (name, _) in &self.request.headers {
            if name.starts_with("x-acs-")
                && !authorization.signed.contains(&name.as_str())
            {
                return Err(Fault::new(
                    Kind::Signature,
                    format!("SignedHeaders leaves out {name}"),
                ));
            }
        }
        let (sent, own) = (
            self.header("x-acs-content-sha256")?,
            digest.hex(&self.request.body),
        );
        if sent != own {
            let why =
                format!("x-acs-content-sha256 is {sent}, and of the body it is {own}");
            return Err(Fault::new(Kind::Signature, why));
        }
        let added = [
            "x-acs-date",
            "x-acs-signature-nonce",
            "x-acs-content-sha256",
        ];
        let request = self.signed_request(&authorization.signed, &added)?;
        let stamp = Stamp { time, nonce };
        acs3::sign(&request, &credentials(keys), &stamp, digest).map_err(unsignable)
    }

    fn tc3(
        &self,
        authorization: &Authorization<'_>,
        keys: &Keys,
    ) -> Result<Signed, Fault> {
        let seconds = self.header("x-tc-timestamp")?;
        let parsed = seconds.parse().ok().map(Duration::from_secs);
        let time = parsed.and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
        let time = self.in_time("X-TC-Timestamp", seconds, time)?;
        if authorization.signed != ["content-type", "host"] {
            let signed = authorization.signed.join(";");
            let why = format!(
                "SignedHeaders is {signed}; the stand-in wants content-type;host"
            );
            return Err(Fault::new(Kind::Signature, why));
        }
        let request = self.signed_request(&authorization.signed, &[])?;
        let service = &self.route.shown.service.product;
        let stamp = Stamp {
            time,
            nonce: String::new(),
        };
        let daily = tc3::DailyKeys::default();
        tc3::sign(&request, &credentials(keys), &stamp, service, &daily)
            .map_err(unsignable)
    }

    fn sdk_hmac(
        &self,
        algorithm: &str,
        authorization: &Authorization<'_>,
        keys: &Keys,
    ) -> Result<Signed, Fault> {
        let service = self.route.shown.service.product.to_ascii_lowercase();
        let variant = match (algorithm, authorization.scope.as_slice()) {
            ("SDK-HMAC-SHA256", _) => sdk_hmac::Variant::Plain(Digest::Sha256),
            ("SDK-HMAC-SM3", _) => sdk_hmac::Variant::Plain(Digest::Sm3),
            ("V11-HMAC-SHA256", [_, region, _]) => sdk_hmac::Variant::Derived {
                region,
                service: &service,
            },
            (other, _) => {
                return Err(Fault::new(
                    Kind::Missing,
                    format!("no signature {other:?} here"),
                ));
            }
        };
        let date = self.header("x-sdk-date")?;
        let time = self.in_time("X-Sdk-Date", date, basic(date))?;
        let added = ["x-sdk-date", "x-sdk-content-sha256", "x-sdk-content-sm3"];
        let request = self.signed_request(&authorization.signed, &added)?;
        let stamp = Stamp {
            time,
            nonce: String::new(),
        };
        sdk_hmac::sign(&request, &credentials(keys), &stamp, variant).map_err(unsignable)
    }

    fn rpc1(&self) -> Result<&'k Keys, Fault> {
        let mut pairs = self.request.query.clone();
        pairs.extend(self.request.form());
        let value = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            let why = || Fault::new(Kind::Missing, format!("no parameter {name}"));
            found.map(|(_, value)| value.clone()).ok_or_else(why)
        };
        let keys = self.keys_of(&value("AccessKeyId")?)?;
        if pairs.iter().any(|(name, _)| name == "SecurityToken") {
            return Err(Fault::new(
                Kind::Key,
                "SecurityToken: the keys that were printed need none",
            ));
        }
        let date = value("Timestamp")?;
        self.in_time(
            "Timestamp",
            &date,
            Timestamp::from(date.as_str()).to_system_time(),
        )?;
        value("SignatureNonce")?;
        let given = value("Signature")?;
        pairs.retain(|(name, _)| name != "Signature");
        let (string, own) = rpc1::signature(&self.request.method, &pairs, &keys.secret);
        if given == own {
            return Ok(keys);
        }
        let mut signed = Signed::default();
        signed.string_to_sign = string;
        signed.signature = own;
        Err(mismatch(keys, &given, &signed))
    }

    /// The request as the client had it before it was signed: with the headers that it
    /// signed, but those that the signer `added`.
    fn signed_request(
        &self,
        signed: &[&str],
        added: &[&str],
    ) -> Result<HttpRequest, Fault> {
        let odd = |what: &str| {
            Fault::new(
                Kind::Signature,
                format!("{what} is nothing that can be signed"),
            )
        };
        let mut headers = Vec::new();
        for (name, value) in &self.request.headers {
            let name = name.as_str();
            if signed.contains(&name) && name != "host" && !added.contains(&name) {
                let value = HeaderValue::from_str(value).map_err(|_| odd(name))?;
                let name =
                    HeaderName::from_bytes(name.as_bytes()).map_err(|_| odd(name))?;
                headers.push((name, value));
            }
        }
        let method = Method::from_bytes(self.request.method.as_bytes());
        Ok(HttpRequest {
            method: method.map_err(|_| odd("the method"))?,
            host: self.header("host")?.to_owned(),
            path: self.request.path.clone(),
            query: self.request.query.clone(),
            headers,
            body: self.request.body.clone(),
        })
    }

    fn header(&self, name: &str) -> Result<&str, Fault> {
        let why = || Fault::new(Kind::Missing, format!("no header {name}"));
        self.request.header(name).ok_or_else(why)
    }

    fn in_time(
        &self,
        name: &str,
        text: &str,
        time: Option<SystemTime>,
    ) -> Result<SystemTime, Fault> {
        let time = time.ok_or_else(|| {
            Fault::new(
                Kind::Time,
                format!("signature expired: {name} is {text:?}, which is no time"),
            )
        })?;
        let off = self
            .now
            .duration_since(time)
            .unwrap_or_else(|early| early.duration());
        if off <= SKEW {
            return Ok(time);
        }
        let now = Timestamp::from(self.now);
        let why = format!(
            "signature expired: {name} is {text}, here it is {}; 15 minutes may lie between",
            now.as_str()
        );
        Err(Fault::new(Kind::Time, why))
    }
}

/// The keys as the signers take them. What a client says about itself in headers stays a
/// header of the request.
fn credentials(keys: &Keys) -> Credentials {
    let mut credentials = Credentials::new(keys.id.as_str(), keys.secret.as_str());
    credentials.provider = "";
    credentials
}

/// `20260102T030405Z`
fn basic(text: &str) -> Option<SystemTime> {
    let part = |from: usize, to: usize| text.get(from..to);
    let (day, time) = (part(0, 8)?, part(9, 15)?);
    if text.len() != 16 {
        return None;
    }
    let spelled = format!(
        "{}-{}-{}T{}:{}:{}Z",
        &day[..4],
        &day[4..6],
        &day[6..],
        &time[..2],
        &time[2..4],
        &time[4..]
    );
    Timestamp::from(spelled).to_system_time()
}
