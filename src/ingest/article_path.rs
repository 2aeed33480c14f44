//! Path of an article file: a path below an input folder, possibly inside a container.

use std::fmt;

/// Path of an article file, written `export.zip!content/1.html` inside a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticlePath<'a> {
    /// Path of the container file below the input folder; empty for a file of its own.
    pub container: &'a str,
    /// Path inside the container, or below the input folder, with `/` as separator.
    pub path: &'a str,
}

impl<'a> ArticlePath<'a> {
    /// Creates the path of a file that lies in no container.
    pub fn from_file(path: &'a str) -> ArticlePath<'a> {
        ArticlePath { container: "", path }
    }

    /// Returns the first folder, or the name of a container that lies in none.
    pub(super) fn folder(&self) -> Option<&'a str> {
        match (self.container, self.path) {
            ("", path) => path.split_once('/').map(|(folder, _)| folder),
            (container, _) => Some(container.split_once('/').map_or(stem(container), |(folder, _)| folder)),
        }
    }

    /// Returns the name of the file without folders and extension.
    pub(super) fn stem(&self) -> &'a str {
        stem(self.path)
    }
}

impl fmt::Display for ArticlePath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.container {
            "" => f.write_str(self.path),
            container => write!(f, "{container}!{}", self.path),
        }
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_of_an_entry_is_that_of_its_container() {
        let new = |container, path| ArticlePath { container, path };
        assert_eq!(new("", "a/b/1.md").folder(), Some("a"));
        assert_eq!(new("", "1.md").folder(), None);
        assert_eq!(new("export.zip", "content/1.html").folder(), Some("export"));
        assert_eq!(new("a/export.zip", "1.html").folder(), Some("a"));
        assert_eq!(new("a/export.zip", "b/1.2.html").stem(), "1.2");
        assert_eq!(new("a/export.zip", "b/1.html").to_string(), "a/export.zip!b/1.html");
    }
}
