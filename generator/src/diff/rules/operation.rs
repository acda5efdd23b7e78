//! Operations as a whole.

use crate::diff::rule::changes;

changes! {
    Operation;
    ADDED: "operation-added" / "operation-removed", None None Patch,
        "An operation is new",
        "A method, its types and its error codes come. Where a type has the name of one of \
         another operation, the short path to both becomes ambiguous, and source breaks.",
        "Review its file as a new spec.",
        "new: specs/acme/store/PutBook.yaml";
    REMOVED: "operation-removed" / "operation-added", Breaking None Patch,
        "An operation is gone",
        "Calls are refused by the cloud, and every use stops compiling. The name on the wire is \
         what an operation is known by, so a renamed one looks the same.",
        "Deprecate it first, so that callers hear of it; then release a major version.",
        "old: specs/acme/store/PutBook.yaml";
    REMOVED_DEPRECATED: "operation-removed-after-deprecation" / "operation-added",
        Breaking None Patch,
        "An operation that was deprecated is gone",
        "Callers were told; every use that is left stops compiling all the same.",
        "Release a major version.",
        "old: operation: PutBook\n     deprecated: use StoreBook";
    DEPRECATED: "operation-deprecated" / "operation-undeprecated", None None Patch,
        "An operation is advised against",
        "Uses compile with a warning.",
        "Say in the note what to use instead.",
        "new: deprecated: use StoreBook";
    UNDEPRECATED: "operation-undeprecated" / "operation-deprecated", None None Patch,
        "An operation is not advised against any more",
        "The warning is gone.",
        "Nothing to do.",
        "old: deprecated: use StoreBook";
    METHOD_CHANGED: "operation-method-changed" / "operation-method-changed",
        Breaking None Patch,
        "An operation has another HTTP method",
        "What an old client sends is refused, or does something else.",
        "Compare with an official SDK.",
        "old: http: { method: GET }\nnew: http: { method: POST }";
    PATH_CHANGED: "operation-path-changed" / "operation-path-changed", Breaking None Patch,
        "An operation has another path",
        "What an old client sends goes nowhere, or elsewhere.",
        "Compare with an official SDK.",
        "old: http: { path: /v1/books }\nnew: http: { path: /v2/books }";
    HOST_CHANGED: "operation-host-changed" / "operation-host-changed", Breaking None Patch,
        "Another host answers for an operation",
        "Calls go elsewhere; firewalls and allow lists name the old host.",
        "See that the new host answers, and say so in the release notes.",
        "new: http: { host: files.acme.example }";
    CONTENT_TYPE_CHANGED: "operation-content-type-changed" / "operation-content-type-changed",
        Breaking None Patch,
        "The body of an operation has another content type",
        "A server that reads bodies by their content type refuses what an old client sends.",
        "Compare with an official SDK.",
        "old: http: { content_type: text/plain }\nnew: http: { content_type: text/csv }";
    GATED: "operation-gated" / "operation-ungated", None None Patch,
        "An operation is not generated any more",
        "Its method, types and error codes are gone: every use stops compiling. The cloud still \
         answers.",
        "Gate an operation before its first release, or release a major version.",
        "new: gated: it answers with a stream";
    UNGATED: "operation-ungated" / "operation-gated", None None Patch,
        "An operation is generated that was not",
        "A method, its types and its error codes come.",
        "Review its file as a new spec.",
        "old: gated: it answers with a stream";
    IDEMPOTENCY_REMOVED: "operation-idempotency-removed" / "operation-idempotency-added",
        None Risky Patch,
        "Repeating an operation may act twice",
        "The client no longer tries again after a call that may have arrived: more calls fail.",
        "Nothing to do; callers who repeat by hand should know.",
        "old: retry: safe\nnew: retry: unsafe";
    IDEMPOTENCY_ADDED: "operation-idempotency-added" / "operation-idempotency-removed",
        None Risky Patch,
        "Repeating an operation is harmless",
        "The client tries again where it did not; if that is wrong, it acts twice.",
        "Be sure of the source.",
        "old: retry: unsafe\nnew: retry: safe";
    LIMIT_ADDED: "operation-rate-limit-added" / "operation-rate-limit-removed",
        None Risky Patch,
        "A limit for calls is documented",
        "Clients that keep to limits slow down.",
        "Nothing to do.",
        "new: rate_limit: { requests: 20, per: second }";
    LIMIT_REMOVED: "operation-rate-limit-removed" / "operation-rate-limit-added",
        None Compatible Patch,
        "No limit for calls is documented any more",
        "Clients that keep to limits no longer slow down.",
        "Find out whether it is gone or only untold.",
        "old: rate_limit: { requests: 20, per: second }";
    LIMIT_DECREASED: "operation-rate-limit-decreased" / "operation-rate-limit-increased",
        None Risky Patch,
        "Fewer calls are allowed in a time",
        "What was fast enough is throttled.",
        "Say it in the release notes.",
        "old: { requests: 20, per: second }\nnew: { requests: 10, per: second }";
    LIMIT_INCREASED: "operation-rate-limit-increased" / "operation-rate-limit-decreased",
        None Compatible Patch,
        "More calls are allowed in a time",
        "Clients that keep to limits get faster.",
        "Nothing to do.",
        "old: { requests: 10, per: second }\nnew: { requests: 20, per: second }";
    LIMIT_SCOPE: "operation-rate-limit-scope-changed" / "operation-rate-limit-scope-changed",
        None Compatible Patch,
        "Others share a limit for calls than was documented",
        "Callers may reach it earlier or later.",
        "Nothing to do.",
        "old: { requests: 20, per: second, scope: account }\nnew: { requests: 20, per: second, scope: user }";
    PAGINATION_ADDED: "operation-pagination-added" / "operation-pagination-removed",
        None None Patch,
        "How a list is read page by page is known",
        "A method comes that reads all pages.",
        "Nothing to do.",
        "new: pagination: { style: offset, at: Offset, items: Books }";
    PAGINATION_REMOVED: "operation-pagination-removed" / "operation-pagination-added",
        None None Patch,
        "How a list is read page by page is not known any more",
        "The method that reads all pages is gone; every use stops compiling.",
        "Find out whether the pages are gone or only untold.",
        "old: pagination: { style: offset, at: Offset, items: Books }";
    PAGINATION_CHANGED: "operation-pagination-changed" / "operation-pagination-changed",
        None Risky Patch,
        "The pages of a list follow each other in another way",
        "The same method asks for the next page in another way, takes its items from another \
         place, or ends elsewhere.",
        "Compare it with the page; what is wrong here loses items or reads them twice.",
        "old: { style: page, at: Page, items: Books }\nnew: { style: page, at: Page, items: Books, first: 0 }";
    WAITER_ADDED: "operation-waiter-added" / "operation-waiter-removed", None None Patch,
        "How to find out that work is done is known",
        "A method comes that waits for it.",
        "Nothing to do.",
        "new: waiter: { operation: GetJob, interval_ms: 5000, attempts: 10 }";
    WAITER_REMOVED: "operation-waiter-removed" / "operation-waiter-added", None None Patch,
        "How to find out that work is done is not known any more",
        "The method that waits for it is gone; every use stops compiling.",
        "Find out whether it is gone or only untold.",
        "old: waiter: { operation: GetJob, interval_ms: 5000, attempts: 10 }";
    WAITER_CHANGED: "operation-waiter-changed" / "operation-waiter-changed",
        None Compatible Patch,
        "Work is asked about in another way",
        "The same method asks more or less often, or another operation.",
        "Nothing to do.",
        "old: { interval_ms: 5000, attempts: 10 }\nnew: { interval_ms: 3000, attempts: 10 }";
    PERMISSION_ADDED: "operation-permission-added" / "operation-permission-removed",
        None Risky Patch,
        "A permission is documented",
        "If the cloud did not ask for it before, callers without it are refused.",
        "Say it in the release notes.",
        "new: permission: { action: 'store:PutBook' }";
    PERMISSION_REMOVED: "operation-permission-removed" / "operation-permission-added",
        None Compatible Patch,
        "No permission is documented any more",
        "Policies may grant more than is needed.",
        "Find out whether it is gone or only untold.",
        "old: permission: { action: 'store:PutBook' }";
    PERMISSION_ACTION: "operation-permission-changed" / "operation-permission-changed",
        None Risky Patch,
        "Another action has to be granted",
        "Policies that grant the old one no longer allow the call.",
        "Say it in the release notes.",
        "old: { action: 'store:PutBook' }\nnew: { action: 'store:WriteBook' }";
    PERMISSION_RESOURCE: "operation-permission-resource-changed" / "operation-permission-resource-changed",
        None Risky Patch,
        "The action has to be granted on other resources",
        "Policies that name the old resources may no longer allow the call.",
        "Say it in the release notes.",
        "old: { resource: '*' }\nnew: { resource: 'acme:store:book/*' }";
    PERMISSION_LEVEL: "operation-access-level-changed" / "operation-access-level-changed",
        None Compatible Patch,
        "The access level is another",
        "Policies that grant by level may allow more or less.",
        "Nothing to do.",
        "old: { access_level: read }\nnew: { access_level: write }";
    CONDITION_KEYS: "operation-condition-keys-changed" / "operation-condition-keys-changed",
        None Compatible Patch,
        "Policies can use other condition keys",
        "A policy with a key that is gone may no longer match.",
        "Nothing to do.",
        "new: { condition_keys: ['acme:SourceIp'] }";
    DEPENDENT_ACTIONS: "operation-dependent-actions-changed" / "operation-dependent-actions-changed",
        None Risky Patch,
        "Other actions are needed besides",
        "Callers without them are refused.",
        "Say it in the release notes.",
        "new: { dependent_actions: ['store:GetShelf'] }";
}
