//! E-books made on the device.

use crate::app::services::dom;
use crate::app::state::user_data::UserDataHandle;
use crate::archive::Manifest;
use crate::publishing::{Compressor, EpubBuilder, EpubInfo};
use crate::user_data::UserData;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response};

#[wasm_bindgen]
extern "C" {
    type CompressionStream;
    // web-sys lists the class as unstable. Browsers of 2022 lack it, and the book is not compressed there.
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;
}

const MEDIA_TYPE: &str = "application/epub+zip";

/// Book that the browser compresses.
pub type Book = EpubBuilder<BrowserCompressor>;

/// Compressor of the browser.
pub struct BrowserCompressor;

impl Compressor for BrowserCompressor {
    async fn deflate(&self, content: &[u8]) -> Option<Vec<u8>> {
        deflate(content).await.ok()
    }
}

async fn deflate(content: &[u8]) -> Result<Vec<u8>, JsValue> {
    let compressor = CompressionStream::new("deflate-raw")?;
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(content)))?;
    let packed = blob.stream().pipe_through(compressor.unchecked_ref());
    let response = Response::new_with_opt_readable_stream(Some(&packed))?;
    Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?).to_vec())
}

/// Begins a book.
pub fn new_book(manifest: &Manifest, query: &str, oldest_first: bool) -> Option<Book> {
    EpubBuilder::new(EpubInfo::new(manifest, query, oldest_first), BrowserCompressor).ok()
}

/// Returns a copy of the annotations, which may change while a book is made.
pub fn annotations(data: &UserDataHandle) -> UserData {
    UserData { annotations: data.data().annotations.clone(), ..UserData::default() }
}

/// Ends a book and offers it as a download. Returns `None` on failure.
pub async fn save_book(mut book: Book, annotations: Option<&UserData>, name: &str) -> Option<()> {
    let mut bytes = book.take_bytes();
    bytes.append(&mut book.finish(annotations).await.ok()?);
    dom::download_bytes(&bytes, MEDIA_TYPE, name)
}
