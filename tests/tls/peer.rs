//! A certificate authority, and a server with a certificate of it.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd,
};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{Acceptor, ServerConfig};
use rustls::{NamedGroup, StreamOwned, SupportedProtocolVersion};

/// How long the server waits for the client.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// An authority that lives as long as a test.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate.
    pub(crate) pem: String,
}

/// A certificate and its key.
pub(crate) struct Identity {
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

impl Authority {
    pub(crate) fn new(called: &str) -> Self {
        let mut params = CertificateParams::new([]).expect("no name is no wrong name");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let name = &mut params.distinguished_name;
        name.push(DnType::CommonName, called);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");
        Self {
            issuer: Issuer::new(params, key),
            pem: certificate.pem(),
        }
    }

    /// A certificate for a host, valid up to a year's end.
    pub(crate) fn identity(&self, host: &str, last_year: i32) -> Identity {
        let mut params = CertificateParams::new([host.to_owned()]).expect("a name");
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(last_year, 12, 31);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("signed");
        Identity {
            certificate: certificate.der().clone(),
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        }
    }
}

/// A server that takes one connection and one request.
pub(crate) struct Peer {
    /// `localhost` with the port.
    pub(crate) address: String,
    thread: JoinHandle<io::Result<Greeting>>,
}

/// What the client's first message says.
pub(crate) struct Greeting {
    /// The key exchanges that it offers.
    pub(crate) groups: Vec<NamedGroup>,
}

impl Peer {
    /// Starts the server. It answers with the request id `r-1`.
    pub(crate) fn start(
        identity: Identity,
        version: &'static SupportedProtocolVersion,
    ) -> Self {
        let config =
            ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
                .with_protocol_versions(&[version])
                .expect("ring has it")
                .with_no_client_auth()
                .with_single_cert(vec![identity.certificate], identity.key)
                .expect("the key is the certificate's");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("it is bound").port();
        let thread = thread::spawn(move || serve(&listener, config));
        Self {
            address: format!("localhost:{port}"),
            thread,
        }
    }

    /// Waits for the end of the connection.
    pub(crate) fn end(self) -> io::Result<Greeting> {
        self.thread.join().expect("the server does not panic")
    }
}

fn serve(listener: &TcpListener, config: ServerConfig) -> io::Result<Greeting> {
    let (mut stream, _) = listener.accept()?;
    stream.set_read_timeout(Some(MAX_WAIT))?;
    let mut acceptor = Acceptor::default();
    let accepted = loop {
        if acceptor.read_tls(&mut stream)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match acceptor.accept() {
            Ok(None) => {}
            Ok(Some(accepted)) => break accepted,
            Err((error, _)) => return Err(io::Error::other(error)),
        }
    };
    let groups = accepted.client_hello().named_groups().unwrap_or_default();
    let greeting = Greeting {
        groups: groups.to_vec(),
    };
    let connection = accepted
        .into_connection(Arc::new(config))
        .map_err(|(error, _)| io::Error::other(error))?;
    answer(StreamOwned::new(connection, stream))?;
    Ok(greeting)
}

/// Reads the one request, whose body is a JSON object, and answers it.
fn answer(
    mut stream: StreamOwned<rustls::ServerConnection, TcpStream>,
) -> io::Result<()> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.ends_with(b"}") {
        let length = stream.read(&mut buffer)?;
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        request.extend_from_slice(&buffer[..length]);
    }
    let body = r#"{"Response":{"RequestId":"r-1"}}"#;
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}"
    )?;
    stream.conn.send_close_notify();
    stream.flush()
}
