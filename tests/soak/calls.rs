//! The five operations as a consumer calls them.

use std::sync::Arc;
use std::time::Duration;

use yun_sdk::alibaba::{live, quickbi_public, ram};
use yun_sdk::huawei::workspace;
use yun_sdk::tencent::cam;
use yun_sdk::{Config, Credentials, Timeouts, Transport};
use yunspec_runtime::Retries;
use yunspec_runtime::transport::HttpTransport;
use yunspec_tests::chaos::{Api, Plan};

use crate::outcome::Outcome;

const CONNECT: Duration = Duration::from_secs(1);
/// The largest answer that is read.
const MAX_ANSWER: usize = 512 << 10;

/// Clients that share one pool of connections. In the one half an attempt is the first to be
/// over, in the other the whole call.
pub(crate) struct Clients([Five; 2]);

struct Five {
    ram: ram::Client,
    live: live::Client,
    quickbi: quickbi_public::Client,
    cam: cam::Client,
    workspace: workspace::Client,
}

impl Clients {
    /// Clients of a server whose calls end within the limit.
    pub(crate) fn new(url: &str, limit: Duration) -> Self {
        let transport = HttpTransport::new(CONNECT, true).expect("a transport");
        let transport: Arc<dyn Transport> = Arc::new(transport);
        let five = |attempt, call| {
            let connect = CONNECT;
            Five::new(&config(url, &transport).timeouts(Timeouts {
                connect,
                attempt,
                call,
            }))
        };
        Self([five(limit, 2 * limit), five(2 * limit, limit)])
    }

    /// Makes the call that the plan says.
    pub(crate) async fn call(&self, plan: &Plan) -> Outcome {
        let [even, odd] = &self.0;
        let five = if plan.number.is_multiple_of(2) {
            even
        } else {
            odd
        };
        five.call(plan).await
    }
}

impl Five {
    fn new(config: &Config) -> Self {
        let sound = "the settings are sound";
        Self {
            ram: ram::Client::new(config.clone()).expect(sound),
            live: live::Client::new(config.clone()).expect(sound),
            quickbi: quickbi_public::Client::new(config.clone()).expect(sound),
            cam: cam::Client::new(config.clone()).expect(sound),
            workspace: workspace::Client::new(config.clone()).expect(sound),
        }
    }

    async fn call(&self, plan: &Plan) -> Outcome {
        let id = plan.id();
        match plan.api {
            Api::Ram => {
                let request = ram::UpdateUserRequest::new(id).new_comments("夜班");
                Outcome::of(&self.ram.update_user(request).await, |code| {
                    *code == ram::UpdateUserError::EntityNotExistUser
                })
            }
            Api::Live => {
                let request = live::ModifyLiveMessageUserInfoRequest::new("demo", id);
                let result = self.live.modify_live_message_user_info(request).await;
                Outcome::of(&result, |code| {
                    *code == live::ModifyLiveMessageUserInfoError::InputInvalid
                })
            }
            Api::Quickbi => {
                let request =
                    quickbi_public::UpdateUserRequest::new(id).is_deleted(false);
                Outcome::of(&self.quickbi.update_user(request).await, |code| {
                    *code == quickbi_public::UpdateUserError::MailInvalid
                })
            }
            Api::Cam => {
                let request = cam::UpdateUserRequest::new(id).remark("night shift");
                Outcome::of(&self.cam.update_user(request).await, |code| {
                    *code == cam::UpdateUserError::ResourceNotFoundUserNotExist
                })
            }
            Api::Workspace => {
                let request =
                    workspace::UpdateUserInfoRequest::new(id).description("night shift");
                Outcome::of(&self.workspace.update_user_info(request).await, |_| true)
            }
        }
    }
}

/// Settings whose stock of retries does not run out: what a call comes to must not hang on the
/// others.
fn config(url: &str, transport: &Arc<dyn Transport>) -> Config {
    let retries = Retries {
        base: Duration::from_millis(5),
        budget: u32::MAX,
        ..Retries::default()
    };
    Config::new(Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE").project_id("p1"))
        .endpoint(url)
        .allow_http(true)
        .region("cn-north-4")
        .rate_limit(false)
        .retries(retries)
        .max_response_bytes(MAX_ANSWER)
        .transport(Arc::clone(transport))
}
