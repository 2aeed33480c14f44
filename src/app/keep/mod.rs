//! User data: in memory for rendering, stored in IndexedDB, and synchronised between tabs.
//!
//! A [`Keeper`] reads from memory. A change is rendered at once and written afterwards. If writing fails, the
//! app continues in memory and shows a warning.

mod channel;
mod device;
pub mod notice;
pub mod sheet;

pub use device::Trouble;

use crate::app::hooks::use_effect_with;
use crate::app::i18n::Ui;
use crate::keep::{Change, Kept, Mark, Millis};
use crate::model::Id;
use channel::{News, Tabs};
use device::{Device, scope};
use std::cell::{Cell, Ref, RefCell};
use std::rc::{Rc, Weak};
use yew::platform::spawn_local;
use yew::prelude::*;

/// Location of the user data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The database is being read.
    Opening,
    Device,
    /// In memory, by the reader's choice.
    Nowhere,
    /// In memory, because the database failed.
    Memory(Trouble),
}

/// Last action and its undo.
#[derive(Clone)]
pub struct Done {
    pub said: AttrValue,
    undo: Vec<Change>,
}

/// Handle of the user data. It compares unequal after every change.
#[derive(Clone)]
pub struct Keeper {
    inner: Rc<Inner>,
    version: u32,
}

impl PartialEq for Keeper {
    fn eq(&self, other: &Keeper) -> bool {
        self.version == other.version && Rc::ptr_eq(&self.inner, &other.inner)
    }
}

struct Inner {
    kept: RefCell<Kept>,
    place: Cell<Place>,
    /// Number of unreadable records.
    unread: Cell<usize>,
    done: RefCell<Option<Done>>,
    /// Set when the storage warning was dismissed.
    warned: Cell<bool>,
    /// Changes made before the database was loaded.
    early: RefCell<Vec<Change>>,
    device: Device,
    tabs: Tabs,
    /// Number of writes in progress.
    writing: Cell<usize>,
    /// Set if another tab wrote during a write of this one; the data is then loaded again.
    behind: Cell<bool>,
    /// Annotation at which the next article opens.
    aim: RefCell<Option<String>>,
    /// Incremented when lists filtered by flags are to be recomputed.
    epoch: Cell<u32>,
    version: Cell<u32>,
    redraw: UseForceUpdateHandle,
}

/// Records per transaction; the event loop runs in between.
const AT_ONCE: usize = 500;

/// Returns the current time by the device's clock.
pub fn now() -> Millis {
    js_sys::Date::now() as Millis
}

impl Keeper {
    pub fn kept(&self) -> Ref<'_, Kept> {
        self.inner.kept.borrow()
    }

    pub fn place(&self) -> Place {
        self.inner.place.get()
    }

    pub fn unread(&self) -> usize {
        self.inner.unread.get()
    }

    /// Incremented with every change.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Incremented when lists filtered by flags are to be recomputed.
    pub fn epoch(&self) -> u32 {
        self.inner.epoch.get()
    }

    /// Invalidates lists filtered by flags, after a change of many records.
    pub fn renew(&self) {
        self.inner.renew();
    }

    /// Returns the last action until it is undone or dismissed.
    pub fn done(&self) -> Option<Done> {
        self.inner.done.borrow().clone()
    }

    /// Lets the next article open at the annotation with this key.
    pub fn aim_at(&self, key: &str) {
        *self.inner.aim.borrow_mut() = Some(key.to_owned());
    }

    /// Takes the annotation at which an article is to open.
    pub fn take_aim(&self) -> Option<String> {
        self.inner.aim.take()
    }

    /// Applies changes that cannot be undone.
    pub fn change(&self, changes: Vec<Change>) {
        self.inner.change(changes);
    }

    /// Applies changes of the reader with undo; `said` is the text of the toast.
    pub fn act(&self, said: impl Into<AttrValue>, changes: Vec<Change>) {
        let undo = self.inner.change(changes);
        *self.inner.done.borrow_mut() = Some(Done { said: said.into(), undo });
        self.inner.changed();
    }

    pub fn undo(&self) {
        let undo = self.inner.done.take().map(|done| done.undo).unwrap_or_default();
        let many = undo.len() > 1;
        self.inner.change(undo);
        if many {
            self.renew();
        }
    }

    pub fn dismiss(&self) {
        self.inner.done.take();
        self.inner.changed();
    }

    /// Returns true if the storage warning is to be shown.
    pub fn warns(&self) -> bool {
        !self.inner.warned.get()
    }

    pub fn unwarn(&self) {
        self.inner.warned.set(true);
        self.inner.changed();
    }

    /// Toggles a flag of an article.
    pub fn mark(&self, id: Id, mark: Mark, ui: Ui) {
        let (marked, texts) = (self.kept().marked(id), ui.keep());
        let (said, change) = match mark {
            Mark::Star if marked.starred => (texts.did_unstar, Change::Star(id, None)),
            Mark::Star => (texts.did_star, Change::Star(id, Some(now()))),
            Mark::Read if marked.read => (texts.did_unread, Change::Read(id, None)),
            Mark::Read => (texts.did_read, Change::Read(id, Some(now()))),
        };
        self.act(said, vec![change]);
    }

    /// Erases everything in the database and in memory.
    pub fn erase(&self) {
        let inner = self.inner.clone();
        inner.forget();
        spawn_local(async move {
            let erased = inner.device.erase().await;
            inner.tabs.erased();
            if inner.place.get() != Place::Nowhere {
                inner.place.set(erased.map_or_else(Place::Memory, |()| Place::Device));
            }
            inner.changed();
        });
    }
}

impl Inner {
    /// Renders the components that use the data.
    fn changed(&self) {
        self.version.set(self.version.get().wrapping_add(1));
        self.redraw.force_update();
    }

    fn renew(&self) {
        self.epoch.set(self.epoch.get().wrapping_add(1));
        self.changed();
    }

    fn forget(&self) {
        *self.kept.borrow_mut() = Kept::default();
        self.unread.set(0);
        self.done.take();
        self.early.take();
        self.renew();
    }

    /// Changes memory at once and the database afterwards. Returns the inverse changes.
    fn change(self: &Rc<Self>, changes: Vec<Change>) -> Vec<Change> {
        if changes.is_empty() {
            self.changed();
            return changes;
        }
        let mut kept = self.kept.borrow_mut();
        let mut undo: Vec<Change> = changes.iter().map(|change| kept.apply(change.clone())).collect();
        undo.reverse();
        drop(kept);
        match self.place.get() {
            Place::Opening => self.early.borrow_mut().extend(changes),
            Place::Device => self.write(changes),
            // There may be space again.
            Place::Memory(Trouble::Full) => self.write(changes),
            Place::Nowhere | Place::Memory(_) => {}
        }
        self.changed();
        undo
    }

    fn write(self: &Rc<Self>, changes: Vec<Change>) {
        let inner = self.clone();
        self.writing.set(self.writing.get() + 1);
        spawn_local(async move {
            let written = inner.write_pieces(&changes).await;
            inner.writing.set(inner.writing.get() - 1);
            match (written, inner.place.get()) {
                (Ok(()), Place::Memory(_)) => {
                    // Writes everything that was not written before.
                    inner.place.set(Place::Device);
                    inner.write(inner.kept.borrow().records());
                    inner.changed();
                }
                (Ok(()), _) if inner.writing.get() == 0 && inner.behind.take() => inner.load().await,
                (Err(trouble), Place::Device) => {
                    inner.place.set(Place::Memory(trouble));
                    inner.changed();
                }
                _ => {}
            }
        });
    }

    async fn write_pieces(&self, changes: &[Change]) -> Result<(), Trouble> {
        for changes in changes.chunks(AT_ONCE) {
            self.device.write(changes).await?;
            self.tabs.written(changes);
        }
        Ok(())
    }

    /// Loads the database, then writes the changes made meanwhile.
    async fn load(self: &Rc<Self>) {
        let loaded = self.device.load().await;
        if self.place.get() == Place::Nowhere {
            return;
        }
        match loaded {
            Ok((mut kept, unread)) => {
                let early = self.early.take();
                early.iter().for_each(|change| drop(kept.apply(change.clone())));
                *self.kept.borrow_mut() = kept;
                self.unread.set(unread);
                self.place.set(Place::Device);
                if !early.is_empty() {
                    self.write(early);
                }
            }
            Err(trouble) => self.place.set(Place::Memory(trouble)),
        }
        self.renew();
    }

    /// Handles a message of another tab.
    fn hear(self: &Rc<Self>, news: News) {
        if self.place.get() == Place::Nowhere {
            return;
        }
        let inner = self.clone();
        match news {
            News::Erased => self.forget(),
            // Memory is ahead of the database: it is loaded when all writes have ended.
            _ if self.writing.get() > 0 => self.behind.set(true),
            News::Much => spawn_local(async move { inner.load().await }),
            News::Written(names) => spawn_local(async move {
                // If reading fails, the next load of the page shows the records.
                let Ok(changes) = inner.device.read(&names).await else { return };
                let mut kept = inner.kept.borrow_mut();
                changes.into_iter().for_each(|change| drop(kept.apply(change)));
                drop(kept);
                inner.changed();
            }),
        }
    }

    /// Turns persistence on or off.
    fn choose(self: &Rc<Self>, keeps: bool) {
        let inner = self.clone();
        match (keeps, self.place.get()) {
            (true, Place::Nowhere) => {
                self.place.set(Place::Opening);
                // Changes made meanwhile are stored from now on.
                *self.early.borrow_mut() = self.kept.borrow().records();
                spawn_local(async move { inner.load().await });
            }
            (false, place) if place != Place::Nowhere => {
                self.place.set(Place::Nowhere);
                spawn_local(async move {
                    // If deleting fails, nothing was stored either.
                    let _ = inner.device.erase().await;
                    inner.tabs.erased();
                });
            }
            _ => return,
        }
        self.changed();
    }
}

/// Opens the user data of the archive at this page. Nothing is stored if `keeps` is false.
#[hook]
pub fn use_keeper(keeps: bool) -> Keeper {
    let redraw = use_force_update();
    let inner = use_memo((), |()| {
        let name = scope();
        Rc::new_cyclic(|inner: &Weak<Inner>| Inner {
            kept: RefCell::default(),
            place: Cell::new(if keeps { Place::Opening } else { Place::Nowhere }),
            unread: Cell::new(0),
            done: RefCell::default(),
            warned: Cell::new(false),
            early: RefCell::default(),
            tabs: Tabs::join(&name, {
                let inner = inner.clone();
                move |news| {
                    if let Some(inner) = inner.upgrade() {
                        inner.hear(news);
                    }
                }
            }),
            device: Device::new(name),
            writing: Cell::new(0),
            behind: Cell::new(false),
            aim: RefCell::default(),
            epoch: Cell::new(0),
            version: Cell::new(0),
            redraw,
        })
    });
    let inner: Rc<Inner> = (*inner).clone();
    {
        let inner = inner.clone();
        use_effect_with((), move |()| {
            if inner.place.get() == Place::Opening {
                spawn_local(async move { inner.load().await });
            }
        });
    }
    {
        let inner = inner.clone();
        use_effect_with(keeps, move |&keeps| inner.choose(keeps));
    }
    let version = inner.version.get();
    Keeper { inner, version }
}
