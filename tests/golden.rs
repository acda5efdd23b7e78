//! Small specs and the Rust that they become, side by side under `golden/`: an obstacle
//! course of names, shapes, places and texts, and one of quirks that real metadata has. The Rust is compiled as a part of this test,
//! examples too. `BLESS=1` writes it anew.

#[path = "golden/bodies.rs"]
mod bodies;
#[path = "golden/hosts.rs"]
mod hosts;
#[path = "golden/scale.rs"]
mod scale;

use std::path::Path;

use yunspec::page;

// The examples name the generated crate; here it is this one.
extern crate self as yun_sdk;

/// The generated services.
#[allow(ambiguous_glob_reexports, clippy::pedantic)]
#[path = "golden/generated/src/course"]
pub mod course {
    pub mod lists;
    pub mod names;
    pub mod places;
    pub mod shapes;
    pub mod texts;
}

/// The generated services of the second provider.
#[allow(ambiguous_glob_reexports, clippy::pedantic)]
#[path = "golden/generated/src/quirks"]
pub mod quirks {
    pub mod files;
    pub mod names;
    pub mod roads;
    pub mod shapes;
    pub mod shapes_v2;
}

/// They have to compile; nobody calls them.
#[allow(dead_code, clippy::pedantic)]
#[path = "golden/generated/examples"]
mod examples {
    mod course_lists_get_work;
    mod course_names_mod;
    mod course_names_new;
    mod course_names_type;
    mod course_places_get_places;
    mod course_places_post_form;
    mod course_shapes_put_everything;
    mod course_texts_read;
    mod quirks_files_count_files;
    mod quirks_files_get_file;
    mod quirks_files_get_meta;
    mod quirks_files_get_note;
    mod quirks_files_head_file;
    mod quirks_files_list_files;
    mod quirks_files_patch_meta;
    mod quirks_files_post_files;
    mod quirks_files_put_file;
    mod quirks_files_put_note;
    mod quirks_names_pub;
    mod quirks_roads_get_resources;
    mod quirks_roads_put_resource;
    mod quirks_shapes_cycle;
    mod quirks_shapes_v2_sink;
}

#[test]
fn the_rust_is_what_the_specs_become() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let pages =
        yunspec::generate(&golden.join("specs")).expect("the course has no errors");
    let generated = golden.join("generated");
    if std::env::var_os("BLESS").is_some() {
        page::write(&generated, &pages, &[]).expect("the disk takes it");
    }
    let difference =
        page::compare(&generated, &pages, &[]).expect("the files can be read");
    assert!(
        difference.is_empty(),
        "set BLESS=1 where this is right: {difference:#?}"
    );
    for page in pages
        .iter()
        .filter(|page| page.path.extension().is_some_and(|end| end == "rs"))
    {
        let parts: Vec<_> = page
            .path
            .iter()
            .map(|part| part.to_string_lossy())
            .collect();
        let module = match &parts[..] {
            [_, _, service, _] => service.to_string(),
            [folder, file] if folder == "examples" => file.replace(".rs", ""),
            _ => continue,
        };
        let line = format!("mod {module};");
        assert!(
            include_str!("golden.rs").contains(&line),
            "{line} is missing above"
        );
    }
}

mod behaviour {
    use yunspec_runtime::decode::Decode as _;
    use yunspec_runtime::value::Value;
    use yunspec_runtime::{Json, Validate as _, WireEnum as _};

    use crate::course::names::{Signed, TypeRequest, r#type};
    use crate::course::shapes::types::Tree;
    use crate::course::shapes::{PutEverythingRequest, PutEverythingResponse};

    /// What a request sends, by wire name.
    fn sent(request: &dyn yunspec_runtime::value::Structure) -> Vec<&str> {
        let members = request.members().iter().enumerate();
        let sent =
            members.filter(|(index, _)| !matches!(request.value(*index), Value::Absent));
        sent.map(|(_, member)| member.name).collect()
    }

    #[test]
    fn odd_names_travel_as_they_are() {
        let request = TypeRequest::new("a", "b")
            .super_("c")
            .new_("d")
            .n2fa("e")
            .x("f");
        assert_eq!(
            sent(&request),
            ["type", "self", "Super", "new", "2fa", "__x__"]
        );
        let request = TypeRequest::new("a", "b")
            .key("one")
            .lower_key("other")
            .u5f20_u5f3a("c");
        assert_eq!(sent(&request), ["type", "self", "Key", "key", "张强"]);
    }

    #[test]
    fn odd_values_travel_as_they_are() {
        for text in [
            "Unknown", "self", "", "1080p", "3.10", "a-b", "a.b", "*", "<=", "张",
        ] {
            let value = r#type::Enum::from_text(text);
            assert!(!matches!(value, r#type::Enum::Unknown(_)), "{text:?}");
            assert_eq!(value.to_text(), text);
        }
        assert_eq!(Signed::from_integer(-1), Signed::Minus1);
    }

    #[test]
    fn a_cycle_has_an_end() {
        let leaves: [Tree; 0] = [];
        let tree = Tree::new("oak", leaves.clone()).branch(Tree::new("twig", leaves));
        let request = PutEverythingRequest::new(
            "t",
            9,
            0.0,
            true,
            ["a"; 4],
            Vec::<Vec<String>>::new(),
            tree,
        );
        let broken = request.validate().expect_err("two rules are broken");
        let members: Vec<_> =
            broken.iter().map(|broken| broken.member.as_str()).collect();
        assert_eq!(members, ["Int32", "Texts"]);
    }

    #[test]
    fn what_does_not_come_has_a_default() {
        let json: Json = serde_json::from_str(
            r#"{"Tree": {"Branch": {"Name": "twig"}}, "Kind": "z"}"#,
        )
        .expect("it is JSON");
        let response = PutEverythingResponse::decode(json).expect("it fits");
        let tree = response.tree.expect("it came");
        assert_eq!(tree.branch.expect("it came").name, "twig");
        assert!(
            tree.name.is_empty()
                && response.own.is_empty()
                && response.required.is_empty()
        );
        assert_eq!(response.kind.expect("it came").to_text(), "z");
    }
}
