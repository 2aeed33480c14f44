//! The layers of `src`: a module uses the modules above it in its map, never those below it.
//!
//! A map is the table with the header `| module |` in the documentation of `src/lib.rs`, or of another module whose
//! submodules are ordered as well. The paths in the code are compared with it; tests may use everything.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Uses that the map does not allow; the list may only shrink. An entry that is no longer needed fails the test.
const AGAINST_THE_MAP: &[(&str, &str)] = &[];

/// Groups of modules that use each other in a circle today. A group that has changed fails the test.
const CIRCLES: &[&[&str]] = &[];

/// The path of a module in the crate, `[]` for its root.
type Module = Vec<String>;

/// A file of `src`.
struct Source {
    module: Module,
    file: String,
    /// Its code without comments, literals and tests.
    tokens: Vec<String>,
    /// The submodules in the order of its map, if it has one.
    map: Option<Vec<String>>,
}

/// The files of `src`, tests left out.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    list(&root, &mut Vec::new(), &mut files);
    assert!(files.len() > 300, "only {} files were found", files.len());
    let mut tests = BTreeSet::new();
    let mut sources = Vec::new();
    for (module, file) in files {
        let text = fs::read_to_string(&file).unwrap();
        let (tokens, own_tests) = without_tests(&tokens(&text));
        tests.extend(own_tests.into_iter().map(|test| [&module[..], &[test]].concat()));
        let file = file.strip_prefix(root.parent().unwrap()).unwrap().display().to_string();
        sources.push(Source { module, file, tokens, map: map(&text) });
    }
    sources.retain(|source| (0..=source.module.len()).all(|end| !tests.contains(&source.module[..end])));
    sources
}

/// Adds the files below `folder`, which belongs to `module`.
fn list(folder: &Path, module: &mut Module, files: &mut Vec<(Module, std::path::PathBuf)>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        let name = entry.file_stem().unwrap().to_str().unwrap().to_owned();
        if entry.is_dir() {
            // The programs in `src/bin` are crates of their own, above all modules.
            if !module.is_empty() || name != "bin" {
                module.push(name);
                list(&entry, module, files);
                module.pop();
            }
        } else if entry.extension().is_some_and(|kind| kind == "rs") {
            let own = name == "mod" || name == "lib" && module.is_empty();
            let path = if own { module.clone() } else { [&module[..], &[name]].concat() };
            files.push((path, entry));
        }
    }
}

/// The modules that a map names, in its order.
fn map(text: &str) -> Option<Vec<String>> {
    let mut rows = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    rows.find(|row| row.starts_with("| module |"))?;
    let rows = rows.take_while(|row| row.starts_with('|')).filter(|row| !row.starts_with("|-"));
    Some(
        rows.map(|row| row.split('`').nth(1).unwrap_or_else(|| panic!("no module in {row}")).to_owned())
            .collect(),
    )
}

/// The words and marks of some code, without comments and literals; `::` is one mark.
fn tokens(text: &str) -> Vec<String> {
    let code: Vec<char> = text.chars().collect();
    let starts = |at: usize, what: &str| what.chars().enumerate().all(|(i, c)| code.get(at + i) == Some(&c));
    let find =
        |from: usize, what: &str| (from..code.len()).find(|&at| starts(at, what)).unwrap_or(code.len());
    let is_word = |at: usize| code.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let raw = |at: usize| {
            let hashes = code[at..].iter().take_while(|c| **c == '#').count();
            (code.get(at + hashes) == Some(&'"')).then(|| format!("\"{}", "#".repeat(hashes)))
        };
        match code[at] {
            '/' if starts(at, "//") => at = find(at, "\n"),
            '/' if starts(at, "/*") => at = find(at, "*/") + 2,
            '"' => {
                at += 1;
                while at < code.len() && code[at] != '"' {
                    at += if code[at] == '\\' { 2 } else { 1 };
                }
                at += 1;
            }
            // A character, as opposed to a lifetime.
            '\'' if starts(at + 1, "\\") => at = find(at + 3, "'") + 1,
            '\'' if code.get(at + 2) == Some(&'\'') => at += 3,
            _ if is_word(at) => {
                let end = (at..).find(|&end| !is_word(end)).unwrap();
                let word: String = code[at..end].iter().collect();
                at = end;
                match raw(end).filter(|_| matches!(word.as_str(), "r" | "br" | "cr")) {
                    Some(close) => at = find(find(end, "\"") + 1, &close) + close.len(),
                    None => tokens.push(word),
                }
            }
            ':' if starts(at, "::") => {
                tokens.push("::".to_owned());
                at += 2;
            }
            mark if mark.is_whitespace() => at += 1,
            mark => {
                tokens.push(mark.to_string());
                at += 1;
            }
        }
    }
    tokens
}

/// The tokens outside of items marked `#[cfg(test)]`, and the modules in files of their own that are so marked.
fn without_tests(tokens: &[String]) -> (Vec<String>, Vec<String>) {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut modules) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at..].iter().zip(mark).all(|(token, wanted)| token == wanted)
            || tokens.len() - at < mark.len()
        {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let start = at + mark.len();
        let mut depth = 0;
        for (i, token) in tokens.iter().enumerate().skip(start) {
            match token.as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            at = i + 1;
            if depth == 0 && matches!(token.as_str(), ";" | "}" | ",") {
                break;
            }
        }
        if let [.., word, name, end] = &tokens[start..at]
            && word == "mod"
            && end == ";"
        {
            modules.push(name.clone());
        }
    }
    (kept, modules)
}

/// The paths that some code names: those of `use`, and those that begin with `crate`, `self` or `super`.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let is = |at: usize, what: &str| tokens.get(at).is_some_and(|token| token == what);
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            // `impl Trait + use<'a>` imports nothing.
            "use" if !is(at + 1, "<") => at = tree(tokens, at + 1, &[], &mut paths),
            "crate" | "self" | "super" if is(at + 1, "::") => {
                // `pub(in crate::…)` uses nothing.
                let is_visibility = at > 0 && is(at - 1, "in");
                let mut path = vec![tokens[at].clone()];
                at += 1;
                while is(at, "::") && tokens.get(at + 1).is_some_and(|next| next != "<" && next != "{") {
                    path.push(tokens[at + 1].clone());
                    at += 2;
                }
                if !is_visibility {
                    paths.push(path);
                }
            }
            _ => at += 1,
        }
    }
    paths
}

/// Adds the paths of the tree of a `use` that begins at `at`, each after `prefix`; the place behind the tree.
fn tree(tokens: &[String], mut at: usize, prefix: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut path = prefix.to_vec();
    loop {
        match tokens[at].as_str() {
            "::" => at += 1,
            "{" => {
                at += 1;
                while tokens[at] != "}" {
                    at = tree(tokens, at, &path, paths);
                    if tokens[at] == "," {
                        at += 1;
                    }
                }
                return at + 1;
            }
            "," | "}" | ";" => {
                paths.push(path);
                return at;
            }
            "as" => at += 2,
            name => {
                path.push(name.to_owned());
                at += 1;
            }
        }
    }
}

/// The module that `path` leads to from the code of `module`; nothing for another crate.
fn target(path: &[String], module: &Module, modules: &BTreeSet<Module>) -> Option<Module> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    let (mut found, rest) = match path.first()?.as_str() {
        "crate" => (Vec::new(), &path[1..]),
        "self" => (module.clone(), &path[1..]),
        "super" => (module[..module.len() - ups].to_vec(), &path[ups..]),
        name => (
            module.clone(),
            if modules.contains(&[&module[..], &[name.to_owned()]].concat()) { path } else { return None },
        ),
    };
    for name in rest {
        found.push(name.clone());
        if !modules.contains(&found) {
            found.pop();
            break;
        }
    }
    Some(found)
}

/// A use of one module of a map by another, or between such a module and the one that has the map.
#[derive(Debug)]
struct Use {
    from: String,
    to: String,
    /// Whether the map allows it.
    allowed: bool,
    file: String,
}

fn name(module: &[String]) -> String {
    if module.is_empty() { "crate".to_owned() } else { module.join("::") }
}

fn uses(sources: &[Source]) -> Vec<Use> {
    let modules: BTreeSet<Module> = sources.iter().map(|source| source.module.clone()).collect();
    let maps: BTreeMap<&Module, &Vec<String>> =
        sources.iter().filter_map(|source| Some((&source.module, source.map.as_ref()?))).collect();
    let mut uses = Vec::new();
    for Source { module, file, tokens, .. } in sources {
        for path in paths(tokens) {
            let Some(target) = target(&path, module, &modules) else { continue };
            let common = module.iter().zip(&target).take_while(|(one, other)| one == other).count();
            let Some(map) = maps.get(&module[..common].to_vec()) else { continue };
            let place =
                |module: &Module| module.get(common).and_then(|name| map.iter().position(|it| it == name));
            let (from, to) =
                (&module[..module.len().min(common + 1)], &target[..target.len().min(common + 1)]);
            if from != to {
                // Who has the map comes after all that are in it.
                let allowed = from.len() == common || to.len() > common && place(&target) < place(module);
                uses.push(Use { from: name(from), to: name(to), allowed, file: file.clone() });
            }
        }
    }
    assert!(uses.len() > 1_000, "only {} uses were found", uses.len());
    uses
}

#[test]
fn every_module_has_its_place_in_the_map() {
    let sources = sources();
    assert!(
        sources.iter().any(|source| source.module.is_empty() && source.map.is_some()),
        "src/lib.rs has no map"
    );
    for Source { module, file, map, .. } in &sources {
        let Some(map) = map else { continue };
        let is_child = |other: &Module| other.len() == module.len() + 1 && other.starts_with(module);
        let children: BTreeSet<&String> = sources
            .iter()
            .filter(|other| is_child(&other.module))
            .filter_map(|other| other.module.last())
            .collect();
        assert_eq!(
            map.iter().collect::<BTreeSet<_>>(),
            children,
            "the map in {file} and the modules of its folder"
        );
        assert_eq!(map.len(), children.len(), "the map in {file} names a module twice");
    }
}

#[test]
fn a_module_uses_only_modules_above_it_in_the_map() {
    let mut against: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for Use { from, to, file, .. } in uses(&sources()).into_iter().filter(|it| !it.allowed) {
        against.entry((from, to)).or_default().insert(file);
    }
    let known: BTreeSet<(String, String)> =
        AGAINST_THE_MAP.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    let new: Vec<String> = against
        .iter()
        .filter(|(pair, _)| !known.contains(*pair))
        .map(|((from, to), files)| format!("{from} uses {to}, which is below it: {files:?}"))
        .collect();
    assert!(new.is_empty(), "{}", new.join("\n"));
    let gone: Vec<_> = known.iter().filter(|pair| !against.contains_key(*pair)).collect();
    assert!(gone.is_empty(), "no longer needed in AGAINST_THE_MAP: {gone:#?}");
}

#[test]
fn no_new_circle_of_modules() {
    let mut reached: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Use { from, to, .. } in uses(&sources()) {
        reached.entry(to.clone()).or_default();
        reached.entry(from).or_default().insert(to);
    }
    let names: Vec<String> = reached.keys().cloned().collect();
    for through in &names {
        for from in &names {
            if reached[from].contains(through) {
                let further = reached[through].clone();
                reached.get_mut(from).unwrap().extend(further);
            }
        }
    }
    let circle = |one: &String| -> Vec<&str> {
        let both = |other: &&String| reached[one].contains(*other) && reached[*other].contains(one);
        names.iter().filter(both).map(String::as_str).collect()
    };
    let circles: BTreeSet<Vec<&str>> = names.iter().map(circle).filter(|circle| !circle.is_empty()).collect();
    let known: BTreeSet<Vec<&str>> = CIRCLES.iter().map(|circle| circle.to_vec()).collect();
    assert_eq!(circles, known, "the circles of modules, and those in CIRCLES");
}

#[test]
fn paths_in_code_are_found() {
    let code = r##"
        // use crate::comment;
        use crate::{a::{self, B as C}, d::*};
        pub(in crate::hidden) use super::e::F;
        fn f<'a>(x: &'a crate::g::H) -> char { let s = "use crate::text;"; let r = r#"crate::raw"#; self.x; '\'' }
        #[cfg(test)]
        mod tests { use crate::test::T; }
        #[cfg(test)]
        mod corpus;
        struct S { #[cfg(test)] t: crate::test::U, v: super::super::W::<X> }
    "##;
    let (tokens, tests) = without_tests(&tokens(code));
    let found: Vec<String> = paths(&tokens).iter().map(|path| path.join("::")).collect();
    let expected =
        ["crate::a::self", "crate::a::B", "crate::d::*", "super::e::F", "crate::g::H", "super::super::W"];
    assert_eq!((found, tests), (expected.map(str::to_owned).to_vec(), vec!["corpus".to_owned()]));
    assert!(!tokens.windows(3).any(|it| it[0] == "mod" && it[2] == "{"), "an inline module is not followed");
}
