//! Contexts with erased types, so that Yew's provider and hook are compiled once instead of once per context: each
//! context of Yew adds 4 kB of code.

use super::rc_eq::RcEq;
use crate::view_model::{ContextStore, ErasedValue, Subscription};
use std::any::TypeId;
use std::rc::Rc;
use yew::prelude::*;

/// Values for a [`Provider`], at most one of each type.
#[derive(Clone, Default, PartialEq)]
pub struct ContextValues(Vec<ErasedValue>);

impl ContextValues {
    pub fn with(mut self, value: impl PartialEq + 'static) -> ContextValues {
        self.0.push(ErasedValue::new(value));
        self
    }
}

#[derive(Properties, PartialEq)]
pub struct ProviderProps {
    pub values: ContextValues,
    pub children: Html,
}

/// Provides values to the components inside. Only those that read a changed value are rendered again.
#[component]
pub fn Provider(props: &ProviderProps) -> Html {
    let outer = use_context::<RcEq<ContextStore>>();
    let store = use_memo((), |()| RcEq::from(ContextStore::new(outer.map(RcEq::into_rc))));
    store.publish(&props.values.0);
    html! {
        <ContextProvider<RcEq<ContextStore>> context={(*store).clone()}>{ props.children.clone() }</ContextProvider<RcEq<ContextStore>>>
    }
}

/// Returns the provided value of type `T` and follows its changes, like Yew's `use_context`.
#[hook]
pub fn use_shared<T: Clone + 'static>() -> Option<T> {
    let value = use_erased(TypeId::of::<T>());
    value.as_ref().and_then(ErasedValue::get).cloned()
}

#[hook]
fn use_erased(of: TypeId) -> Option<ErasedValue> {
    let store = use_context::<RcEq<ContextStore>>();
    let update = use_force_update();
    let subscription: Rc<Option<Subscription>> = use_memo((), |()| {
        let notify = Rc::new(move || update.force_update());
        store.map(|store| store.into_rc().subscribe(of, notify))
    });
    subscription.as_ref().as_ref()?.value()
}
