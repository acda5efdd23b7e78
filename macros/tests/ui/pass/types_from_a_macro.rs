#![deny(warnings)]

use yunspec_runtime::Request;

macro_rules! request {
    ($name:ident { $($wire:literal $field:ident: $type:ty),* }) => {
        #[derive(Request)]
        pub struct $name {
            $(#[wire($wire)] pub $field: $type,)*
        }
    };
}

request!(CreateUserRequest { "Name" name: String, "Age" age: Option<i64>, "Tags" tags: Vec<String> });

fn main() {
    let request = CreateUserRequest::new("ann").age(30).tags(["a"]);
    assert_eq!(request.age, Some(30));
}
