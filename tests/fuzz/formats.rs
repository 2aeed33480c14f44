//! Fuzz target for detection and reading of all formats, ZIP files and collections too.

#![no_main]

#[path = "../hostile/rules.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod rules;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rules::check_formats(bytes));
