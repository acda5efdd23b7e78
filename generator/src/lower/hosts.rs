//! The hosts of a service, in words.

use crate::model::Endpoint;

use super::docs::code;

/// More regions than that are a list for programs.
const MOST_REGIONS: usize = 20;

/// The hosts as a sentence.
pub(super) fn sentence(endpoint: &Endpoint) -> String {
    let Endpoint {
        global,
        global_regions,
        regional,
        regions,
        ..
    } = endpoint;
    match (global, regional) {
        (Some(global), None) => format!("Answers at {}.", code(global)),
        (None, Some(regional)) => {
            let regions = list(regions).map(|regions| format!("; known are {regions}"));
            format!(
                "Answers at {}{}.",
                code(regional),
                regions.unwrap_or_default()
            )
        }
        (Some(global), Some(regional)) => {
            let also = list(global_regions).map(|regions| format!(" and for {regions}"));
            let known = list(regions).map(|regions| format!("; known are {regions}"));
            let (also, known) = (also.unwrap_or_default(), known.unwrap_or_default());
            let (global, regional) = (code(global), code(regional));
            format!(
                "Answers at {global} without a region{also}, else at {regional}{known}."
            )
        }
        (None, None) => String::new(),
    }
}

/// The hosts that follow no rule, or how many there are.
pub(super) fn irregular(endpoint: &Endpoint) -> String {
    let hosts = &endpoint.hosts;
    if hosts.is_empty() {
        return String::new();
    }
    if hosts.len() > MOST_REGIONS {
        let count = hosts.len();
        return format!("{count} regions have hosts of their own (see [`SERVICE`]).");
    }
    let pairs = hosts
        .iter()
        .map(|(region, host)| format!("{} for {}", code(host), code(region)));
    let pairs = pairs.collect::<Vec<_>>().join(", ");
    format!("Hosts that follow no rule: {pairs}.")
}

/// Regions by name, or how many there are.
fn list(regions: &[String]) -> Option<String> {
    match regions {
        [] => None,
        regions if regions.len() <= MOST_REGIONS => Some(
            regions
                .iter()
                .map(|region| code(region))
                .collect::<Vec<_>>()
                .join(", "),
        ),
        _ => Some(format!("{} regions (see [`SERVICE`])", regions.len())),
    }
}
