//! The app: what runs in the browser.
//!
//! The functions named here are where its parts begin, see `sheaf::app::parts`. In a release build they lie in files of
//! their own, and calling one fetches its file.

// The attribute that marks them declares them to the linker, which Rust calls unsafe; the library forbids the word.
#![allow(unsafe_code)]

#[cfg(target_arch = "wasm32")]
fn main() {
    use sheaf::app::parts::{RARE, Rare, SOON, Soon, Sources};
    use wasm_split_helpers::SplitLoaderError;

    type Loaded<T> = Result<&'static T, SplitLoaderError>;

    #[cfg_attr(not(debug_assertions), wasm_split_helpers::wasm_split(soon, fallible))]
    fn soon() -> Loaded<Soon> {
        Ok(&SOON)
    }

    #[cfg_attr(not(debug_assertions), wasm_split_helpers::wasm_split(rare, fallible))]
    fn rare() -> Loaded<Rare> {
        Ok(&RARE)
    }

    /// What a debug build has in one file is there at once.
    #[cfg(debug_assertions)]
    async fn loaded<T: 'static>(part: Loaded<T>) -> Option<&'static T> {
        part.ok()
    }

    #[cfg(not(debug_assertions))]
    async fn loaded<T: 'static>(part: impl Future<Output = Loaded<T>>) -> Option<&'static T> {
        part.await.ok()
    }

    sheaf::app::start(Sources { soon: || Box::pin(loaded(soon())), rare: || Box::pin(loaded(rare())) });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser: `trunk serve` builds and serves it");
}
