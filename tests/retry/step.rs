//! One step of a row's script: what the service does with one request.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::json;
use yunspec_tests::server;

use crate::world::{Provider, http_date};

/// What the service does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Answers.
    Answer(Reply),
    /// Takes the request and ends the connection.
    Reset,
    /// Begins an answer and ends the connection.
    Cut(Reply),
    /// Takes the request and never answers.
    Stall,
    /// Answers with more than the client takes.
    Large,
    /// Accepts no connection.
    Refused,
    /// Does not react to a connection.
    NoDial,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Step {
    /// A word of a script: `ok`, `reset`, `503`, `400:Throttling.User+ra2`, `late+3600`.
    pub(crate) fn parse(provider: Provider, word: &str) -> Self {
        let (what, hint) = match word.split_once('+') {
            Some((what, hint)) => (what, Some(hint)),
            None => (word, None),
        };
        let plain = |status, body: &str| Reply::new(status, body.to_owned());
        match what {
            "ok" => Self::Answer(plain(200, provider.success())),
            "reset" => Self::Reset,
            "cut" => Self::Cut(plain(200, provider.success())),
            "cut503" => Self::Cut(plain(503, "{\"Code\":\"ServiceUnavailable\"}")),
            "stall" => Self::Stall,
            "large" => Self::Large,
            "refused" => Self::Refused,
            "nodial" => Self::NoDial,
            "garbage" => Self::Answer(plain(200, "<html><h1>Welcome")),
            "502html" => {
                Self::Answer(plain(502, "<html><h1>502 Bad Gateway</h1></html>"))
            }
            "late" => Self::Answer(late(provider, hint)),
            what => Self::Answer(refusal(provider, what, hint)),
        }
    }
}

impl Reply {
    pub(crate) fn new(status: u16, body: String) -> Self {
        let id = ("x-request-id".to_owned(), "REQUEST-1".to_owned());
        Self {
            status,
            headers: vec![id],
            body,
        }
    }

    fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).expect("a status")
    }

    pub(crate) fn header_map(&self) -> HeaderMap {
        let header = |(name, value): &(String, String)| {
            let name: HeaderName = name.parse().expect("a header's name");
            (
                name,
                HeaderValue::from_str(value).expect("a header's value"),
            )
        };
        self.headers.iter().map(header).collect()
    }

    /// The same answer over a socket.
    pub(crate) fn over_the_wire(&self) -> server::Answer {
        let answer = server::Answer::new(self.status).body(self.body.clone());
        let header = |answer: server::Answer, (name, value): &(String, String)| {
            answer.header(name, value)
        };
        self.headers.iter().fold(answer, header)
    }
}

/// `503`, `400:Throttling`, with what the service says about the next attempt.
fn refusal(provider: Provider, what: &str, hint: Option<&str>) -> Reply {
    let (status, code) = what.split_once(':').unwrap_or((what, ""));
    let status = status
        .parse()
        .unwrap_or_else(|_| panic!("{what:?} is no step"));
    let body = match code {
        "" => "{}".to_owned(),
        code => provider.error(code, "said no"),
    };
    let reply = Reply::new(status, body);
    let Some(hint) = hint else { return reply };
    let digits = hint
        .find(|c: char| c.is_ascii_digit() || c == '-')
        .unwrap_or(hint.len());
    let limits = |time: &str| format!("Limit:10,Remain:0,TimeLeft:{time},Reset:1");
    match (&hint[..digits], &hint[digits..]) {
        ("ra", seconds) => reply.header("retry-after", seconds),
        ("acs", ms) => reply.header("x-acs-retry-after", ms),
        ("tl", ms) => reply.header("x-ratelimit-user", limits(ms)),
        ("tlapi", ms) => {
            let reply = reply.header("x-ratelimit-user-api", limits(ms));
            reply.header("x-ratelimit-user", limits("7"))
        }
        ("date", seconds) => {
            let seconds = seconds.parse().expect("seconds from now");
            reply
                .header("date", http_date(0))
                .header("retry-after", http_date(seconds))
        }
        ("rasoon", _) => reply.header("retry-after", "soon"),
        ("acssoon", _) => reply.header("x-acs-retry-after", "soon"),
        _ => panic!("{hint:?} is no hint"),
    }
}

/// A signature is refused for its time; the service's own is so many seconds ahead, where
/// it says so.
fn late(provider: Provider, ahead: Option<&str>) -> Reply {
    let (status, code, message) = match provider {
        Provider::Alibaba => (
            400,
            "InvalidTimeStamp.Expired",
            "The time stamp is expired.",
        ),
        Provider::Tencent => {
            (200, "AuthFailure.SignatureExpire", "The signature expired.")
        }
        Provider::Huawei => (
            401,
            "APIGW.0301",
            "Incorrect IAM authentication information: calc aksk signature fail:signature expired",
        ),
    };
    let reply = Reply::new(status, provider.error(code, message));
    match ahead {
        Some(ahead) => reply.header("date", http_date(ahead.parse().expect("seconds"))),
        None => reply,
    }
}

impl Provider {
    fn success(self) -> &'static str {
        match self {
            Self::Alibaba => "{\"RequestId\":\"REQUEST-1\"}",
            Self::Tencent => "{\"Response\":{\"RequestId\":\"REQUEST-1\"}}",
            Self::Huawei => "{\"id\":\"1\"}",
        }
    }

    fn error(self, code: &str, message: &str) -> String {
        match self {
            Self::Alibaba => json!({ "Code": code, "Message": message }),
            Self::Tencent => {
                json!({ "Response": { "Error": { "Code": code, "Message": message } } })
            }
            Self::Huawei => json!({ "error_code": code, "error_msg": message }),
        }
        .to_string()
    }
}
