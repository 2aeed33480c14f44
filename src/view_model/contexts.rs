//! Contexts: values by type, and the components that read each of them.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// Equality with a value of any type.
pub trait DynEq: Any {
    /// Returns true if `other` is an equal value of the same type.
    fn dyn_eq(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> DynEq for T {
    fn dyn_eq(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

/// Shared value with the type erased.
#[derive(Clone)]
pub struct ErasedValue(pub Rc<dyn DynEq>);

impl ErasedValue {
    /// Erases the type of a value.
    pub fn new(value: impl PartialEq + 'static) -> ErasedValue {
        ErasedValue(Rc::new(value))
    }

    /// Returns the value if it is of type `T`.
    pub fn get<T: 'static>(&self) -> Option<&T> {
        self.as_any().downcast_ref()
    }

    fn as_any(&self) -> &dyn Any {
        &*self.0
    }
}

impl PartialEq for ErasedValue {
    fn eq(&self, other: &ErasedValue) -> bool {
        self.0.dyn_eq(other.as_any())
    }
}

/// Reader of a value. It is notified of changes until it is dropped.
pub struct Subscription {
    /// Store of the value; `None` without one.
    store: Option<Rc<ContextStore>>,
    of: TypeId,
    _notify: Rc<dyn Fn()>,
}

impl Subscription {
    /// Returns the current value.
    pub fn value(&self) -> Option<ErasedValue> {
        self.store.as_ref()?.own_value(self.of)
    }
}

/// Type of a value, and the function that notifies its reader.
type Reader = (TypeId, Weak<dyn Fn()>);

/// Values for the components inside a provider. Values that it lacks are those of the provider around it.
#[derive(Default)]
pub struct ContextStore {
    outer: Option<Rc<ContextStore>>,
    values: RefCell<Vec<ErasedValue>>,
    readers: RefCell<Vec<Reader>>,
}

impl ContextStore {
    /// Creates a store without values inside another one.
    pub fn new(outer: Option<Rc<ContextStore>>) -> Rc<ContextStore> {
        Rc::new(ContextStore { outer, ..ContextStore::default() })
    }

    /// Sets the values, and notifies the readers of those that have changed.
    pub fn publish(&self, values: &[ErasedValue]) {
        let changed: Vec<TypeId> = {
            let mut own = self.values.borrow_mut();
            let is_new = |value: &&ErasedValue| !own.contains(value);
            let changed: Vec<ErasedValue> = values.iter().filter(is_new).cloned().collect();
            let types: Vec<TypeId> = changed.iter().map(|value| value.as_any().type_id()).collect();
            own.retain(|value| !types.contains(&value.as_any().type_id()));
            own.extend(changed);
            types
        };
        let mut readers = self.readers.borrow_mut();
        readers.retain(|(_, notify)| notify.strong_count() > 0);
        let affected = readers.iter().filter(|(of, _)| changed.contains(of));
        let affected: Vec<Rc<dyn Fn()>> = affected.filter_map(|(_, notify)| notify.upgrade()).collect();
        drop(readers);
        affected.iter().for_each(|notify| notify());
    }

    /// Calls `notify` whenever the value of a type changes.
    pub fn subscribe(self: &Rc<Self>, of: TypeId, notify: Rc<dyn Fn()>) -> Subscription {
        let mut store = Some(self);
        while let Some(holder) = store.filter(|store| store.own_value(of).is_none()) {
            store = holder.outer.as_ref();
        }
        if let Some(store) = store {
            store.readers.borrow_mut().push((of, Rc::downgrade(&notify)));
        }
        Subscription { store: store.cloned(), of, _notify: notify }
    }

    fn own_value(&self, of: TypeId) -> Option<ErasedValue> {
        self.values.borrow().iter().find(|value| value.as_any().type_id() == of).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[derive(Debug, PartialEq)]
    struct Results(u32);
    #[derive(Debug, PartialEq)]
    struct Stars(u32);

    /// Subscribes to values of type `T`, and counts the notifications.
    fn reader<T: 'static>(store: &Rc<ContextStore>) -> (Subscription, Rc<Cell<u32>>) {
        let count = Rc::new(Cell::new(0));
        let counted = count.clone();
        let subscription =
            store.subscribe(TypeId::of::<T>(), Rc::new(move || counted.set(counted.get() + 1)));
        (subscription, count)
    }

    #[test]
    fn changed_value_notifies_its_readers_only() {
        let store = ContextStore::new(None);
        store.publish(&[ErasedValue::new(Results(1)), ErasedValue::new(Stars(0))]);
        let (timeline, timeline_count) = reader::<Results>(&store);
        let (list, list_count) = reader::<Stars>(&store);
        store.publish(&[ErasedValue::new(Results(1)), ErasedValue::new(Stars(1))]);
        assert_eq!((timeline_count.get(), list_count.get()), (0, 1));
        store.publish(&[ErasedValue::new(Results(2)), ErasedValue::new(Stars(1))]);
        assert_eq!((timeline_count.get(), list_count.get()), (1, 1));
        assert_eq!(timeline.value().unwrap().get(), Some(&Results(2)));
        assert_eq!(list.value().unwrap().get(), Some(&Stars(1)));
    }

    #[test]
    fn dropped_reader_is_not_notified() {
        let store = ContextStore::new(None);
        store.publish(&[ErasedValue::new(Stars(0))]);
        let (subscription, count) = reader::<Stars>(&store);
        drop(subscription);
        store.publish(&[ErasedValue::new(Stars(1))]);
        assert_eq!((count.get(), store.readers.borrow().len()), (0, 0));
    }

    #[test]
    fn inner_value_hides_the_outer_one() {
        let outer = ContextStore::new(None);
        outer.publish(&[ErasedValue::new(Results(1)), ErasedValue::new(Stars(1))]);
        let inner = ContextStore::new(Some(outer.clone()));
        inner.publish(&[ErasedValue::new(Results(2))]);
        let (results, results_count) = reader::<Results>(&inner);
        let (stars, stars_count) = reader::<Stars>(&inner);
        outer.publish(&[ErasedValue::new(Results(3)), ErasedValue::new(Stars(3))]);
        assert_eq!(results.value().unwrap().get(), Some(&Results(2)));
        assert_eq!(stars.value().unwrap().get(), Some(&Stars(3)));
        assert_eq!((results_count.get(), stars_count.get()), (0, 1));
    }

    #[test]
    fn value_without_provider_is_absent() {
        let store = ContextStore::new(None);
        assert!(reader::<Stars>(&store).0.value().is_none());
    }
}
