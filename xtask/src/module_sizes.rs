//! Table of the sizes of a WebAssembly file by crate and module.
//!
//! Functions count for the crate and module in which they are written; generic code of the standard library counts for
//! the first other crate among its type arguments.

use anyhow::Context;
use rustc_demangle::demangle;
use std::collections::BTreeMap;
use std::fmt::Write;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Crates of the standard library.
const STANDARD: [&str; 3] = ["alloc", "core", "std"];
/// Crate whose modules are listed.
const PROJECT: &str = "sheaf";
/// Number of path segments of a listed module.
const MODULE_DEPTH: usize = 3;

/// Bytes by name: a crate, a module of the project, `(data)` or `(other)`.
type Sizes = BTreeMap<String, usize>;

/// Returns a line with part, name and bytes, separated by tabs, for each crate and module of `module`, which has a name
/// section.
pub fn size_lines(part: &str, module: &[u8]) -> anyhow::Result<String> {
    let mut lines = String::new();
    for (name, bytes) in measure(module)? {
        writeln!(lines, "{part}\t{name}\t{bytes}")?;
    }
    Ok(lines)
}

fn measure(module: &[u8]) -> anyhow::Result<Sizes> {
    let (mut imported, mut bodies, mut data, mut named) = (0, Vec::new(), 0, 0);
    let mut names: BTreeMap<u32, String> = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.context("unexpected WebAssembly")? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().len()),
            Payload::DataSection(section) => {
                let range = section.range();
                data = usize::try_from(range.end - range.start)?;
            }
            Payload::CustomSection(custom) => {
                named += custom.data().len();
                let KnownCustom::Name(sections) = custom.as_known() else { continue };
                for section in sections {
                    let Name::Function(functions) = section? else { continue };
                    for function in functions {
                        let function = function?;
                        names.insert(function.index, format!("{:#}", demangle(function.name)));
                    }
                }
            }
            _ => {}
        }
    }
    let mut sizes = Sizes::new();
    let rest = module.len() - named - data - bodies.iter().sum::<usize>();
    sizes.insert("(data)".to_owned(), data);
    sizes.insert("(other)".to_owned(), rest);
    for (index, bytes) in (imported..).zip(bodies) {
        let owner = names.get(&index).map_or("(other)".to_owned(), |name| owner_of(name));
        *sizes.entry(owner).or_default() += bytes;
    }
    Ok(sizes)
}

/// Returns the crate of a demangled function name, with its module if the crate is the project.
fn owner_of(name: &str) -> String {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    // The name of a method follows its type: `<T as Trait>::method`.
    let is_whole = |path: &&str| path.contains("::") && !path.starts_with("::");
    let mut paths = name.split(|c: char| !is_path(c)).filter(is_whole);
    let Some(first) = paths.next() else { return "(other)".to_owned() };
    let is_standard = |path: &str| STANDARD.contains(&path.split("::").next().unwrap_or_default());
    let path =
        if is_standard(first) { paths.find(|path| !is_standard(path)).unwrap_or(first) } else { first };
    let mut segments = path.split("::").filter(|segment| !segment.is_empty());
    match segments.next() {
        Some(PROJECT) => {
            // Modules are in lower case; the last segment is a type or function.
            let modules: Vec<&str> = segments.collect();
            let count = modules.len().saturating_sub(1).min(MODULE_DEPTH);
            let modules = modules[..count].iter().take_while(|module| module.starts_with(char::is_lowercase));
            std::iter::once(&PROJECT).chain(modules).copied().collect::<Vec<_>>().join("::")
        }
        Some(other) => other.to_owned(),
        None => "(other)".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_count_for_their_crate_and_module() {
        for (name, owner) in [
            ("sheaf::search::query::parse", "sheaf::search::query"),
            ("sheaf::app::features::list::row::ListRow::new", "sheaf::app::features::list"),
            ("<sheaf::model::Article as core::clone::Clone>::clone", "sheaf::model"),
            ("core::ptr::drop_in_place<sheaf::archive::Manifest>", "sheaf::archive"),
            ("<alloc::vec::Vec<T> as core::ops::Drop>::drop", "alloc"),
            ("yew::html::component::Scope<sheaf::app::App>::render", "yew"),
            ("<I as core::iter::Iterator>::next", "core"),
            ("memcpy", "(other)"),
        ] {
            assert_eq!(owner_of(name), owner, "{name}");
        }
    }
}
