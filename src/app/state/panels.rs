//! Open panels and dialogs of the library.

use std::rc::Rc;
use yew::prelude::*;

/// Panel or dialog of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelKind {
    Menu,
    Type,
    /// Filters on a narrow screen.
    Filters,
    Shortcuts,
    UserData,
}

/// The panels that are open.
#[derive(Clone, Default, PartialEq)]
struct OpenPanels(Vec<PanelKind>);

enum PanelAction {
    Toggle(PanelKind),
    Open(PanelKind),
    Close(PanelKind),
}

impl Reducible for OpenPanels {
    type Action = PanelAction;

    fn reduce(self: Rc<Self>, action: PanelAction) -> Rc<OpenPanels> {
        let (PanelAction::Toggle(panel) | PanelAction::Open(panel) | PanelAction::Close(panel)) = action;
        let was_open = self.0.contains(&panel);
        let mut open = self.0.clone();
        open.retain(|other| *other != panel);
        match action {
            PanelAction::Toggle(_) if was_open => {}
            PanelAction::Close(_) => {}
            PanelAction::Toggle(_) | PanelAction::Open(_) => open.push(panel),
        }
        Rc::new(OpenPanels(open))
    }
}

/// Open panels and the callbacks that change them, provided as a context.
#[derive(Clone)]
pub struct Panels(UseReducerHandle<OpenPanels>);

impl PartialEq for Panels {
    fn eq(&self, other: &Panels) -> bool {
        *self.0 == *other.0
    }
}

impl Panels {
    pub fn is_open(&self, panel: PanelKind) -> bool {
        self.0.0.contains(&panel)
    }

    pub fn toggle(&self, panel: PanelKind) {
        self.0.dispatch(PanelAction::Toggle(panel));
    }

    pub fn open(&self, panel: PanelKind) {
        self.0.dispatch(PanelAction::Open(panel));
    }

    pub fn close(&self, panel: PanelKind) {
        self.0.dispatch(PanelAction::Close(panel));
    }

    /// Callback that closes a panel.
    pub fn on_close(&self, panel: PanelKind) -> Callback<()> {
        let panels = self.0.dispatcher();
        Callback::from(move |()| panels.dispatch(PanelAction::Close(panel)))
    }

    /// Click handler that toggles a panel.
    pub fn on_toggle(&self, panel: PanelKind) -> Callback<MouseEvent> {
        let panels = self.0.dispatcher();
        Callback::from(move |_: MouseEvent| panels.dispatch(PanelAction::Toggle(panel)))
    }
}

#[hook]
pub fn use_panels() -> Panels {
    Panels(use_reducer_eq(OpenPanels::default))
}
