//! Hosts and regions.

use crate::diff::rule::changes;

changes! {
    Endpoint;
    GLOBAL_ADDED: "endpoint-global-added" / "endpoint-global-removed",
        Compatible Compatible Patch,
        "A service has a host without a region",
        "Calls without a region find a host.",
        "Nothing to do.",
        "new: endpoint: { global: store.acme.example }";
    GLOBAL_REMOVED: "endpoint-global-removed" / "endpoint-global-added",
        Breaking Breaking Patch,
        "A service has no host without a region any more",
        "A client without a region no longer finds a host.",
        "Say in the release notes which region to set.",
        "old: endpoint: { global: store.acme.example }";
    GLOBAL_CHANGED: "endpoint-default-changed" / "endpoint-default-changed",
        Breaking None Patch,
        "The host without a region changed",
        "Calls go elsewhere; firewalls and allow lists name the old host.",
        "See that the new host answers, and say so in the release notes.",
        "old: global: store.acme.example\nnew: global: store2.acme.example";
    REGIONAL_ADDED: "endpoint-regional-added" / "endpoint-regional-removed",
        Compatible Compatible Patch,
        "A service has a host per region",
        "A client with a region may be sent to another host than before.",
        "Nothing to do.",
        "new: endpoint: { regional: 'store.{region}.acme.example' }";
    REGIONAL_REMOVED: "endpoint-regional-removed" / "endpoint-regional-added",
        Breaking Breaking Patch,
        "A service has no hosts per region any more",
        "A client with a region no longer finds the host of that region.",
        "Say in the release notes what to set.",
        "old: endpoint: { regional: 'store.{region}.acme.example' }";
    REGIONAL_CHANGED: "endpoint-regional-changed" / "endpoint-regional-changed",
        Breaking None Patch,
        "The host of a region is formed in another way",
        "Calls go elsewhere; firewalls and allow lists name the old hosts.",
        "See that the new hosts answer, and say so in the release notes.",
        "old: regional: 'store.{region}.acme.example'\nnew: regional: 'store-{region}.acme.example'";
    REGION_ADDED: "region-added" / "region-removed", None Compatible Patch,
        "A region is known to have a host",
        "It is listed; others were not refused before.",
        "Nothing to do.",
        "new: regions: [east-1, west-1]";
    REGION_REMOVED: "region-removed" / "region-added", None Risky Patch,
        "A region is not known to have a host any more",
        "The service may have left it.",
        "Find out whether it is gone; if so, say it in the release notes.",
        "old: regions: [east-1, west-1]\nnew: regions: [east-1]";
    GLOBAL_REGION_ADDED: "global-region-added" / "global-region-removed",
        Risky None Patch,
        "A region is served by the global host",
        "Calls with that region may go to another host.",
        "See that the global host answers for it.",
        "new: global_regions: [east-1]";
    GLOBAL_REGION_REMOVED: "global-region-removed" / "global-region-added",
        Risky None Patch,
        "A region is no longer served by the global host",
        "Calls with that region may go to another host.",
        "See that the regional host answers for it.",
        "old: global_regions: [east-1]";
    OWN_ADDED: "region-host-added" / "region-host-removed", Risky None Patch,
        "A region has a host of its own",
        "Calls with that region go there, where they went to the host of the rule before.",
        "See that the host answers.",
        "new: hosts: { east-1: store-e1.acme.example }";
    OWN_REMOVED: "region-host-removed" / "region-host-added", Risky None Patch,
        "A region has no host of its own any more",
        "Calls with that region go to the host of the rule, or find none.",
        "See that another host answers for it.",
        "old: hosts: { east-1: store-e1.acme.example }";
    OWN_CHANGED: "region-host-changed" / "region-host-changed", Breaking None Patch,
        "The host of one region changed",
        "Calls go elsewhere; firewalls and allow lists name the old host.",
        "See that the new host answers, and say so in the release notes.",
        "old: hosts: { east-1: store-e1.acme.example }\nnew: hosts: { east-1: store-e2.acme.example }";
    ALTERNATE_ADDED: "endpoint-added" / "endpoint-removed", None None Patch,
        "A service has another host",
        "It can be chosen; nothing changes for who does not.",
        "Nothing to do.",
        "new: alternates: { private: store.internal.example }";
    ALTERNATE_REMOVED: "endpoint-removed" / "endpoint-added", Risky None Patch,
        "A host that could be chosen is gone",
        "Who set it may be talking to nobody.",
        "Say in the release notes what takes its place.",
        "old: alternates: { private: store.internal.example }";
    ALTERNATE_CHANGED: "endpoint-changed" / "endpoint-changed", Risky None Patch,
        "A host that can be chosen changed",
        "Who wrote the old one down may be talking to nobody.",
        "Say in the release notes what takes its place.",
        "old: alternates: { private: a.example }\nnew: alternates: { private: b.example }";
}
