//! Help texts, one file in `tests/data/help` for each command. `SHEAF_BLESS=1 cargo test --test cli texts` updates them.

use crate::seeds::{Seeds, assert_snapshot};
use snapbox::Data;
use std::fs;
use std::path::{Path, PathBuf};

const COMMANDS: [&str; 11] =
    ["build", "check", "epub", "list", "new", "open", "pictures", "search", "serve", "show", "watch"];

fn snapshot(command: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/help/{command}.txt"))
}

#[test]
fn help_is_as_recorded() {
    let seeds = Seeds::new();
    let compare = |command: &str, arguments: &str| {
        assert_snapshot(&seeds.sheaf(arguments).ok(), Data::read_from(&snapshot(command), None));
    };
    compare("sheaf", "--help");
    for command in COMMANDS {
        compare(command, &format!("{command} --help"));
    }
}

#[test]
fn every_command_has_a_recorded_help() {
    let overview = fs::read_to_string(snapshot("sheaf")).unwrap();
    let listed = overview.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed =
        listed.take_while(|line| !line.is_empty()).map(|line| line.split_whitespace().next().unwrap());
    let mut listed: Vec<_> = listed.filter(|command| *command != "help").collect();
    listed.sort();
    assert_eq!(listed, COMMANDS);
}
