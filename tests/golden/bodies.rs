//! Whole bodies, files and headers over a socket: the compiled client of the course against
//! the stand-in that plays its specs, and against a call made from the specs.

use std::path::Path;
use std::time::{Duration, SystemTime};

use serde_json::{Value as Json, json};
use yunspec::mock::{Mock, Settings};
use yunspec::model::Model;
use yunspec::{call, show};
use yunspec_runtime::prepared::Prepared;
use yunspec_runtime::{Client, Config, Credentials, Operation, Retries, Service, Stamp};

use crate::quirks::{files, roads};

/// What no text is.
const BYTES: [u8; 3] = [0, 0xff, 0x80];

/// The model of the course.
pub(crate) fn model() -> Model {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/specs");
    yunspec::resolve(&specs).expect("the course has no errors")
}

/// The settings that every way of a call is made with here.
pub(crate) fn config() -> Config {
    let stamp = Stamp {
        time: SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045),
        nonce: "9f5a4d3c2b1e40718d6c5b4a39281706".to_owned(),
    };
    Config::new(Credentials::new("id", "secret"))
        .region("east-1")
        .stamp(move || stamp.clone())
}

fn stand_in() -> (Mock, files::Client) {
    let settings = Settings {
        any_credentials: true,
        ..Settings::default()
    };
    let mock = Mock::start(model(), &settings).expect("a port of 127.0.0.1 is free");
    let config = Config::new(Credentials::new("id", "secret"))
        .endpoint(mock.url())
        .allow_http(true)
        .region("east-1")
        .retries(Retries::none());
    let client = files::Client::new(config).expect("the settings are in order");
    (mock, client)
}

fn post_files() -> files::PostFilesRequest {
    files::PostFilesRequest::new("T", BYTES)
        .odd_name("hi")
        .pages([[1], [2]])
        .tags(["x", "z"])
        .count(3)
}

#[tokio::test]
async fn whole_bodies_and_headers_come_back() {
    let (_mock, client) = stand_in();
    let list = client.list_files(files::ListFilesRequest::new()).await;
    let list = list.expect("an array");
    assert_eq!(list.files.len(), 2);
    assert_eq!(
        (list.files[0].name.as_str(), list.files[0].size),
        ("a", Some(1))
    );
    assert_eq!(
        (list.x_total_count, list.e_tag.as_str()),
        (Some(2), "\"x\"")
    );

    let file = client.get_file(files::GetFileRequest::new("a.bin")).await;
    let file = file.expect("bytes");
    assert_eq!(file.content.as_bytes(), BYTES);
    assert_eq!(file.content_range.as_deref(), Some("bytes 0-2/3"));
    assert_eq!(file.x_is_cold, Some(true));

    let note = client.get_note(files::GetNoteRequest::new("a.bin")).await;
    assert_eq!(
        note.expect("a text").note.as_deref(),
        Some("A note: one, two.")
    );

    let count = client.count_files(files::CountFilesRequest::new()).await;
    assert_eq!(count.expect("a number").count, 3);

    let meta = client
        .get_meta(files::GetMetaRequest::new("a.bin").lang("en"))
        .await;
    assert_eq!(meta.expect("anything").meta, Some(json!([1, { "a": "b" }])));

    let head = client.head_file(files::HeadFileRequest::new("a.bin")).await;
    assert_eq!(head.expect("headers").x_object_size, Some(3));
}

#[tokio::test]
async fn bytes_texts_and_files_are_accepted() {
    let (_mock, client) = stand_in();
    let put = files::PutFileRequest::new("a.bin", BYTES).x_meta_odd("odd");
    client.put_file(put).await.expect("bytes");
    let put = files::PutNoteRequest::new("a.bin").note("A note: one, two.");
    client.put_note(put).await.expect("a text");
    let patch = files::PatchMetaRequest::new("a.bin").labels([("a", "b")]);
    client.patch_meta(patch).await.expect("JSON");
    let posted = client.post_files(post_files()).await.expect("a form");
    assert_eq!(posted.id.as_deref(), Some("f1"));
}

#[tokio::test]
async fn a_refusal_is_a_refusal_whatever_the_body_would_be() {
    let (mock, client) = stand_in();
    let wrong = Config::new(Credentials::new("other", "secret"))
        .endpoint(mock.url())
        .allow_http(true)
        .retries(Retries::none());
    let stranger = files::Client::new(wrong).expect("the settings are in order");
    let refused = stranger.get_file(files::GetFileRequest::new("a.bin")).await;
    let error = refused.expect_err("no such key");
    assert_eq!(error.status(), Some(401), "{error}");
    client
        .get_file(files::GetFileRequest::new("a.bin"))
        .await
        .expect("the right key");
}

/// Signs through the generated types.
pub(crate) async fn prepare<O: Operation>(
    service: &'static Service,
    config: Config,
    request: O,
) -> Prepared {
    request.validate().expect("the request keeps the rules");
    let client = Client::new(service, config).expect("the settings are in order");
    let prepared = client.prepare(&O::CALL, &request).await;
    prepared.expect("it can be signed")
}

/// Signs straight from the spec.
async fn from_spec(model: &Model, id: &str, input: &Json) -> Json {
    let shown = show::find(model, id).expect("the course has it");
    let settings = call::Settings {
        region: Some("east-1".to_owned()),
        time: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045)),
        nonce: Some("9f5a4d3c2b1e40718d6c5b4a39281706".to_owned()),
        ..call::Settings::default()
    };
    let keys = |name: &str| match name {
        "HUAWEICLOUD_SDK_AK" | "ALIBABA_CLOUD_ACCESS_KEY_ID" => Some("id".to_owned()),
        "HUAWEICLOUD_SDK_SK" | "ALIBABA_CLOUD_ACCESS_KEY_SECRET" => {
            Some("secret".to_owned())
        }
        _ => None,
    };
    let ready = call::ready(shown, input, settings, keys).expect("the input is right");
    ready.dry_run().await.expect("it can be signed")
}

async fn alike<O: Operation>(service: &'static Service, request: O, input: Json) {
    let model = model();
    let id = format!("{}/{}", service.id, O::NAME);
    let typed = prepare(service, config(), request).await;
    let spec = from_spec(&model, &id, &input).await;
    assert_eq!(spec["url"], json!(typed.url()), "{id}");
    assert_eq!(spec["method"], json!(typed.request.method.as_str()), "{id}");
    let body = String::from_utf8_lossy(&typed.request.body);
    assert_eq!(spec["body"], json!(body), "{id}");
    assert_eq!(spec["signature"], json!(typed.signed.signature), "{id}");
    for (name, value) in &typed.request.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        assert_eq!(spec["headers"][name.as_str()], json!(value), "{id} {name}");
    }
}

#[tokio::test]
async fn the_compiled_client_and_the_spec_send_the_same() {
    let files = &files::SERVICE;
    let input = json!({
        "title": "T", "file": "AP+A", "odd\"name": "aGk=", "pages": ["AQ==", "Ag=="],
        "tags": ["x", "z"], "count": 3,
    });
    alike(files, post_files(), input).await;
    let put = files::PutFileRequest::new("a.bin", BYTES).x_meta_odd("odd");
    let input = json!({ "name": "a.bin", "Content": "AP+A", "X-Meta.Odd*": "odd" });
    alike(files, put, input).await;
    let put = files::PutNoteRequest::new("a.bin").note("one");
    alike(files, put, json!({ "name": "a.bin", "Note": "one" })).await;
    let patch = files::PatchMetaRequest::new("a.bin").labels([("a", "b")]);
    let input = json!({ "name": "a.bin", "labels": { "a": "b" } });
    alike(files, patch, input).await;
    let meta = files::GetMetaRequest::new("a.bin").lang("en");
    alike(files, meta, json!({ "name": "a.bin", "lang": "en" })).await;
    let drop = files::DropBucketRequest::new("b");
    alike(files, drop, json!({ "bucket": "b" })).await;
    let get = roads::GetResourcesRequest::new("p")
        .filter("a b")
        .x_acs_odd_name("o");
    let input = json!({ "provider": "p", "filter": "a b", "x-acs-odd_name": "o" });
    alike(&roads::SERVICE, get, input).await;
    let put = roads::PutResourceRequest::new("i").dry_run(true);
    alike(&roads::SERVICE, put, json!({ "id": "i", "dryRun": true })).await;
}

/// A header of what is sent.
fn header<'p>(prepared: &'p Prepared, name: &str) -> Option<&'p str> {
    prepared.request.header(name)
}

#[tokio::test]
async fn a_form_with_files_is_written_part_by_part() {
    let first = prepare(&files::SERVICE, config(), post_files()).await;
    let again = prepare(&files::SERVICE, config(), post_files()).await;
    assert_eq!(
        first.request.body, again.request.body,
        "the same at every attempt"
    );
    let kind = header(&first, "content-type").expect("a form has a content type");
    let boundary = kind
        .strip_prefix("multipart/form-data; boundary=")
        .expect("it names its boundary");
    let part = |name: &str, content: &[u8]| {
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; name={name}");
        [head.as_bytes(), b"\r\n\r\n", content, b"\r\n"].concat()
    };
    let file = |name: &str, content: &[u8]| {
        let octets = "\r\nContent-Type: application/octet-stream";
        part(&format!("\"{name}\"; filename=\"{name}\"{octets}"), content)
    };
    let expected = [
        part("\"title\"", b"T"),
        file("file", &BYTES),
        file("odd%22name", b"hi"),
        file("pages", &[1]),
        file("pages", &[2]),
        part("\"tags\"", br#"["x","z"]"#),
        part("\"count\"", b"3"),
        format!("--{boundary}--\r\n").into_bytes(),
    ];
    assert_eq!(
        String::from_utf8_lossy(&first.request.body),
        String::from_utf8_lossy(&expected.concat())
    );
    // The signature of this protocol leaves out what is no JSON, and says so.
    assert_eq!(
        header(&first, "x-sdk-content-sha256"),
        Some("UNSIGNED-PAYLOAD")
    );
    let canonical = first.signed.canonical_request.expect("the scheme has one");
    assert!(canonical.ends_with("\nUNSIGNED-PAYLOAD"), "{canonical}");
}

#[tokio::test]
async fn a_stated_content_type_is_sent() {
    let service = &files::SERVICE;
    let put = prepare(service, config(), files::PutFileRequest::new("a", BYTES)).await;
    assert_eq!(
        header(&put, "content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(put.request.body, BYTES);
    let note = files::PutNoteRequest::new("a").note("\"x\"");
    let note = prepare(service, config(), note).await;
    assert_eq!(
        header(&note, "content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(note.request.body, b"\"x\"");
    let patch = files::PatchMetaRequest::new("a").labels([("a", "b")]);
    let patch = prepare(service, config(), patch).await;
    assert_eq!(
        header(&patch, "content-type"),
        Some("application/merge-patch+json")
    );
    assert_eq!(patch.request.body, br#"{"labels":{"a":"b"}}"#);
}

#[tokio::test]
async fn a_fixed_query_stands_before_the_members() {
    let get = roads::GetResourcesRequest::new("p/q").filter("a b");
    let get = prepare(&roads::SERVICE, config(), get).await;
    assert_eq!(
        get.url(),
        "https://roads.example.com/api/v1/providers/p%2Fq/resources/*?type=log&all=&filter=a%20b"
    );
    let canonical = get.signed.canonical_request.expect("the scheme has one");
    let query = canonical.lines().nth(2);
    assert_eq!(query, Some("all=&filter=a%20b&type=log"));
}
