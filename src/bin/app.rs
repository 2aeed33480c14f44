//! The app: what runs in the browser.

#[cfg(target_arch = "wasm32")]
fn main() {
    sheaf::app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser: `trunk serve` builds and serves it");
}
