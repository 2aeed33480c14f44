//! Paths of the files of a site.

use crate::model::{Article, Id};
use std::path::Path;
use std::{fs, io};

/// Path of the index page, which refers to all other files of the app.
pub const INDEX_PAGE: &str = "index.html";

/// Name of the build record in the work folder.
pub const RECORD_FILE: &str = "record.json";

/// Folder of the article pages.
pub const PAGES_DIR: &str = "a";

/// Returns `true` if a build generates an article page at `path`.
pub fn is_article_page(path: &str) -> bool {
    let file = path.strip_prefix(PAGES_DIR).and_then(|path| path.strip_prefix('/'));
    let id = file.and_then(|file| file.strip_suffix(".html"));
    id.is_some_and(|id| id.parse::<Id>().is_ok())
}

/// Returns the path of an article's page.
pub fn page_path(article: &Article) -> String {
    format!("{PAGES_DIR}/{}.html", article.id)
}

/// Lists the files in `folder` by relative path; a symbolic link counts as a file.
pub fn list_files(folder: &Path) -> io::Result<Vec<String>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(relative_path(folder, &entry.path()));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Returns the path of `place` relative to `folder`, with `/` as separator.
pub fn relative_path(folder: &Path, place: &Path) -> String {
    let path = place.strip_prefix(folder).unwrap_or(place);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
