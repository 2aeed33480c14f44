//! Sheaf turns a folder of article files into one static site that lists, filters, searches and shows them,
//! entirely in the reader's browser.
//!
//! ```text
//! seeds/ ──▶ sheaf ──▶ archive.json ──▶ Yew app
//!
//! files      ingest     archive          library: list, filters, search
//! *.txt *.md header     one JSON file,   reader:  the article
//!            HTML→tree  or many small
//!            + report   ones when large
//! ```
//!
//! One package makes three things: this library, the program `sheaf` (`src/bin/sheaf.rs`) and the program
//! `app` in WebAssembly (`src/bin/app.rs`). `trunk` builds the app and calls `sheaf` in a hook, which puts
//! the archive beside it. App and archive are separate: any archive opens in any app of its format version.
//!
//! # The map
//!
//! In the order in which data flows; a module uses those before it, never those after.
//!
//! | module | what it holds |
//! |---|---|
//! | [`model`] | `Article`, `Document` (the typed tree), addresses, times, ids |
//! | [`json`] | reading JSON into the types of the formats |
//! | [`order`] | sorting, by one routine for all types |
//! | [`text`] | folding, matching, snippets: the same at build time and while typing |
//! | `ingest` | the bytes of one file → an article and what was odd about it; knows no file system |
//! | [`archive`] | the format: manifest, pages, packs, tables, index; reading it piece by piece |
//! | [`search`] | the query language, plans over the index, ranking, matching; scans where there is none |
//! | [`keep`] | what a reader keeps: stars, read marks, positions, searches, highlights; undone, exported, merged |
//! | [`view`] | what is on screen as plain values: the URL, filters and counts, days, the window of a list |
//! | `build` | reading folders, versions, index, related articles, the archive writer (native only) |
//! | `pictures` | fetching the articles' pictures, once, smaller, into a folder for builds (native only) |
//! | `site` | the app, the archive and what is made of it in one folder, replaced in one step (native only) |
//! | `serve` | a preview of a site on this machine (native only) |
//! | `cli` | the commands of `sheaf`, one a file (native only) |
//! | `app` | Yew components, hooks, storage, network (WebAssembly only); what comes after the list lies in `app::parts` |
//!
//! `ingest`, `build`, `pictures`, `site`, `serve`, `cli` and their dependencies never reach the app's WebAssembly, and those of
//! `app` never reach native builds: the dependency tables of `Cargo.toml` are divided by target.
//!
//! # What always holds
//!
//! 1. *Parse, don't sanitise.* Untrusted HTML becomes a [`model::Document`]; what that tree cannot express
//!    cannot reach a reader. The app builds nodes from the tree, and no HTML string is ever put into a page.
//! 2. *Nothing is lost.* Every file ends as an article, as an earlier version of one, or in the report with
//!    the reason; every visible character ends in a document, but for what a named rule removed and counted.
//!    The share of an article that rules remove is bounded.
//! 3. *Same bytes in, same bytes out.* No clock, no hash-map order, no locale decides what is written.
//! 4. *One pipeline for text.* Texts and queries pass through the same [`text`] code.
//! 5. *The format is versioned* and checked while it is decoded.
//! 6. *Cost follows what is read.* Opening a large archive takes the manifest, a small table and a page; a
//!    search some shards of the index and the packs of the articles that it shows.
//! 7. *Adding is cheap.* Index and related lists may change wholly; pages and packs hold nothing computed from
//!    other articles; permalinks never change.
//! 8. *Nothing leaves the device.* The app asks only its own host, except for the pictures of the open
//!    article, and those as the reader's setting allows.

#![forbid(unsafe_code)]

pub mod archive;
pub mod json;
pub mod keep;
pub mod model;
pub mod order;
pub mod search;
pub mod text;
pub mod view;

#[cfg(not(target_arch = "wasm32"))]
pub mod build;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
#[cfg(not(target_arch = "wasm32"))]
pub mod ingest;
#[cfg(not(target_arch = "wasm32"))]
pub mod pictures;
#[cfg(not(target_arch = "wasm32"))]
pub mod serve;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;

#[cfg(target_arch = "wasm32")]
pub mod app;
