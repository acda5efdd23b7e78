//! JSON inputs as the typed requests that a consumer would write.

use serde_json::Value as Json;
use yun_sdk::{alibaba, huawei, tencent};

/// Calls the setter of each member that the input holds; `null` is not sent.
macro_rules! set {
    ($request:ident, $input:ident, $read:ident: $($wire:literal => $setter:ident),* $(,)?) => {
        $(if let Some(value) = $read($input, $wire) { $request = $request.$setter(value); })*
    };
}

fn text(input: &Json, name: &str) -> Option<String> {
    input[name].as_str().map(str::to_owned)
}

fn flag(input: &Json, name: &str) -> Option<bool> {
    input[name].as_bool()
}

fn number(input: &Json, name: &str) -> Option<i64> {
    input[name].as_i64()
}

fn required(input: &Json, name: &str) -> String {
    text(input, name).unwrap_or_default()
}

/// A request of `alibaba/ram/UpdateUser`.
pub fn ram(input: &Json) -> alibaba::ram::UpdateUserRequest {
    let mut request = alibaba::ram::UpdateUserRequest::new(required(input, "UserName"));
    set!(request, input, text: "NewUserName" => new_user_name, "NewDisplayName" => new_display_name,
        "NewMobilePhone" => new_mobile_phone, "NewEmail" => new_email, "NewComments" => new_comments);
    request
}

/// A request of `alibaba/live/ModifyLiveMessageUserInfo`.
pub fn live(input: &Json) -> alibaba::live::ModifyLiveMessageUserInfoRequest {
    let (app, user) = (required(input, "AppId"), required(input, "UserId"));
    let mut request = alibaba::live::ModifyLiveMessageUserInfoRequest::new(app, user);
    set!(request, input, text: "UserMetaInfo" => user_meta_info, "DataCenter" => data_center);
    request
}

/// A request of `alibaba/quickbi-public/UpdateUser`.
pub fn quickbi(input: &Json) -> alibaba::quickbi_public::UpdateUserRequest {
    let mut request =
        alibaba::quickbi_public::UpdateUserRequest::new(required(input, "UserId"));
    #[allow(deprecated)] // the SDK sends them too
    {
        set!(request, input, flag: "AdminUser" => admin_user, "AuthAdminUser" => auth_admin_user);
    }
    set!(request, input, number: "UserType" => user_type);
    set!(request, input, text: "NickName" => nick_name, "RoleIds" => role_ids,
        "CopilotModules" => copilot_modules);
    set!(request, input, flag: "IsDeleted" => is_deleted);
    request
}

/// A request of `tencent/cam/UpdateUser`.
pub fn cam(input: &Json) -> tencent::cam::UpdateUserRequest {
    let mut request = tencent::cam::UpdateUserRequest::new(required(input, "Name"));
    set!(request, input, number: "ConsoleLogin" => console_login, "NeedResetPassword" => need_reset_password);
    set!(request, input, text: "Remark" => remark, "Password" => password, "PhoneNum" => phone_num,
        "CountryCode" => country_code, "Email" => email);
    request
}

/// A request of `huawei/workspace/UpdateUserInfo`.
pub fn workspace(input: &Json) -> huawei::workspace::UpdateUserInfoRequest {
    let mut request =
        huawei::workspace::UpdateUserInfoRequest::new(required(input, "user_id"));
    set!(request, input, text: "description" => description, "user_email" => user_email,
        "user_phone" => user_phone, "active_type" => active_type,
        "account_expires" => account_expires, "user_info_map" => user_info_map);
    set!(request, input, flag: "enable_change_password" => enable_change_password,
        "next_login_change_password" => next_login_change_password,
        "password_never_expired" => password_never_expired, "disabled" => disabled);
    request
}
