//! User data: in memory for rendering, stored in IndexedDB, and synchronised between tabs.
//!
//! A [`UserDataHandle`] reads from memory. A change is rendered at once and written afterwards. If writing fails, the
//! app continues in memory and shows a warning.

use crate::app::i18n::Locale;
use crate::app::services::indexed_db::{DbError, UserDataDb, database_name};
use crate::app::services::tab_channel::TabChannel;
use crate::app::services::{use_effect_with, use_shared};
use crate::model::Id;
use crate::user_data::{ArticleFlag, Millis, PendingWrites, TabMessage, UserData, UserDataEdit};
use std::cell::{Cell, Ref, RefCell};
use std::rc::{Rc, Weak};
use yew::platform::spawn_local;
use yew::prelude::*;

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

struct UserDataStore {
    data: RefCell<UserData>,
    backend: Cell<StorageBackend>,
    /// Number of unreadable records.
    unreadable: Cell<usize>,
    undo_entry: RefCell<Option<UndoEntry>>,
    /// Number of actions with undo.
    action_count: Cell<u32>,
    /// Set when the storage warning was dismissed.
    warning_dismissed: Cell<bool>,
    /// Changes made before the database was loaded.
    queued_changes: RefCell<Vec<UserDataEdit>>,
    db: UserDataDb,
    tabs: TabChannel,
    writes: PendingWrites,
    /// Annotation at which the next article opens.
    pending_anchor: RefCell<Option<String>>,
    /// Incremented when lists filtered by flags are to be recomputed.
    epoch: Cell<u32>,
    version: Cell<u32>,
    redraw: UseForceUpdateHandle,
}

/// Records per transaction; the event loop runs in between.
const WRITE_BATCH_SIZE: usize = 500;

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
        self.store.apply(changes);
    }

    /// Applies changes of the reader with undo; `said` is the text of the toast.
    pub fn apply_with_undo(&self, message: impl Into<AttrValue>, changes: Vec<UserDataEdit>) {
        let undo = self.store.apply(changes);
        let action = self.store.action_count.get().wrapping_add(1);
        self.store.action_count.set(action);
        *self.store.undo_entry.borrow_mut() = Some(UndoEntry { message: message.into(), action, undo });
        self.store.notify();
    }

    pub fn undo(&self) {
        let undo = self.store.undo_entry.take().map(|done| done.undo).unwrap_or_default();
        let many = undo.len() > 1;
        self.store.apply(undo);
        if many {
            self.invalidate_filters();
        }
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
        let (state, texts) = (self.data().flag_state(id), ui.user_data());
        let edit = self.data().toggle_flag(id, flag, now());
        let message = match flag {
            ArticleFlag::Star if state.starred => texts.unstarred_toast,
            ArticleFlag::Star => texts.starred_toast,
            ArticleFlag::Read if state.read => texts.unread_toast,
            ArticleFlag::Read => texts.read_toast,
        };
        self.apply_with_undo(message, vec![edit]);
    }

    /// Erases everything in the database and in memory.
    pub fn erase(&self) {
        let inner = self.store.clone();
        inner.clear();
        spawn_local(async move {
            let erased = inner.db.erase().await;
            inner.tabs.announce(&TabMessage::Erased);
            if inner.backend.get() != StorageBackend::Disabled {
                inner.backend.set(erased.map_or_else(StorageBackend::Memory, |()| StorageBackend::Database));
            }
            inner.notify();
        });
    }
}

impl UserDataStore {
    /// Renders the components that use the data.
    fn notify(&self) {
        self.version.set(self.version.get().wrapping_add(1));
        self.redraw.force_update();
    }

    fn invalidate_filters(&self) {
        self.epoch.set(self.epoch.get().wrapping_add(1));
        self.notify();
    }

    fn clear(&self) {
        *self.data.borrow_mut() = UserData::default();
        self.unreadable.set(0);
        self.undo_entry.take();
        self.queued_changes.take();
        self.invalidate_filters();
    }

    /// Changes memory at once and the database afterwards. Returns the inverse changes.
    fn apply(self: &Rc<Self>, changes: Vec<UserDataEdit>) -> Vec<UserDataEdit> {
        if changes.is_empty() {
            self.notify();
            return changes;
        }
        let undo = self.data.borrow_mut().apply_all(&changes);
        match self.backend.get() {
            StorageBackend::Opening => self.queued_changes.borrow_mut().extend(changes),
            StorageBackend::Database => self.write(changes),
            // There may be space again.
            StorageBackend::Memory(DbError::Full) => self.write(changes),
            StorageBackend::Disabled | StorageBackend::Memory(_) => {}
        }
        self.notify();
        undo
    }

    fn write(self: &Rc<Self>, changes: Vec<UserDataEdit>) {
        let inner = self.clone();
        self.writes.begin();
        spawn_local(async move {
            let written = inner.write_batches(&changes).await;
            inner.writes.end();
            match (written, inner.backend.get()) {
                (Ok(()), StorageBackend::Memory(_)) => {
                    // Writes everything that was not written before.
                    inner.backend.set(StorageBackend::Database);
                    inner.write(inner.data.borrow().records());
                    inner.notify();
                }
                (Ok(()), _) if inner.writes.take_reload() => inner.load().await,
                (Err(trouble), StorageBackend::Database) => {
                    inner.backend.set(StorageBackend::Memory(trouble));
                    inner.notify();
                }
                _ => {}
            }
        });
    }

    async fn write_batches(&self, changes: &[UserDataEdit]) -> Result<(), DbError> {
        for changes in changes.chunks(WRITE_BATCH_SIZE) {
            self.db.write(changes).await?;
            self.tabs.announce(&TabMessage::from_edits(changes));
        }
        Ok(())
    }

    /// Loads the database, then writes the changes made meanwhile.
    async fn load(self: &Rc<Self>) {
        let loaded = self.db.load().await;
        if self.backend.get() == StorageBackend::Disabled {
            return;
        }
        match loaded {
            Ok((mut kept, unread)) => {
                let early = self.queued_changes.take();
                kept.apply_all(&early);
                *self.data.borrow_mut() = kept;
                self.unreadable.set(unread);
                self.backend.set(StorageBackend::Database);
                if !early.is_empty() {
                    self.write(early);
                }
            }
            Err(trouble) => self.backend.set(StorageBackend::Memory(trouble)),
        }
        self.invalidate_filters();
    }

    /// Handles a message of another tab.
    fn on_tab_message(self: &Rc<Self>, news: TabMessage) {
        if self.backend.get() == StorageBackend::Disabled {
            return;
        }
        let inner = self.clone();
        match news {
            TabMessage::Erased => self.clear(),
            _ if self.writes.defers_message() => {}
            TabMessage::Reload => spawn_local(async move { inner.load().await }),
            TabMessage::Records(names) => spawn_local(async move {
                // If reading fails, the next load of the page shows the records.
                let Ok(changes) = inner.db.read_records(&names).await else { return };
                inner.data.borrow_mut().apply_all(&changes);
                inner.notify();
            }),
        }
    }

    /// Turns persistence on or off.
    fn set_persistence(self: &Rc<Self>, keeps: bool) {
        let inner = self.clone();
        match (keeps, self.backend.get()) {
            (true, StorageBackend::Disabled) => {
                self.backend.set(StorageBackend::Opening);
                // Changes made meanwhile are stored from now on.
                *self.queued_changes.borrow_mut() = self.data.borrow().records();
                spawn_local(async move { inner.load().await });
            }
            (false, place) if place != StorageBackend::Disabled => {
                self.backend.set(StorageBackend::Disabled);
                spawn_local(async move {
                    // If deleting fails, nothing was stored either.
                    let _ = inner.db.erase().await;
                    inner.tabs.announce(&TabMessage::Erased);
                });
            }
            _ => return,
        }
        self.notify();
    }
}

/// Opens the user data of the archive at this page. Nothing is stored if `keeps` is false.
#[hook]
pub fn use_stored_user_data(keeps: bool) -> UserDataHandle {
    let redraw = use_force_update();
    let inner = use_memo((), |()| {
        let name = database_name();
        Rc::new_cyclic(|inner: &Weak<UserDataStore>| UserDataStore {
            data: RefCell::default(),
            backend: Cell::new(if keeps { StorageBackend::Opening } else { StorageBackend::Disabled }),
            unreadable: Cell::new(0),
            undo_entry: RefCell::default(),
            action_count: Cell::new(0),
            warning_dismissed: Cell::new(false),
            queued_changes: RefCell::default(),
            tabs: TabChannel::new(&name, {
                let inner = inner.clone();
                move |news| {
                    if let Some(inner) = inner.upgrade() {
                        inner.on_tab_message(news);
                    }
                }
            }),
            db: UserDataDb::new(name),
            writes: PendingWrites::default(),
            pending_anchor: RefCell::default(),
            epoch: Cell::new(0),
            version: Cell::new(0),
            redraw,
        })
    });
    let inner: Rc<UserDataStore> = (*inner).clone();
    {
        let inner = inner.clone();
        use_effect_with((), move |()| {
            if inner.backend.get() == StorageBackend::Opening {
                spawn_local(async move { inner.load().await });
            }
        });
    }
    {
        let inner = inner.clone();
        use_effect_with(keeps, move |&keeps| inner.set_persistence(keeps));
    }
    let version = inner.version.get();
    UserDataHandle { store: inner, version }
}

/// Returns the user data of the archive; `None` outside of the library.
#[hook]
pub fn use_user_data() -> Option<UserDataHandle> {
    use_shared()
}
