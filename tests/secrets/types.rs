//! Every generated type that holds a sensitive member, and every type of the settings.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};
use yun_sdk::{Config, Credentials, Secret, alibaba, huawei, tencent};
use yunspec::model::{Member, Model, Operation, Structure};
use yunspec_runtime::test_util::{Answer, Recorded};
use yunspec_runtime::{Client, Signing, Validate};
use yunspec_tests::{transcribed, typed};

use crate::watch::{CANARY, Watch, panics};

/// Keys, tokens and a project, all of them marked.
pub(crate) fn credentials() -> Credentials {
    Credentials::new(format!("AKID{CANARY}"), CANARY)
        .security_token(CANARY)
        .project_id("p1")
}

/// Settings with those credentials.
pub(crate) fn config() -> Config {
    Config::new(credentials()).region("cn-north-4")
}

pub(crate) async fn all(watch: &mut Watch) {
    settings(watch);
    let specs = transcribed::specs();
    let model = yunspec::resolve(specs.path()).expect("the specs pass the check");
    let marked = requests(watch, &model) + responses(watch, &model).await;
    assert_eq!(
        marked,
        count(&model),
        "a sensitive member of the specs was not driven"
    );
    untyped(watch, &model);
}

fn settings(watch: &mut Watch) {
    watch.debug("Secret", &Secret::from(CANARY));
    watch.debug("Credentials", &credentials());
    watch.debug("Credentials::token", &Credentials::token(CANARY));
    let endpoint = format!("https://user:{CANARY}@host");
    watch.debug("Config", &config().endpoint(&endpoint));
    for service in [
        &alibaba::ram::SERVICE,
        &tencent::cam::SERVICE,
        &huawei::workspace::SERVICE,
    ] {
        watch.debug(
            "Client",
            &Client::new(service, config()).expect("sound settings"),
        );
        let config = config().endpoint(&endpoint);
        let error = Client::new(service, config).expect_err("a password in the URL");
        watch.error("ConfigError", &error);
    }
}

/// How many sensitive members requests and responses hold.
fn count(model: &Model) -> usize {
    let sensitive = |structure: &Structure| {
        structure
            .members
            .iter()
            .filter(|member| member.sensitive)
            .count()
    };
    let of = |operation: &Operation| {
        let own: usize = operation.structures.iter().map(sensitive).sum();
        own + sensitive(&operation.request) + sensitive(&operation.response)
    };
    let services = model
        .providers
        .iter()
        .flat_map(|provider| &provider.services);
    services
        .flat_map(|service| &service.operations)
        .map(of)
        .sum()
}

fn operation<'m>(model: &'m Model, id: &str) -> &'m Operation {
    yunspec::show::find(model, id)
        .expect("the operation exists")
        .operation
}

fn marked(members: &[Member]) -> impl Iterator<Item = &Member> {
    members.iter().filter(|member| member.sensitive)
}

/// The canary in every sensitive member of a structure.
fn filled(members: &[Member]) -> Json {
    marked(members)
        .map(|member| (member.name.clone(), json!(CANARY)))
        .collect::<Map<_, _>>()
        .into()
}

fn requests(watch: &mut Watch, model: &Model) -> usize {
    let mut seen = BTreeSet::new();
    let mut input = |id: &str| {
        let members = &operation(model, id).request.members;
        seen.extend(marked(members).map(|member| format!("{id}.{}", member.name)));
        filled(members)
    };
    let ram = typed::ram(&input("alibaba/ram/UpdateUser"));
    let live = typed::live(&input("alibaba/live/ModifyLiveMessageUserInfo"));
    let quickbi = typed::quickbi(&input("alibaba/quickbi-public/UpdateUser"));
    let cam = typed::cam(&input("tencent/cam/UpdateUser"));
    let workspace = typed::workspace(&input("huawei/workspace/UpdateUserInfo"));
    assert_eq!(
        ram.new_email,
        Some(Secret::from(CANARY)),
        "the canary is in the request"
    );
    watch.debug("a request", &ram);
    watch.debug("a request", &live);
    watch.debug("a request", &quickbi);
    watch.debug("a request", &cam);
    watch.debug("a request", &workspace);
    let invalid = [
        ram.validate().err(),
        live.validate().err(),
        quickbi.validate().err(),
    ];
    for violations in invalid.iter().flatten() {
        watch.error("Violations", violations);
    }
    seen.len()
}

/// The one response with sensitive members, through the client.
async fn responses(watch: &mut Watch, model: &Model) -> usize {
    let operation = operation(model, "alibaba/ram/UpdateUser");
    let user = operation
        .structures
        .iter()
        .find(|structure| structure.name == "User");
    let user = user.expect("the response holds a user");
    let body = json!({ "RequestId": "r-1", "User": filled(&user.members) }).to_string();
    for signing in [Signing::Standard, Signing::HmacSha1] {
        let answer = Answer::new(200)
            .header("X-Secret", CANARY)
            .body(body.clone());
        let recorded = Arc::new(Recorded::new([answer]));
        let config = config().signing(signing).transport(recorded.clone());
        let ram = alibaba::ram::Client::new(config).expect("sound settings");
        watch.debug("Client", &ram);
        let request = alibaba::ram::UpdateUserRequest::new("u").new_email(CANARY);
        let response = ram.update_user(request).await.expect("it succeeds");
        let user = response.user.as_ref().expect("the answer has one");
        assert_eq!(
            user.email,
            Some(Secret::from(CANARY)),
            "the canary is in the response"
        );
        watch.debug("Response", &response);
        panics(|| panic!("{response:?}"));
        watch.debug("Recorded", &recorded.requests());
    }
    marked(&user.members).count()
}

/// Calls straight from the spec: what is prepared, and what is refused.
fn untyped(watch: &mut Watch, model: &Model) {
    for id in [
        "alibaba/ram/UpdateUser",
        "tencent/cam/UpdateUser",
        "huawei/workspace/UpdateUserInfo",
    ] {
        for wrong in [json!([CANARY]), json!({ CANARY: 1 }), json!(7)] {
            let shown = yunspec::show::find(model, id).expect("the operation exists");
            let mut input = filled(&shown.operation.request.members);
            for (_, value) in input.as_object_mut().expect("it is one") {
                *value = wrong.clone();
            }
            let environment = |_: &str| Some(CANARY.to_owned());
            let settings = yunspec::call::Settings::default();
            let error = yunspec::call::ready(shown, &input, settings, environment);
            watch.error("CallError", &error.expect_err("the input is wrong"));
        }
        let shown = yunspec::show::find(model, id).expect("the operation exists");
        let settings = yunspec::call::Settings {
            unchecked: true,
            region: Some("cn-north-4".to_owned()),
            ..yunspec::call::Settings::default()
        };
        let input = filled(&shown.operation.request.members);
        let environment = |name: &str| {
            Some(
                if name.contains("REGION") {
                    "cn-north-4"
                } else {
                    CANARY
                }
                .to_owned(),
            )
        };
        let ready = yunspec::call::ready(shown, &input, settings, environment);
        watch.debug("Ready", &ready.expect("it can be called"));
    }
}
