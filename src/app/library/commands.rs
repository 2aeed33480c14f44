//! Table of all keyboard commands, used by the keyboard handler and the shortcuts dialog.
//!
//! A new command is a line of [`COMMANDS`] and a text. Most commands click a button of the page with
//! [`Act::Press`], which does nothing if the button is absent.

use crate::app::i18n::CommandTexts;
use crate::keep::Mark;
use crate::view::Page;
use yew::Callback;

/// Command of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Search,
    Filters,
    /// Next article, row or day.
    Next,
    Previous,
    /// Toggles the full-window view of the article.
    Open,
    /// Front page of the article's day.
    Front,
    /// Toggles a flag of the open article, or of the focused row.
    Mark(Mark),
    /// One step out.
    Back,
    Type,
    /// Toggles the compact list.
    Density,
    Show(Page),
    Keys,
    Data,
    /// Clicks the first match of a selector.
    Press(&'static str),
}

/// Group of commands; the number is the index of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Find = 0,
    Read = 1,
    Page = 2,
}

/// Command with its keys.
pub struct Command {
    /// Keys as named by `KeyboardEvent.key`.
    pub keys: &'static [&'static str],
    pub act: Act,
    pub group: Group,
    pub name: fn(&'static CommandTexts) -> &'static str,
}

/// All commands, in the order of the dialog.
pub static COMMANDS: &[Command] = &[
    Command { keys: &["/"], act: Act::Search, group: Group::Find, name: |texts| texts.search },
    Command { keys: &["f"], act: Act::Filters, group: Group::Find, name: |texts| texts.filters },
    Command { keys: &["j", "]"], act: Act::Next, group: Group::Read, name: |texts| texts.next },
    Command { keys: &["k", "["], act: Act::Previous, group: Group::Read, name: |texts| texts.previous },
    Command { keys: &["o", "Enter"], act: Act::Open, group: Group::Read, name: |texts| texts.open },
    Command { keys: &["t"], act: Act::Front, group: Group::Read, name: |texts| texts.front },
    Command { keys: &["Escape"], act: Act::Back, group: Group::Read, name: |texts| texts.back },
    Command { keys: &["n"], act: MATCH_DOWN, group: Group::Read, name: |texts| texts.match_down },
    Command { keys: &["N"], act: MATCH_UP, group: Group::Read, name: |texts| texts.match_up },
    Command { keys: &["c"], act: CONTENTS, group: Group::Read, name: |texts| texts.contents },
    Command { keys: &["e"], act: SHARE, group: Group::Read, name: |texts| texts.share },
    Command { keys: &["s"], act: Act::Mark(Mark::Star), group: Group::Read, name: |texts| texts.star },
    Command { keys: &["m"], act: Act::Mark(Mark::Read), group: Group::Read, name: |texts| texts.mark_read },
    Command { keys: &["h"], act: HIGHLIGHT, group: Group::Read, name: |texts| texts.highlight },
    Command { keys: &["w"], act: NOTE, group: Group::Read, name: |texts| texts.note },
    Command { keys: &["z"], act: UNDO, group: Group::Read, name: |texts| texts.undo },
    Command { keys: &["v"], act: ORIGINAL, group: Group::Read, name: |texts| texts.original },
    Command { keys: &["l"], act: LISTEN, group: Group::Read, name: |texts| texts.listen },
    Command { keys: &["a"], act: Act::Type, group: Group::Page, name: |texts| texts.type_panel },
    Command { keys: &["d"], act: Act::Density, group: Group::Page, name: |texts| texts.density },
    Command {
        keys: &["p"],
        act: Act::Show(Page::Passages),
        group: Group::Page,
        name: |texts| texts.passages,
    },
    Command { keys: &["i"], act: Act::Show(Page::About), group: Group::Page, name: |texts| texts.about },
    Command { keys: &["?"], act: Act::Keys, group: Group::Page, name: |texts| texts.keys },
];

const MATCH_DOWN: Act = Act::Press("[data-command=match-down]");
const MATCH_UP: Act = Act::Press("[data-command=match-up]");
const CONTENTS: Act = Act::Press("[data-opens=aa--contents]");
const SHARE: Act = Act::Press("[data-opens=aa--share]");
const LISTEN: Act = Act::Press("[data-command=listen]");
const HIGHLIGHT: Act = Act::Press("[data-command=highlight]");
const NOTE: Act = Act::Press("[data-command=note]");
const UNDO: Act = Act::Press("[data-command=undo]");
const ORIGINAL: Act = Act::Press("[data-command=original]");

/// Returns the command of a key. Without `single`, only keys that type nothing have one.
pub fn command_of(key: &str, single: bool) -> Option<Act> {
    let named = key.len() > 1;
    let command = COMMANDS.iter().find(|command| command.keys.contains(&key))?;
    (single || named).then_some(command.act)
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
pub struct Run(pub Callback<Act>);
