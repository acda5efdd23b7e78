//! Alibaba Cloud. A source is a folder with one or more of
//!
//! - `api-docs/PRODUCT/VERSION.json`: parameters, responses, error codes, samples, hosts;
//! - `sdk-idl/PRODUCT-VERSION.json`: what the SDKs are made from, newer, without codes;
//! - `cli-meta/PRODUCT.json`: what the command line is made from, requests only.
//!
//! The documents of one version of a product become one service. What the first of them
//! says stands; the others add what they alone know. Objects have no names in these
//! documents: equal ones become one structure when all is told (`fold`).

mod api_docs;
mod cli_meta;
mod fold;
mod hosts;
mod index;
mod kit;
mod mend;
mod path;
mod reconcile;
mod samples;
mod schema;
mod sdk_idl;

use std::io::Result;
use std::path::{Path, PathBuf};

use self::hosts::Hosts;
use self::samples::Samples;
use super::driver::{self, Progress};
use super::{Options, Report, Service, merge};

/// `provider.yaml`, where the specs have none yet.
const PROVIDER: driver::Provider = driver::Provider {
    name: "alibaba",
    file: "\
provider: alibaba
title: Alibaba Cloud
protocol: acs-rpc
members_in: query
method: POST
path: /
common_parameters:
  Action: { in: header, wire: x-acs-action, required: true, doc: The name of the operation. }
  Version: { in: header, wire: x-acs-version, required: true, doc: The API version of the service. }
",
    holds: "api-docs, sdk-idl or cli-meta",
    products: index::products,
};

/// Why a stream is not generated.
const STREAM: &str =
    "It answers with a stream of events; the runtime reads whole answers.";

/// Why a path with an asterisk is not generated.
const SLASHES: &str =
    "A part of its path with slashes is a value; the runtime writes one segment a value.";

/// Imports every service of the sources into `specs`; `progress` hears of each before it
/// is read, from any thread.
///
/// # Errors
/// What the disk says, with the path. Whatever else is odd is in the report.
pub fn import(
    sources: &[PathBuf],
    specs: &Path,
    options: &Options,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<Report> {
    driver::run(&PROVIDER, sources, specs, options, progress)
}

/// What one document says.
struct Told {
    service: Service,
    hosts: Hosts,
    samples: Samples,
}

impl Told {
    /// What a document without samples says.
    fn bare(service: Service, hosts: Hosts) -> Self {
        Self {
            service,
            hosts,
            samples: Samples::default(),
        }
    }
}

/// The service that the documents of one version tell of together.
fn read(
    documents: &[index::Document],
    options: &Options,
    report: &mut Report,
) -> Result<Option<Service>> {
    let mut told: Option<Told> = None;
    for document in documents {
        let Some(mut next) = document.read(options, report)? else {
            continue;
        };
        told = Some(match told {
            None => next,
            Some(mut first) => {
                let place = &document.place;
                first.hosts.add(next.hosts, place, report);
                reconcile::operations(
                    &mut first.service,
                    &mut next.service,
                    place,
                    report,
                );
                let service = merge::merge(first.service, next.service, report);
                Told { service, ..first }
            }
        });
    }
    let Some(told) = told else {
        return Ok(None);
    };
    let Told {
        mut service,
        hosts,
        samples,
    } = told;
    let place = service.documents.join(", ");
    hosts.settle(&mut service, &place, report);
    mend::requests(&mut service, &place, report);
    fold::fold(&mut service);
    samples.add(&mut service, report);
    Ok(Some(service))
}
