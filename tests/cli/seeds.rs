//! Temporary folder of article files, with `sheaf` run on it.

use snapbox::assert::Action;
use snapbox::{Assert, IntoData};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// Temporary folder that contains `seeds`.
pub struct Seeds {
    pub root: PathBuf,
}

/// Article file in the form that crawlers write.
#[derive(Clone)]
pub struct File {
    time: String,
    title: String,
    url: String,
    body: String,
}

/// Creates an article file with this title and a unique address.
pub fn article(title: &str) -> File {
    let url = format!("https://n.example/{title}");
    File { time: "1697471101000".into(), title: title.into(), url, body: "<p>正文。</p>".into() }
}

impl File {
    /// Sets the publication time in milliseconds since 1970, or other text in its place.
    pub fn time(mut self, time: impl ToString) -> File {
        self.time = time.to_string();
        self
    }

    /// Sets the address.
    pub fn url(mut self, url: impl ToString) -> File {
        self.url = url.to_string();
        self
    }

    /// Sets the HTML of the body.
    pub fn body(mut self, body: impl ToString) -> File {
        self.body = body.to_string();
        self
    }
}

impl From<File> for Vec<u8> {
    fn from(file: File) -> Vec<u8> {
        format!("<!--{}-->\n[{}]({})\n------\n\n{}\n", file.time, file.title, file.url, file.body)
            .into_bytes()
    }
}

/// Output of `sheaf`.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Returns the standard output of a successful run.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    /// Returns the standard output of a successful run as JSON.
    pub fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.ok()).unwrap()
    }

    /// Returns the standard error output of a run that ended with `code`.
    pub fn failed(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self.err
    }

    /// Compares the standard error output of a run that ended with `code` with a snapshot.
    pub fn failed_with(self, code: i32, snapshot: impl IntoData) {
        assert_snapshot(&self.failed(code), snapshot);
    }
}

/// Compares `text` with a snapshot, in which `[..]` stands for any text within a line. `SHEAF_BLESS=1` updates the
/// snapshot.
pub fn assert_snapshot(text: &str, snapshot: impl IntoData) {
    let is_blessed = std::env::var_os("SHEAF_BLESS").is_some();
    let action = if is_blessed { Action::Overwrite } else { Action::Verify };
    // The program has another name on Windows.
    Assert::new().action(action).eq(text.replace("sheaf.exe", "sheaf"), snapshot);
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Returns the command to run `sheaf`.
pub fn sheaf() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sheaf"));
    // Requests to this machine must not go through a proxy of the environment.
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command
}

impl Seeds {
    /// Creates an empty folder.
    pub fn new() -> Seeds {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("sheaf-test-{}-{number}", std::process::id()));
        fs::create_dir_all(root.join("seeds")).unwrap();
        Seeds { root }
    }

    /// Adds a file to `seeds`.
    pub fn file(self, path: &str, bytes: impl Into<Vec<u8>>) -> Seeds {
        let path = self.path(&format!("seeds/{path}"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes.into()).unwrap();
        self
    }

    /// Writes a reader with all the files of one into `viewer`.
    pub fn write_viewer(&self) {
        let head = "<meta charset=utf-8><meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">\
            <title>Sheaf</title><link rel=stylesheet href=./style.css><script src=./boot.js></script>\
            <link id=app href=./app.js data-wasm=./app.wasm rel=app>";
        let page = format!("<!doctype html><html lang=zh-Hans><head>{head}</head><body></body></html>");
        fs::create_dir_all(self.path("viewer")).unwrap();
        for (path, text) in [
            ("index.html", page.as_str()),
            ("style.css", "a{}"),
            ("boot.js", "1"),
            ("app.js", "let a=1;\nexport{a as default}"),
            ("app.wasm", "\0asm"),
        ] {
            fs::write(self.path("viewer").join(path), text).unwrap();
        }
    }

    /// Returns a path in the temporary folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Runs `sheaf` in the temporary folder with arguments separated by spaces.
    pub fn sheaf(&self, arguments: &str) -> Said {
        self.run(&arguments.split(' ').collect::<Vec<_>>())
    }

    /// Runs `sheaf` in the temporary folder.
    pub fn run(&self, arguments: &[&str]) -> Said {
        sheaf().args(arguments).current_dir(&self.root).output().unwrap().into()
    }

    /// Builds `seeds` into `site` and returns the report.
    pub fn build(&self) -> serde_json::Value {
        self.sheaf("build --archive-only seeds --out site --report report.json").ok();
        self.json("report.json")
    }

    /// Reads a JSON file in the temporary folder.
    pub fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_slice(&fs::read(self.path(path)).unwrap()).unwrap()
    }
}

impl Drop for Seeds {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// Returns every file in a folder with its content, by path.
pub fn files_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}
