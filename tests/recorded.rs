//! A consumer's own function, tested with recorded answers and without a socket.

use std::sync::Arc;

use yun_sdk::runtime::test_util::{Answer, Recorded};
use yun_sdk::tencent::cam::{Client, UpdateUserError, UpdateUserRequest};
use yun_sdk::{Config, Credentials, Error};

/// What is tested: notes a remark, and tells whether there is such a user.
async fn note(cam: &Client, name: &str) -> Result<bool, Error<UpdateUserError>> {
    match cam
        .update_user(UpdateUserRequest::new(name).remark("seen"))
        .await
    {
        Ok(_) => Ok(true),
        Err(e) if e.code() == Some(&UpdateUserError::ResourceNotFoundUserNotExist) => {
            Ok(false)
        }
        Err(e) => Err(e),
    }
}

#[tokio::test]
async fn a_user_that_is_not_there() {
    let gone = r#"{"Response": {"Error": {"Code": "ResourceNotFound.UserNotExist",
        "Message": "User not exist"}, "RequestId": "r-1"}}"#;
    let recorded = Arc::new(Recorded::new([Answer::new(200).body(gone)]));
    let config = Config::new(Credentials::new("id", "key")).transport(recorded.clone());
    let cam = Client::new(config).expect("the settings are sound");

    assert!(!note(&cam, "test124").await.expect("an answer came"));
    assert_eq!(
        recorded.request().text(),
        r#"{"Name":"test124","Remark":"seen"}"#
    );
}
