//! Small operations as the three clouds have them, and the pagination that they show.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::{infer, note};
use crate::spec::{Members, Operation};

/// A member by its name and type; what a type holds stands behind a colon.
fn members(text: &str) -> Members {
    let mut members = Members::new();
    for one in text.split(", ").filter(|one| !one.is_empty()) {
        let (name, kind) = one.split_once(' ').expect("a name and a type");
        let (kind, rest) = kind.split_once(' ').unwrap_or((kind, "{}"));
        let facts = match kind.split_once(':') {
            Some((kind, held)) => json!({ "type": kind, "items": { "type": held } }),
            None => json!({ "type": kind }),
        };
        let mut facts = facts;
        let more: Value = serde_json::from_str(rest).expect("JSON");
        for (key, value) in more.as_object().expect("an object") {
            facts[key] = value.clone();
        }
        let member = serde_json::from_value(facts).expect("a member");
        members.insert(name.to_owned(), member);
    }
    members
}

/// What is inferred, as `pagination:` would say it.
fn inferred(name: &str, request: &str, response: &str, types: &[(&str, &str)]) -> Value {
    let mut operation = Operation {
        operation: name.to_owned(),
        request: members(request),
        response: members(response),
        ..Operation::default()
    };
    let types: IndexMap<_, _> = types
        .iter()
        .map(|(name, text)| ((*name).to_owned(), members(text)))
        .collect();
    infer(&mut operation, &types);
    let mut facts = json!(operation.pagination);
    if let Some(facts) = facts.as_object_mut() {
        facts.retain(|_, value| !value.is_null());
    }
    facts
}

const USER: (&str, &str) = ("User", "id string, Name string");

#[test]
fn the_styles_of_the_three_clouds() {
    let tencent = inferred(
        "DescribeUsers",
        "Offset integer, Limit integer",
        "UserSet array:User, TotalCount integer, RequestId string",
        &[USER],
    );
    let facts = json!({ "style": "offset", "at": "Offset", "size": "Limit", "items": "UserSet", "total": "TotalCount" });
    assert_eq!(tencent, facts);

    let alibaba = inferred(
        "ListUsers",
        "PageNumber int32, PageSize int32",
        "Users Users, TotalCount int32, PageNumber int32",
        &[USER, ("Users", "User array:User")],
    );
    let facts = json!({ "style": "page", "at": "PageNumber", "size": "PageSize", "items": "Users.User", "total": "TotalCount" });
    assert_eq!(alibaba, facts);

    let alibaba = inferred(
        "ListUsers",
        "NextToken string, MaxResults int32",
        "Users array:User, NextToken string, IsTruncated boolean",
        &[USER],
    );
    let facts = json!({ "style": "token", "at": "NextToken", "size": "MaxResults", "items": "Users", "next": "NextToken", "more": "IsTruncated" });
    assert_eq!(alibaba, facts);

    let huawei = inferred(
        "ListUsers",
        "marker string, limit int32",
        "users array:User, page_info PageInfo",
        &[
            USER,
            ("PageInfo", "next_marker string, current_count int32"),
        ],
    );
    let facts = json!({ "style": "token", "at": "marker", "size": "limit", "items": "users", "next": "page_info.next_marker" });
    assert_eq!(huawei, facts);

    let huawei = inferred(
        "ListUsers",
        "marker string, limit int32",
        "users array:User",
        &[USER],
    );
    let facts = json!({ "style": "marker", "at": "marker", "size": "limit", "items": "users", "last": "id" });
    assert_eq!(huawei, facts);
}

#[test]
fn what_is_not_told_is_not_inferred() {
    let users = "Users array:User, TotalCount integer";
    let cases = [
        // Texts and lists are no offsets.
        ("Offset string, Limit string", users),
        ("Offset array:integer, Limit integer", users),
        // No size, no list, two lists of which none is what is listed.
        ("Offset integer", users),
        ("Offset integer, Limit integer", "TotalCount integer"),
        (
            "Offset integer, Limit integer",
            "First array:User, Second array:User",
        ),
        // Two ways to page.
        ("Offset integer, Limit integer, PageNumber integer", users),
        // An offset that counts pages or begins with 1.
        ("Offset integer {\"minimum\":1}, Limit integer", users),
        ("Offset integer {\"default\":1}, Limit integer", users),
        // A page without an end, and one that may begin with 0 or 1.
        ("Page integer, PageSize integer", "Users array:User"),
        ("PageIndex integer, PageSize integer", users),
        // A token that is sent back, or of another type.
        (
            "Marker string, Limit integer",
            "Names array:string, Marker string",
        ),
        ("NextToken string", "Users array:User, NextToken integer"),
        // A flag with the meaning turned round.
        (
            "Context string",
            "Users array:User, Context string, ListOver boolean",
        ),
    ];
    for (request, response) in cases {
        let facts = inferred("ListUsers", request, response, &[USER]);
        assert_eq!(facts, Value::Null, "{request} / {response}");
    }
}

#[test]
fn the_list_is_found_among_others() {
    let request = "Offset integer, Limit integer";
    let types = [USER, ("Data", "Users array:User, Total integer")];
    for (response, items, total) in [
        (
            "Users array:User, Warnings array:string, Total integer",
            "Users",
            "Total",
        ),
        ("Data Data, RequestId string", "Data.Users", "Data.Total"),
        (
            "UserList array:User, Groups array:User, TotalNum integer",
            "UserList",
            "TotalNum",
        ),
        ("Total integer, Data Data", "Data.Users", "Data.Total"),
    ] {
        let facts = inferred("DescribeUsers", request, response, &types);
        assert_eq!(
            (&facts["items"], &facts["total"]),
            (&json!(items), &json!(total))
        );
    }
}

#[test]
fn where_two_ways_are_the_one_that_works_alone_counts() {
    let request =
        "PageNumber integer, PageSize integer, NextToken string, MaxResults integer";
    let response = "Users array:User, NextToken string, TotalCount integer";
    let facts = inferred("ListUsers", request, response, &[USER]);
    assert_eq!((&facts["style"], facts.get("next")), (&json!("page"), None));
    let facts = inferred(
        "ListUsers",
        request,
        "Users array:User, NextToken string",
        &[USER],
    );
    assert_eq!(facts, Value::Null);
}

#[test]
fn defaults_tell_the_first_page() {
    let response = "Users array:User, Total integer";
    for (page, first) in [
        ("PageIndex integer {\"default\":0}", Some(0)),
        ("PageIndex integer {\"default\":1}", None),
        ("PageNumber integer {\"minimum\":1}", None),
    ] {
        let request = format!("{page}, PageSize integer");
        let facts = inferred("ListUsers", &request, response, &[USER]);
        assert_eq!(facts["style"], json!("page"), "{page}");
        assert_eq!(facts.get("first"), first.map(|first| json!(first)).as_ref());
    }
}

#[test]
fn texts_tell_what_names_do_not() {
    let told = |name, text| note(name, text).map(|note| (note.at, note.note));
    let pages = "The text calls it the number of a page.";
    let at = |path: &str, text: &str| Some((path.to_owned(), text.to_owned()));
    assert_eq!(told("Offset", "页码"), at("request.Offset", pages));
    assert_eq!(told("Offset", "偏移量，取值为(页码-1)*一页条数"), None);
    assert_eq!(told("Offset", "偏移量"), None);
    let zero = "The text counts from 0.";
    assert_eq!(
        told("PageNumber", "页码，从0开始"),
        at("request.PageNumber", zero)
    );
    assert_eq!(told("Name", "从0开始"), None);
}
