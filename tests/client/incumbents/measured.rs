//! What was measured and read of the official SDKs and of crates, beside what ours does.

use std::sync::Arc;

use serde_json::json;
use yun_sdk::runtime::BoxFuture;
use yun_sdk::runtime::credentials::{Cached, Chain, Metadata, Surroundings};
use yun_sdk::runtime::test_util::Answer;
use yun_sdk::runtime::transport::{Bytes, Limits, Transport, TransportError, http};
use yun_sdk::runtime::{Protocol, Signing};
use yun_sdk::{Config, Credentials, CredentialsError, CredentialsSource as _, Error};
use yun_sdk::{alibaba, huawei, tencent};
use yunspec_tests::typed;

use super::{Ours, answer, play, recorded};

/// The rows so far, and what is wrong with them.
#[derive(Default)]
struct Table {
    rows: usize,
    bad: Vec<String>,
}

impl Table {
    /// A case, what theirs does, what ours has to do and what it does.
    fn row(&mut self, case: &str, theirs: &str, wanted: &str, ours: &str) {
        println!("{case} | {theirs} | {ours}");
        self.rows += 1;
        if ours != wanted {
            self.bad
                .push(format!("{case}: wanted {wanted:?}, found {ours:?}"));
        }
    }
}

/// One row for each measured case.
pub(super) async fn every_row() {
    let mut table = Table::default();
    routes(&mut table).await;
    secrets(&mut table).await;
    repeats(&mut table).await;
    answers(&mut table).await;
    sources(&mut table).await;
    assert!(table.bad.is_empty(), "\n{}", table.bad.join("\n"));
    println!("incumbents: {} measured cases, none worse", table.rows);
}

/// Where a request goes, and what it says.
async fn routes(table: &mut Table) {
    let theirs = [
        (
            "path \"..\"",
            "..",
            "Huawei sends PUT /v2/proj/; url drops it",
        ),
        ("path \".\"", ".", "Huawei sends the collection's path"),
        ("path \"\"", "", "Huawei sends /users/"),
    ];
    for (case, id, theirs) in theirs {
        let ours = workspace_path(id).await;
        table.row(case, theirs, "refused, 0 requests", &ours);
    }
    table.row(
        "path \"a/b?c#d e\"",
        "Huawei's two clients differ: one sends ?c as a query",
        "/v2/p1/users/a%2Fb%3Fc%23d%20e",
        &workspace_path("a/b?c#d e").await,
    );
    let (config, sent) = recorded([Answer::new(200).body("{}")]);
    let quickbi = alibaba::quickbi_public::Client::new(config).expect("sound");
    let request = typed::quickbi(&json!({ "UserId": "u", "IsDeleted": true }));
    quickbi.update_user(request).await.expect("a success");
    let ours = sent.request().query().to_owned();
    table.row(
        "a boolean in the query",
        "Alibaba sends True",
        "UserId=u&IsDeleted=true",
        &ours,
    );
    let config = recorded([]).0.region("x@127.0.0.1:1/#");
    let refused = alibaba::quickbi_public::Client::new(config).is_err();
    table.row(
        "region \"x@host/#\"",
        "Alibaba sends the signed request to host",
        "refused",
        if refused { "refused" } else { "taken" },
    );
    let refused =
        tencent::cam::Client::new(recorded([]).0.language("zh\r\nx: y")).is_err();
    table.row(
        "CRLF in a header",
        "refused",
        "refused",
        if refused { "refused" } else { "taken" },
    );
    let ram = alibaba::ram::Client::new(recorded([]).0).expect("sound");
    let error = ram
        .update_user(typed::ram(&json!({ "UserName": "" })))
        .await;
    let ours = match error {
        Err(Error::Invalid(_)) => "refused",
        _ => "sent",
    };
    table.row("an empty required text", "sent", "refused", ours);
}

async fn workspace_path(user: &str) -> String {
    let (config, sent) = recorded([Answer::new(200).body("{}")]);
    let workspace = huawei::workspace::Client::new(config).expect("sound");
    let request = typed::workspace(&json!({ "user_id": user }));
    let outcome = workspace.update_user_info(request).await;
    match outcome {
        Ok(_) => sent.request().path().to_owned(),
        Err(_) => format!("refused, {} requests", sent.requests().len()),
    }
}

/// What is shown.
async fn secrets(table: &mut Table) {
    let hides = |text: &str, secret: &str| {
        if text.contains(secret) {
            "shown"
        } else {
            "hidden"
        }
    };
    let request = typed::cam(&json!({ "Name": "n", "Password": "hunter2" }));
    let ours = hides(&format!("{request:?}"), "hunter2").to_owned();
    table.row(
        "a printed request",
        "Tencent shows the password",
        "hidden",
        &ours,
    );
    let keys = Credentials::new("id", "hunter2");
    let ours = hides(&format!("{keys:?}"), "hunter2");
    table.row("printed keys", "a crate shows the secret", "hidden", ours);
    let config = Config::new(keys)
        .signing(Signing::HmacSha1)
        .allow_http(true);
    let config = config.endpoint("http://127.0.0.1:1");
    let ram = alibaba::ram::Client::new(config).expect("sound");
    let error = ram
        .update_user(typed::ram(&json!({ "UserName": "n" })))
        .await;
    let error = error.expect_err("nobody listens");
    let ours = hides(&format!("{error} {error:?}"), "Signature=").to_owned();
    table.row(
        "no connection, signed query",
        "reqwest shows the URL",
        "hidden",
        &ours,
    );
}

/// A network that takes a request and never answers.
#[derive(Debug)]
struct Stalled;

impl Transport for Stalled {
    fn send(
        &self,
        _: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            tokio::time::sleep(limits.timeout).await;
            Err(TransportError::Timeout {
                sent: true,
                received: None,
            })
        })
    }
}

/// What is tried again, and how long it takes.
async fn repeats(table: &mut Table) {
    let clouds = [
        ("Alibaba", "ram.UpdateUser", "{\"RequestId\":\"r\"}", "10 s"),
        (
            "Tencent",
            "cam.UpdateUser",
            "{\"Response\":{\"RequestId\":\"r\"}}",
            "60 s",
        ),
        (
            "Huawei",
            "workspace.UpdateUserInfo",
            "{\"id\":\"u\"}",
            "120 s",
        ),
    ];
    for (cloud, operation, fine, stall) in clouds {
        for (what, status) in [("503", 503), ("throttled", 429)] {
            let answers = vec![Answer::new(status), Answer::new(200).body(fine)];
            let ours = play(operation, answers, true).await;
            let ours = format!("{}, {} requests", ours.is_ok, ours.attempts);
            let case = format!("{cloud}: {what}, then ok");
            table.row(&case, "fails, 1 request", "true, 2 requests", &ours);
        }
        let config = recorded([]).0.transport(Arc::new(Stalled));
        let began = tokio::time::Instant::now();
        let sent = match cloud {
            "Alibaba" => {
                let ram = alibaba::ram::Client::new(config).expect("sound");
                Ours::of(
                    ram.update_user(typed::ram(&json!({ "UserName": "n" })))
                        .await,
                )
            }
            "Tencent" => {
                let cam = tencent::cam::Client::new(config).expect("sound");
                Ours::of(cam.update_user(typed::cam(&json!({ "Name": "n" }))).await)
            }
            _ => {
                let request = typed::workspace(&json!({ "user_id": "u" }));
                let workspace = huawei::workspace::Client::new(config).expect("sound");
                Ours::of(workspace.update_user_info(request).await)
            }
        };
        let ours = format!("{} request, {} s", sent.attempts, began.elapsed().as_secs());
        let case = format!("{cloud}: no answer comes, unsafe operation");
        table.row(
            &case,
            &format!("1 request, {stall}"),
            "1 request, 10 s",
            &ours,
        );
    }
    let fine = "{\"Response\":{\"RequestId\":\"r\"}}";
    let ok = || Answer::new(200).body(fine);
    let ours = play("cam.UpdateUser", vec![Answer::new(503), ok(), ok()], true).await;
    table.row(
        "Tencent: 503, ok, ok, told to repeat",
        "error 503 after 3 requests",
        "ok, id, 2 requests",
        &ours.summary(),
    );
    let (config, _) = recorded((0..41).map(|_| ok()));
    let cam = tencent::cam::Client::new(config.rate_limit(true)).expect("sound");
    let began = tokio::time::Instant::now();
    for _ in 0..41 {
        let call = cam.update_user(typed::cam(&json!({ "Name": "n" })));
        call.await.expect("a success");
    }
    let ours = format!("{} s for 41 calls", began.elapsed().as_secs());
    let case = "the documented limit of 20 a second";
    table.row(case, "not known", "2 s for 41 calls", &ours);
}

/// What is made of what comes back.
async fn answers(table: &mut Table) {
    let html = || Answer::new(502).body("<html><h1>502 Bad Gateway</h1></html>");
    let clouds = [
        ("Alibaba", "ram.UpdateUser", "the status is lost"),
        ("Tencent", "cam.UpdateUser", "code ServerNetworkError"),
        ("Huawei", "workspace.UpdateUserInfo", "the status is kept"),
    ];
    for (cloud, operation, theirs) in clouds {
        let ours = play(operation, vec![html()], false).await;
        let kept = ours.body.contains("Bad Gateway");
        let ours = format!("{}, body kept: {kept}", ours.summary());
        table.row(
            &format!("{cloud}: 502 in HTML"),
            theirs,
            "error 502, body kept: true",
            &ours,
        );
    }
    let error = r#"{"Response":{"Error":{"Code":"X","Message":"m"},"RequestId":"r"}}"#;
    let rows = [
        (
            "Tencent: error, content type with a charset",
            "cam.UpdateUser",
            json!({ "status": 200, "headers": [["content-type", "application/json; charset=utf-8"]], "body": error }),
            "taken for a success",
            "error 200 X m, id",
        ),
        (
            "Tencent: error at status 400",
            "cam.UpdateUser",
            json!({ "status": 400, "body": error }),
            "code and request id are lost",
            "error 400 X m, id",
        ),
        (
            "Tencent: error without a request id",
            "cam.UpdateUser",
            json!({ "status": 200, "body": r#"{"Response":{"Error":{"Code":"X","Message":"m"}}}"# }),
            "KeyError",
            "error 200 X m",
        ),
        (
            "Alibaba: error without a request id",
            "ram.UpdateUser",
            json!({ "status": 400, "body": r#"{"Code":"X","Message":"m"}"# }),
            "the id is the text None",
            "error 400 X m",
        ),
        (
            "Alibaba: success in XML",
            "ram.UpdateUser",
            json!({ "status": 200, "body": "<A><RequestId>r</RequestId><User><UserName>n</UserName></User></A>" }),
            "fails",
            "ok, id",
        ),
        (
            "Alibaba: error in XML, any content type",
            "ram.UpdateUser",
            json!({ "status": 404, "body": "<Error><RequestId>r</RequestId><Code>X</Code><Message>m</Message></Error>" }),
            "fails unless the content type is exact",
            "error 404 X m, id",
        ),
        (
            "Huawei: HTML at status 200",
            "workspace.UpdateUserInfo",
            json!({ "status": 200, "body": "<html><p>x</html>" }),
            "success without an id",
            "no answer in 200",
        ),
        (
            "Huawei: 429 with a body",
            "workspace.UpdateUserInfo",
            json!({ "status": 429, "headers": [["x-request-id", "r"]], "body": r#"{"error_code":"APIGW.0308","error_msg":"m"}"# }),
            "code 429, body and request id are lost",
            "error 429 APIGW.0308 m, id, 3 requests",
        ),
        (
            "redirect to another host",
            "cam.UpdateUser",
            json!({ "status": 307, "headers": [["location", "https://example.com/"]], "body": "" }),
            "the password and the token go there",
            "error 307",
        ),
    ];
    for (case, operation, reply, theirs, wanted) in rows {
        let ours = play(operation, vec![answer(&reply)], false).await.summary();
        table.row(case, theirs, wanted, &ours);
    }
    let now = "Fri, 02 Jan 2026 04:04:05 GMT";
    let late =
        r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"m"}}}"#;
    let late = Answer::new(200).header("date", now).body(late);
    let fine = Answer::new(200).body(r#"{"Response":{"RequestId":"r"}}"#);
    let ours = play("cam.UpdateUser", vec![late, fine], false)
        .await
        .summary();
    table.row("the clock is off", "fails", "ok, id, 2 requests", &ours);
}

/// Where keys come from.
async fn sources(table: &mut Table) {
    let count = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let first = move || {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move {
            match number {
                0 => Err(CredentialsError::other("busy")),
                _ => Ok(Credentials::new("first", "x")),
            }
        }
    };
    let second = || async { Err(CredentialsError::other("nothing here")) };
    let chain = Chain::new().with(first).with(second);
    let failed = chain.credentials().await.is_err();
    let then = chain.credentials().await.map(|keys| keys.access_key_id);
    let ours = format!("{failed}, then {}", then.unwrap_or_default());
    table.row(
        "a chain that failed as a whole",
        "Alibaba's asks only the last source from then on",
        "true, then first",
        &ours,
    );
    let silent = Surroundings::with_lookup(|_| None).transport(Arc::new(Stalled));
    let began = tokio::time::Instant::now();
    let metadata = Metadata::of(Protocol::TC3_JSON).surroundings(silent);
    let failed = metadata.credentials().await.is_err();
    let ours = format!("{failed}, {} s", began.elapsed().as_secs());
    let case = "a metadata service that does not answer";
    table.row(case, "Tencent waits for ever", "true, 1 s", &ours);
    let tokens = std::sync::Mutex::new(vec!["new", "old"]);
    let source = move || {
        let token = tokens.lock().expect("nobody panics with it").pop();
        let keys = Credentials::new("id", "key").security_token(token.unwrap_or("none"));
        async move { Ok(keys) }
    };
    let stale =
        r#"{"Response":{"Error":{"Code":"AuthFailure.TokenFailure","Message":"m"}}}"#;
    let fine = r#"{"Response":{"RequestId":"r"}}"#;
    let answers = [stale, fine].map(|body| Answer::new(200).body(body));
    let transport = recorded(answers).1;
    let config = Config::new(Cached::new(source)).transport(transport);
    let cam = tencent::cam::Client::new(config).expect("sound");
    let ours = Ours::of(cam.update_user(typed::cam(&json!({ "Name": "n" }))).await);
    table.row(
        "a token that expires early",
        "Tencent fetches another only after its expiry",
        "ok, id, 2 requests",
        &ours.summary(),
    );
}
