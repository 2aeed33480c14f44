//! Commands `sheaf serve` and `sheaf watch`, tested over HTTP.

use crate::seeds::{Seeds, article, sheaf};
use snapbox::str;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// Server process that is killed at the end of the test.
pub struct Serving {
    process: Child,
    pub address: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Serving {
    /// Starts a server at a free port.
    pub fn start(command: &mut Command) -> Serving {
        Serving::start_at_own_port(command.args(["--port", "0"]))
    }

    /// Starts a server at the port that the command chooses.
    pub fn start_at_own_port(command: &mut Command) -> Serving {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let url = loop {
            let line = lines.next().unwrap().unwrap();
            if let Some((_, url)) = line.split_once(" is at http://") {
                break url.trim_end_matches('/').to_owned();
            }
        };
        // Drains later output, so that the process never blocks on a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Serving { process, address: url }
    }

    pub fn ask(&self, path: &str, headers: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"))
    }

    /// Returns the number of articles in the served archive.
    pub fn article_count(&self) -> u64 {
        let manifest: serde_json::Value =
            serde_json::from_slice(&self.ask("/archive.json", "").body).unwrap();
        manifest["count"].as_u64().unwrap()
    }

    /// Sends a request and reads to the end of the connection.
    fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }
}

/// Creates forty articles and a small reader with a file of each kind in `viewer`.
pub fn articles_and_viewer() -> Seeds {
    let page = "<!doctype html><html><head><title>Sheaf</title></head><body></body></html>".repeat(9);
    let mut seeds = Seeds::new().file("1.md", article("一"));
    for (path, text) in [
        ("index.html", page.as_str()),
        ("app-0123456789abcdef.js", "export {};"),
        ("app-0123456789abcdef_bg.wasm", "\0asm"),
        ("style-01234567.css", "a{}"),
    ] {
        fs::create_dir_all(seeds.path("viewer")).unwrap();
        fs::write(seeds.path("viewer").join(path), text).unwrap();
    }
    for n in 0..40 {
        seeds = seeds.file(&format!("{n}.md"), article(&format!("第{n}篇")));
    }
    seeds
}

/// Creates a site of the same articles in `site`.
fn site() -> Seeds {
    let seeds = articles_and_viewer();
    seeds.sheaf("build seeds --out site --viewer viewer --layout split").ok();
    seeds
}

#[test]
fn files_have_content_types_and_cache_lifetimes() {
    let seeds = site();
    let serving = Serving::start(sheaf().arg("serve").arg("site").current_dir(&seeds.root));
    assert!(serving.address.starts_with("127.0.0.1:"), "{}", serving.address);
    let pack = fs::read_dir(seeds.path("site/archive")).unwrap();
    let pack = pack
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name.ends_with(".gz"));
    let pack = format!("/archive/{}", pack.unwrap());
    for (path, kind, kept) in [
        ("/", "text/html", "no-cache"),
        ("/archive.json", "application/json", "no-cache"),
        ("/app-0123456789abcdef.js", "text/javascript", "public, max-age=31536000, immutable"),
        ("/app-0123456789abcdef_bg.wasm", "application/wasm", "public, max-age=31536000, immutable"),
        ("/style-01234567.css", "text/css", "public, max-age=31536000, immutable"),
        (&pack, "application/gzip", "public, max-age=31536000, immutable"),
    ] {
        let answer = serving.ask(path, "");
        assert_eq!((answer.status, answer.header("cache-control")), (200, Some(kept)), "{path}");
        let said = answer.header("content-type").unwrap().split(';').next().unwrap();
        assert_eq!(said, kind, "{path}");
        let file = if path == "/" { "/index.html" } else { path };
        assert!(answer.body == fs::read(seeds.path(&format!("site{file}"))).unwrap(), "{path}");
    }
    // An unchanged file is not sent again.
    let first = serving.ask("/archive.json", "");
    let since = format!("If-Modified-Since: {}\r\n", first.header("last-modified").unwrap());
    let again = serving.ask("/archive.json", &since);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let answer = serving.ask("/", "Accept-Encoding: gzip, br\r\n");
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    let answer = serving.ask(&pack, "Accept-Encoding: gzip\r\n");
    assert_eq!(answer.header("content-encoding"), None, "compressed files are not compressed again");
    assert!(!String::from_utf8_lossy(&serving.ask("/", "").body).contains("~sheaf"));
}

#[test]
fn files_outside_the_site_are_not_served() {
    let seeds = site();
    let serving = Serving::start(sheaf().arg("serve").arg("site").current_dir(&seeds.root));
    for path in
        ["/../seeds/1.md", "/%2e%2e/seeds/1.md", "/..%2fseeds/1.md", "/none.js", "/archive/none.json.gz"]
    {
        let answer = serving.ask(path, "");
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert_ne!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"), "{path}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("正文"), "{path}");
    }
}

#[test]
fn requests_for_other_hosts_are_refused() {
    let seeds = site();
    let serve = ["serve", "site", "--allowed-host", "box.lan"];
    let serving = Serving::start(sheaf().args(serve).current_dir(&seeds.root));
    let status = |target: &str, headers: &str| {
        serving.send(&format!("GET {target} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n")).status
    };
    for host in ["localhost", "localhost:80", "127.0.0.1", "[::1]:8080", "BOX.lan:1", "a.localhost"] {
        assert_eq!(status("/", &format!("Host: {host}\r\n")), 200, "{host}");
    }
    for host in ["evil.example", "evil.example:8080", "localhost.evil.example", "192.0.2.1"] {
        assert_eq!(status("/", &format!("Host: {host}\r\n")), 403, "{host}");
    }
    assert_eq!(status("http://evil.example/", "Host: localhost\r\n"), 403);
    assert_eq!(status("/", ""), 400);
    assert_eq!(status("/", "Host: localhost\r\nHost: localhost\r\n"), 400);
    let answer = serving.send("GET / HTTP/1.1\r\nConnection: close\r\nHost: evil.example\r\n\r\n");
    let text = String::from_utf8(answer.body).unwrap();
    assert_eq!(
        text,
        "host evil.example not allowed: start with --allowed-host evil.example to allow this name\n"
    );
}

#[test]
fn hidden_special_and_overlong_paths_are_not_found() {
    let seeds = site();
    fs::create_dir_all(seeds.path("site/.git")).unwrap();
    fs::write(seeds.path("site/.git/config"), "secret").unwrap();
    fs::write(seeds.path("site/.env"), "secret").unwrap();
    fs::create_dir_all(seeds.path("site/folder")).unwrap();
    if cfg!(unix) {
        assert!(Command::new("mkfifo").arg(seeds.path("site/pipe")).status().unwrap().success());
    }
    let serving = Serving::start(sheaf().arg("serve").arg("site").current_dir(&seeds.root));
    let long = "x".repeat(5_000);
    for path in [
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/.git",
        "/pipe",
        "/folder",
        "/folder/",
        "//evil.example/folder",
        "//folder",
        "/folder//",
        "/a%00b",
        &format!("/{long}"),
        &format!("/{long}/"),
        &format!("/archive/{long}.html"),
    ] {
        let answer = serving.ask(path, "");
        assert_eq!((answer.status, answer.header("location")), (404, None), "{path}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("secret"), "{path}");
    }
    // A folder with a page is redirected within the site.
    fs::write(seeds.path("site/folder/index.html"), "page").unwrap();
    let answer = serving.ask("/folder", "");
    assert_eq!((answer.status, answer.header("location")), (307, Some("/folder/")));
    assert_eq!(serving.ask("/folder/", "").body, b"page");
}

#[test]
fn ranges_follow_the_standard() {
    let seeds = site();
    let serving = Serving::start(sheaf().arg("serve").arg("site").current_dir(&seeds.root));
    let whole = fs::read(seeds.path("site/archive.json")).unwrap();
    let ask = |headers: &str| serving.ask("/archive.json", headers);
    for (range, part) in [("0-3", &whole[..4]), ("5-", &whole[5..]), ("-4", &whole[whole.len() - 4..])] {
        let answer = ask(&format!("Range: bytes={range}\r\n"));
        assert_eq!(answer.status, 206, "{range}");
        assert!(answer.header("content-range").is_some_and(|range| range.starts_with("bytes ")), "{range}");
        assert!(answer.body == part, "{range}");
    }
    assert_eq!(ask(&format!("Range: bytes={}-\r\n", whole.len())).status, 416);
    // The whole file is an answer to several ranges, and to those that are invalid or conditional.
    for headers in [
        "Range: bytes=0-1,3-4\r\n",
        "Range: bytes=0-1, 99999999-\r\n",
        "Range: bytes=4-2\r\n",
        "Range: lines=0-1\r\n",
        "Range: bytes=0-1\r\nIf-Range: Mon, 16 Oct 2023 15:45:01 GMT\r\n",
    ] {
        let answer = ask(headers);
        assert_eq!(answer.status, 200, "{headers}");
        assert!(answer.body == whole, "{headers}");
    }
}

#[test]
fn missing_folder_used_port_and_foreign_address_are_errors() {
    let seeds = site();
    seeds.sheaf("serve seeds").failed_with(
        1,
        str![[r#"
sheaf: no index.html in seeds: run `sheaf build SEEDS_DIR --out seeds` to build a site

"#]],
    );
    let serving = Serving::start(sheaf().arg("serve").arg("site").current_dir(&seeds.root));
    let port = serving.address.rsplit(':').next().unwrap();
    seeds.sheaf(&format!("serve site --port {port}")).failed_with(
        1,
        str![[r#"
sheaf: 127.0.0.1:[..] is in use by another program: choose another port with --port

"#]],
    );
    // Addresses of 192.0.2.0/24 are reserved for documentation.
    seeds.sheaf("serve site --host 192.0.2.1").failed_with(
        1,
        str![[r#"
sheaf: 192.0.2.1 is not an address of this machine: choose another one with --host

"#]],
    );
    seeds.sheaf("watch nowhere --out site").failed_with(
        1,
        str![[r#"
sheaf: nowhere is neither a folder nor a file: pass a folder with article files, a file or a ZIP

"#]],
    );
}

#[test]
fn change_triggers_a_build_and_a_reload() {
    let seeds = site();
    let watch = ["watch", "seeds", "--out", "site", "--viewer", "viewer"];
    let serving = Serving::start(sheaf().args(watch).current_dir(&seeds.root));
    let page = String::from_utf8(serving.ask("/", "").body).unwrap();
    assert!(page.contains("<script src=\"/~sheaf/reload.js\" data-build=\"1\"></script></head>"), "{page}");
    assert!(serving.ask("/~sheaf/reload.js", "").body.ends_with(b"})();\n"));
    let count = || serving.article_count();
    assert_eq!(count(), 40);
    let seeds = seeds.file("deep/new.md", article("新"));
    // The response is delayed until a build newer than the page's exists.
    assert_eq!(serving.ask("/~sheaf/builds?1", "").body, b"2");
    assert_eq!(count(), 41);
    // An error is printed, and the site stays until the error is fixed.
    let seeds = seeds.file("sheaf.toml", "titel = 'x'");
    std::thread::sleep(std::time::Duration::from_millis(600));
    assert_eq!(count(), 41);
    fs::write(seeds.path("seeds/sheaf.toml"), "title = '江上'").unwrap();
    assert_eq!(serving.ask("/~sheaf/builds?2", "").body, b"3");
    assert_eq!(seeds.json("site/archive.json")["title"], "江上");
}
