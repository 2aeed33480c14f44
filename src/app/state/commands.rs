//! Table of all keyboard commands, used by the keyboard handler and the shortcuts dialog.
//!
//! A new command is a line of [`KEY_BINDINGS`] and a text. The part of the page that it concerns handles it with
//! [`use_commands`].

use crate::app::i18n::CommandTexts;
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{use_effect_with, use_shared};
use crate::user_data::ArticleFlag;
use crate::view_model::RoutePage;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Command of the reader, or a request of one part of the page to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Search,
    Filters,
    /// Next article, row or day.
    Next,
    Previous,
    /// Toggles the full-window view of the article.
    Open,
    /// Front page of the article's day.
    FrontPage,
    /// Toggles a flag of the open article, or of the focused row.
    ToggleFlag(ArticleFlag),
    /// One step out.
    Back,
    TypePanel,
    /// Toggles the compact list.
    Density,
    ShowPage(RoutePage),
    Shortcuts,
    UserData,
    NextMatch,
    PreviousMatch,
    Contents,
    Share,
    Listen,
    Highlight,
    Note,
    Undo,
    Original,
    /// Moves the focus.
    Focus(FocusTarget),
    /// Moves the focus to a neighbouring row.
    FocusRow(isize),
    /// Opens the article of the focused row.
    OpenRow,
    /// Toggles a flag of the article of the focused row.
    ToggleRowFlag(ArticleFlag),
    ClosePanels,
}

/// Element that takes the focus at the request of another part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FocusTarget {
    SearchField,
    Facets,
    List,
    FirstRow,
    /// Row of the current article, else the list. A focus outside the list stays.
    CurrentRow,
    EarlierVersions,
}

/// Group of commands; the number is the index of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandGroup {
    Find = 0,
    Read = 1,
    Page = 2,
}

/// Command with its keys.
pub struct KeyBinding {
    /// Keys as named by `KeyboardEvent.key`.
    pub keys: &'static [&'static str],
    pub command: Command,
    pub group: CommandGroup,
    pub name: fn(&'static CommandTexts) -> &'static str,
}

/// All commands, in the order of the dialog.
pub static KEY_BINDINGS: &[KeyBinding] = &[
    KeyBinding {
        keys: &["/"],
        command: Command::Search,
        group: CommandGroup::Find,
        name: |texts| texts.search,
    },
    KeyBinding {
        keys: &["f"],
        command: Command::Filters,
        group: CommandGroup::Find,
        name: |texts| texts.filters,
    },
    KeyBinding {
        keys: &["j", "]"],
        command: Command::Next,
        group: CommandGroup::Read,
        name: |texts| texts.next,
    },
    KeyBinding {
        keys: &["k", "["],
        command: Command::Previous,
        group: CommandGroup::Read,
        name: |texts| texts.previous,
    },
    KeyBinding {
        keys: &["o", "Enter"],
        command: Command::Open,
        group: CommandGroup::Read,
        name: |texts| texts.open,
    },
    KeyBinding {
        keys: &["t"],
        command: Command::FrontPage,
        group: CommandGroup::Read,
        name: |texts| texts.front,
    },
    KeyBinding {
        keys: &["Escape"],
        command: Command::Back,
        group: CommandGroup::Read,
        name: |texts| texts.back,
    },
    KeyBinding {
        keys: &["n"],
        command: Command::NextMatch,
        group: CommandGroup::Read,
        name: |texts| texts.match_down,
    },
    KeyBinding {
        keys: &["N"],
        command: Command::PreviousMatch,
        group: CommandGroup::Read,
        name: |texts| texts.match_up,
    },
    KeyBinding {
        keys: &["c"],
        command: Command::Contents,
        group: CommandGroup::Read,
        name: |texts| texts.contents,
    },
    KeyBinding {
        keys: &["e"],
        command: Command::Share,
        group: CommandGroup::Read,
        name: |texts| texts.share,
    },
    KeyBinding {
        keys: &["s"],
        command: Command::ToggleFlag(ArticleFlag::Star),
        group: CommandGroup::Read,
        name: |texts| texts.star,
    },
    KeyBinding {
        keys: &["m"],
        command: Command::ToggleFlag(ArticleFlag::Read),
        group: CommandGroup::Read,
        name: |texts| texts.mark_read,
    },
    KeyBinding {
        keys: &["h"],
        command: Command::Highlight,
        group: CommandGroup::Read,
        name: |texts| texts.highlight,
    },
    KeyBinding { keys: &["w"], command: Command::Note, group: CommandGroup::Read, name: |texts| texts.note },
    KeyBinding { keys: &["z"], command: Command::Undo, group: CommandGroup::Read, name: |texts| texts.undo },
    KeyBinding {
        keys: &["v"],
        command: Command::Original,
        group: CommandGroup::Read,
        name: |texts| texts.original,
    },
    KeyBinding {
        keys: &["l"],
        command: Command::Listen,
        group: CommandGroup::Read,
        name: |texts| texts.listen,
    },
    KeyBinding {
        keys: &["a"],
        command: Command::TypePanel,
        group: CommandGroup::Page,
        name: |texts| texts.type_panel,
    },
    KeyBinding {
        keys: &["d"],
        command: Command::Density,
        group: CommandGroup::Page,
        name: |texts| texts.density,
    },
    KeyBinding {
        keys: &["p"],
        command: Command::ShowPage(RoutePage::Annotations),
        group: CommandGroup::Page,
        name: |texts| texts.passages,
    },
    KeyBinding {
        keys: &["i"],
        command: Command::ShowPage(RoutePage::About),
        group: CommandGroup::Page,
        name: |texts| texts.about,
    },
    KeyBinding {
        keys: &["?"],
        command: Command::Shortcuts,
        group: CommandGroup::Page,
        name: |texts| texts.keys,
    },
];

/// Returns the command of a key. Without `single`, only keys that type nothing have one.
pub fn command_for_key(key: &str, single: bool) -> Option<Command> {
    let named = key.len() > 1;
    let command = KEY_BINDINGS.iter().find(|command| command.keys.contains(&key))?;
    (single || named).then_some(command.command)
}

/// Name of a key in the dialog.
pub fn key_name(key: &'static str) -> &'static str {
    match key {
        "Escape" => "Esc",
        key => key,
    }
}

/// Handler of commands. Returns true if it did something.
type Handler = Rc<dyn Fn(Command) -> bool>;

/// Runner of commands, provided as a context. It never changes: the parts of the page register their handlers with
/// [`use_commands`].
#[derive(Clone, Default, PartialEq)]
pub struct Commands(RcEq<RefCell<Vec<RcEq<RefCell<Handler>>>>>);

impl Commands {
    /// Runs a command. Returns true if a part of the page handled it.
    pub fn run(&self, command: Command) -> bool {
        // A handler may render and register others.
        let handlers = self.0.borrow().clone();
        handlers.iter().any(|handler| {
            let handler = handler.borrow().clone();
            handler(command)
        })
    }

    /// Click handler that runs a command.
    pub fn on_click(&self, command: Command) -> Callback<MouseEvent> {
        let commands = self.clone();
        Callback::from(move |_: MouseEvent| {
            commands.run(command);
        })
    }
}

#[hook]
pub fn use_command_context() -> Commands {
    use_shared().unwrap_or_default()
}

/// Lets a component handle commands while it is mounted. `handler` returns true if it did something; no other part
/// may handle that command at the same time.
#[hook]
pub fn use_commands(commands: &Commands, handler: impl Fn(Command) -> bool + 'static) {
    use_handler(commands, Rc::new(handler));
}

#[hook]
fn use_handler(commands: &Commands, handler: Handler) {
    let current = use_memo((), |()| RcEq::new(RefCell::new(handler.clone())));
    *current.borrow_mut() = handler;
    use_effect_with(commands.clone(), move |commands| {
        let (commands, own) = (commands.clone(), RcEq::clone(&current));
        commands.0.borrow_mut().push(own.clone());
        move || commands.0.borrow_mut().retain(|other| *other != own)
    });
}
