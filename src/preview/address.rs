//! Where the preview listens, and under which names it may be asked.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs as _};

use socket2::{Domain, Socket, Type};

use super::error::PreviewError;
use super::server::Hosts;

/// The port that is tried first where none is asked for.
pub const DEFAULT_PORT: u16 = 1111;

/// Where to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// An address or a name of this computer.
    pub host: String,
    /// The port; `None`: [`DEFAULT_PORT`], or the next one that is free. 0: any.
    pub port: Option<u16>,
}

/// A port that is ours.
pub struct Bound {
    host: String,
    address: SocketAddr,
    listener: TcpListener,
}

/// Takes a port.
///
/// # Errors
/// The port that was asked for is taken, or the address is not one of this computer.
pub fn bind(place: &Place) -> Result<Bound, PreviewError> {
    const TRIES: u16 = 100;
    let listener = match place.port {
        Some(port) => listen(place, port)?,
        None => first_free(place, DEFAULT_PORT..DEFAULT_PORT + TRIES)?,
    };
    let address = listener
        .local_addr()
        .map_err(|cause| PreviewError::Listen {
            host: place.host.clone(),
            cause,
        })?;
    Ok(Bound {
        host: place.host.clone(),
        address,
        listener,
    })
}

fn first_free(
    place: &Place,
    ports: impl Iterator<Item = u16>,
) -> Result<TcpListener, PreviewError> {
    for port in ports {
        match listen(place, port) {
            Err(PreviewError::Taken(_)) => {}
            decided => return decided,
        }
    }
    listen(place, 0)
}

fn listen(place: &Place, port: u16) -> Result<TcpListener, PreviewError> {
    let addresses = (bare(&place.host), port).to_socket_addrs();
    let outcome = addresses.and_then(|addresses| {
        let mut outcome = Err(io::ErrorKind::AddrNotAvailable.into());
        for address in addresses {
            outcome = listen_at(address);
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    });
    outcome.map_err(|cause| match cause.kind() {
        io::ErrorKind::AddrInUse => PreviewError::Taken(port),
        _ => PreviewError::Listen {
            host: place.host.clone(),
            cause,
        },
    })
}

fn listen_at(address: SocketAddr) -> io::Result<TcpListener> {
    /// So many browsers may knock at once.
    const WAITING: i32 = 1024;
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    // Elsewhere than on Unix this would share the port with other programs.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(WAITING)?;
    Ok(socket.into())
}

impl Bound {
    /// Scheme, host and port, without a slash at the end, as this computer reaches it.
    pub fn origin(&self) -> String {
        let port = self.address.port();
        match (bare(&self.host).parse::<IpAddr>(), self.address.ip()) {
            (Err(_), _) => format!("http://{}:{port}", self.host),
            (Ok(_), IpAddr::V4(ip)) if ip.is_unspecified() => format!("http://127.0.0.1:{port}"),
            (Ok(_), IpAddr::V6(ip)) if ip.is_unspecified() => format!("http://[::1]:{port}"),
            (Ok(_), IpAddr::V4(ip)) => format!("http://{ip}:{port}"),
            (Ok(_), IpAddr::V6(ip)) => format!("http://[{ip}]:{port}"),
        }
    }

    /// The names that requests may ask for.
    pub(super) fn hosts(&self, base_url: Option<&str>) -> Hosts {
        let typed = [bare(&self.host)].into_iter();
        let published = base_url.and_then(host_of);
        let names = typed.chain(published).map(str::to_lowercase).collect();
        Hosts::new(names, self.address.ip())
    }

    pub(super) fn into_listener(self) -> Result<tokio::net::TcpListener, PreviewError> {
        let listener = self.listener;
        listener
            .set_nonblocking(true)
            .and_then(|()| tokio::net::TcpListener::from_std(listener))
            .map_err(PreviewError::Start)
    }
}

/// `[::1]` → `::1`.
fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split('/').next()?;
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    Some(bare(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(host: &str) -> Bound {
        let host = host.to_owned();
        bind(&Place {
            host,
            port: Some(0),
        })
        .unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn the_origin_is_one_that_this_computer_reaches() {
        for (host, shown) in [
            ("127.0.0.1", "http://127.0.0.1:"),
            ("0.0.0.0", "http://127.0.0.1:"),
            ("localhost", "http://localhost:"),
        ] {
            let bound = bound(host);
            assert_eq!(bound.origin(), format!("{shown}{}", bound.address.port()));
        }
    }

    #[test]
    fn a_port_that_was_asked_for_is_taken_or_an_error() {
        let first = bound("127.0.0.1");
        let port = first.address.port();
        let host = String::from("127.0.0.1");
        let second = bind(&Place {
            host,
            port: Some(port),
        });
        let error = second.err().expect("it is taken");
        assert_eq!(
            error.to_string(),
            format!("another program uses port {port}")
        );
    }

    #[test]
    fn a_taken_default_makes_way_for_the_next_port() {
        let taken = bound("127.0.0.1");
        let port = taken.address.port();
        let place = Place {
            host: "127.0.0.1".into(),
            port: None,
        };
        let next = first_free(&place, [port, 0].into_iter()).unwrap_or_else(|e| panic!("{e}"));
        assert_ne!(next.local_addr().expect("an address").port(), port);
    }

    #[test]
    fn the_host_of_an_address_is_what_stands_between_scheme_and_path() {
        for (url, host) in [
            ("https://example.org/health", "example.org"),
            ("http://office:8080", "office"),
            ("http://[::1]:80/x", "::1"),
        ] {
            assert_eq!(host_of(url), Some(host));
        }
        assert_eq!(host_of("example.org"), None);
    }
}
