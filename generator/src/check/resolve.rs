//! Spec → model: defaults filled in, types resolved, enumerations named, rules collected.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::paging;
use super::scope::{Scope, Type};
use super::types::reach;
use crate::load::Loaded;
use crate::model;
use crate::name;
use crate::spec::{self, Location, Member, Members};

/// The model of specs without errors.
pub(super) fn model(loaded: &Loaded) -> model::Model {
    let providers = loaded.spec.providers.iter();
    model::Model {
        providers: providers.map(|file| provider(file, loaded)).collect(),
    }
}

/// The name of a member's enumeration.
pub(super) fn enumeration_name(wire: &str, member: &Member) -> String {
    member
        .enum_name
        .clone()
        .unwrap_or_else(|| name::pascal(wire))
}

fn provider(file: &spec::ProviderFile, loaded: &Loaded) -> model::Provider {
    let provider = &file.provider;
    let mut services: Vec<_> = file
        .services
        .iter()
        .map(|one| service(file, one, loaded))
        .collect();
    services.sort_by(|one, other| one.id.cmp(&other.id));
    let common =
        provider
            .common_parameters
            .iter()
            .map(|(name, one)| model::CommonParameter {
                name: name.clone(),
                wire: one.wire.clone().unwrap_or_else(|| name.clone()),
                location: one.location,
                required: one.required,
                written: one.written.clone(),
                doc: one.doc.clone(),
            });
    let error_body = loaded.sources.get(&file.file).map(|source| {
        let scope = Scope::of_provider(file, source);
        Builder::new(scope).members(&provider.error_body, Location::Body)
    });
    model::Provider {
        id: provider.provider.clone(),
        title: provider.title.clone(),
        protocol: provider.protocol.clone(),
        envelope: provider.envelope.clone(),
        common_parameters: common.collect(),
        error_body: error_body.unwrap_or_default(),
        errors: provider.errors.clone(),
        errata: provider.errata.clone(),
        gaps: provider.gaps.clone(),
        notes: provider.notes.clone(),
        services,
    }
}

fn service(
    file: &spec::ProviderFile,
    service: &spec::ServiceFile,
    loaded: &Loaded,
) -> model::Service {
    let mut reached = Reached::default();
    let mut operations = Vec::new();
    for (path, operation) in &service.operations {
        if let Some(source) = loaded.sources.get(path) {
            let scope = Scope::of_service(file, service, Some(operation), source);
            operations.push(self::operation(scope, operation, &mut reached));
        }
    }
    operations.sort_by(|one, other| one.name.cmp(&other.name));
    let (structures, enumerations) = shared(file, service, &reached, loaded);
    let facts = &service.service;
    let protocol = facts.protocol.as_ref();
    model::Service {
        id: facts.service.clone(),
        title: facts.title.clone(),
        product: facts.product.clone(),
        version: facts.version.clone(),
        protocol: protocol.unwrap_or(&file.provider.protocol).clone(),
        endpoint: model::Endpoint {
            global: facts.endpoint.global.clone(),
            global_regions: facts.endpoint.global_regions.clone(),
            regional: facts.endpoint.regional.clone(),
            regions: facts.endpoint.regions.clone(),
            hosts: facts.endpoint.hosts.clone(),
            alternates: facts.endpoint.alternates.clone(),
        },
        gated: facts.gated.clone(),
        structures,
        enumerations,
        errata: facts.errata.clone(),
        gaps: facts.gaps.clone(),
        notes: facts.notes.clone(),
        operations,
    }
}

/// The structures that requests, and those that responses of a service lead to.
#[derive(Default)]
struct Reached<'a> {
    sent: BTreeSet<&'a str>,
    received: BTreeSet<&'a str>,
}

fn shared(
    file: &spec::ProviderFile,
    service: &spec::ServiceFile,
    reached: &Reached<'_>,
    loaded: &Loaded,
) -> (Vec<model::Structure>, Vec<model::Enumeration>) {
    let types = service.types.as_ref();
    let found = types.and_then(|(path, types)| Some((loaded.sources.get(path)?, types)));
    let Some((source, types)) = found else {
        return Default::default();
    };
    let mut builder = Builder::new(Scope::of_service(file, service, None, source));
    let structures = builder.structures(&types.types, &reached.sent, &reached.received);
    (structures, builder.enumerations)
}

fn operation<'a>(
    scope: Scope<'a>,
    operation: &'a spec::Operation,
    service: &mut Reached<'a>,
) -> model::Operation {
    let mut sent = BTreeSet::new();
    let mut received = BTreeSet::new();
    reach(&operation.request, &scope, &mut sent);
    reach(&operation.response, &scope, &mut received);
    let gated = scope.gated();
    if gated.is_none() {
        let shared = |name: &&&str| !scope.owns(name);
        service.sent.extend(sent.iter().filter(shared));
        service.received.extend(received.iter().filter(shared));
    }
    let mut builder = Builder::new(scope);
    let name = &operation.operation;
    let request = model::Structure {
        name: format!("{name}Request"),
        members: builder.members(&operation.request, scope.members_in()),
        sent: true,
        received: false,
    };
    let response = model::Structure {
        name: format!("{name}Response"),
        members: builder.members(&operation.response, Location::Body),
        sent: false,
        received: true,
    };
    let structures = builder.structures(&operation.types, &sent, &received);
    let http = operation.http.as_ref();
    let method = http.and_then(|http| http.method.as_deref());
    let path = http.and_then(|http| http.path.as_deref());
    model::Operation {
        name: name.clone(),
        summary: operation.summary.clone(),
        doc: operation.doc.clone(),
        source: operation.source.clone(),
        method: method.or(scope.method()).unwrap_or_default().to_owned(),
        path: path.or(scope.path()).unwrap_or_default().to_owned(),
        host: http.and_then(|http| http.host.clone()),
        content_type: content_type(http, &request),
        gated: gated.map(str::to_owned),
        retry: operation.retry,
        permission: operation.permission.clone(),
        rate_limit: operation.rate_limit.clone(),
        deprecated: operation.deprecated.clone(),
        pagination: operation.pagination.as_ref().map(paging::resolved),
        waiter: operation.waiter.clone(),
        request,
        response,
        structures,
        enumerations: builder.enumerations,
        errors: operation.errors.clone(),
        examples: operation.examples.clone(),
        history: operation.history.clone(),
        errata: operation.errata.clone(),
        gaps: operation.gaps.clone(),
        notes: operation.notes.clone(),
    }
}

/// What the body is, where its members alone do not tell: bytes and files do.
fn content_type(http: Option<&spec::Http>, request: &model::Structure) -> Option<String> {
    let binary = |location| {
        let mut members = request.members.iter();
        members.any(|one| one.location == location && one.shape == model::Shape::Binary)
    };
    let own = || {
        if binary(Location::Form) {
            Some(crate::protocol::MULTIPART)
        } else if binary(Location::Payload) {
            Some("application/octet-stream")
        } else {
            None
        }
    };
    let stated = http.and_then(|http| http.content_type.clone());
    stated.or_else(|| own().map(str::to_owned))
}

struct Builder<'a> {
    scope: Scope<'a>,
    enumerations: Vec<model::Enumeration>,
}

impl<'a> Builder<'a> {
    fn new(scope: Scope<'a>) -> Self {
        Self {
            scope,
            enumerations: Vec::new(),
        }
    }

    fn structures(
        &mut self,
        types: &'a IndexMap<String, Members>,
        sent: &BTreeSet<&str>,
        received: &BTreeSet<&str>,
    ) -> Vec<model::Structure> {
        let mut structures = Vec::new();
        for (name, members) in types {
            structures.push(model::Structure {
                name: name.clone(),
                members: self.members(members, Location::Body),
                sent: sent.contains(name.as_str()),
                received: received.contains(name.as_str()),
            });
        }
        structures
    }

    fn members(
        &mut self,
        members: &'a Members,
        location: Location,
    ) -> Vec<model::Member> {
        let members = members.iter();
        members
            .map(|(name, member)| self.member(name, member, location))
            .collect()
    }

    fn member(
        &mut self,
        name: &'a str,
        member: &'a Member,
        location: Location,
    ) -> model::Member {
        let boolean = matches!(self.scope.type_of(member), Type::Boolean);
        model::Member {
            name: name.to_owned(),
            rust_name: member.rust_name.clone(),
            location: member.location.unwrap_or(location),
            style: member.style.unwrap_or(spec::Style::Repeat),
            shape: self.shape(name, member),
            written: member.written.clone(),
            required: member.required,
            rules: rules(member),
            matches: member.matches.clone(),
            refuses: member.refuses.clone(),
            format: member.format.clone(),
            special: member.special.clone(),
            conditions: member.conditions.clone(),
            meanings: if boolean {
                member.values_known.clone()
            } else {
                Vec::new()
            },
            default: member.default.clone(),
            example: member.example.clone(),
            sensitive: member.sensitive,
            deprecated: member.deprecated.clone(),
            renamed_from: member.renamed_from.clone(),
            doc: member.doc.clone(),
        }
    }

    fn shape(&mut self, wire: &str, member: &'a Member) -> model::Shape {
        let kind = self.scope.type_of(member);
        if matches!(kind, Type::String | Type::Integer(..))
            && !member.values_known.is_empty()
        {
            return model::Shape::Enumeration(self.enumeration(wire, member));
        }
        let mut held = |member: Option<&'a Member>| {
            Box::new(member.map_or(model::Shape::Any, |member| self.shape(wire, member)))
        };
        match kind {
            Type::String => model::Shape::String,
            Type::Integer(0, _) => model::Shape::Uint64,
            Type::Integer(_, most) if most == i128::from(i32::MAX) => model::Shape::Int32,
            Type::Integer(..) => model::Shape::Int64,
            Type::Number => model::Shape::Number,
            Type::Boolean => model::Shape::Boolean,
            Type::Timestamp => model::Shape::Timestamp,
            Type::Binary => model::Shape::Binary,
            Type::Any | Type::Unknown => model::Shape::Any,
            Type::Array(items) => model::Shape::Array(held(items)),
            Type::Map(values) => model::Shape::Map(held(values)),
            Type::Structure(_) => model::Shape::Structure(member.kind.clone()),
        }
    }

    /// The enumeration of a member; members with the same name and values share it.
    fn enumeration(&mut self, wire: &str, member: &Member) -> String {
        let name = enumeration_name(wire, member);
        let values = &member.values_known;
        if !self
            .enumerations
            .iter()
            .any(|one| one.name == name && one.values == *values)
        {
            self.enumerations.push(model::Enumeration {
                name: name.clone(),
                member: wire.to_owned(),
                values: values.clone(),
            });
        }
        name
    }
}

fn rules(member: &Member) -> Vec<model::Rule> {
    let Member {
        min_length,
        max_length,
        min_items,
        max_items,
        minimum,
        maximum,
        ..
    } = *member;
    let mut rules = Vec::new();
    if min_length.is_some() || max_length.is_some() {
        rules.push(model::Rule::Length {
            min: min_length,
            max: max_length,
        });
    }
    if let Some(max) = member.max_bytes {
        rules.push(model::Rule::Bytes { max });
    }
    if minimum.is_some() || maximum.is_some() {
        rules.push(model::Rule::Range {
            min: minimum,
            max: maximum,
        });
    }
    if let Some(by) = &member.separator {
        let separator = |max| model::Rule::Separator {
            by: by.clone(),
            max,
        };
        rules.extend(max_items.map(separator));
    } else if min_items.is_some() || max_items.is_some() {
        rules.push(model::Rule::Items {
            min: min_items,
            max: max_items,
        });
    }
    rules.extend(member.pattern.clone().map(model::Rule::Pattern));
    rules
}
