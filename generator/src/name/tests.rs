use std::cmp::Ordering;

use super::{
    KEYWORDS, TYPES, field, method, module, pascal, snake, type_name, variant,
    version_order,
};

#[test]
fn names_become_words() {
    let table = [
        ("UserName", "user_name", "UserName"),
        ("UserID", "user_id", "UserId"),
        ("UserIDs", "user_ids", "UserIds"),
        ("VPCs", "vpcs", "Vpcs"),
        ("DNSsec", "dn_ssec", "DnSsec"),
        ("MFADevice", "mfa_device", "MfaDevice"),
        ("IPv6Address", "ipv6_address", "Ipv6Address"),
        ("OAuth2Token", "o_auth2_token", "OAuth2Token"),
        ("EC2Instance", "ec2_instance", "Ec2Instance"),
        ("Md5Hash", "md5_hash", "Md5Hash"),
        ("user_info_map", "user_info_map", "UserInfoMap"),
        ("UPPER_SNAKE", "upper_snake", "UpperSnake"),
        ("X-Auth-Token", "x_auth_token", "XAuthToken"),
        (
            "ResourceNotFound.UserNotExist",
            "resource_not_found_user_not_exist",
            "ResourceNotFoundUserNotExist",
        ),
        ("acs:ram", "acs_ram", "AcsRam"),
        ("Tag.1.Key", "tag_1_key", "Tag1Key"),
        ("v1.2", "v1_2", "V1_2"),
        ("a b ", "a_b", "AB"),
        ("__x__", "x", "X"),
        ("$ref", "ref", "Ref"),
        ("2fa", "n2fa", "N2fa"),
        ("1", "n1", "N1"),
        ("-1", "minus1", "Minus1"),
        ("-", "u2d", "U2d"),
        ("*", "u2a", "U2a"),
        ("<=", "u3c_u3d", "U3cU3d"),
        ("", "empty", "Empty"),
        ("张强", "u5f20_u5f3a", "U5f20U5f3a"),
        ("größe", "gr_uf6_udf_e", "GrUf6UdfE"),
        ("😀a", "u1f600_a", "U1f600A"),
        ("a&lt;b", "a_lt_b", "ALtB"),
    ];
    for (wire, want_snake, want_pascal) in table {
        assert_eq!(snake(wire), want_snake, "{wire:?} in snake case");
        assert_eq!(pascal(wire), want_pascal, "{wire:?} in Pascal case");
    }
}

#[test]
fn names_that_are_taken_are_avoided() {
    type Case = (fn(&str) -> String, &'static str, &'static str);
    let table: [Case; 17] = [
        (field, "Type", "r#type"),
        (field, "Gen", "r#gen"),
        (field, "Self", "self_"),
        (field, "super", "super_"),
        (field, "crate", "crate_"),
        (field, "New", "new_"),
        (method, "New", "new_"),
        (method, "FromEnv", "from_env_"),
        (method, "Move", "r#move"),
        (module, "Mod", "mod_"),
        (module, "Match", "r#match"),
        (module, "Types", "types_"),
        (module, "Blocking", "blocking_"),
        (type_name, "Option", "Option_"),
        (type_name, "request", "Request_"),
        (variant, "unknown", "Unknown_"),
        (variant, "self", "Self_"),
    ];
    for (convert, wire, want) in table {
        assert_eq!(convert(wire), want, "{wire:?}");
    }
}

#[test]
fn every_name_is_an_identifier() {
    let hostile = [
        "",
        " ",
        "\n",
        "\0",
        "r#type",
        "a}b",
        "//",
        "'a",
        "\u{202e}x",
        "_",
        "１",
    ];
    for text in hostile.iter().chain(&KEYWORDS).chain(&TYPES) {
        for name in [
            field(text),
            method(text),
            module(text),
            type_name(text),
            variant(text),
        ] {
            syn::parse_str::<syn::Ident>(&name)
                .or_else(|_| syn::parse_str::<syn::Ident>(name.trim_start_matches("r#")))
                .unwrap_or_else(|error| panic!("{text:?} became {name:?}: {error}"));
            assert!(name.is_ascii(), "{text:?} became {name:?}");
        }
    }
}

#[test]
fn names_are_sorted_as_rustfmt_does() {
    let sorted = [
        "_a", "A", "a", "a_1", "r#a_b", "a1", "a2", "a10", "aa", "b001", "b01", "b1", "c",
    ];
    for pair in sorted.windows(2) {
        let found = version_order(pair[0], pair[1]);
        assert_eq!(found, Ordering::Less, "{} before {}", pair[0], pair[1]);
    }
}
