//! Everything that a key does, in one table: the keyboard acts by it, the sheet of keys lists it.
//!
//! A new command is a line of [`COMMANDS`] and a text. Most are a button that stands somewhere on the page:
//! [`Act::Press`] presses it, and does nothing where it is not.

use crate::app::i18n::CommandTexts;
use crate::keep::Mark;
use crate::view::Page;
use yew::Callback;

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Goes to the search field.
    Search,
    /// Goes to the filters.
    Filters,
    /// To the next article, row or day.
    Next,
    /// To the one before.
    Previous,
    /// Gives the article the whole window.
    Open,
    /// To the front page of the article's day.
    Front,
    /// Sets or takes away a mark of the article that is shown, or whose row has the focus.
    Mark(Mark),
    /// One step out.
    Back,
    /// Opens or closes the type panel.
    Type,
    /// Makes the list compact, or roomy again.
    Density,
    /// To a page.
    Show(Page),
    /// Opens or closes the sheet of keys.
    Keys,
    /// Opens the sheet of the reader's data.
    Data,
    /// Presses the first button or link on the page that a selector finds.
    Press(&'static str),
}

/// Where the sheet of keys lists a command; the number is that of the group's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Finding.
    Find = 0,
    /// Reading.
    Read = 1,
    /// The page.
    Page = 2,
}

/// A command.
pub struct Command {
    /// The keys, as the browser names them; each does the same.
    pub keys: &'static [&'static str],
    /// What it does.
    pub act: Act,
    /// Where it is listed.
    pub group: Group,
    /// What it is called.
    pub name: fn(&'static CommandTexts) -> &'static str,
}

/// Every command, in the order in which they are listed.
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

/// The command of a key. With `single` off only keys that type nothing have one.
pub fn command_of(key: &str, single: bool) -> Option<Act> {
    let named = key.len() > 1;
    let command = COMMANDS.iter().find(|command| command.keys.contains(&key))?;
    (single || named).then_some(command.act)
}

/// What a key is called on the sheet.
pub fn key_name(key: &'static str) -> &'static str {
    match key {
        "Escape" => "Esc",
        key => key,
    }
}

/// Runs commands from wherever a component stands.
#[derive(Clone, PartialEq)]
pub struct Run(pub Callback<Act>);
