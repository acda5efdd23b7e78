//! Providers, services, hosts.

use super::Case;

const OTHER: &str = "service: rent\ntitle: Rent\nproduct: rent\nversion: v1\nendpoint: { global: rent.acme.example }\n";
const OTHER_OPERATION: &str = "operation: RentBook\nsummary: Rents a book.\nsource: { title: RentBook, language: en, transcribed: 2026-01-01 }\nretry: unsafe\nrequest:\n  Title: { type: string, required: true, doc: Its title. }\n";

pub(super) const CASES: &[Case] = &[
    Case {
        edits: &[
            (
                "beta/provider",
                "",
                "provider: beta\ntitle: Beta\nprotocol: tc3-json\nmembers_in: body\nmethod: POST\npath: /\n",
            ),
            ("beta/rent/service", "", OTHER),
            ("beta/rent/RentBook", "", OTHER_OPERATION),
        ],
        there: "provider-added -c- minor",
        back: "provider-removed -b- major",
    },
    Case {
        edits: &[
            ("acme/rent/service", "", OTHER),
            ("acme/rent/RentBook", "", OTHER_OPERATION),
        ],
        there: "service-added -c- minor",
        back: "service-removed -b- major",
    },
    Case {
        edits: &[("provider", "protocol: tc3-json", "protocol: sdk-hmac-rest")],
        there: "provider-protocol-changed b-b major",
        back: "provider-protocol-changed b-b major",
    },
    Case {
        edits: &[("service", "endpoint:", "protocol: sdk-hmac-rest\nendpoint:")],
        there: "service-protocol-changed b-b major",
        back: "service-protocol-changed b-b major",
    },
    Case {
        edits: &[(
            "service",
            "endpoint:",
            "gated: it speaks in riddles\nendpoint:",
        )],
        there: "service-gated -b- major + struct-direction-changed",
        back: "service-ungated -c- minor + struct-direction-changed",
    },
    Case {
        edits: &[(
            "service",
            "south-1:",
            "east-9: store-e9.acme.example, south-1:",
        )],
        there: "region-host-added r-- patch",
        back: "region-host-removed r-- patch",
    },
    Case {
        edits: &[("service", "store-s1", "store-s2")],
        there: "region-host-changed b-- major",
        back: "region-host-changed b-- major",
    },
    Case {
        edits: &[(
            "provider",
            "error_body:",
            "  Region: { in: header, doc: The region. }\nerror_body:",
        )],
        there: "common-parameter-added c-- patch",
        back: "common-parameter-removed r-- patch",
    },
    Case {
        edits: &[(
            "provider",
            "error_body:",
            "  Region: { in: header, required: true, doc: The region. }\nerror_body:",
        )],
        there: "common-parameter-became-required b-- major",
        back: "common-parameter-removed r-- patch",
    },
    Case {
        edits: &[("provider", "wire: X-Language", "wire: X-Tongue")],
        there: "common-parameter-changed b-- major",
        back: "common-parameter-changed b-- major",
    },
    Case {
        edits: &[(
            "provider",
            "wire: X-Language,",
            "wire: X-Language, required: true,",
        )],
        there: "common-parameter-became-required b-- major",
        back: "common-parameter-became-optional c-- patch",
    },
    Case {
        edits: &[("service", "version: v2", "version: v3")],
        there: "api-version-changed b-b major",
        back: "api-version-changed b-b major",
    },
    Case {
        edits: &[("service", "product: store", "product: shop")],
        there: "service-product-changed b-- major",
        back: "service-product-changed b-- major",
    },
    Case {
        edits: &[("provider", "envelope: Answer", "envelope: Data")],
        there: "response-envelope-changed b-- major",
        back: "response-envelope-changed b-- major",
    },
    Case {
        edits: &[(
            "provider",
            "  code: { type: string, doc: The code. }",
            "  code: { type: string, doc: The code. }\n  hint: { type: string, doc: A hint. }",
        )],
        there: "error-envelope-member-added --- none",
        back: "error-envelope-member-removed b-- major",
    },
    Case {
        edits: &[(
            "provider",
            "  code: { type: string",
            "  code: { type: integer",
        )],
        there: "error-envelope-changed b-- major",
        back: "error-envelope-changed b-- major",
    },
    Case {
        edits: &[(
            "service",
            "  global: store.acme.example\n  global_regions: [north-1]\n",
            "",
        )],
        there: "endpoint-global-removed b-b major + global-region-removed",
        back: "endpoint-global-added c-c patch + global-region-added",
    },
    Case {
        edits: &[("service", "global: store.acme", "global: shop.acme")],
        there: "endpoint-default-changed b-- major",
        back: "endpoint-default-changed b-- major",
    },
    Case {
        edits: &[(
            "service",
            "  regional: store.{region}.acme.example\n  regions: [east-1, west-1]\n",
            "",
        )],
        there: "endpoint-regional-removed b-b major + region-removed",
        back: "endpoint-regional-added c-c patch + region-added",
    },
    Case {
        edits: &[("service", "store.{region}.", "store-{region}.")],
        there: "endpoint-regional-changed b-- major",
        back: "endpoint-regional-changed b-- major",
    },
    Case {
        edits: &[("service", "[east-1, west-1]", "[east-1]")],
        there: "region-removed --r patch",
        back: "region-added --c patch",
    },
    Case {
        edits: &[(
            "service",
            "global_regions: [north-1]",
            "global_regions: [north-1, south-1]",
        )],
        there: "global-region-added r-- patch",
        back: "global-region-removed r-- patch",
    },
    Case {
        edits: &[(
            "service",
            "{ private: store.internal.acme.example }",
            "{ private: store.internal.acme.example, test: test.acme.example }",
        )],
        there: "endpoint-added --- patch",
        back: "endpoint-removed r-- patch",
    },
    Case {
        edits: &[("service", "store.internal", "shop.internal")],
        there: "endpoint-changed r-- patch",
        back: "endpoint-changed r-- patch",
    },
];
