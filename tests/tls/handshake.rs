//! Whom a client trusts, and with which cryptography.

use rustls::NamedGroup;
use rustls::version::{TLS12, TLS13};
use yun_sdk::Error;
use yun_sdk::tencent::cam::UpdateUserError;
use yunspec_runtime::transport::TransportError;

use crate::peer::{Authority, Identity, Peer};
use crate::{call, config};

/// Longer than any of these tests is of use.
const LATER: i32 = 2100;

/// The refusal of a server by a client that trusts the authority.
async fn refusal(identity: Identity, authority: Option<&str>) -> Error<UpdateUserError> {
    let peer = Peer::start(identity, &TLS13);
    let config = config("https", &peer.address);
    let config = match authority {
        Some(pem) => config.root_certificates(pem),
        None => config,
    };
    let error = call(config).await.expect_err("the certificate is refused");
    assert!(peer.end().is_err(), "no request arrives");
    error
}

#[tokio::test]
async fn an_authority_of_the_configuration_is_trusted() {
    let authority = Authority::new("Ours");
    for version in [&TLS12, &TLS13] {
        let peer = Peer::start(authority.identity("localhost", LATER), version);
        let config = config("https", &peer.address);
        let id = call(config.root_certificates(authority.pem.as_str())).await;
        assert_eq!(id.expect("the certificate is good"), "r-1", "{version:?}");
        peer.end().expect("the handshake and the request are whole");
    }
}

#[tokio::test]
async fn any_other_certificate_is_refused_and_the_error_says_why() {
    let (ours, other) = (Authority::new("Ours"), Authority::new("Another"));
    let good = || ours.identity("localhost", LATER);
    let table = [
        ("unknown authority", good(), None, "UnknownIssuer"),
        ("another authority", good(), Some(&other), "UnknownIssuer"),
        (
            "expired",
            ours.identity("localhost", 2024),
            Some(&ours),
            "certificate expired",
        ),
        (
            "another name",
            ours.identity("other.example", LATER),
            Some(&ours),
            "certificate not valid for name \"localhost\"",
        ),
    ];
    for (name, identity, authority, why) in table {
        let pem = authority.map(|authority| authority.pem.as_str());
        let error = refusal(identity, pem).await;
        assert!(
            matches!(
                error,
                Error::Transport {
                    error: TransportError::Connect { .. },
                    ..
                }
            ),
            "{name}: {error:?}"
        );
        assert!(!error.was_sent(), "{name}: {error}");
        let text = error.to_string();
        assert!(
            text.starts_with("no connection, nothing was sent: ") && text.contains(why),
            "{name}: {text}"
        );
    }
}

#[tokio::test]
async fn the_cryptography_is_the_chosen_one() {
    let authority = Authority::new("Ours");
    let peer = Peer::start(authority.identity("localhost", LATER), &TLS13);
    let config = config("https", &peer.address);
    let id = call(config.root_certificates(authority.pem.as_str())).await;
    id.expect("the certificate is good");
    let groups = peer.end().expect("a whole handshake").groups;
    assert!(groups.contains(&NamedGroup::X25519), "{groups:?}");
    // Only AWS-LC has a key exchange that withstands quantum computers.
    let is_aws_lc = groups.contains(&NamedGroup::X25519MLKEM768);
    assert_eq!(is_aws_lc, cfg!(feature = "aws-lc"), "{groups:?}");
}
