//! Keys in the JSON of a metadata service, a token service or a program. An error names the
//! member, never what stands in it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Credentials;
use crate::secret::Secret;
use crate::timestamp::Timestamp;
use crate::value::Json;

/// What the members of an object are called that holds keys.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) id: &'static str,
    pub(super) secret: &'static str,
    pub(super) token: &'static str,
}

/// Reads JSON; tells where it breaks off, and nothing of it.
pub(super) fn parse(bytes: &[u8]) -> Result<Json, String> {
    let place = |error: serde_json::Error| {
        format!("no JSON (line {}, column {})", error.line(), error.column())
    };
    serde_json::from_slice(bytes).map_err(place)
}

impl Names {
    /// Takes temporary keys out of an object.
    pub(super) fn temporary(
        &self,
        json: &mut Json,
        provider: &'static str,
    ) -> Result<Credentials, String> {
        let credentials = self.any(json, provider)?;
        match credentials.security_token {
            Some(_) => Ok(credentials),
            None => Err(format!("{} is missing", self.token)),
        }
    }

    /// Takes keys out of an object, temporary where there is a token.
    pub(super) fn any(
        &self,
        json: &mut Json,
        provider: &'static str,
    ) -> Result<Credentials, String> {
        if !json.is_object() {
            return Err("no JSON object with keys".to_owned());
        }
        let need =
            |found: Option<String>, name| found.ok_or(format!("{name} is missing"));
        let id = need(text(json, self.id)?, self.id)?;
        let secret = need(text(json, self.secret)?, self.secret)?;
        let mut credentials = Credentials::new(id, secret);
        credentials.security_token = text(json, self.token)?.map(Secret::from);
        credentials.provider = provider;
        credentials.check().map_err(|error| error.to_string())?;
        Ok(credentials)
    }
}

/// Takes a text out of an object; an empty one counts as missing.
pub(super) fn text(json: &mut Json, name: &str) -> Result<Option<String>, String> {
    match json.get_mut(name).map(Json::take) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
        Some(_) => Err(format!("{name} is no text")),
    }
}

/// When keys expire: RFC 3339, or seconds since 1970.
pub(super) fn expiry(json: &Json, name: &str) -> Result<Option<SystemTime>, String> {
    let time = match json.get(name) {
        None | Some(Json::Null) => return Ok(None),
        Some(Json::String(text)) if text.is_empty() => return Ok(None),
        Some(Json::String(text)) => Timestamp::from(text.as_str()).to_system_time(),
        Some(Json::Number(seconds)) => seconds.as_u64().and_then(after_1970),
        Some(_) => None,
    };
    time.map(Some).ok_or_else(|| format!("{name} is no time"))
}

/// A time that many seconds after 1970; none where no calendar goes as far.
pub(super) fn after_1970(seconds: u64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NAMES: Names = Names {
        id: "Id",
        secret: "Key",
        token: "Token",
    };

    fn refusal(mut json: Json) -> String {
        NAMES
            .temporary(&mut json, "test")
            .expect_err("no keys")
            .clone()
    }

    #[test]
    fn refusals_name_the_member_and_not_the_value() {
        let cases = [
            (json!([]), "no JSON object with keys"),
            (json!({}), "Id is missing"),
            (json!({ "Id": "" }), "Id is missing"),
            (json!({ "Id": 1 }), "Id is no text"),
            (json!({ "Id": "a", "Key": ["CANARY"] }), "Key is no text"),
            (json!({ "Id": "a", "Key": "CANARY" }), "Token is missing"),
            (
                json!({ "Id": "a", "Key": "CANARY", "Token": {} }),
                "Token is no text",
            ),
            (
                json!({ "Id": "a", "Key": "CANARY\n", "Token": "b" }),
                "the access key secret holds a line break or another character that is no \
                 printable ASCII",
            ),
        ];
        for (json, expected) in cases {
            assert_eq!(refusal(json), expected);
        }
        assert_eq!(
            parse(b"{\"Key\": CANARY").expect_err("no JSON"),
            "no JSON (line 1, column 9)"
        );
    }

    #[test]
    fn times() {
        let read = |time: Json| expiry(&json!({ "At": time }), "At");
        let expected = after_1970(1_767_323_045);
        for time in [json!("2026-01-02T03:04:05Z"), json!(1_767_323_045)] {
            assert_eq!(read(time), Ok(expected));
        }
        assert_eq!(read(json!("2026-01-02T03:04:05.000000Z")), Ok(expected));
        for time in [json!(null), json!("")] {
            assert_eq!(read(time), Ok(None));
        }
        for time in [
            json!("CANARY"),
            json!(u64::MAX),
            json!(-1),
            json!({}),
            json!(1.5),
        ] {
            assert_eq!(read(time), Err("At is no time".to_owned()));
        }
    }
}
