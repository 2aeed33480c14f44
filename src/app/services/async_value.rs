//! Asynchronous values of components.

use super::rc_eq::RcEq;
use super::use_effect_with;
use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Cancellation token of a task.
#[derive(Clone)]
pub struct TaskToken(Rc<Cell<bool>>);

impl Default for TaskToken {
    fn default() -> TaskToken {
        TaskToken(Rc::new(Cell::new(true)))
    }
}

impl TaskToken {
    pub fn is_active(&self) -> bool {
        self.0.get()
    }

    pub fn cancel(&self) {
        self.0.set(false);
    }
}

/// Starts a task after a render in which `key` changed. The task is cancelled when the key changes again or the
/// component is unmounted: its token is inactive then.
#[hook]
pub fn use_task<K, F>(key: K, start: impl FnOnce(K, TaskToken) -> F + 'static)
where
    K: Clone + PartialEq + 'static,
    F: Future<Output = ()> + 'static,
{
    use_effect_with(key, move |key| {
        let token = TaskToken::default();
        spawn_local(start(key.clone(), token.clone()));
        move || token.cancel()
    });
}

/// Returns the value that `load` produces for `key`; `None` while it loads. Values of older keys are dropped.
#[hook]
pub fn use_async<K, T, F>(key: K, load: impl FnOnce(K) -> F + 'static) -> Option<T>
where
    K: Clone + PartialEq + 'static,
    T: Clone + 'static,
    F: Future<Output = T> + 'static,
{
    let value = use_state(|| None::<RcEq<(K, T)>>);
    let setter = value.setter();
    use_task(key.clone(), move |key: K, token| async move {
        let loaded = load(key.clone()).await;
        if token.is_active() {
            setter.set(Some(RcEq::new((key, loaded))));
        }
    });
    value.as_ref().filter(|value| value.0 == key).map(|value| value.1.clone())
}
