//! Fuzz target for imports of arbitrary text.

#![no_main]

#[path = "../hostile/rules.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod rules;

libfuzzer_sys::fuzz_target!(|text: &str| rules::check_import(text));
