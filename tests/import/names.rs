//! Names of products, versions and regions as no provider should spell them, and documents
//! that are almost JSON.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use yunspec::check;
use yunspec::import::Report;
use yunspec::load;
use yunspec_tests::mutate::Cloud;

const IDL: &str = r#"{
    "product": "Kite", "version": "VERSION", "models": {
        "FlyRequest": [{ "name": "Height", "type": "int32", "position": "Query" }],
        "FlyResponseBody": [{ "name": "RequestId", "type": "string" }],
        "FlyResponse": [{ "name": "body", "type": "FlyResponseBody" }]
    },
    "ops": [{
        "fn": "fly", "request": "FlyRequest", "response": "FlyResponse", "call": "call",
        "args": ["RPC", "Fly", "POST", "/", "json", "false", "json", "request"]
    }],
    "endpoints": { "cn-hangzhou": "kite.aliyuncs.com" }
}"#;

const API: &str = r#"{
    "actions": { "Fly": { "input": "FlyRequest", "output": "FlyResponse" } },
    "objects": {
        "FlyRequest": { "members": [{ "name": "Height", "type": "int", "member": "int64" }] },
        "FlyResponse": { "members": [] }
    },
    "metadata": { "apiVersion": "2020-01-02", "serviceShortName": "kite" }
}"#;

const FACTS: &str = r#"{
    "service": "kite", "version": "v1", "regions": REGIONS,
    "operations": [{
        "op": "Fly", "name": "fly", "method": "POST", "path": "/v1/kites",
        "request_type": "FlyRequest", "response_type": "FlyResponse",
        "params": [{ "in": "query", "wire": "height", "attr": "height", "type": "int" }]
    }],
    "models": {
        "FlyRequest": { "fields": [{ "name": "height", "wire": "height", "type": "int" }] },
        "FlyResponse": { "fields": [] }
    }
}"#;

/// Specs made of some documents.
struct Imported {
    cloud: Cloud,
    source: TempDir,
    specs: TempDir,
}

impl Imported {
    /// Imports documents, and shows that the checker has no errors.
    fn new(cloud: Cloud, documents: &[(&str, String)]) -> (Self, Report) {
        let imported = Self {
            cloud,
            source: TempDir::new().expect("a folder"),
            specs: TempDir::new().expect("a folder"),
        };
        for (path, text) in documents {
            let path = imported.source.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            fs::write(path, text).expect("writable");
        }
        let report = imported.again();
        let found = check::findings(&load::read(imported.specs.path()));
        assert!(found.is_empty(), "{found:#?}");
        (imported, report)
    }

    fn again(&self) -> Report {
        let import = self
            .cloud
            .import(self.source.path(), self.specs.path(), false);
        import.expect("the disk takes it")
    }

    /// Which folders there are with an operation in them.
    fn folders(&self) -> Vec<String> {
        let files = crate::files(self.specs.path());
        let operations = files.keys().filter(|path| path.ends_with("Fly.yaml"));
        let folders = operations.filter_map(|path| path.parent());
        folders.map(|path| path.display().to_string()).collect()
    }

    fn text(&self, path: &str) -> String {
        crate::files(self.specs.path())
            .remove(Path::new(path))
            .expect("it is there")
    }
}

fn count(report: &Report, kind: &str) -> usize {
    report.lost.get(kind).map_or(0, |lost| lost.count)
}

fn idl(version: &str) -> String {
    IDL.replace("VERSION", version)
}

fn facts(regions: &str) -> String {
    FACTS.replace("REGIONS", regions)
}

#[test]
fn a_version_with_signs_keeps_its_folder() {
    let documents = [
        (
            "sdk-idl/kite-20211115_131123360.json",
            idl("2021-11-15_131123360"),
        ),
        ("sdk-idl/kite-20200101.json", idl("2020-01-01")),
    ];
    let (kite, first) = Imported::new(Cloud::Alibaba, &documents);
    let folders = ["alibaba/kite", "alibaba/kite-20200101"];
    assert_eq!(kite.folders(), folders);
    let again = kite.again();
    assert_eq!((again.written, again.unchanged), (0, first.written));
    assert_eq!(kite.folders(), folders);
}

#[test]
fn a_document_that_calls_itself_otherwise_keeps_its_folder() {
    let documents = [
        ("sdk-idl/kite-20200101.json", idl("2020-01-01")),
        ("sdk-idl/kite-20210101.json", idl("2020-01-01")),
        ("sdk-idl/bow-20220101.json", idl("2019-03-04")),
    ];
    let (kite, first) = Imported::new(Cloud::Alibaba, &documents);
    let folders = ["alibaba/bow", "alibaba/kite", "alibaba/kite-20200101"];
    assert_eq!(kite.folders(), folders);
    let again = kite.again();
    assert_eq!((again.written, again.unchanged), (0, first.written));
    assert_eq!(kite.folders(), folders);
}

#[test]
fn a_product_that_is_called_like_a_version_of_another_has_a_folder() {
    let regions = r#"{ "cn-north-4": ["https://kite.cn-north-4.myhuaweicloud.com"] }"#;
    let documents = ["kite.v1", "kite.v2", "kite-v1.v9"]
        .map(|name| (format!("sdk-facts/{name}.json"), facts(regions)));
    let documents = documents
        .each_ref()
        .map(|(path, text)| (path.as_str(), text.clone()));
    let (kite, first) = Imported::new(Cloud::Huawei, &documents);
    let folders = ["huawei/kite", "huawei/kite-v1", "huawei/kite-v1-v9"];
    assert_eq!(kite.folders(), folders);
    let again = kite.again();
    assert_eq!((again.written, again.unchanged), (0, first.written));
    assert_eq!(kite.folders(), folders);
}

#[test]
fn a_product_has_a_folder_whatever_its_signs() {
    let path = "api/Kite.Club/v1.0/api.json";
    let (kite, _) = Imported::new(Cloud::Tencent, &[(path, API.to_owned())]);
    assert_eq!(kite.folders(), ["tencent/kite-club"]);
    assert_eq!(kite.again().written, 0);
}

#[test]
fn what_is_no_region_does_not_take_the_host() {
    let odd =
        r#"{ "": ["https://kite.example.com"], "a b": ["https://kite.a.example.com"] }"#;
    let path = "sdk-facts/kite.v1.json";
    let (kite, report) = Imported::new(Cloud::Huawei, &[(path, facts(odd))]);
    let service = kite.text("huawei/kite/service.yaml");
    assert!(
        service.contains("kite.{region}.myhuaweicloud.com"),
        "{service}"
    );
    assert_eq!(count(&report, "region whose name is none"), 2);
}

#[test]
fn commas_too_many_and_marks_are_read_over() {
    let almost = |text: &str| format!("\u{feff}{}", text.replace('}', ",}"));
    let regions = r#"{ "cn-north-4": ["https://kite.cn-north-4.myhuaweicloud.com"] }"#;
    for (cloud, path, text) in [
        (
            Cloud::Alibaba,
            "sdk-idl/kite-20200101.json",
            idl("2020-01-01"),
        ),
        (Cloud::Huawei, "sdk-facts/kite.v1.json", facts(regions)),
        (
            Cloud::Tencent,
            "api/kite/v20200102/api.json",
            API.to_owned(),
        ),
    ] {
        let (kite, report) = Imported::new(cloud, &[(path, almost(&text))]);
        assert_eq!(kite.folders().len(), 1, "{path}");
        let commas = count(&report, "comma too many, which is cut");
        assert_eq!(commas, text.matches('}').count(), "{path}");
    }
}

#[test]
fn a_service_that_nothing_mends_is_left_out() {
    let unseen = idl("2020-01-01").replace("Kite", "风筝");
    let documents = [
        ("sdk-idl/kite-20200101.json", unseen),
        ("sdk-idl/bow-20200101.json", idl("2020-01-01")),
    ];
    let (kite, report) = Imported::new(Cloud::Alibaba, &documents);
    assert_eq!(kite.folders(), ["alibaba/bow"]);
    assert_eq!(count(&report, "service that the checker refuses"), 1);
}

#[test]
fn more_than_a_file_may_hold_is_left_out_and_the_rest_stays() {
    let values = (0..6_000).map(|number| format!("\"v{number}\""));
    let values: Vec<_> = values.collect();
    let field = |name: &str| {
        format!(r#"{{ "name": "{name}", "wire": "{name}", "type": "str" }}"#)
    };
    let fields: Vec<_> = (0..6_000)
        .map(|number| field(&format!("f{number}")))
        .collect();
    let regions = r#"{ "cn-north-4": ["https://kite.cn-north-4.myhuaweicloud.com"] }"#;
    let all = facts(regions);
    let listed = all.replace(
        r#""type": "int" }]"#,
        &format!(r#""type": "str", "enum": [{}] }}]"#, values.join(",")),
    );
    let wide = all.replace(
        r#""FlyResponse": { "fields": [] }"#,
        &format!(r#""FlyResponse": {{ "fields": [{}] }}"#, fields.join(",")),
    );
    for (text, what) in [(listed, "values"), (wide, "members")] {
        assert_ne!(text, all);
        let path = "sdk-facts/kite.v1.json";
        let bow = ("sdk-facts/bow.v1.json", all.clone());
        let (kite, report) = Imported::new(Cloud::Huawei, &[(path, text), bow]);
        assert!(kite.folders().contains(&"huawei/bow".to_owned()), "{what}");
        assert_eq!(
            count(&report, "operation that the checker refuses"),
            1,
            "{what}"
        );
    }
}
