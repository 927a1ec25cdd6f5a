//! Who may ask. A page of another site can make a browser ask this computer, under a name that
//! leads here; without these checks it could read drafts.

use std::net::IpAddr;

use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderName};
use hyper::http::uri::Authority;
use hyper::{Request, StatusCode};

use super::EVENTS;
use super::answer::Answer;

/// The names under which the preview may be asked.
pub(in crate::preview) struct Hosts {
    /// In lower case, without ports and brackets.
    names: Vec<String>,
    /// Where the preview listens.
    bound: IpAddr,
}

impl Hosts {
    pub(in crate::preview) fn new(names: Vec<String>, bound: IpAddr) -> Self {
        Self { names, bound }
    }

    /// # Errors
    /// The refusal, if the request comes under a foreign name or from a foreign page.
    pub(super) fn admit(&self, request: &Request<Incoming>) -> Result<(), Answer> {
        let Some(host) = host_of(request) else {
            let words = "the request names no host, or several";
            return Err(Answer::words(StatusCode::BAD_REQUEST, words));
        };
        if !self.knows(host.host()) {
            let words = format!(
                "this preview is not shown as {}; start it with `--host {}`, if that is a name of this computer",
                host.host(),
                host.host()
            );
            return Err(Answer::words(StatusCode::MISDIRECTED_REQUEST, &words));
        }
        if request.uri().path() == EVENTS && is_foreign(request.headers(), &host) {
            let words = "only pages of this preview may listen to it";
            return Err(Answer::words(StatusCode::FORBIDDEN, words));
        }
        Ok(())
    }

    /// A number cannot be made to lead elsewhere, so any will do where the whole network may ask.
    fn knows(&self, host: &str) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let host = host.to_lowercase();
        match host.parse::<IpAddr>() {
            Ok(ip) => ip.is_loopback() || ip == self.bound || self.bound.is_unspecified(),
            Err(_) => {
                host == "localhost" || host.ends_with(".localhost") || self.names.contains(&host)
            }
        }
    }
}

/// The one host that a request names.
fn host_of(request: &Request<Incoming>) -> Option<Authority> {
    let header = only(request.headers(), header::HOST)?;
    let host: Authority = header.parse().ok()?;
    match request.uri().authority() {
        Some(other) if other.host() != host.host() => None,
        _ => Some(host),
    }
}

fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// Browsers name the page that asks, unless it is of the same origin.
fn is_foreign(headers: &HeaderMap, host: &Authority) -> bool {
    let own = [format!("http://{host}"), format!("https://{host}")];
    let origins = headers.get_all(header::ORIGIN).iter();
    let mut sites = headers.get_all("sec-fetch-site").iter();
    let is_own = |origin: &str| own.iter().any(|own| own.eq_ignore_ascii_case(origin));
    let has_foreign_origin = origins
        .map(|origin| origin.to_str().unwrap_or_default())
        .any(|origin| !is_own(origin));
    has_foreign_origin || sites.any(|site| site != "same-origin" && site != "none")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(names: &[&str], bound: &str) -> Hosts {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Hosts::new(names, bound.parse().expect("an address"))
    }

    #[test]
    fn on_loopback_only_names_of_loopback_are_known() {
        let hosts = hosts(&["127.0.0.1"], "127.0.0.1");
        for host in [
            "localhost",
            "LOCALHOST",
            "site.localhost",
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
        ] {
            assert!(hosts.knows(host), "{host}");
        }
        for host in [
            "example.org",
            "localhost.example.org",
            "192.168.0.7",
            "xlocalhost",
            "",
        ] {
            assert!(!hosts.knows(host), "{host}");
        }
    }

    #[test]
    fn in_the_network_numbers_and_the_typed_name_are_known() {
        let hosts = hosts(&["office.example"], "0.0.0.0");
        for host in ["192.168.0.7", "[fe80::1]", "office.example", "localhost"] {
            assert!(hosts.knows(host), "{host}");
        }
        assert!(!hosts.knows("rebound.example"));
    }

    #[test]
    fn a_page_of_another_origin_is_foreign() {
        let host: Authority = "127.0.0.1:1111".parse().expect("a host");
        let is_foreign = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().expect("legal"));
            super::is_foreign(&headers, &host)
        };
        assert!(!is_foreign("accept", "*/*"));
        assert!(!is_foreign("origin", "http://127.0.0.1:1111"));
        assert!(!is_foreign("sec-fetch-site", "same-origin"));
        for origin in ["http://127.0.0.1:3000", "https://example.org", "null"] {
            assert!(is_foreign("origin", origin), "{origin}");
        }
        assert!(is_foreign("sec-fetch-site", "cross-site"));
        assert!(is_foreign("sec-fetch-site", "same-site"));
    }
}
