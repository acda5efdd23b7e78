//! Which host answers for a service in a region; a region or host that is not plain DNS
//! labels is refused before anything is signed.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The hosts of a service, as its spec lists them.
#[derive(Debug)]
pub struct Endpoint {
    /// The host for calls without a region, and for [`Endpoint::global_regions`].
    pub global: Option<&'static str>,
    /// The regions that the global host serves; empty where it serves all.
    pub global_regions: &'static [&'static str],
    /// The host of every other region; holds `{region}`.
    pub regional: Option<&'static str>,
    /// The regions that the provider lists for the regional host; others are tried as well.
    pub regions: &'static [&'static str],
    /// Regions whose hosts follow no rule, each with its host; they beat the other fields.
    pub hosts: &'static [(&'static str, &'static str)],
}

/// A region, host or URL that no call can be made with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// The service has no host outside a region, and the configuration names no region.
    RegionMissing {
        /// `provider/service`.
        service: &'static str,
    },
    /// The service has hosts of certain regions only, and this is none of them.
    RegionUnknown {
        /// `provider/service`.
        service: &'static str,
        /// The region.
        region: String,
    },
    /// Not one DNS label: lower-case letters, digits, inner hyphens, at most 63.
    Region(String),
    /// Not a host, or a host with an optional port, behind `https://` or `http://`.
    Url {
        /// The URL, without anything that stands before an `@`.
        url: String,
        /// Why it is refused.
        why: &'static str,
    },
    /// `http://` without the setting that allows it.
    HttpRefused,
    /// The final URL has another host or path than the one that was signed.
    Rewritten {
        /// What was signed.
        signed: String,
        /// What would be sent.
        sent: String,
    },
    /// A path member that would change the route: empty, `.` or `..`.
    PathValue {
        /// The member's wire name.
        member: String,
    },
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RegionMissing { service } => {
                write!(f, "{service} needs a region; set one with Config::region")
            }
            Self::RegionUnknown { service, region } => {
                write!(
                    f,
                    "{service} has no host in {region}; Config::endpoint names one"
                )
            }
            Self::Region(region) => write!(
                f,
                "{region:?} is no region: lower-case letters, digits and inner hyphens, at most 63"
            ),
            Self::Url { url, why } => write!(f, "{url:?} is no endpoint: {why}"),
            Self::HttpRefused => f.write_str(
                "http:// is refused; allow it with Config::allow_http for a test server",
            ),
            Self::Rewritten { signed, sent } => {
                write!(f, "signed for {signed:?}, but {sent:?} would be sent")
            }
            Self::PathValue { member } => {
                write!(f, "{member}: empty, \".\" and \"..\" are refused in a path")
            }
        }
    }
}

impl std::error::Error for EndpointError {}

impl Endpoint {
    /// The host for a region.
    ///
    /// # Errors
    /// [`EndpointError::Region`], [`EndpointError::RegionMissing`] and
    /// [`EndpointError::RegionUnknown`].
    pub fn host(
        &self,
        service: &'static str,
        region: Option<&str>,
    ) -> Result<String, EndpointError> {
        if let Some(region) = region.filter(|region| !is_label(region)) {
            return Err(EndpointError::Region(region.to_owned()));
        }
        if let Some(host) = region.and_then(|region| self.irregular(region)) {
            return Ok(host.to_owned());
        }
        match (self.global, self.regional, region) {
            (Some(global), None, _) | (Some(global), Some(_), None) => {
                Ok(global.to_owned())
            }
            (Some(global), Some(_), Some(region))
                if self.global_regions.contains(&region) =>
            {
                Ok(global.to_owned())
            }
            (_, Some(regional), Some(region)) => Ok(regional.replace("{region}", region)),
            (None, None, Some(region)) => Err(EndpointError::RegionUnknown {
                service,
                region: region.to_owned(),
            }),
            (None, _, None) => Err(EndpointError::RegionMissing { service }),
        }
    }

    /// The host of a region that follows no rule.
    fn irregular(&self, region: &str) -> Option<&'static str> {
        let mut hosts = self.hosts.iter();
        let (_, host) = hosts.find(|(name, _)| *name == region)?;
        Some(host)
    }
}

/// The host of one operation, with the region in it where it asks for one.
///
/// # Errors
/// [`EndpointError::Region`] and [`EndpointError::RegionMissing`].
pub(crate) fn filled(
    host: &str,
    service: &'static str,
    region: Option<&str>,
) -> Result<String, EndpointError> {
    if !host.contains("{region}") {
        return Ok(host.to_owned());
    }
    let region = region.ok_or(EndpointError::RegionMissing { service })?;
    if !is_label(region) {
        return Err(EndpointError::Region(region.to_owned()));
    }
    Ok(host.replace("{region}", region))
}

/// Where the calls of a client go: the scheme, and the host with a port where it is not the
/// scheme's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Base {
    pub(crate) scheme: &'static str,
    pub(crate) host: String,
}

impl Base {
    /// A host of a spec, over HTTPS.
    pub(crate) fn https(host: String) -> Self {
        Self {
            scheme: "https",
            host,
        }
    }

    /// A URL that stands for the spec's host: scheme, host, perhaps a port, nothing else.
    pub(crate) fn parse(url: &str, allow_http: bool) -> Result<Self, EndpointError> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let refuse = |why| {
            // What stands before an `@` may be a password.
            let shown = url.rsplit('@').next().unwrap_or_default();
            Err(EndpointError::Url {
                url: shown.to_owned(),
                why,
            })
        };
        let (scheme, own_port) = match scheme {
            "https" => ("https", 443),
            "http" if allow_http => ("http", 80),
            "http" => return Err(EndpointError::HttpRefused),
            _ => return refuse("it has to begin with https:// or http://"),
        };
        if rest.contains('@') {
            return refuse("a user or a password does not belong into it");
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains(['/', '?', '#', '\\']) {
            return refuse("nothing may follow the host and its port");
        }
        let (host, port) = split_port(rest);
        let host = host.to_ascii_lowercase();
        if !is_host(&host) {
            return refuse("the host has to be DNS labels or an IP address");
        }
        match port.map(port_number) {
            None => Ok(Self { scheme, host }),
            Some(Some(port)) if port == own_port => Ok(Self { scheme, host }),
            Some(Some(port)) => Ok(Self {
                scheme,
                host: format!("{host}:{port}"),
            }),
            Some(None) => refuse("the port has to be a number from 1 to 65535"),
        }
    }
}

/// Whether a URL is plain HTTP that stays on this machine: `localhost`, 127.0.0.0/8, `[::1]`.
pub fn is_loopback(url: &str) -> bool {
    let Some(authority) = url.strip_prefix("http://") else {
        return false;
    };
    let (host, _) = split_port(authority.strip_suffix('/').unwrap_or(authority));
    let address: Result<Ipv4Addr, _> = host.parse();
    matches!(host, "localhost" | "[::1]") || address.is_ok_and(|it| it.is_loopback())
}

/// Splits at the colon before the port; the colons of `[::1]` are none.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn port_number(text: &str) -> Option<u16> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| digits && *port > 0)
}

/// Whether a text is a host that no URL parser rewrites.
fn is_host(host: &str) -> bool {
    if let Some(address) = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        return address
            .parse()
            .is_ok_and(|parsed: Ipv6Addr| parsed.to_string() == address);
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    // A last label like `1` or `0x7f` makes URL parsers read the whole host as a number.
    let numeric =
        last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit());
    let labels = host.len() <= 253 && host.split('.').all(is_label);
    if numeric {
        host.parse::<Ipv4Addr>().is_ok()
    } else {
        labels
    }
}

/// Whether a text is one DNS label in lower case.
pub(crate) fn is_label(text: &str) -> bool {
    let inner =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}
