//! Huawei Cloud. A source is a folder with one or both of
//!
//! - `openapi/SERVICE.json`: parameters, schemas and limits, all versions in one document;
//! - `sdk-facts/SERVICE.VERSION.json`: what the SDKs know, newer, a document per version.
//!
//! The facts say which operation belongs to which version. What the `OpenAPI` document says
//! of it stands, as long as both name the same method and path; else only the facts do.

mod assemble;
mod at;
mod draft;
mod entry;
mod hosts;
mod index;
mod kinds;
mod kit;
mod limits;
mod openapi;
mod plan;
mod schema;
mod sdk;
mod version;
mod words;

use std::io::Result;
use std::path::{Path, PathBuf};

use super::driver::{self, Progress};
use super::{Options, Report};

const PROVIDER: driver::Provider = driver::Provider {
    name: "huawei",
    file: "\
provider: huawei
title: Huawei Cloud
protocol: sdk-hmac-rest
members_in: body
common_parameters:
  project_id: { in: path, required: true, doc: The project that the call is about. }
  X-Auth-Token: { in: header, doc: A user token of IAM. }
  Content-Type: { in: header, required: true, doc: The media type of the body. }
error_body:
  error_code: { type: string, doc: The error code. }
  error_msg: { type: string, doc: The error message. }
errors:
  - { code: APIGW.0308, name: Throttled, status: 429, doc: Too many calls; slow down and try again. }
gaps:
  - at: common_parameters.X-Auth-Token
    why: Documents do not say what is used instead. The client signs with an access key.
    answers: [auth-alternatives-unordered]
",
    holds: "openapi or sdk-facts",
    products: index::products,
};

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
