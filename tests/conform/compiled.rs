//! The operations of the compiled crate, a row each.

use serde_json::Value as Json;
use yun_sdk::alibaba;
use yunspec_runtime::decode::{Decode, Fields, Mismatch};
use yunspec_runtime::value::Structure;
use yunspec_runtime::wire_enum::Wire;
use yunspec_runtime::{Operation, Validate, WireEnum};
use yunspec_tests::typed;

/// One compiled operation.
pub(crate) struct Compiled {
    /// Its spec.
    pub(crate) id: &'static str,
    /// The typed request for an input.
    pub(crate) request: Typed,
    /// What a response decodes to, as `Debug` shows it.
    pub(crate) response: fn(Json) -> Result<String, Mismatch>,
    /// The wire names of the response.
    pub(crate) response_members: fn() -> Vec<String>,
    /// The wire names of each structure.
    pub(crate) structures: fn() -> Vec<(&'static str, Vec<String>)>,
    /// The known error codes.
    pub(crate) codes: fn() -> Vec<String>,
    /// The message template of a code.
    pub(crate) template: fn(&str) -> Option<&'static str>,
}

/// Builds the typed request for an input.
pub(crate) type Typed = Box<dyn Fn(&Json) -> Box<dyn Request>>;

/// A request of any type.
pub(crate) trait Request: Structure + Validate {
    /// As `Debug` shows it.
    fn debug(&self) -> String;
}

impl<T: Structure + Validate + std::fmt::Debug> Request for T {
    fn debug(&self) -> String {
        format!("{self:?}")
    }
}

/// All of them.
pub(crate) fn all() -> Vec<Compiled> {
    vec![
        row(
            "alibaba/live/ModifyLiveMessageUserInfo",
            typed::live,
            || {
                vec![
                    structure::<alibaba::live::FailedGroup>("FailedGroup"),
                    structure::<alibaba::live::ChangedGroup>("ChangedGroup"),
                ]
            },
        ),
        row(
            "alibaba/quickbi-public/UpdateUser",
            typed::quickbi,
            Vec::new,
        ),
        row("alibaba/ram/UpdateUser", typed::ram, || {
            vec![structure::<alibaba::ram::update_user::User>("User")]
        }),
        row(
            "huawei/workspace/UpdateUserInfo",
            typed::workspace,
            Vec::new,
        ),
        row("tencent/cam/UpdateUser", typed::cam, Vec::new),
    ]
}

fn row<O>(
    id: &'static str,
    request: fn(&Json) -> O,
    structures: fn() -> Vec<(&'static str, Vec<String>)>,
) -> Compiled
where
    O: Operation + std::fmt::Debug + 'static,
    O::Response: Fields + Default + std::fmt::Debug,
{
    Compiled {
        id,
        request: Box::new(move |input| Box::new(request(input))),
        response: |json| {
            O::Response::decode(json).map(|response| format!("{response:?}"))
        },
        response_members: || names(&O::Response::default()),
        structures,
        codes: || O::Error::VALUES.iter().map(code).collect(),
        template: |code| O::Error::from_text(code).template(),
    }
}

fn structure<T: Fields + Default>(name: &'static str) -> (&'static str, Vec<String>) {
    (name, names(&T::default()))
}

fn names(fields: &dyn Fields) -> Vec<String> {
    fields
        .members()
        .iter()
        .map(|member| member.name.to_owned())
        .collect()
}

fn code(wire: &Wire) -> String {
    match wire {
        Wire::Text(text) => (*text).to_owned(),
        Wire::Integer(number) => number.to_string(),
    }
}
