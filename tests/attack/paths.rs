//! Hostile values of a path member, through the typed client: what leaves is the one
//! segment that was signed, or nothing.

use std::fmt::Write as _;
use std::sync::Arc;

use yun_sdk::Config;
use yun_sdk::huawei::workspace::{Client, SERVICE, UpdateUserInfoRequest};
use yunspec_runtime::test_util::{Answer, Recorded};
use yunspec_runtime::{Credentials, Error, Operation, Retries};
use yunspec_tests::server::{self, Server};

const PROJECT: &str = "0123abcd";

/// Values that resolve, end or redirect a path somewhere.
const VALUES: [&str; 56] = [
    "",
    ".",
    "..",
    "../",
    "/..",
    "../..",
    "./.",
    "...",
    "a/../b",
    "/",
    "//",
    "//evil.example/x",
    "\\",
    "..\\",
    "\\\\evil.example\\x",
    "%2e",
    "%2e%2e",
    "%2E%2e",
    ".%2e",
    "%2e%2e%2f",
    "%2f",
    "%5c",
    "%252e%252e",
    "%00",
    "?",
    "?a=b",
    "#",
    "#f",
    ";",
    "..;",
    "a;b=c",
    "&",
    "=",
    "@",
    "@evil.example",
    ":",
    ":8080",
    "http://evil.example",
    "https:evil.example",
    "*",
    "~",
    "+",
    " ",
    "\t",
    "\n",
    "\r\nHost: evil.example",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{ff0e}\u{ff0e}",
    "\u{2024}\u{2024}",
    "\u{2215}",
    "\u{202e}",
    "\u{feff}",
    "用户",
    "{user_id}",
];

fn values() -> Vec<String> {
    let mut values: Vec<String> = VALUES.map(str::to_owned).into();
    values.extend([
        "../".repeat(64),
        "%".to_owned(),
        "%zz".to_owned(),
        "a".repeat(4000),
    ]);
    values
}

/// What the path has to be, by a definition of its own: unreserved bytes stay.
fn expected(value: &str) -> String {
    let mut path = format!("/v2/{PROJECT}/users/");
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
    path
}

fn config() -> Config {
    let credentials = Credentials::new("AKID", "key").project_id(PROJECT);
    Config::new(credentials)
        .region("cn-north-4")
        .retries(Retries::none())
        .validation(false)
}

/// The path in the canonical request, which is the path that was signed.
async fn signed(value: &str, config: Config) -> String {
    let client = yunspec_runtime::Client::new(&SERVICE, config).expect("sound settings");
    let request = UpdateUserInfoRequest::new(value);
    let prepared = client.prepare(&UpdateUserInfoRequest::CALL, &request).await;
    let canonical = prepared
        .expect("it was sent as well")
        .signed
        .canonical_request;
    let canonical = canonical.expect("the scheme has one");
    let line = canonical
        .lines()
        .nth(1)
        .expect("the second line is the path");
    // The scheme adds a slash where the path does not end in one.
    let added = !value.ends_with('/');
    let line = if added {
        line.strip_suffix('/')
    } else {
        Some(line)
    };
    line.expect("a canonical path ends in /").to_owned()
}

#[tokio::test]
async fn nothing_leaves_for_another_path() {
    let server =
        Server::start(std::iter::repeat_n(server::Answer::new(200).body("{}"), 80));
    let (mut tried, mut refused, mut slashes) = (0, 0, 0);
    for value in values() {
        tried += 1;
        let recorded = Arc::new(Recorded::new([Answer::new(200).body("{}")]));
        let fake =
            Client::new(config().transport(recorded.clone())).expect("sound settings");
        let real = Client::new(config().endpoint(server.url()).allow_http(true));
        let real = real.expect("sound settings");
        let before = server.requests().len();
        let over_fake = fake
            .update_user_info(UpdateUserInfoRequest::new(value.clone()))
            .await;
        let over_socket = real
            .update_user_info(UpdateUserInfoRequest::new(value.clone()))
            .await;
        if ["", ".", ".."].contains(&value.as_str()) {
            for outcome in [over_fake, over_socket] {
                assert!(
                    matches!(outcome, Err(Error::Endpoint(_))),
                    "{value:?}: {outcome:?}"
                );
            }
            assert!(recorded.requests().is_empty(), "{value:?} was sent");
            assert_eq!(server.requests().len(), before, "{value:?} was sent");
            refused += 1;
            continue;
        }
        over_fake.unwrap_or_else(|error| panic!("{value:?}: {error}"));
        over_socket.unwrap_or_else(|error| panic!("{value:?}: {error}"));
        let want = expected(&value);
        let sent = recorded.request();
        assert_eq!(
            sent.host(),
            "workspace.cn-north-4.myhuaweicloud.com",
            "{value:?}"
        );
        assert_eq!(
            (sent.path(), sent.query()),
            (want.as_str(), ""),
            "{value:?}"
        );
        let requests = server.requests();
        assert_eq!(requests.len(), before + 1, "{value:?}");
        let sent = requests.last().expect("one was sent");
        assert_eq!(sent.target, want, "{value:?} over a socket");
        assert_eq!(
            sent.header("host"),
            Some(server.host().as_str()),
            "{value:?}"
        );
        // The provider's scheme signs the segments decoded: there a slash is a slash.
        let signed = signed(&value, config()).await;
        assert_eq!(
            signed,
            want.replace("%2F", "/"),
            "{value:?} was signed otherwise"
        );
        slashes += usize::from(signed != want);
    }
    assert_eq!((tried, refused), (60, 3));
    println!(
        "attack: {tried} path values tried, 0 escaped ({refused} refused before signing, \
         {slashes} with a slash that the scheme signs decoded)"
    );
}
