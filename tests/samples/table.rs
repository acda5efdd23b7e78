//! What the samples of `yun_sdk::nimbus::store` are held against.

#![allow(clippy::all, clippy::pedantic, deprecated, unused_imports)]

use std::collections::BTreeMap;

use yun_sdk::runtime::Service;

use crate::proof::*;

/// The service.
pub static SERVICE: &Service = &yun_sdk::nimbus::store::SERVICE;

/// What decodes the answers of each operation.
pub const ANSWERS: &[(&str, Decoder)] = &[
    ("DropBook", answer::<yun_sdk::nimbus::store::drop_book::DropBookRequest>),
    ("PutBook", answer::<yun_sdk::nimbus::store::put_book::PutBookRequest>),
];

/// What builds each request.
pub const REQUESTS: &[fn() -> Sent] = &[
    r0,
    r1,
    r2,
    r3,
];

fn r0() -> Sent {
    send(&yun_sdk::nimbus::store::drop_book::DropBookRequest::new())
}

fn r1() -> Sent {
    send(&yun_sdk::nimbus::store::put_book::PutBookRequest::new(string("Clouds \"above\" 云"), ).r#type(string("novel")).code(secret("s3cret")).pages(-3_i32).weight(-9007199254740993_i64).sold(18446744073709551615_u64).price(1.5_f64).new_(true).printed(timestamp("2020-01-02T03:04:05Z")).cover(binary("aGk=")).extra(json("{\"a\":[1,\"b\"]}")).state(yun_sdk::nimbus::store::put_book::State::There).authors(vec![string("a"), string("b"), ]).lines(vec![vec![1_i64, 2_i64, ], Vec::<i64>::new(), ]).marks([("x", string("y")), ]).shelf(yun_sdk::nimbus::store::types::Shelf::new(string("low"), ).width(2.0_f64).above(Box::new(yun_sdk::nimbus::store::types::Shelf::new(string("high"), ))).kind(yun_sdk::nimbus::store::types::Kind::Oak)).shelves(vec![yun_sdk::nimbus::store::types::Shelf::new(string("n"), ).kind(yun_sdk::nimbus::store::types::Kind::from("pine")), ]))
}

fn r2() -> Sent {
    send(&yun_sdk::nimbus::store::put_book::PutBookRequest::new(string(""), ).authors(Vec::<String>::new()).marks(BTreeMap::<String, String>::new()).shelves(Vec::<yun_sdk::nimbus::store::types::Shelf>::new()))
}

fn r3() -> Sent {
    send(&yun_sdk::nimbus::store::put_book::PutBookRequest::new(string("a b"), ).pages(3_i32).new_(true).state(yun_sdk::nimbus::store::put_book::State::Lent).authors(vec![string("a"), string("b"), ]).lines(vec![vec![1_i64, ], ]).shelf(yun_sdk::nimbus::store::types::Shelf::new(string("low"), ).above(Box::new(yun_sdk::nimbus::store::types::Shelf::new(string("high"), )))).shelves(vec![yun_sdk::nimbus::store::types::Shelf::new(string("c"), ), ]))
}
