//! Paths of an input folder or a ZIP, found by the references of articles.
//!
//! Only listed paths are found, whatever a reference says.

use crate::text::fold;
use percent_encoding::percent_decode_str;
use std::collections::HashMap;

/// Paths by their spellings.
pub(super) struct PathIndex {
    paths: Vec<String>,
    by_path: HashMap<String, usize>,
    /// Positions by the folded path. Systems differ in case, and in the composition of letters.
    by_folded_path: HashMap<String, Vec<usize>>,
    by_folded_name: HashMap<String, Vec<usize>>,
}

/// Meaning of a reference in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReferenceKind {
    /// Path relative to the folder of the article.
    Relative,
    /// As `Relative`, or a path below the vault of notes, or the end of such a path.
    Vault,
}

impl PathIndex {
    pub(super) fn new(paths: impl IntoIterator<Item = String>) -> PathIndex {
        let paths: Vec<String> = paths.into_iter().collect();
        let (mut by_folded_path, mut by_folded_name) = (HashMap::new(), HashMap::new());
        for (position, path) in paths.iter().enumerate() {
            by_folded_path.entry(fold(path)).or_insert_with(Vec::new).push(position);
            by_folded_name.entry(fold(file_name(path))).or_insert_with(Vec::new).push(position);
        }
        let by_path = paths.iter().cloned().enumerate().map(|(position, path)| (path, position)).collect();
        PathIndex { paths, by_path, by_folded_path, by_folded_name }
    }

    pub(super) fn path(&self, position: usize) -> &str {
        self.paths.get(position).map_or("", String::as_str)
    }

    /// Returns the position of a path.
    pub(super) fn position(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// Returns the position of the path to which `reference` in the article at `article` leads.
    pub(super) fn find(&self, article: &str, reference: &str, kind: ReferenceKind) -> Option<usize> {
        let reference = reference.trim().replace('\\', "/");
        if reference.is_empty() || reference.starts_with('/') || has_scheme(&reference) {
            return None;
        }
        let folder = article.rsplit_once('/').map_or("", |(folder, _)| folder);
        let bare = reference.split(['?', '#']).next().unwrap_or_default();
        let decoded = [reference.as_str(), bare]
            .map(|text| percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into));
        let spellings = [reference.as_str(), &decoded[0], bare, &decoded[1]];
        let mut folders = vec![folder];
        if kind == ReferenceKind::Vault {
            folders.push("");
        }
        let below = folders.into_iter().find_map(|folder| {
            let joined = spellings.iter().filter_map(|spelling| join(folder, spelling));
            joined.into_iter().find_map(|path| self.exact(&path))
        });
        below.or_else(|| {
            let mut spellings = spellings.iter().filter(|_| kind == ReferenceKind::Vault);
            spellings.find_map(|spelling| self.by_end(folder, spelling))
        })
    }

    fn exact(&self, path: &str) -> Option<usize> {
        let folded = || match self.by_folded_path.get(&fold(path))?.as_slice() {
            [position] => Some(*position),
            _ => None,
        };
        self.position(path).or_else(folded)
    }

    /// Returns the path that ends with `reference`: the one nearest to the folder, then the shortest.
    fn by_end(&self, folder: &str, reference: &str) -> Option<usize> {
        let end = format!("/{}", fold(&join("", reference)?));
        let named = self.by_folded_name.get(&fold(file_name(reference)))?;
        let mut found: Vec<usize> = named.clone();
        found.retain(|&position| format!("/{}", fold(self.path(position))).ends_with(&end));
        found.into_iter().min_by_key(|&position| {
            let path = self.path(position);
            let shared = path.split('/').zip(folder.split('/')).take_while(|(one, other)| one == other);
            (std::cmp::Reverse(shared.count()), path.len(), position)
        })
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns `true` if a reference begins with a scheme or the letter of a drive.
fn has_scheme(reference: &str) -> bool {
    let scheme = reference.split_once(':').map_or("", |(scheme, _)| scheme);
    !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Resolves the dot segments of `reference` in `folder`; `None` for a path that leads out of the input.
fn join(folder: &str, reference: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(reference.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(article: &str, reference: &str, kind: ReferenceKind) -> Option<String> {
        let paths = [
            "a.png",
            "notes/img/渡口 1.png",
            "notes/img/100%.png",
            "notes/Cafe\u{301}.JPG",
            "notes/page_files/640",
            "attachments/map.png",
            "other/map.png",
            "other/deep/map.png",
        ];
        let index = PathIndex::new(paths.map(str::to_owned));
        Some(index.path(index.find(article, reference, kind)?).to_owned())
    }

    #[test]
    fn spellings_of_a_reference_lead_to_one_file() {
        for (reference, path) in [
            ("img/渡口 1.png", "notes/img/渡口 1.png"),
            ("./img/%E6%B8%A1%E5%8F%A3%201.png", "notes/img/渡口 1.png"),
            ("img\\渡口%201.png", "notes/img/渡口 1.png"),
            ("IMG/渡口 1.PNG?raw=true", "notes/img/渡口 1.png"),
            ("img/100%.png#center", "notes/img/100%.png"),
            ("café.jpg", "notes/Cafe\u{301}.JPG"),
            ("page_files/640", "notes/page_files/640"),
            ("../a.png", "a.png"),
        ] {
            let here = found("notes/1.md", reference, ReferenceKind::Relative);
            assert_eq!(here.as_deref(), Some(path), "{reference}");
        }
    }

    #[test]
    fn references_out_of_the_input_lead_nowhere() {
        for reference in [
            "../../a.png",
            "../../notes/../a.png",
            "%2e%2e/%2e%2e/a.png",
            "..\\..\\a.png",
            "/a.png",
            "//a.png",
            "file:///a.png",
            "C:\\a.png",
            "https://a.example/a.png",
            "data:image/png;base64,a.png",
            "",
            ".",
            "map.png",
        ] {
            assert_eq!(found("notes/1.md", reference, ReferenceKind::Relative), None, "{reference}");
        }
        assert_eq!(found("notes/1.md", "../../a.png", ReferenceKind::Vault), None);
    }

    #[test]
    fn notes_name_files_anywhere_in_the_vault() {
        for (article, reference, path) in [
            ("notes/1.md", "attachments/map.png", "attachments/map.png"),
            ("notes/1.md", "deep/map.png", "other/deep/map.png"),
            ("notes/1.md", "map.png", "other/map.png"),
            ("other/x/1.md", "map.png", "other/map.png"),
            ("attachments/x/1.md", "Map.png", "attachments/map.png"),
            ("1.md", "渡口%201.png", "notes/img/渡口 1.png"),
        ] {
            assert_eq!(found(article, reference, ReferenceKind::Vault).as_deref(), Some(path), "{reference}");
        }
    }
}
