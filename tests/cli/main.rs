//! What the command line does, in sentences. Every test writes a folder of article files, runs `sheaf`
//! as a person would, and looks at what it printed and wrote.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod archives;
mod checking;
mod configuring;
mod pages;
mod pictures;
mod publishing;
mod reporting;
mod searching;
mod seeds;
mod serving;
mod skipping;
mod stored_names;
mod trunk;
