//! Table of all keyboard commands, used by the keyboard handler and the shortcuts dialog.
//!
//! A new command is a line of [`KEY_BINDINGS`] and a text. Most commands click a button of the page with
//! [`Act::Press`], which does nothing if the button is absent.

use crate::app::i18n::CommandTexts;
use crate::user_data::ArticleFlag;
use crate::view_model::RoutePage;
use yew::Callback;

/// Command of the reader.
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
    /// Clicks the first match of a selector.
    Click(&'static str),
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
        command: MATCH_DOWN,
        group: CommandGroup::Read,
        name: |texts| texts.match_down,
    },
    KeyBinding { keys: &["N"], command: MATCH_UP, group: CommandGroup::Read, name: |texts| texts.match_up },
    KeyBinding { keys: &["c"], command: CONTENTS, group: CommandGroup::Read, name: |texts| texts.contents },
    KeyBinding { keys: &["e"], command: SHARE, group: CommandGroup::Read, name: |texts| texts.share },
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
    KeyBinding { keys: &["h"], command: HIGHLIGHT, group: CommandGroup::Read, name: |texts| texts.highlight },
    KeyBinding { keys: &["w"], command: NOTE, group: CommandGroup::Read, name: |texts| texts.note },
    KeyBinding { keys: &["z"], command: UNDO, group: CommandGroup::Read, name: |texts| texts.undo },
    KeyBinding { keys: &["v"], command: ORIGINAL, group: CommandGroup::Read, name: |texts| texts.original },
    KeyBinding { keys: &["l"], command: LISTEN, group: CommandGroup::Read, name: |texts| texts.listen },
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

const MATCH_DOWN: Command = Command::Click("[data-command=match-down]");
const MATCH_UP: Command = Command::Click("[data-command=match-up]");
const CONTENTS: Command = Command::Click("[data-opens=aa--contents]");
const SHARE: Command = Command::Click("[data-opens=aa--share]");
const LISTEN: Command = Command::Click("[data-command=listen]");
const HIGHLIGHT: Command = Command::Click("[data-command=highlight]");
const NOTE: Command = Command::Click("[data-command=note]");
const UNDO: Command = Command::Click("[data-command=undo]");
const ORIGINAL: Command = Command::Click("[data-command=original]");

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

/// Runs commands, provided as a context.
#[derive(Clone, PartialEq)]
pub struct CommandRunner(pub Callback<Command>);
