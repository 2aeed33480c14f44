//! What the reader keeps, on this device: in memory for whoever draws, in the browser's database, and in step
//! with the other tabs.
//!
//! A [`Keeper`] answers at once from memory. What changes is drawn in the same turn and written afterwards; where
//! it cannot be written the app goes on with memory alone and says so.

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

/// Where what is kept lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is being read.
    Opening,
    /// On the device.
    Device,
    /// In memory, as the reader has chosen.
    Nowhere,
    /// In memory, because the device does not keep it.
    Memory(Trouble),
}

/// What was done last, and how to undo it.
#[derive(Clone)]
pub struct Done {
    /// What was done, in words.
    pub said: AttrValue,
    undo: Vec<Change>,
}

/// What the reader keeps, and how to change it. Another version of it is another value.
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
    /// How many records of the device could not be read.
    unread: Cell<usize>,
    done: RefCell<Option<Done>>,
    /// Whether somebody has read why nothing is kept.
    warned: Cell<bool>,
    /// What was changed before the device's records were here.
    early: RefCell<Vec<Change>>,
    device: Device,
    tabs: Tabs,
    /// How many pieces are being written.
    writing: Cell<usize>,
    /// Whether another tab has written something that is to be read when this one has done writing.
    behind: Cell<bool>,
    /// The passage for which an article is opened.
    aim: RefCell<Option<String>>,
    /// Grows when lists by mark are to be made anew.
    epoch: Cell<u32>,
    version: Cell<u32>,
    redraw: UseForceUpdateHandle,
}

/// So many records are written in one go; the page breathes in between.
const AT_ONCE: usize = 500;

/// Now, by the device's clock.
pub fn now() -> Millis {
    js_sys::Date::now() as Millis
}

impl Keeper {
    /// All that is kept.
    pub fn kept(&self) -> Ref<'_, Kept> {
        self.inner.kept.borrow()
    }

    /// Where it lies.
    pub fn place(&self) -> Place {
        self.inner.place.get()
    }

    /// How many records of the device could not be read.
    pub fn unread(&self) -> usize {
        self.inner.unread.get()
    }

    /// A number that is another one after each change.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// A number that grows when lists by mark are to be made anew.
    pub fn epoch(&self) -> u32 {
        self.inner.epoch.get()
    }

    /// Has lists by mark made anew: much has changed.
    pub fn renew(&self) {
        self.inner.renew();
    }

    /// What was done last, until it is undone or dismissed.
    pub fn done(&self) -> Option<Done> {
        self.inner.done.borrow().clone()
    }

    /// Has the next article open at the passage with this key.
    pub fn aim_at(&self, key: &str) {
        *self.inner.aim.borrow_mut() = Some(key.to_owned());
    }

    /// The passage at which an article is to open, once.
    pub fn take_aim(&self) -> Option<String> {
        self.inner.aim.take()
    }

    /// Changes records.
    pub fn change(&self, changes: Vec<Change>) {
        self.inner.change(changes);
    }

    /// Changes records as the reader asked, which can be undone.
    pub fn act(&self, said: impl Into<AttrValue>, changes: Vec<Change>) {
        let undo = self.inner.change(changes);
        *self.inner.done.borrow_mut() = Some(Done { said: said.into(), undo });
        self.inner.changed();
    }

    /// Undoes what was done last.
    pub fn undo(&self) {
        let undo = self.inner.done.take().map(|done| done.undo).unwrap_or_default();
        let many = undo.len() > 1;
        self.inner.change(undo);
        if many {
            self.renew();
        }
    }

    /// Forgets how to undo what was done last.
    pub fn dismiss(&self) {
        self.inner.done.take();
        self.inner.changed();
    }

    /// Whether to say why nothing is kept.
    pub fn warns(&self) -> bool {
        !self.inner.warned.get()
    }

    /// Stops saying so.
    pub fn unwarn(&self) {
        self.inner.warned.set(true);
        self.inner.changed();
    }

    /// Marks an article, or takes the mark away.
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

    /// Erases everything on the device and in memory.
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
    /// Draws again what shows something of this.
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

    /// Changes memory at once and the device afterwards; hands back what undoes it.
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
            // The device may have room again by now.
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
                    // What was not written then is written now.
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

    /// Reads the device, and writes what was changed meanwhile.
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

    /// Follows another tab.
    fn hear(self: &Rc<Self>, news: News) {
        if self.place.get() == Place::Nowhere {
            return;
        }
        let inner = self.clone();
        match news {
            News::Erased => self.forget(),
            // Memory is ahead of the device: what lies there is read when both are the same again.
            _ if self.writing.get() > 0 => self.behind.set(true),
            News::Much => spawn_local(async move { inner.load().await }),
            News::Written(names) => spawn_local(async move {
                // What cannot be read now is read when the page is loaded again.
                let Ok(changes) = inner.device.read(&names).await else { return };
                let mut kept = inner.kept.borrow_mut();
                changes.into_iter().for_each(|change| drop(kept.apply(change)));
                drop(kept);
                inner.changed();
            }),
        }
    }

    /// Begins or ends to keep anything on the device.
    fn choose(self: &Rc<Self>, keeps: bool) {
        let inner = self.clone();
        match (keeps, self.place.get()) {
            (true, Place::Nowhere) => {
                self.place.set(Place::Opening);
                // What the reader has marked meanwhile is kept from now on.
                *self.early.borrow_mut() = self.kept.borrow().records();
                spawn_local(async move { inner.load().await });
            }
            (false, place) if place != Place::Nowhere => {
                self.place.set(Place::Nowhere);
                spawn_local(async move {
                    // A device that cannot delete it has not kept it either.
                    let _ = inner.device.erase().await;
                    inner.tabs.erased();
                });
            }
            _ => return,
        }
        self.changed();
    }
}

/// What the reader keeps of the archive beside the page; on the device unless `keeps` is false.
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
