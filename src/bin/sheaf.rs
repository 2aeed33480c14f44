//! The native program: bundles folders of articles and looks into archives. See `sheaf --help`.

#![forbid(unsafe_code)]

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    sheaf::cli::run()
}

/// The browser has a program of its own, `app`.
#[cfg(target_arch = "wasm32")]
fn main() {}
