//! Command-line program: bundles folders of articles and inspects archives. See `sheaf --help`.

#![forbid(unsafe_code)]

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    sheaf::cli::run()
}

/// The browser program is `app`.
#[cfg(target_arch = "wasm32")]
fn main() {}
