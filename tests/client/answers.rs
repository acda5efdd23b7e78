//! What a call sends, and what a success brings back.

use std::sync::atomic::{AtomicUsize, Ordering};

use yunspec_runtime::{Client, Credentials, Json, Signing};
use yunspec_tests::server::{Answer, Server};

use crate::operations::{
    CAM, CamUpdateUser, RAM, RamUpdateUser, WORKSPACE, WorkspaceDeleteUser,
    WorkspaceUpdateUser, client, config, stamp,
};

fn cam_answer() -> Answer {
    Answer::new(200)
        .header("Content-Type", "application/json")
        .body(r#"{"Response":{"RequestId":"r-1","Uin":"7","New":{}}}"#)
}

#[tokio::test]
async fn json_body_and_envelope() {
    let server = Server::start([cam_answer()]);
    let request = CamUpdateUser::new("test124");
    let response = client(&CAM, &server)
        .call(request)
        .await
        .expect("a success");

    assert_eq!(
        (response.request_id(), response.status()),
        (Some("r-1"), 200)
    );
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(
        (response.request_id.as_str(), response.uin),
        ("r-1", Some(7))
    );

    let sent = server.request();
    assert_eq!((sent.method.as_str(), sent.target.as_str()), ("POST", "/"));
    assert_eq!(sent.text(), r#"{"Name":"test124"}"#);
    assert_eq!(sent.header("host"), Some(server.host().as_str()));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("x-tc-action"), Some("UpdateUser"));
    assert_eq!(sent.header("x-tc-timestamp"), Some("1767323045"));
    assert_eq!(
        sent.header("user-agent"),
        Some(concat!("yun-sdk/", env!("CARGO_PKG_VERSION")))
    );
    let authorization = sent.header("authorization").expect("it is signed");
    assert!(
        authorization
            .starts_with("TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2026-01-02/cam/")
    );
    for once in ["host", "content-length", "user-agent", "content-type"] {
        let count = sent
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(once))
            .count();
        assert_eq!(count, 1, "{once} is sent once");
    }
}

#[tokio::test]
async fn query_and_xml() {
    let xml = "<?xml version='1.0'?><UpdateUserResponse><RequestId>r-2</RequestId>\
               <User><UserId>u1</UserId><Comments>a &amp; b</Comments></User></UpdateUserResponse>";
    let json = r#"{"RequestId":"r-3","User":{"UserId":"u2"}}"#;
    let server = Server::start([
        Answer::new(200)
            .header("Content-Type", "text/xml;charset=utf-8")
            .body(xml),
        Answer::new(200).body(json),
    ]);
    let ram = client(&RAM, &server);
    let request = RamUpdateUser::new("a b*~+&")
        .new_comments("夜班")
        .trace("t1");
    let response = ram.call(request.clone()).await.expect("XML is read");
    assert_eq!(response.request_id(), Some("r-2"));
    assert_eq!(response.user.comments.as_deref(), Some("a & b"));
    let response = ram.call(request).await.expect("JSON is read");
    assert_eq!(
        (response.request_id(), response.user.user_id.as_str()),
        (Some("r-3"), "u2")
    );

    let requests = server.requests();
    let sent = &requests[0];
    assert_eq!(
        sent.target,
        "/?UserName=a%20b%2A~%2B%26&NewComments=%E5%A4%9C%E7%8F%AD"
    );
    assert_eq!(
        (sent.header("content-length"), sent.body.len()),
        (Some("0"), 0)
    );
    assert_eq!(sent.header("x-trace"), Some("t1"));
    assert_eq!(sent.header("x-acs-date"), Some("2026-01-02T03:04:05Z"));
    let authorization = sent.header("authorization").expect("it is signed");
    assert!(
        authorization
            .starts_with("ACS3-HMAC-SHA256 Credential=AKIDEXAMPLE,SignedHeaders=host;")
    );
    assert_eq!(
        requests[1].connection, sent.connection,
        "the connection is kept"
    );
}

#[tokio::test]
async fn rest_and_no_body() {
    let server = Server::start([
        Answer::new(200)
            .header("X-Request-Id", "r-4")
            .body(r#"{"id":5}"#),
        Answer::new(204).header("X-Request-Id", "r-5"),
    ]);
    let workspace = client(&WORKSPACE, &server);
    let request = WorkspaceUpdateUser::new("u/1 ?").disabled(false);
    let response = workspace.call(request).await.expect("a success");
    assert_eq!(
        (response.request_id(), response.id.as_str()),
        (Some("r-4"), "5")
    );
    let nothing = workspace
        .call(WorkspaceDeleteUser::new("u2"))
        .await
        .expect("204 is a success");
    assert_eq!((nothing.request_id(), nothing.status()), (Some("r-5"), 204));

    let requests = server.requests();
    assert_eq!(requests[0].method, "PUT");
    assert_eq!(requests[0].target, "/v2/p1/users/u%2F1%20%3F");
    assert_eq!(requests[0].text(), r#"{"disabled":false}"#);
    assert_eq!(requests[0].header("x-sdk-date"), Some("20260102T030405Z"));
    assert_eq!(
        (requests[1].method.as_str(), requests[1].path()),
        ("DELETE", "/v2/p1/users/u2")
    );
}

#[tokio::test]
async fn other_signatures() {
    let server =
        Server::start([cam_answer(), Answer::new(200).body("{}"), Answer::new(204)]);
    let agent = config(&server).user_agent("my tool/1.0").language("en-US");
    let cam = Client::new(&CAM, agent).expect("sound");
    cam.call(CamUpdateUser::new("a")).await.expect("a success");

    let ram =
        Client::new(&RAM, config(&server).signing(Signing::HmacSha1)).expect("sound");
    ram.call(RamUpdateUser::new("a")).await.expect("a success");

    let token = Credentials::token("TOKEN").project_id("p2");
    let with_token = config_with(&server, token);
    let workspace = Client::new(&WORKSPACE, with_token).expect("sound");
    workspace
        .call(WorkspaceDeleteUser::new("u"))
        .await
        .expect("a success");

    let requests = server.requests();
    assert_eq!(requests[0].header("user-agent"), Some("my tool/1.0"));
    assert_eq!(requests[0].header("x-tc-language"), Some("en-US"));
    let keys: Vec<_> = requests[1]
        .query()
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    assert!(
        keys.contains(&"Signature") && keys.contains(&"AccessKeyId"),
        "{keys:?}"
    );
    assert_eq!(requests[1].header("authorization"), None);
    assert_eq!(requests[2].header("x-auth-token"), Some("TOKEN"));
    assert_eq!(requests[2].header("authorization"), None);
}

fn config_with(server: &Server, credentials: Credentials) -> yunspec_runtime::Config {
    let config = yunspec_runtime::Config::new(credentials);
    config.endpoint(server.url()).allow_http(true).stamp(stamp)
}

#[tokio::test]
async fn each_call_has_its_own_stamp_and_credentials() {
    static FETCHED: AtomicUsize = AtomicUsize::new(0);
    let server = Server::start([cam_answer(), cam_answer()]);
    let source = || async {
        let number = FETCHED.fetch_add(1, Ordering::SeqCst);
        Ok(Credentials::new(format!("ID{number}"), "secret"))
    };
    let config = yunspec_runtime::Config::new(source)
        .endpoint(server.url())
        .allow_http(true);
    let cam = Client::new(&CAM, config).expect("sound");
    cam.call(CamUpdateUser::new("a")).await.expect("a success");
    cam.clone()
        .call(CamUpdateUser::new("a"))
        .await
        .expect("a success");
    for (number, sent) in server.requests().iter().enumerate() {
        let authorization = sent.header("authorization").expect("it is signed");
        assert!(
            authorization.contains(&format!("Credential=ID{number}/")),
            "{authorization}"
        );
    }
}

#[tokio::test]
async fn untyped_call_and_dry_run() {
    let server = Server::start([cam_answer()]);
    let cam = client(&CAM, &server);
    let request = CamUpdateUser::new("a");
    let call = <CamUpdateUser as yunspec_runtime::Operation>::CALL;
    let prepared = cam
        .prepare(&call, &request)
        .await
        .expect("it can be signed");
    assert_eq!(prepared.url(), format!("{}/", server.url()));
    assert!(server.requests().is_empty(), "nothing is sent");

    let response = cam.call_untyped(&call, &request).await.expect("a success");
    assert_eq!(response.get("Uin"), Some(&Json::from("7")));
    let sent = server.request();
    for (name, value) in &prepared.request.headers {
        let value = value.to_str().expect("text");
        assert_eq!(sent.header(name.as_str()), Some(value), "{name}");
    }
    let authorization = sent.header("authorization").expect("it is signed");
    assert!(authorization.ends_with(&prepared.signed.signature));
}
