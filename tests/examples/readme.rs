//! Changes a user, where there is one.

use yun_sdk::tencent::cam::{Client, ConsoleLogin, UpdateUserError, UpdateUserRequest};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cam = Client::from_env()?;
    let request = UpdateUserRequest::new("test124")
        .remark("night shift")
        .console_login(ConsoleLogin::Allowed);
    match cam.update_user(request).await {
        Ok(response) => println!("{}", response.request_id),
        Err(e) if e.code() == Some(&UpdateUserError::ResourceNotFoundUserNotExist) => {
            println!("there is no such user");
        }
        Err(e) => return Err(e.into()),
    }
    Ok(())
}
