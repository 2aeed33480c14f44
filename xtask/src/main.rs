//! Build tools of Sheaf, run by trunk; see `Trunk.toml`.

#![forbid(unsafe_code)]

mod finalize_page;
mod module_sizes;
mod order_functions;
mod rebuild_std;
mod rename_imports;
mod split_wasm;
mod tools;
mod trunk_hook;

use clap::Parser;
use std::process::ExitCode;

/// Build tools of Sheaf
#[derive(Debug, Parser)]
enum Command {
    TrunkHook(trunk_hook::Args),
}

fn main() -> ExitCode {
    let Command::TrunkHook(_) = Command::parse();
    match trunk_hook::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sheaf: {error:#}");
            ExitCode::FAILURE
        }
    }
}
