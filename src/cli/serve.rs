//! `sheaf serve`.

use crate::serve::Server;
use crate::site::PAGE;
use anyhow::{Context, bail};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

/// Show a site on this machine
///
/// For a look before it is published, at the address that is printed, until Ctrl-C.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the site
    site: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Where a site is served.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// Port to listen at; 0 finds a free one
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// Address to listen at; 0.0.0.0 lets other machines in
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
}

impl Place {
    /// Listens there.
    pub fn bind(&self) -> anyhow::Result<Server> {
        let address = SocketAddr::new(self.host, self.port);
        Server::bind(address).with_context(|| format!("cannot listen at {address}; choose another --port"))
    }
}

/// Serves, and does not come back.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let site = args.site.display();
    if !args.site.join(PAGE).is_file() {
        bail!("there is no {PAGE} in {site}: `sheaf build ARTICLES --out {site}` writes a site");
    }
    let server = args.place.bind()?;
    println!("{site} is at {}", server.url()?);
    server.run(&args.site, None)?;
    Ok(ExitCode::SUCCESS)
}
