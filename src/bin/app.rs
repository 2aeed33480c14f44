//! Browser program of the app.
//!
//! The functions below are the entry points of its chunks, see `sheaf::app::lazy`. In a release build each chunk is
//! a separate file, fetched when its function is called.

// The split attribute declares the functions to the linker, which requires `unsafe`.
#![allow(unsafe_code)]

#[cfg(target_arch = "wasm32")]
fn main() {
    use sheaf::app::lazy::{Chunk, ChunkLoaders};
    use sheaf::app::shell::chunks::{PANELS_CHUNK, READER_CHUNK};
    use wasm_split_helpers::SplitLoaderError;

    type Loaded = Result<&'static Chunk, SplitLoaderError>;

    #[cfg_attr(not(debug_assertions), wasm_split_helpers::wasm_split(soon, fallible))]
    fn soon() -> Loaded {
        Ok(&READER_CHUNK)
    }

    #[cfg_attr(not(debug_assertions), wasm_split_helpers::wasm_split(rare, fallible))]
    fn rare() -> Loaded {
        Ok(&PANELS_CHUNK)
    }

    /// A debug build is one file, so its chunks are present.
    #[cfg(debug_assertions)]
    async fn loaded(chunk: Loaded) -> Option<&'static Chunk> {
        chunk.ok()
    }

    #[cfg(not(debug_assertions))]
    async fn loaded(chunk: impl Future<Output = Loaded>) -> Option<&'static Chunk> {
        chunk.await.ok()
    }

    sheaf::app::mount(ChunkLoaders {
        reader: || Box::pin(loaded(soon())),
        panels: || Box::pin(loaded(rare())),
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser only: use `trunk serve` to build and serve the app");
}
