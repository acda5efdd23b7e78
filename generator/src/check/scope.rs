//! What the rules look at: every member of a file with its place, and what types mean there.

use indexmap::IndexMap;

use crate::diagnostic::{KeyPath, Step};
use crate::load::node::{Node, Source};
use crate::spec::{
    Location, Member, Members, Operation, Provider, ProviderFile, Service, ServiceFile,
};

/// The type words of the format.
pub(crate) const BUILTIN: [&str; 12] = [
    "string",
    "integer",
    "int32",
    "int64",
    "uint64",
    "number",
    "boolean",
    "timestamp",
    "binary",
    "any",
    "array",
    "map",
];

/// A file with the types that its members may name.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    /// The file.
    pub(crate) source: &'a Source,
    /// Its provider.
    pub(crate) provider: &'a Provider,
    service: Option<&'a Service>,
    gated: Option<&'a str>,
    own: Option<&'a IndexMap<String, Members>>,
    shared: Option<&'a IndexMap<String, Members>>,
}

/// An operation with all its members.
pub(crate) struct Page<'a> {
    /// Its file and types.
    pub(crate) scope: Scope<'a>,
    /// The operation.
    pub(crate) operation: &'a Operation,
    /// Every member of the file.
    pub(crate) sites: Vec<Site<'a>>,
}

/// Where a member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role<'a> {
    /// A parameter of the operation.
    Request,
    /// A field of the answer.
    Response,
    /// A member of the structure of this name.
    Type(&'a str),
    /// A member of the provider's error body.
    ErrorBody,
}

/// A member, or what an array or a map of it holds.
#[derive(Clone, Debug)]
pub(crate) struct Site<'a> {
    /// The wire name of the member.
    pub(crate) name: &'a str,
    /// The member, or the `items` or `values` inside it.
    pub(crate) member: &'a Member,
    /// Where the member stands.
    pub(crate) role: Role<'a>,
    /// Whether this is what an array or a map holds.
    pub(crate) inner: bool,
    /// What stands there in the file.
    pub(crate) node: Option<&'a Node>,
    /// The keys that lead to it from the member.
    held: Vec<&'static str>,
}

impl Site<'_> {
    /// Its key path in the file.
    pub(crate) fn path(&self) -> KeyPath {
        let (section, structure) = match self.role {
            Role::Request => ("request", None),
            Role::Response => ("response", None),
            Role::Type(name) => ("types", Some(name)),
            Role::ErrorBody => ("error_body", None),
        };
        let member = [section].into_iter().chain(structure).chain([self.name]);
        let keys = member.chain(self.held.iter().copied());
        KeyPath(keys.map(|key| Step::Key(key.to_owned())).collect())
    }
}

/// What a member's `type` means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Type<'a> {
    /// Text.
    String,
    /// A whole number within these bounds.
    Integer(i128, i128),
    /// A number with a fraction.
    Number,
    /// True or false.
    Boolean,
    /// A point in time.
    Timestamp,
    /// Bytes.
    Binary,
    /// Free-form JSON.
    Any,
    /// An array of this, where the spec says of what.
    Array(Option<&'a Member>),
    /// A map from text to this, where the spec says to what.
    Map(Option<&'a Member>),
    /// A structure.
    Structure(&'a Members),
    /// No type of this name.
    Unknown,
}

impl<'a> Scope<'a> {
    /// `provider.yaml`, whose error body names no types.
    pub(crate) fn of_provider(file: &'a ProviderFile, source: &'a Source) -> Self {
        Self {
            source,
            provider: &file.provider,
            service: None,
            gated: None,
            own: None,
            shared: None,
        }
    }

    /// A file of a service: an operation, `types.yaml` or `service.yaml`.
    pub(crate) fn of_service(
        file: &'a ProviderFile,
        service: &'a ServiceFile,
        operation: Option<&'a Operation>,
        source: &'a Source,
    ) -> Self {
        Self {
            source,
            provider: &file.provider,
            service: Some(&service.service),
            gated: operation.and_then(|operation| operation.gated.as_deref()),
            own: operation.map(|operation| &operation.types),
            shared: service.types.as_ref().map(|(_, types)| &types.types),
        }
    }

    /// How the service speaks.
    pub(crate) fn protocol(&self) -> &'a str {
        let own = self.service.and_then(|service| service.protocol.as_deref());
        own.unwrap_or(&self.provider.protocol)
    }

    /// Where a request member travels when it does not say.
    pub(crate) fn members_in(&self) -> Location {
        let own = self.service.and_then(|service| service.members_in);
        own.unwrap_or(self.provider.members_in)
    }

    /// The method of an operation that does not say.
    pub(crate) fn method(&self) -> Option<&'a str> {
        let own = self.service.and_then(|service| service.method.as_deref());
        own.or(self.provider.method.as_deref())
    }

    /// The path of an operation that does not say.
    pub(crate) fn path(&self) -> Option<&'a str> {
        let own = self.service.and_then(|service| service.path.as_deref());
        own.or(self.provider.path.as_deref())
    }

    /// Why the operation, or nothing of the service, is generated.
    pub(crate) fn gated(&self) -> Option<&'a str> {
        let service = self.service.and_then(|service| service.gated.as_deref());
        self.gated.or(service)
    }

    /// The structure of a name: the operation's own, else the service's.
    pub(crate) fn structure(&self, name: &str) -> Option<&'a Members> {
        self.own
            .and_then(|types| types.get(name))
            .or_else(|| self.shared.and_then(|types| types.get(name)))
    }

    /// Whether the operation itself defines the structure.
    pub(crate) fn owns(&self, name: &str) -> bool {
        self.own.is_some_and(|types| types.contains_key(name))
    }

    /// The names of all structures.
    pub(crate) fn structures(&self) -> impl Iterator<Item = &'a str> {
        let types = self.own.into_iter().chain(self.shared);
        types.flat_map(|types| types.keys().map(String::as_str))
    }

    /// What a member's `type` means.
    pub(crate) fn type_of(&self, member: &'a Member) -> Type<'a> {
        match member.kind.as_str() {
            "string" => Type::String,
            "int32" => Type::Integer(i32::MIN.into(), i32::MAX.into()),
            "integer" | "int64" => Type::Integer(i64::MIN.into(), i64::MAX.into()),
            "uint64" => Type::Integer(0, u64::MAX.into()),
            "number" => Type::Number,
            "boolean" => Type::Boolean,
            "timestamp" => Type::Timestamp,
            "binary" => Type::Binary,
            "any" => Type::Any,
            "array" => Type::Array(member.items.as_deref()),
            "map" => Type::Map(member.values.as_deref()),
            name => self.structure(name).map_or(Type::Unknown, Type::Structure),
        }
    }
}

impl<'a> Page<'a> {
    /// An operation with all its members.
    pub(crate) fn new(scope: Scope<'a>, operation: &'a Operation) -> Self {
        let mut sites = Vec::new();
        let node = |key| scope.source.root.get(key);
        let (request, response) = (&operation.request, &operation.response);
        collect(request, Role::Request, node("request"), &mut sites);
        collect(response, Role::Response, node("response"), &mut sites);
        collect_types(&operation.types, scope.source, &mut sites);
        Self {
            scope,
            operation,
            sites,
        }
    }

    /// The members of the request itself.
    pub(crate) fn request(&self) -> impl Iterator<Item = &Site<'a>> {
        self.sites
            .iter()
            .filter(|site| site.role == Role::Request && !site.inner)
    }

    /// Where a member of the request travels.
    pub(crate) fn location(&self, site: &Site<'_>) -> Location {
        site.member.location.unwrap_or(self.scope.members_in())
    }

    /// The operation's method, where the page, its service or its provider names one.
    pub(crate) fn method(&self) -> Option<&'a str> {
        let own = self
            .operation
            .http
            .as_ref()
            .and_then(|http| http.method.as_deref());
        own.or(self.scope.method())
    }

    /// The operation's path template, where the page, its service or its provider names one.
    pub(crate) fn path(&self) -> Option<&'a str> {
        let own = self
            .operation
            .http
            .as_ref()
            .and_then(|http| http.path.as_deref());
        own.or(self.scope.path())
    }
}

/// Every member of `members`, which stand at `node`, and what arrays and maps among them
/// hold.
pub(crate) fn collect<'a>(
    members: &'a Members,
    role: Role<'a>,
    node: Option<&'a Node>,
    sites: &mut Vec<Site<'a>>,
) {
    for (index, (name, member)) in members.iter().enumerate() {
        let mut site = Site {
            name,
            member,
            role,
            inner: false,
            node: node.and_then(|members| members.value(index)),
            held: Vec::new(),
        };
        loop {
            let held = match (&site.member.items, &site.member.values) {
                (Some(items), _) => Some((items, "items")),
                (None, Some(values)) => Some((values, "values")),
                (None, None) => None,
            };
            sites.push(site.clone());
            let Some((member, key)) = held else {
                break;
            };
            site.member = member;
            site.inner = true;
            site.node = site.node.and_then(|node| node.get(key));
            site.held.push(key);
        }
    }
}

/// Every member of the structures under `types`.
pub(crate) fn collect_types<'a>(
    types: &'a IndexMap<String, Members>,
    source: &'a Source,
    sites: &mut Vec<Site<'a>>,
) {
    let node = source.root.get("types");
    for (index, (name, members)) in types.iter().enumerate() {
        let node = node.and_then(|types| types.value(index));
        collect(members, Role::Type(name), node, sites);
    }
}
