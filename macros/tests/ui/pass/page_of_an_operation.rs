#![deny(warnings, missing_docs)]
//! A page as the generator writes it.

use yunspec_runtime::{Request, Response, Secret, Unknown, Validate, WireEnum};

/// Changes a sub-user.
#[derive(Clone, Debug, PartialEq, Request, Validate)]
#[non_exhaustive]
pub struct UpdateUserRequest {
    /// The sub-user to change.
    #[wire("Name")]
    #[validate(length(min = 1, max = 64), pattern = "^[A-Za-z0-9@._-]+$")]
    pub name: String,
    /// Whether the sub-user may log in to the console.
    #[wire("ConsoleLogin")]
    pub console_login: Option<ConsoleLogin>,
    /// The console password.
    #[wire("Password")]
    #[validate(length(min = 8))]
    pub password: Option<Secret>,
}

/// What comes back.
#[derive(Clone, Debug, Default, PartialEq, Response)]
#[non_exhaustive]
pub struct UpdateUserResponse {
    /// The request's identifier.
    #[wire("RequestId")]
    pub request_id: String,
}

/// Values of `ConsoleLogin`.
#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
#[non_exhaustive]
pub enum ConsoleLogin {
    /// Login is refused.
    #[wire(0)]
    Denied,
    /// Login is allowed.
    #[wire(1)]
    Allowed,
    /// A value that the spec does not list.
    Unknown(Unknown),
}

/// Error codes that the page lists.
#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
#[non_exhaustive]
pub enum UpdateUserError {
    /// The user does not exist.
    #[wire("ResourceNotFound.UserNotExist")]
    ResourceNotFoundUserNotExist,
    /// Too many users.
    #[wire("Limit.Reached", message = "The limit has been reached:%s")]
    LimitReached,
    /// A code that the page does not list.
    Unknown(Unknown),
}

fn main() {
    let request = UpdateUserRequest::new("test124")
        .password("short")
        .console_login(ConsoleLogin::Allowed);
    let violations = request.validate().expect_err("the password is too short");
    assert_eq!(
        violations.to_string(),
        "Password: must have at least 8 characters, got 5"
    );
}
