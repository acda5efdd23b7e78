//! All samples of a service, judged by its model.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use yunspec::model::{Operation, Provider, Service};
use yunspec_runtime::Protocol;

use super::tally::Tally;
use super::{Sample, Sent, Verdict, alibaba, request, response, tencent};

/// What became of the samples of one or more services.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    /// The answers.
    pub responses: Tally,
    /// The requests with a body.
    pub bodies: Tally,
    /// The requests that are written as an address.
    pub addresses: Tally,
    /// Samples of operations that no spec has.
    pub strays: Vec<String>,
    /// How many samples belong to operations of which nothing is generated.
    pub gated: usize,
}

impl Verdicts {
    /// Adds what became of others.
    pub fn merge(&mut self, other: Self) {
        self.responses.merge(other.responses);
        self.bodies.merge(other.bodies);
        self.addresses.merge(other.addresses);
        self.strays.extend(other.strays);
        self.gated += other.gated;
    }

    /// The counts as lines for people.
    pub fn text(&self) -> String {
        let mut text = self.responses.text("answers");
        text += &self.bodies.text("requests with a body, built again");
        text += &self
            .addresses
            .text("requests written as an address, built again");
        for (count, of) in [
            (self.strays.len(), "without a spec"),
            (self.gated, "that are gated"),
        ] {
            if count > 0 {
                text += &format!("{count:>8}  samples of operations {of}\n");
            }
        }
        text
    }
}

/// The protocol that a service speaks.
pub fn protocol(service: &Service) -> Option<Protocol> {
    match service.protocol.as_str() {
        "acs-rpc" => Some(Protocol::ACS_RPC),
        "acs-roa" => Some(Protocol::ACS_ROA),
        "tc3-json" => Some(Protocol::TC3_JSON),
        "sdk-hmac-rest" => Some(Protocol::SDK_HMAC_REST),
        _ => None,
    }
}

/// The published samples of a service; none where the provider publishes none.
///
/// # Errors
/// What is wrong with the file that holds them.
pub fn published(
    provider: &str,
    sources: &[PathBuf],
    service: &Service,
) -> Result<Vec<Sample>, String> {
    type Read = fn(&Path) -> Result<Vec<Sample>, String>;
    let (file, read): (_, Read) = match provider {
        "tencent" => (tencent::file(sources, service), tencent::read),
        "alibaba" => (alibaba::file(sources, service), alibaba::read),
        _ => return Ok(Vec::new()),
    };
    file.map_or_else(|| Ok(Vec::new()), |file| read(&file))
}

/// Judges samples of a service.
pub fn judge(
    provider: &Provider,
    service: &Service,
    protocol: Protocol,
    samples: &[Sample],
) -> Verdicts {
    let mut verdicts = Verdicts::default();
    let operations = by_name(service);
    for sample in samples {
        let name = &sample.operation;
        let place = |side: &str| {
            let (provider, service, number) = (&provider.id, &service.id, sample.number);
            format!("{provider}/{service}/{name} {side} {number}")
        };
        let Some(operation) = operations.get(name.as_str()) else {
            verdicts.strays.push(place("sample"));
            continue;
        };
        if operation.gated.is_some() {
            verdicts.gated += 1;
            continue;
        }
        if let Some(sent) = &sample.request {
            let tally = match sent {
                Sent::Body(_) => &mut verdicts.bodies,
                Sent::Address(_) => &mut verdicts.addresses,
            };
            let verdict = match request::read(service, operation, sent) {
                Ok(json) => request::rebuild(service, operation, protocol, &json),
                Err(verdict) => verdict,
            };
            tally.add(&verdict, || place("request"));
        }
        if let Some(body) = &sample.response {
            let verdict = response::decode(service, operation, protocol, body);
            verdicts.responses.add(&verdict, || place("response"));
        }
    }
    verdicts
}

/// The operations of a service by their names on the wire.
pub fn by_name(service: &Service) -> BTreeMap<&str, &Operation> {
    let operations = service.operations.iter();
    operations.map(|one| (one.name.as_str(), one)).collect()
}

/// What is wrong with an answer by the model; empty where it fits.
pub fn wrong(
    service: &Service,
    protocol: Protocol,
    operation: &str,
    body: &str,
) -> String {
    let operations = service.operations.iter();
    let mut operations = operations.filter(|one| one.name == operation);
    let Some(operation) = operations.next() else {
        return "no such operation".to_owned();
    };
    match response::decode(service, operation, protocol, body) {
        Verdict::Unclean(_, why) | Verdict::Fails(_, why) => why,
        Verdict::Exact | Verdict::Forgiven(_) => String::new(),
    }
}
