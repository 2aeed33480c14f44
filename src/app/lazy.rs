//! Lazily loaded chunks of the app, each a file of its own in a release build.
//!
//! A [`Chunk`] is a table of functions, each found by its type. This module does not name the features: the table of a
//! chunk is a static in [`shell::chunks`](super::shell::chunks), and the build splits off code that only the table
//! refers to. Any other reference to such code would move it back into the first chunk.

use super::services::rc_eq::RcEq;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, WeakShared};
use std::any::Any;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use yew::Html;

/// Function that renders a component of a chunk. The type of the properties identifies the component.
pub type RenderFn<P> = fn(P) -> Html;

/// Table of the functions of a chunk, at most one of each type.
pub struct Chunk(pub &'static [&'static (dyn Any + Sync)]);

impl Chunk {
    /// Returns the function of type `T`.
    pub fn get<T: Copy + 'static>(&self) -> Option<T> {
        self.0.iter().find_map(|&entry| (entry as &dyn Any).downcast_ref()).copied()
    }
}

/// Identifier of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkKind {
    /// Loaded right after the list.
    Reader,
    /// Loaded on first use.
    Panels,
}

/// Loading chunk; `None` if it fails.
pub type ChunkFuture = LocalBoxFuture<'static, Option<&'static Chunk>>;

/// Loaders of the chunks.
pub struct ChunkLoaders {
    pub reader: fn() -> ChunkFuture,
    pub panels: fn() -> ChunkFuture,
}

/// Chunks, provided as a context.
pub type ChunksContext = RcEq<Chunks>;

/// Loaded chunks and their loaders.
pub struct Chunks {
    reader: Rc<LazyChunk>,
    panels: Rc<LazyChunk>,
}

impl Chunks {
    pub fn new(loaders: ChunkLoaders) -> Chunks {
        Chunks { reader: LazyChunk::new(loaders.reader), panels: LazyChunk::new(loaders.panels) }
    }

    fn chunk(&self, kind: ChunkKind) -> &Rc<LazyChunk> {
        match kind {
            ChunkKind::Reader => &self.reader,
            ChunkKind::Panels => &self.panels,
        }
    }

    /// Loads a chunk. Returns `None` on failure.
    pub async fn load(&self, kind: ChunkKind) -> Option<&'static Chunk> {
        LazyChunk::load(self.chunk(kind)).await
    }

    /// Returns a chunk if it is loaded.
    pub fn loaded(&self, kind: ChunkKind) -> Option<&'static Chunk> {
        self.chunk(kind).loaded.get().copied()
    }

    /// Calls `then` when a chunk is loaded; does not load it.
    pub fn on_loaded(&self, kind: ChunkKind, then: impl FnOnce(&'static Chunk) + 'static) {
        self.chunk(kind).on_loaded(Box::new(then));
    }
}

type OnLoaded = Box<dyn FnOnce(&'static Chunk)>;

struct LazyChunk {
    loader: fn() -> ChunkFuture,
    loaded: OnceCell<&'static Chunk>,
    /// Attempt in progress, shared by all callers.
    inflight: RefCell<Option<WeakShared<ChunkFuture>>>,
    callbacks: RefCell<Vec<OnLoaded>>,
}

impl LazyChunk {
    fn new(loader: fn() -> ChunkFuture) -> Rc<LazyChunk> {
        let (inflight, callbacks) = (RefCell::default(), RefCell::default());
        Rc::new(LazyChunk { loader, loaded: OnceCell::new(), inflight, callbacks })
    }

    async fn load(this: &Rc<LazyChunk>) -> Option<&'static Chunk> {
        if let Some(chunk) = this.loaded.get() {
            return Some(chunk);
        }
        let known = this.inflight.borrow().as_ref().and_then(WeakShared::upgrade);
        let attempt = known.unwrap_or_else(|| {
            let own = this.clone();
            let attempt: ChunkFuture = Box::pin(async move {
                let chunk = (own.loader)().await;
                own.inflight.take();
                own.set_loaded(chunk?);
                chunk
            });
            let attempt = attempt.shared();
            *this.inflight.borrow_mut() = attempt.downgrade();
            attempt
        });
        attempt.await
    }

    fn set_loaded(&self, chunk: &'static Chunk) {
        // It is loaded only once.
        let _ = self.loaded.set(chunk);
        let waiting = self.callbacks.take();
        waiting.into_iter().for_each(|then| then(chunk));
    }

    fn on_loaded(&self, then: OnLoaded) {
        match self.loaded.get() {
            Some(chunk) => then(chunk),
            None => self.callbacks.borrow_mut().push(then),
        }
    }
}
