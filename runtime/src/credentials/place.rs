//! Where a source of credentials may send a request: anywhere over HTTPS, and over plain HTTP
//! to this machine, its link, and the clouds' metadata services.

use std::net::{IpAddr, Ipv4Addr};

use crate::endpoint::{Base, EndpointError};

/// Metadata services that are reached by other than a link-local address.
const METADATA: [&str; 2] = ["100.100.100.200", "metadata.tencentyun.com"];

/// A scheme and a host that a request may go to.
#[derive(Debug)]
pub(super) struct Place(Base);

impl Place {
    /// A host of a service, over HTTPS.
    pub(super) fn https(host: String) -> Self {
        Self(Base::https(host))
    }

    /// A URL with nothing behind host and port.
    pub(super) fn parse(url: &str) -> Result<Self, String> {
        let host = url.split_once("://").map_or(url, |(_, host)| host);
        let host = host.strip_suffix('/').unwrap_or(host);
        Base::parse(url, is_near(host))
            .map(Self)
            .map_err(|error| match error {
                EndpointError::HttpRefused => {
                    "http:// is only for metadata services and for this machine"
                        .to_owned()
                }
                error => error.to_string(),
            })
    }

    /// A URL, with path and query as the second part; neither of them is shown in an error.
    pub(super) fn parse_with_path(url: &str) -> Result<(Self, String), String> {
        let start = url.find("://").map_or(0, |at| at + 3);
        let end = url[start..]
            .find(['/', '?', '#'])
            .map_or(url.len(), |at| start + at);
        let (base, path) = url.split_at(end);
        if path.contains('#') || !path.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("the path holds a character that no URL can".to_owned());
        }
        let slash = if path.starts_with('/') { "" } else { "/" };
        Ok((Self::parse(base)?, [slash, path].concat()))
    }

    pub(super) fn scheme(&self) -> &'static str {
        self.0.scheme
    }

    pub(super) fn host(&self) -> &str {
        &self.0.host
    }

    /// The URL of a path, which begins with a slash.
    pub(super) fn url(&self, path: &str) -> String {
        [self.scheme(), "://", self.host(), path].concat()
    }
}

/// Whether a request to this host leaves neither the machine nor its link, but for a
/// metadata service.
fn is_near(authority: &str) -> bool {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => host,
        _ => authority,
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_link = |address: Ipv4Addr| address.is_loopback() || address.is_link_local();
    match bare.parse() {
        Ok(IpAddr::V4(address)) if is_link(address) => true,
        Ok(IpAddr::V6(address)) => {
            address.is_loopback() || address.is_unicast_link_local()
        }
        _ => host == "localhost" || METADATA.contains(&host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_nowhere_else() {
        let near = [
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "http://localhost:1",
            "http://[::1]:80/",
            "http://169.254.169.254",
            "http://100.100.100.200/",
            "http://metadata.tencentyun.com",
        ];
        for url in near {
            assert!(Place::parse(url).is_ok(), "{url}");
        }
        let far = [
            "http://sts.aliyuncs.com",
            "http://100.100.100.201",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example",
            "http://evil.example#127.0.0.1",
            "http://evil.example:80:127.0.0.1",
            "http://metadata.tencentyun.com.evil.example",
            "http://evil.example/metadata.tencentyun.com",
            "http://[fd00::1]",
            "http://2130706433",
            "http://0x7f.1",
            "ftp://127.0.0.1",
            "127.0.0.1",
        ];
        for url in far {
            assert!(Place::parse(url).is_err(), "{url}");
            assert!(
                Place::parse_with_path(&format!("{url}/x")).is_err(),
                "{url}/x"
            );
        }
        assert!(Place::parse("https://sts.aliyuncs.com").is_ok());
    }

    #[test]
    fn a_path_is_split_off() {
        let split = |url| {
            Place::parse_with_path(url)
                .map(|(place, path)| (place.url(""), path))
                .ok()
        };
        let expected = |base: &str, path: &str| Some((base.to_owned(), path.to_owned()));
        assert_eq!(split("https://a.b"), expected("https://a.b", "/"));
        assert_eq!(split("https://a.b?x=1"), expected("https://a.b", "/?x=1"));
        assert_eq!(
            split("http://[::1]:9/a/b?c=d"),
            expected("http://[::1]:9", "/a/b?c=d")
        );
        assert_eq!(split("https://a.b/x#y"), None);
        assert_eq!(split("https://a.b/x y"), None);
        assert_eq!(split("https://u:CANARY@a.b/x"), None);
        let error =
            Place::parse_with_path("https://u:CANARY@a.b/x").expect_err("userinfo");
        assert!(!error.contains("CANARY"), "{error}");
    }
}
