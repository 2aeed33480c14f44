//! Commands `sheaf serve` and `sheaf watch`, tested over HTTP.

use crate::seeds::{Seeds, article, sheaf};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// Server process that is killed at the end of the test.
struct Serving {
    process: Child,
    address: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Serving {
    fn start(command: &mut Command) -> Serving {
        let mut process = command.args(["--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
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

    fn ask(&self, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }
}

/// Creates a site with a file of each kind.
fn site() -> Seeds {
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
fn missing_site_and_used_port_are_errors() {
    let seeds = site();
    let error = seeds.sheaf("serve seeds").failed(1);
    assert_eq!(
        error,
        "sheaf: no index.html in seeds: run `sheaf build SEEDS_DIR --out seeds` to build a site\n"
    );
    let serving = Serving::start(sheaf().arg("serve").arg("site").current_dir(&seeds.root));
    let port = serving.address.rsplit(':').next().unwrap();
    let error = seeds.sheaf(&format!("serve site --port {port}")).failed(1);
    assert!(
        error.contains("cannot listen on 127.0.0.1:") && error.contains("choose another --port"),
        "{error}"
    );
}

#[test]
fn change_triggers_a_build_and_a_reload() {
    let seeds = site();
    let watch = ["watch", "seeds", "--out", "site", "--viewer", "viewer"];
    let serving = Serving::start(sheaf().args(watch).current_dir(&seeds.root));
    let page = String::from_utf8(serving.ask("/", "").body).unwrap();
    assert!(page.contains("<script src=\"/~sheaf/reload.js\" data-build=\"1\"></script></head>"), "{page}");
    assert!(serving.ask("/~sheaf/reload.js", "").body.starts_with(b"(async"));
    let count = || -> u64 {
        let entry: serde_json::Value =
            serde_json::from_slice(&serving.ask("/archive.json", "").body).unwrap();
        entry["count"].as_u64().unwrap()
    };
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
