//! Effect hook with erased types, so that Yew's hook is compiled once instead of once per use.

use std::any::Any;
use std::rc::Rc;
use yew::functional::{Hook, TearDown};

/// Runs `effect` after a render in which `deps` changed, like Yew's hook of the same name. The returned
/// clean-up runs before the next effect and on unmount.
pub fn use_effect_with<T, E>(deps: T, effect: impl FnOnce(&T) -> E + 'static) -> impl Hook<Output = ()>
where
    T: PartialEq + 'static,
    E: TearDown,
{
    let deps = Rc::new(deps);
    let own = deps.clone();
    let effect = move || -> End {
        let end = effect(&own);
        Box::new(move || end.tear_down())
    };
    use_boxed(Deps(deps), Box::new(effect))
}

type End = Box<dyn FnOnce()>;

fn use_boxed(deps: Deps, effect: Box<dyn FnOnce() -> End>) -> impl Hook<Output = ()> {
    yew::functional::use_effect_with(deps, move |_| effect())
}

/// Dependencies of an effect, with the type erased.
struct Deps(Rc<dyn Compared>);

impl PartialEq for Deps {
    fn eq(&self, other: &Deps) -> bool {
        self.0.is(&*other.0)
    }
}

trait Compared: Any {
    fn is(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Compared for T {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}
