use yunspec_runtime::{Request, Response, Unknown, Validate, WireEnum};

macro_rules! structures {
    ($($name:ident)*) => {$(
        #[derive(Clone, Debug, PartialEq, Request, Response, Validate)]
        pub struct $name {
            #[wire("Key")]
            #[validate(length(max = 3))]
            pub key: std::option::Option<std::string::String>,
        }
    )*};
}

structures!(Option Vec Box Some None Ok Err Into From Default Formatter Cow Iterator);

#[derive(Clone, Debug, PartialEq, WireEnum)]
pub enum Result {
    #[wire("ok")]
    Ok,
    #[wire("err", message = "no: %s")]
    Err,
    Unknown(Unknown),
}

#[derive(Clone, Debug, PartialEq, Request, Validate)]
pub struct CreateOptionRequest {
    #[wire("Option")]
    #[validate(nested)]
    pub option: Option,
    #[wire("Vec")]
    #[validate(nested)]
    pub vec: std::vec::Vec<Vec>,
    #[wire("Box")]
    #[validate(nested)]
    pub boxed: std::option::Option<std::boxed::Box<Box>>,
    #[wire("Result")]
    pub result: std::option::Option<Result>,
}

fn main() {
    let request = CreateOptionRequest::new(Option::new().key("k"))
        .vec([Vec::new()])
        .boxed(Box::new())
        .result("ok");
    assert_eq!(request.result, std::option::Option::Some(Result::Ok));
    assert!(request.validate().is_ok());
}
