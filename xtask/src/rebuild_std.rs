//! Second build of the app with a standard library compiled for size, which every panic aborts at once.
//!
//! The messages of panics, their places in the source and their formatting are left out, which makes the app about 6%
//! smaller. The build needs the source of the standard library and options that a stable compiler accepts only on
//! request, so it is optional: trunk's own build takes the library that comes with the compiler.

use crate::split_wasm::APP_FILE;
use crate::tools::run_checked;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Set to rebuild the standard library, as in `SHEAF_REBUILD_STD=1 make dist`.
const REQUEST: &str = "SHEAF_REBUILD_STD";
const TARGET: &str = "wasm32-unknown-unknown";
/// Cargo's variable with the flags for this target, to which the flags below are added.
const FLAGS_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
const FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// Builds the app in `root` with a standard library of its own, in a folder of the target directory, and returns its
/// path. Returns `None` if that is not requested, or not possible because the library's source is not installed.
pub fn app_with_rebuilt_std(root: &Path, target: &Path) -> anyhow::Result<Option<PathBuf>> {
    if env::var_os(REQUEST).is_none_or(|value| value.is_empty()) {
        return Ok(None);
    }
    let rustc = env::var_os("RUSTC").unwrap_or("rustc".into());
    let sysroot = run_checked(Command::new(rustc).args(["--print", "sysroot"]).current_dir(root))?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot).trim());
    if !sysroot.join("lib/rustlib/src/rust/library/Cargo.toml").exists() {
        println!(
            "sheaf: no source of the standard library, so the app is larger: run `rustup component add rust-src`"
        );
        return Ok(None);
    }
    let place = target.join("rebuilt-std");
    let flags = env::var(FLAGS_VARIABLE).unwrap_or_default();
    let mut build = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    build.args(["build", "--quiet", "--profile", "wasm", "--bin", "app", "--target", TARGET]);
    build.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    build.current_dir(root).env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", &place);
    run_checked(build.env(FLAGS_VARIABLE, format!("{flags} {FLAGS}").trim()))?;
    Ok(Some(place.join(APP_FILE)))
}
