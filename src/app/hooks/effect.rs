//! Effects, all by one instance of Yew's hook, which otherwise is compiled anew for each of them.

use std::any::Any;
use std::rc::Rc;
use yew::functional::{Hook, TearDown};

/// As Yew's hook of this name: runs `effect` after a rendering whose `deps` differ from those before, and what it
/// returned before the next run and at the end.
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

/// What an effect depends on, whatever its type.
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
