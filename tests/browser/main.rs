//! End-to-end tests in a real browser.
//!
//! `SHEAF_APP` names a built site, `SHEAF_BROWSER` the browser: `chromium` (default), `firefox` or `webkit`.
//! Each test hosts the site with its own archive and starts a browser:
//!
//! ```text
//! visit ─▶ host     the app and an archive at http://127.0.0.1:…/, with faults on demand
//!       └▶ tab ──▶ driver     user actions over WebDriver
//!           └▶ engine         features beyond the standard, per browser
//! ```
//!
//! A browser is added in `driver`, with the features it lacks; tests that need one say so and skip it there.
//! A failed test saves a screenshot.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod archives;
mod bidi;
mod driver;
mod engine;
mod host;
mod tab;
mod valid_html;
mod vectors;
mod visit;

mod about;
mod access;
mod both_renderers;
mod closeup;
mod commands;
mod converting;
mod damaged;
mod days;
mod density;
mod early;
mod filtering;
mod floor;
mod hostile;
mod hosting;
mod hosts;
mod keeping;
mod keyboard;
mod links;
mod list_tabs;
mod listening;
mod listing;
mod loading;
mod menu;
mod notices;
mod offline;
mod opening;
mod over;
mod pages;
mod passages;
mod pictures;
mod policy;
mod reading;
mod row_menu;
mod searching;
mod settings;
mod sharing;
mod single_file;
mod soak;
mod stopping;
mod stored_names;
mod tokens;
mod translating;
mod typesetting;
mod updates;
mod upgrading;
mod wcag;
