//! Which host answers: by rule, for one region, for one operation; and what is not there.

use serde_json::json;
use yunspec::{call, show};
use yunspec_runtime::endpoint::Endpoint;
use yunspec_runtime::{Config, Credentials, EndpointError, Protocol};

use super::bodies::{config, model, prepare};
use crate::quirks::{files, names};

fn in_region(region: &str) -> Config {
    Config::new(Credentials::new("id", "secret")).region(region)
}

#[tokio::test]
async fn a_region_has_the_host_of_the_rule_or_its_own() {
    let hosts = [
        ("east-1", "names.east-1.example.com"),
        ("north-9", "names.north-9.example.com"),
        ("south-1", "names-s1.example.org"),
        ("west-1", "names.west.example.net"),
    ];
    for (region, host) in hosts {
        let request = names::PubRequest::new();
        let prepared = prepare(&names::SERVICE, in_region(region), request).await;
        assert_eq!(prepared.request.host, host);
    }
}

#[tokio::test]
async fn an_operation_may_have_a_host_of_its_own() {
    let request = || files::PutFileRequest::new("a", [1]);
    let prepared = prepare(&files::SERVICE, config(), request()).await;
    assert_eq!(prepared.request.host, "upload.east-1.example.com");
    let config = in_region("east-1").endpoint("https://elsewhere.example.com");
    let prepared = prepare(&files::SERVICE, config, request()).await;
    assert_eq!(prepared.request.host, "elsewhere.example.com");
    let nowhere = Config::new(Credentials::new("id", "secret"));
    let client = files::Client::new(nowhere).expect("the service itself needs no region");
    let error = client
        .put_file(request())
        .await
        .expect_err("the operation does");
    let text = error.to_string();
    assert!(text.contains("quirks/files needs a region"), "{text}");
}

#[test]
fn hosts_of_some_regions_alone_serve_no_others() {
    let endpoint = Endpoint {
        global: None,
        global_regions: &[],
        regional: None,
        regions: &[],
        hosts: &[("east-1", "e.example.com"), ("west-1", "w.example.com")],
    };
    let host = |region| endpoint.host("acme/store", region);
    assert_eq!(host(Some("west-1")).as_deref(), Ok("w.example.com"));
    let unknown = EndpointError::RegionUnknown {
        service: "acme/store",
        region: "north-1".to_owned(),
    };
    assert_eq!(host(Some("north-1")), Err(unknown));
    let missing = EndpointError::RegionMissing {
        service: "acme/store",
    };
    assert_eq!(host(None), Err(missing));
    let odd = EndpointError::Region("east-1=e.example.com".to_owned());
    assert_eq!(host(Some("east-1=e.example.com")), Err(odd));
}

#[test]
fn a_service_may_speak_another_protocol_than_its_provider() {
    assert_eq!(names::SERVICE.protocol, Protocol::ACS_RPC);
    assert_eq!(files::SERVICE.protocol, Protocol::SDK_HMAC_REST);
}

#[test]
fn what_is_gated_is_shown_and_neither_generated_nor_called() {
    let model = model();
    let specs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/specs");
    let pages = yunspec::generate(&specs).expect("the course has no errors");
    let with = |part: &str| pages.iter().any(|page| page.text.contains(part));
    assert!(with("- `Silent`: it answers with a stream of events."));
    assert!(with("- `riddles`: it speaks a protocol of its own."));
    assert!(!with("Hidden"), "a type that only a gated operation uses");
    assert!(!with("SilentRequest") && !with("AskRequest"));
    let count = yunspec::gated::Count::of(&model).to_string();
    assert_eq!(count, "2 operations gated, 1 whole service");
    for (id, why) in [
        ("quirks/names/Silent", "it answers with a stream of events"),
        ("quirks/riddles/Ask", "it speaks a protocol of its own"),
    ] {
        let shown = show::find(&model, id).expect("facts stay");
        let text = shown.text();
        assert!(text.contains(&format!("not generated: {why}")), "{text}");
        let settings = call::Settings::default();
        let refused = call::ready(shown, &json!({}), settings, |_| None);
        let refused = refused.expect_err("it cannot be called").to_string();
        assert_eq!(refused, format!("{id} cannot be called: {why}"));
    }
}

#[test]
fn a_crate_of_nothing_but_gated_services_generates() {
    let specs = tempfile::tempdir().expect("a temporary folder can be made");
    let course =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/specs/quirks");
    let riddles = specs.path().join("quirks/riddles");
    std::fs::create_dir_all(&riddles).expect("a folder can be made");
    for file in ["provider.yaml", "riddles/service.yaml", "riddles/Ask.yaml"] {
        let to = specs.path().join("quirks").join(file);
        std::fs::copy(course.join(file), to).expect("a file can be copied");
    }
    let pages = yunspec::generate(specs.path()).expect("the specs have no errors");
    let folder = |page: &yunspec::page::Page| page.path.starts_with("src/quirks/riddles");
    assert!(!pages.iter().any(folder));
}
