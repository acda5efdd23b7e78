//! Three operations, one for each way to speak, as a page of the generated crate has them.

use std::time::{Duration, SystemTime};

use yunspec_runtime::endpoint::Endpoint;
use yunspec_runtime::stamp::Stamp;
use yunspec_runtime::wire_enum::NoCodes;
use yunspec_runtime::{
    Client, Config, Credentials, Operation, Protocol, Request, Response, Retries, Retry,
    Secret, Service, Unknown, Validate, WireEnum,
};
use yunspec_tests::server::Server;

pub(crate) static CAM: Service = Service {
    protocol: Protocol::TC3_JSON,
    id: "tencent/cam",
    product: "cam",
    version: "2019-01-16",
    endpoint: Endpoint {
        global: Some("cam.tencentcloudapi.com"),
        global_regions: &[],
        regional: None,
        regions: &[],
        hosts: &[],
    },
};

pub(crate) static RAM: Service = Service {
    protocol: Protocol::ACS_RPC,
    id: "alibaba/ram",
    product: "Ram",
    version: "2015-05-01",
    endpoint: Endpoint {
        global: Some("ram.aliyuncs.com"),
        global_regions: &["cn-shanghai"],
        regional: Some("ram.{region}.aliyuncs.com"),
        regions: &[],
        hosts: &[],
    },
};

pub(crate) static WORKSPACE: Service = Service {
    protocol: Protocol::SDK_HMAC_REST,
    id: "huawei/workspace",
    product: "Workspace",
    version: "v2",
    endpoint: Endpoint {
        global: None,
        global_regions: &[],
        regional: Some("workspace.{region}.myhuaweicloud.com"),
        regions: &["cn-north-4"],
        hosts: &[],
    },
};

#[derive(Clone, Debug, PartialEq, Request, Validate)]
pub(crate) struct CamUpdateUser {
    #[wire("Name")]
    #[validate(length(min = 1, max = 8))]
    pub(crate) name: String,
    #[wire("Password")]
    #[validate(length(min = 4))]
    pub(crate) password: Option<Secret>,
    #[wire("Quota")]
    pub(crate) quota: Option<f64>,
}

#[derive(Clone, Debug, Default, PartialEq, Response)]
pub(crate) struct CamUpdateUserResponse {
    #[wire("RequestId")]
    pub(crate) request_id: String,
    #[wire("Uin")]
    pub(crate) uin: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
pub(crate) enum CamUpdateUserError {
    #[wire("ResourceNotFound.UserNotExist")]
    ResourceNotFoundUserNotExist,
    #[wire(
        "LimitExceeded.Users",
        message = "The limit of %s has been reached: %s."
    )]
    LimitExceededUsers,
    Unknown(Unknown),
}

impl Operation for CamUpdateUser {
    const NAME: &'static str = "UpdateUser";
    const RETRY: Retry = Retry::Unsafe;
    type Response = CamUpdateUserResponse;
    type Error = CamUpdateUserError;
}

#[derive(Clone, Debug, PartialEq, Request, Validate)]
pub(crate) struct RamUpdateUser {
    #[wire("UserName", query)]
    pub(crate) user_name: String,
    #[wire("NewComments", query)]
    pub(crate) new_comments: Option<String>,
    #[wire("X-Trace", header)]
    pub(crate) trace: Option<String>,
    #[wire("X-Pass", header)]
    pub(crate) pass: Option<Secret>,
}

#[derive(Clone, Debug, Default, PartialEq, Response)]
pub(crate) struct RamUpdateUserResponse {
    #[wire("User")]
    pub(crate) user: RamUser,
}

#[derive(Clone, Debug, Default, PartialEq, Response)]
pub(crate) struct RamUser {
    #[wire("UserId")]
    pub(crate) user_id: String,
    #[wire("Comments")]
    pub(crate) comments: Option<String>,
}

impl Operation for RamUpdateUser {
    const NAME: &'static str = "UpdateUser";
    const RETRY: Retry = Retry::Unsafe;
    type Response = RamUpdateUserResponse;
    type Error = NoCodes;
}

#[derive(Clone, Debug, PartialEq, Request, Validate)]
pub(crate) struct WorkspaceUpdateUser {
    #[wire("user_id", path)]
    pub(crate) user_id: String,
    #[wire("disabled")]
    pub(crate) disabled: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Response)]
pub(crate) struct WorkspaceUpdateUserResponse {
    #[wire("id")]
    pub(crate) id: String,
}

impl Operation for WorkspaceUpdateUser {
    const NAME: &'static str = "UpdateUser";
    const METHOD: &'static str = "PUT";
    const PATH: &'static str = "/v2/{project_id}/users/{user_id}";
    const RETRY: Retry = Retry::Safe;
    type Response = WorkspaceUpdateUserResponse;
    type Error = NoCodes;
}

/// Deletes a user; returns nothing.
#[derive(Clone, Debug, PartialEq, Request, Validate)]
pub(crate) struct WorkspaceDeleteUser {
    #[wire("user_id", path)]
    pub(crate) user_id: String,
}

#[derive(Clone, Debug, Default, PartialEq, Response)]
pub(crate) struct Nothing {}

impl Operation for WorkspaceDeleteUser {
    const NAME: &'static str = "DeleteUser";
    const METHOD: &'static str = "DELETE";
    const PATH: &'static str = "/v2/{project_id}/users/{user_id}";
    const RETRY: Retry = Retry::Safe;
    type Response = Nothing;
    type Error = NoCodes;
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE").project_id("p1")
}

/// Settings for a server on loopback, with a stamp that stands still.
pub(crate) fn config(server: &Server) -> Config {
    Config::new(credentials())
        .endpoint(server.url())
        .allow_http(true)
        .region("cn-north-4")
        .retries(Retries::none())
        .stamp(stamp)
}

pub(crate) fn client(service: &'static Service, server: &Server) -> Client {
    Client::new(service, config(server)).expect("the settings are sound")
}

/// 2026-01-02T03:04:05Z.
pub(crate) fn stamp() -> Stamp {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045);
    Stamp {
        time,
        nonce: "9f5a4d3c2b1e40718d6c5b4a39281706".to_owned(),
    }
}
