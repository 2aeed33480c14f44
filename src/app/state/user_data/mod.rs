//! User data: in memory for rendering, stored in IndexedDB, and synchronised between tabs.
//!
//! A [`UserDataHandle`] reads from memory. A change is rendered at once and written afterwards. If writing fails, the
//! app continues in memory and shows a warning. Changes and database are the [`storage`], whose code is loaded after
//! the list: earlier changes wait for it.

pub mod storage;

use crate::app::i18n::Locale;
use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::indexed_db::DbError;
use crate::app::services::{use_effect_with, use_shared};
use crate::model::Id;
use crate::user_data::{ArticleFlag, Millis, UserData, UserDataEdit};
use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::rc::Rc;
pub use storage::start_storage;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Storage of the user data.
pub trait UserDataStorage {
    /// Changes memory at once and the database afterwards. Returns the inverse changes.
    fn apply(&self, changes: Vec<UserDataEdit>) -> Vec<UserDataEdit>;
    /// Erases everything in the database and in memory.
    fn erase(&self);
    /// Turns persistence on or off.
    fn set_persistence(&self, keeps: bool);
}

/// Function of a chunk that opens the database.
pub type StartStorageFn = fn(&Rc<UserDataStore>) -> Box<dyn UserDataStorage>;

/// Action that needs the storage.
type StorageAction = Box<dyn FnOnce(&UserDataStore, &dyn UserDataStorage)>;

/// Location of the user data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageBackend {
    /// The database is being read.
    Opening,
    Database,
    /// In memory, by the reader's choice.
    Disabled,
    /// In memory, because the database failed.
    Memory(DbError),
}

/// Last action and its undo.
#[derive(Clone)]
pub struct UndoEntry {
    pub message: AttrValue,
    /// Number of the action, from 1.
    pub action: u32,
    undo: Vec<UserDataEdit>,
}

/// Handle of the user data. It compares unequal after every change.
#[derive(Clone)]
pub struct UserDataHandle {
    store: Rc<UserDataStore>,
    version: u32,
}

impl PartialEq for UserDataHandle {
    fn eq(&self, other: &UserDataHandle) -> bool {
        self.version == other.version && Rc::ptr_eq(&self.store, &other.store)
    }
}

/// User data in memory, and its storage.
pub struct UserDataStore {
    data: RefCell<UserData>,
    backend: Cell<StorageBackend>,
    /// Number of unreadable records.
    unreadable: Cell<usize>,
    undo_entry: RefCell<Option<UndoEntry>>,
    /// Number of actions with undo.
    action_count: Cell<u32>,
    /// Set when the storage warning was dismissed.
    warning_dismissed: Cell<bool>,
    storage: OnceCell<Box<dyn UserDataStorage>>,
    /// Actions that wait for the storage.
    waiting: RefCell<Vec<StorageAction>>,
    chunks: ChunksContext,
    /// Annotation at which the next article opens.
    pending_anchor: RefCell<Option<String>>,
    /// Incremented when lists filtered by flags are to be recomputed.
    epoch: Cell<u32>,
    version: Cell<u32>,
    redraw: UseForceUpdateHandle,
}

/// Returns the current time by the device's clock.
pub fn now() -> Millis {
    js_sys::Date::now() as Millis
}

impl UserDataHandle {
    pub fn data(&self) -> Ref<'_, UserData> {
        self.store.data.borrow()
    }

    pub fn backend(&self) -> StorageBackend {
        self.store.backend.get()
    }

    pub fn unreadable_count(&self) -> usize {
        self.store.unreadable.get()
    }

    /// Incremented with every change.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Incremented when lists filtered by flags are to be recomputed.
    pub fn epoch(&self) -> u32 {
        self.store.epoch.get()
    }

    /// Invalidates lists filtered by flags, after a change of many records.
    pub fn invalidate_filters(&self) {
        self.store.invalidate_filters();
    }

    /// Returns the last action until it is undone.
    pub fn undo_entry(&self) -> Option<UndoEntry> {
        self.store.undo_entry.borrow().clone()
    }

    /// Lets the next article open at the annotation with this key.
    pub fn set_pending_anchor(&self, key: &str) {
        *self.store.pending_anchor.borrow_mut() = Some(key.to_owned());
    }

    /// Takes the annotation at which an article is to open.
    pub fn take_pending_anchor(&self) -> Option<String> {
        self.store.pending_anchor.take()
    }

    /// Applies changes that cannot be undone.
    pub fn apply(&self, changes: Vec<UserDataEdit>) {
        self.store.with_storage(Box::new(|_, storage| drop(storage.apply(changes))));
    }

    /// Applies changes of the reader with undo; `said` is the text of the toast.
    pub fn apply_with_undo(&self, said: impl Into<AttrValue>, changes: Vec<UserDataEdit>) {
        let said = said.into();
        self.store.with_storage(Box::new(|store, storage| store.apply_with_undo(storage, said, changes)));
    }

    pub fn undo(&self) {
        self.store.with_storage(Box::new(|store, storage| {
            let undo = store.undo_entry.take().map(|done| done.undo).unwrap_or_default();
            let many = undo.len() > 1;
            storage.apply(undo);
            if many {
                store.invalidate_filters();
            }
        }));
    }

    /// Returns true if the storage warning is to be shown.
    pub fn should_warn(&self) -> bool {
        !self.store.warning_dismissed.get()
    }

    pub fn dismiss_warning(&self) {
        self.store.warning_dismissed.set(true);
        self.store.notify();
    }

    /// Toggles a flag of an article.
    pub fn toggle_flag(&self, id: Id, flag: ArticleFlag, ui: Locale) {
        self.store.with_storage(Box::new(move |store, storage| {
            let (state, texts) = (store.data.borrow().flag_state(id), ui.user_data());
            let edit = store.data.borrow().toggle_flag(id, flag, now());
            let message = match flag {
                ArticleFlag::Star if state.starred => texts.unstarred_toast,
                ArticleFlag::Star => texts.starred_toast,
                ArticleFlag::Read if state.read => texts.unread_toast,
                ArticleFlag::Read => texts.read_toast,
            };
            store.apply_with_undo(storage, message.into(), vec![edit]);
        }));
    }

    /// Erases everything in the database and in memory.
    pub fn erase(&self) {
        self.store.with_storage(Box::new(|_, storage| storage.erase()));
    }
}

impl UserDataStore {
    /// Runs `action` once the storage is there. If its code failed to load, it is requested again.
    fn with_storage(&self, action: StorageAction) {
        if let Some(storage) = self.storage.get() {
            return action(self, &**storage);
        }
        self.waiting.borrow_mut().push(action);
        let chunks = self.chunks.clone();
        spawn_local(async move {
            // The storage starts where the chunk is first loaded.
            let _ = chunks.load(ChunkKind::Reader).await;
        });
    }

    /// Starts the storage, and runs the actions that wait for it.
    fn start(self: &Rc<Self>, start: StartStorageFn) {
        let storage = self.storage.get_or_init(|| start(self));
        for action in self.waiting.take() {
            action(self, &**storage);
        }
    }

    fn apply_with_undo(&self, storage: &dyn UserDataStorage, message: AttrValue, changes: Vec<UserDataEdit>) {
        let undo = storage.apply(changes);
        let action = self.action_count.get().wrapping_add(1);
        self.action_count.set(action);
        *self.undo_entry.borrow_mut() = Some(UndoEntry { message, action, undo });
        self.notify();
    }

    /// Renders the components that use the data.
    fn notify(&self) {
        self.version.set(self.version.get().wrapping_add(1));
        self.redraw.force_update();
    }

    fn invalidate_filters(&self) {
        self.epoch.set(self.epoch.get().wrapping_add(1));
        self.notify();
    }
}

/// Opens the user data of the archive at this page. Nothing is stored if `keeps` is false.
#[hook]
pub fn use_stored_user_data(keeps: bool, chunks: &ChunksContext) -> UserDataHandle {
    let redraw = use_force_update();
    let store = use_memo((), |()| {
        Rc::new(UserDataStore {
            data: RefCell::default(),
            backend: Cell::new(if keeps { StorageBackend::Opening } else { StorageBackend::Disabled }),
            unreadable: Cell::new(0),
            undo_entry: RefCell::default(),
            action_count: Cell::new(0),
            warning_dismissed: Cell::new(false),
            storage: OnceCell::new(),
            waiting: RefCell::default(),
            chunks: chunks.clone(),
            pending_anchor: RefCell::default(),
            epoch: Cell::new(0),
            version: Cell::new(0),
            redraw,
        })
    });
    let store: Rc<UserDataStore> = (*store).clone();
    {
        let store = store.clone();
        use_effect_with((), move |()| {
            let started = store.clone();
            // The library loads the chunk after the list.
            store.chunks.on_loaded(ChunkKind::Reader, move |chunk| {
                if let Some(start) = chunk.get::<StartStorageFn>() {
                    started.start(start);
                }
            });
        });
    }
    {
        let store = store.clone();
        use_effect_with(keeps, move |&keeps| {
            if keeps == (store.backend.get() == StorageBackend::Disabled) {
                store.with_storage(Box::new(move |_, storage| storage.set_persistence(keeps)));
            }
        });
    }
    let version = store.version.get();
    UserDataHandle { store, version }
}

/// Returns the user data of the archive; `None` outside of the library.
#[hook]
pub fn use_user_data() -> Option<UserDataHandle> {
    use_shared()
}
