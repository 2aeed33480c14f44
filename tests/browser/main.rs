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
mod driver;
mod engine;
mod host;
mod tab;
mod valid_html;
mod visit;
mod webdriver_bidi;
mod xss_vectors;

mod about;
mod access;
mod books;
mod both_renderers;
mod commands;
mod copying;
mod damaged;
mod days;
mod density;
mod filtering;
mod hostile;
mod hosting;
mod hosts;
mod keyboard;
mod labels;
mod lightbox;
mod line_breaks;
mod links;
mod list_tabs;
mod listening;
mod listing;
mod loading;
mod long_articles;
mod menu;
mod notices;
mod offline;
mod oldest_browser;
mod opening;
mod overlays;
mod pages;
mod panic_screen;
mod passages;
mod pictures;
mod policy;
mod preloaded_list;
mod reading;
mod right_to_left;
mod row_menu;
mod script_conversion;
mod searching;
mod settings;
mod sharing;
mod single_file;
mod soak;
mod states_offer;
mod stored_names;
mod tokens;
mod translating;
mod typesetting;
mod updates;
mod upgrading;
mod user_data;
mod wcag;
