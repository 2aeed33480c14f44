//! Command `sheaf serve`.

use crate::preview::PreviewServer;
use crate::site::INDEX_PAGE;
use anyhow::{anyhow, bail};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

/// Preview a site on this machine
///
/// Prints the address and serves the site until Ctrl-C.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the site
    site: PathBuf,
    #[command(flatten)]
    place: ListenAddress,
}

/// Address and port of the preview server.
#[derive(Debug, clap::Args)]
pub struct ListenAddress {
    /// Port to listen on; 0 chooses a free one
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// Address to listen on; 0.0.0.0 allows access from other machines
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Name under which pages may be requested, besides localhost and addresses; may be repeated
    #[arg(long, value_name = "NAME")]
    allowed_host: Vec<String>,
}

impl ListenAddress {
    /// Returns a port of the loopback interface.
    pub fn loopback(port: u16) -> ListenAddress {
        ListenAddress { port, host: Ipv4Addr::LOCALHOST.into(), allowed_host: Vec::new() }
    }

    /// Starts listening.
    pub fn bind(&self) -> anyhow::Result<PreviewServer> {
        let address = SocketAddr::new(self.host, self.port);
        PreviewServer::bind(address, &self.allowed_host).map_err(|error| listen_error(address, error))
    }
}

fn listen_error(address: SocketAddr, error: io::Error) -> anyhow::Error {
    let ip = address.ip();
    match error.kind() {
        ErrorKind::AddrInUse => {
            anyhow!("{address} is in use by another program: choose another port with --port")
        }
        ErrorKind::AddrNotAvailable => {
            anyhow!("{ip} is not an address of this machine: choose another one with --host")
        }
        ErrorKind::PermissionDenied => {
            anyhow!("no permission to listen on {address}: choose a port above 1023 with --port")
        }
        _ => anyhow::Error::new(error).context(format!("cannot listen on {address}")),
    }
}

/// Serves the site until the program ends.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let site = args.site.display();
    if !args.site.join(INDEX_PAGE).is_file() {
        bail!("no {INDEX_PAGE} in {site}: run `sheaf build SEEDS_DIR --out {site}` to build a site");
    }
    let server = args.place.bind()?;
    println!("{site} is at {}", server.url()?);
    server.run(&args.site, None)?;
    Ok(ExitCode::SUCCESS)
}
