//! End-to-end tests of the command line: each test writes a folder of article files, runs `sheaf`, and checks the
//! output and the files written.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod addresses;
mod archives;
mod books;
mod checking;
mod configuring;
mod formats;
mod links;
mod local_pictures;
mod names;
mod opening;
mod overwriting;
mod pages;
mod pictures;
mod publishing;
mod reporting;
mod searching;
mod seeds;
mod serving;
mod skipping;
mod spellings;
mod starting;
mod stored_names;
mod texts;
