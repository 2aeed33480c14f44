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
//! One package builds three targets: this library, the program `sheaf` (`src/bin/sheaf.rs`) and the
//! WebAssembly program `app` (`src/bin/app.rs`). `trunk` builds the app and runs `xtask` in a hook, which
//! splits the WebAssembly into chunks and writes the archive next to it. App and archive are separate: any archive
//! opens in any app that knows its format version.
//!
//! # Code map
//!
//! Modules are listed in the order of the data flow. A module uses the modules above it, never those below.
//!
//! | module | contents |
//! |---|---|
//! | [`small_sort`] | type-erased sorting that keeps the WebAssembly small |
//! | [`json_de`] | JSON deserializer for the stored formats |
//! | `file_error` | error of a failed read, write or removal, with the path and the remedy (native only) |
//! | [`model`] | `Article`, `Document` (the typed tree), URLs and their display, percent-encoding, dates, ids, hashes |
//! | [`text`] | folding, tokenizer, phrase matcher, snippets, sentences, script conversion |
//! | [`archive`] | the format: manifest, pages, packs, tables; `index` (codec, postings, shards), `reader`, `writer` |
//! | [`search`] | query grammar, plan, BM25 ranking, scan, matcher, filters, facet counts, the searcher |
//! | [`user_data`] | stars, read marks, reading positions, saved searches, annotations, labels; undo, import, export |
//! | [`reading`] | diff of versions, table of contents, read-aloud script, line breaks of titles |
//! | [`publishing`] | citations (GB/T 7714, APA, BibTeX), export of results (CSV, JSON Lines, RIS), books (EPUB), text fragments |
//! | [`view_model`] | state of the app as plain values: URL state, virtual list, pinch zoom, front page layout |
//! | `ingest` | bytes of one file → an article and its diagnostics; HTML parsing; no file system access (native only) |
//! | `bundle` | reading folders, versions, time zone, configuration, report (native only) |
//! | `images` | image fetcher: downloads and resizes images once, into a folder for builds (native only) |
//! | `site` | app, archive, static article pages, security policy in one folder, replaced atomically (native only) |
//! | `preview` | local preview server with live reload (native only) |
//! | `cli` | the commands of `sheaf`, one per file (native only) |
//! | `app` | Yew components: shell, features (list, timeline, reader, print, …), ui, state, services, texts (WebAssembly only) |
//!
//! `ingest`, `bundle`, `images`, `site`, `preview`, `cli`, `archive::writer` and their dependencies never reach the
//! app's WebAssembly, and those of `app` never reach native builds: the dependency tables of `Cargo.toml` are split by
//! target. Code splitting of the WebAssembly is done by `xtask`, the hook that trunk runs.
//!
//! # Invariants
//!
//! 1. *Parse, don't sanitise.* Untrusted HTML becomes a [`model::Document`]; anything that tree cannot
//!    express cannot reach a reader. The app builds DOM nodes from the tree and never inserts an HTML string
//!    into a page.
//! 2. *Nothing is lost.* Every file ends as an article, as an earlier version of one, or in the report with a
//!    reason. Every visible character ends in a document unless a named rule removed and counted it.
//! 3. *Same bytes in, same bytes out.* No clock, hash-map order or locale influences the output.
//! 4. *One text pipeline.* Texts and queries pass through the same [`text`] code.
//! 5. *The format is versioned* and validated while decoding.
//! 6. *Cost follows use.* Opening a large archive reads the manifest, a small table and one page. A search
//!    reads a few index shards and the packs of the articles it shows.
//! 7. *Adding is cheap.* Index and related lists may change completely; pages and packs contain nothing
//!    computed from other articles; permalinks never change.
//! 8. *Nothing leaves the device.* The app contacts only its own host, except for the images of the open
//!    article, and those only as the reader's setting allows.

#![forbid(unsafe_code)]

pub mod archive;
pub mod json_de;
pub mod model;
pub mod publishing;
pub mod reading;
pub mod search;
pub mod small_sort;
pub mod text;
pub mod user_data;
pub mod view_model;

#[cfg(not(target_arch = "wasm32"))]
pub mod bundle;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
#[cfg(not(target_arch = "wasm32"))]
pub mod file_error;
#[cfg(not(target_arch = "wasm32"))]
pub mod images;
#[cfg(not(target_arch = "wasm32"))]
pub mod ingest;
#[cfg(not(target_arch = "wasm32"))]
pub mod preview;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;

#[cfg(target_arch = "wasm32")]
pub mod app;
