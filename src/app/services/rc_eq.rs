//! Shared values compared by address.

use super::http_store::HttpStore;
use std::ops::Deref;
use std::rc::Rc;

/// Shared value that equals only itself, so that props compare in constant time.
pub struct RcEq<T>(Rc<T>);

impl<T> RcEq<T> {
    pub fn new(value: T) -> RcEq<T> {
        RcEq(Rc::new(value))
    }

    pub fn into_rc(self) -> Rc<T> {
        self.0
    }

    /// Returns the address, which is unique among live values.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
}

impl<T> Clone for RcEq<T> {
    fn clone(&self) -> RcEq<T> {
        RcEq(self.0.clone())
    }
}

impl<T: Default> Default for RcEq<T> {
    fn default() -> RcEq<T> {
        RcEq::new(T::default())
    }
}

impl<T> PartialEq for RcEq<T> {
    fn eq(&self, other: &RcEq<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> From<Rc<T>> for RcEq<T> {
    fn from(value: Rc<T>) -> RcEq<T> {
        RcEq(value)
    }
}

impl<T> Deref for RcEq<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

pub type ArchiveHandle = RcEq<crate::archive::Archive<HttpStore>>;
