//! The invented credentials, and under which names the clouds' own tools read them.

use std::collections::BTreeSet;

use crate::model::Provider;

/// The credentials of one provider. They say what they are, so that nobody takes them for
/// real ones.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    pub(super) id: String,
    pub(super) secret: String,
    /// What fills `{project_id}` in a path.
    pub(super) project: String,
    /// What may stand in the place of a signature, where the protocol has such a thing.
    pub(super) token: Option<String>,
}

impl Keys {
    /// The credentials that are printed.
    pub(super) fn invented(provider: &Provider) -> Self {
        let name = |what: &str| format!("mock-{}-{what}", provider.id);
        let has_tokens = protocols(provider).contains("sdk-hmac-rest");
        Self {
            id: name("key-id"),
            secret: name("key-secret"),
            project: name("project"),
            token: has_tokens.then(|| name("token")),
        }
    }

    /// What a program sends that knows no credentials at all.
    pub(super) fn placeholder() -> Self {
        Self {
            id: "id".to_owned(),
            secret: "secret".to_owned(),
            project: "project_id".to_owned(),
            token: None,
        }
    }

    /// The environment variables that hold them, and a region where the specs know one.
    pub(super) fn variables(&self, provider: &Provider) -> Vec<(&'static str, String)> {
        let values = [&self.id, &self.secret, &self.project];
        let mut variables: Vec<(&'static str, String)> = Vec::new();
        for protocol in protocols(provider) {
            let (names, region_name) = names(protocol);
            let keys = names.iter().copied().zip(values.map(String::clone));
            let region = region_name.zip(region(provider));
            for (name, value) in keys.chain(region) {
                if !variables.iter().any(|(known, _)| *known == name) {
                    variables.push((name, value));
                }
            }
        }
        variables
    }
}

/// How the provider's services speak.
fn protocols(provider: &Provider) -> BTreeSet<&str> {
    let services = provider.services.iter().map(|one| one.protocol.as_str());
    services.chain([provider.protocol.as_str()]).collect()
}

/// The first region that a service of the provider lists.
fn region(provider: &Provider) -> Option<String> {
    let endpoints = provider.services.iter().map(|service| &service.endpoint);
    let mut regions =
        endpoints.flat_map(|it| it.global_regions.iter().chain(&it.regions));
    regions.next().cloned()
}

/// Key id, key secret and, where there is one, project; and the region.
fn names(protocol: &str) -> (&'static [&'static str], Option<&'static str>) {
    match protocol {
        "acs-rpc" | "acs-roa" => (
            &[
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            ],
            Some("ALIBABA_CLOUD_REGION_ID"),
        ),
        "tc3-json" => (
            &["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"],
            Some("TENCENTCLOUD_REGION"),
        ),
        "sdk-hmac-rest" => (
            &[
                "HUAWEICLOUD_SDK_AK",
                "HUAWEICLOUD_SDK_SK",
                "HUAWEICLOUD_SDK_PROJECT_ID",
            ],
            Some("HUAWEICLOUD_SDK_REGION"),
        ),
        _ => (&[], None),
    }
}
