//! A service that knows one token, and refuses the others as each cloud does.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use yunspec_runtime::endpoint::Endpoint;
use yunspec_runtime::{Client, Config, Protocol, Service};

pub(crate) static ALIBABA: Service = service(Protocol::ACS_RPC);
pub(crate) static TENCENT: Service = service(Protocol::TC3_JSON);
pub(crate) static HUAWEI: Service = service(Protocol::SDK_HMAC_REST);

const fn service(protocol: Protocol) -> Service {
    let endpoint = Endpoint {
        global: Some("test.example.com"),
        global_regions: &[],
        regional: None,
        regions: &[],
        hosts: &[],
    };
    Service {
        protocol,
        id: "test/test",
        product: "test",
        version: "2026-01-02",
        endpoint,
    }
}

/// How a cloud says that a token is no good: the service, the header that carries the token,
/// the status, the body.
pub(crate) type Row = (&'static Service, &'static str, u16, &'static str);

pub(crate) const ROWS: [Row; 6] = [
    (
        &ALIBABA,
        "x-acs-security-token",
        400,
        r#"{"Code":"InvalidSecurityToken.Expired","Message":"m","RequestId":"r"}"#,
    ),
    (
        &ALIBABA,
        "x-acs-security-token",
        400,
        r#"{"Code":"InvalidSecurityToken.Malformed","Message":"m","RequestId":"r"}"#,
    ),
    (
        &TENCENT,
        "x-tc-token",
        200,
        r#"{"Response":{"Error":{"Code":"AuthFailure.TokenFailure","Message":"m"},"RequestId":"r"}}"#,
    ),
    (
        &HUAWEI,
        "x-security-token",
        401,
        r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: decrypt token fail"}"#,
    ),
    (
        &HUAWEI,
        "x-auth-token",
        401,
        r#"{"error_code":"APIG.0301","error_msg":"Incorrect IAM authentication information: decrypt token fail"}"#,
    ),
    (
        &HUAWEI,
        "x-auth-token",
        401,
        r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: token expires, expires_at: 2026-01-02T03:04:05Z"}"#,
    ),
];

/// A service on the loopback interface that refuses every token but `good`.
pub(crate) struct Door {
    address: SocketAddr,
    tokens: Arc<Mutex<Vec<String>>>,
}

impl Door {
    pub(crate) fn open(row: Row, good: &'static str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let tokens = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&tokens);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = Arc::clone(&seen);
                thread::spawn(move || serve(&stream, row, good, &seen));
            }
        });
        Self { address, tokens }
    }

    /// The tokens of all requests so far.
    pub(crate) fn tokens(&self) -> Vec<String> {
        self.tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn client(&self, row: Row, config: Config) -> Client {
        let config = config
            .endpoint(format!("http://{}", self.address))
            .allow_http(true);
        Client::new(row.0, config).expect("sound settings")
    }
}

/// Answers the requests of one connection until it ends.
fn serve(
    stream: &TcpStream,
    (service, header, status, body): Row,
    good: &str,
    seen: &Mutex<Vec<String>>,
) -> Option<()> {
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .ok()?;
    stream.set_nodelay(true).ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let (mut token, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
            let Some((name, value)) = line.split_once(": ") else {
                if line.trim().is_empty() {
                    break;
                }
                continue;
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().ok()?,
                name if name == header => value.trim().clone_into(&mut token),
                _ => {}
            }
        }
        reader.read_exact(&mut vec![0; length]).ok()?;
        let fine = if service.protocol == Protocol::TC3_JSON {
            r#"{"Response":{"RequestId":"r"}}"#
        } else {
            r#"{"RequestId":"r"}"#
        };
        let (status, body) = if token == good {
            (200, fine)
        } else {
            (status, body)
        };
        seen.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(token);
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let mut writer = stream;
        writer
            .write_all([head.as_bytes(), body.as_bytes()].concat().as_slice())
            .ok()?;
    }
}
