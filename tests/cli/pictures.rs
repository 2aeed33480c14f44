//! Fetching of remote images and their inclusion in the site.

use crate::seeds::{Seeds, article};
use image::{ImageFormat, RgbImage};
use snapbox::str;
use std::fs;
use std::io::{BufRead, BufReader, Cursor, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Web server of a publisher.
struct Publisher {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Publisher {
    fn new() -> Publisher {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let paths = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let paths = paths.clone();
                thread::spawn(move || answer(&stream.unwrap(), &paths));
            }
        });
        Publisher { address, asked }
    }

    /// Returns the paths requested since the last call.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    /// Creates an article file with images on this server.
    fn article(&self, title: &str, time: u64, pictures: &[&str]) -> crate::seeds::File {
        let tags = pictures.iter().map(|path| format!("<p>前</p><img src=\"{}{path}\">", self.address));
        article(title).time(time).body(tags.collect::<String>())
    }
}

fn answer(stream: &TcpStream, paths: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap().to_owned();
    lines.find(String::is_empty);
    paths.lock().unwrap().push(path.clone());
    let count = paths.lock().unwrap().iter().filter(|asked| **asked == path).count();
    let (status, body) = match path.as_str() {
        "/busy.png" if count == 1 => ("429 Too Many Requests\r\nRetry-After: 1", Vec::new()),
        "/busy.png" => ("200 OK", png(320, 200)),
        "/closed.png" => ("503 Service Unavailable\r\nRetry-After: 86400", Vec::new()),
        "/wide.png" => ("200 OK", png(1600, 800)),
        "/small.png" => ("200 OK", png(300, 200)),
        "/page.png" => ("200 OK", b"<html>moved</html>".to_vec()),
        _ => ("404 Not Found", Vec::new()),
    };
    let mut stream = stream;
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    stream.write_all(&[head.into_bytes(), body].concat()).unwrap();
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, (width / 8) as u8]));
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

fn seeds(publisher: &Publisher) -> Seeds {
    Seeds::new()
        .file("1.md", publisher.article("旧", 1_600_000_000_000, &["/small.png", "/gone.png"]))
        .file("2.md", publisher.article("新", 1_700_000_000_000, &["/wide.png", "/page.png"]))
}

const FETCH: &str = "pictures seeds --into pictures --private-network";

#[test]
fn images_are_fetched_once_newest_first() {
    let publisher = Publisher::new();
    let seeds = seeds(&publisher);
    let said = seeds.sheaf(FETCH).ok();
    assert!(said.starts_with("2 images fetched: "), "{said}");
    assert!(said.contains("1 image failed: the host answered 404"), "{said}");
    assert!(said.contains("1 image failed: not a readable image"), "{said}");
    assert_eq!(publisher.asked(), ["/wide.png", "/page.png", "/small.png", "/gone.png"]);
    let said = seeds.sheaf(FETCH).ok();
    assert!(said.starts_with("0 images fetched, 2 already stored: "), "{said}");
    assert!(said.contains("2 images failed: failed in an earlier run"), "{said}");
    assert_eq!(publisher.asked(), [""; 0], "known images are not requested again");
    seeds.sheaf(&format!("{FETCH} --retry")).ok();
    assert_eq!(publisher.asked(), ["/page.png", "/gone.png"]);
}

#[test]
fn host_is_paused_as_long_as_it_asks() {
    let publisher = Publisher::new();
    let seeds =
        Seeds::new().file("1.md", publisher.article("忙", 1_700_000_000_000, &["/busy.png", "/small.png"]));
    let start = Instant::now();
    let said = seeds.sheaf(FETCH).ok();
    assert!(said.starts_with("2 images fetched: "), "{said}");
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(publisher.asked(), ["/busy.png", "/busy.png", "/small.png"]);
}

#[test]
fn host_that_asks_for_a_long_pause_is_skipped_for_this_run() {
    let publisher = Publisher::new();
    let seeds =
        Seeds::new().file("1.md", publisher.article("关", 1_700_000_000_000, &["/closed.png", "/small.png"]));
    let said = seeds.sheaf(FETCH).ok();
    assert!(said.contains("2 images failed: the host answered 503 and asks to wait 86400 seconds"), "{said}");
    assert_eq!(publisher.asked(), ["/closed.png"]);
    // The failure is not recorded: the next run tries again.
    seeds.sheaf(FETCH).ok();
    assert_eq!(publisher.asked(), ["/closed.png"]);
}

#[test]
fn half_written_images_of_a_killed_run_are_removed() {
    let publisher = Publisher::new();
    let seeds = seeds(&publisher);
    fs::create_dir_all(seeds.path("pictures")).unwrap();
    for name in ["0a1b2c3d.webp.part", "mine.webp.part"] {
        fs::write(seeds.path("pictures").join(name), "half").unwrap();
    }
    seeds.sheaf(FETCH).ok();
    assert!(!seeds.path("pictures/0a1b2c3d.webp.part").exists());
    assert!(seeds.path("pictures/mine.webp.part").exists());
}

#[test]
fn size_limit_stops_fetching() {
    let publisher = Publisher::new();
    let seeds = seeds(&publisher);
    let said = seeds.sheaf(&format!("{FETCH} --most 0 --report report.json")).ok();
    assert!(said.contains("4 older images not fetched: raise --most, now 0"), "{said}");
    assert_eq!(publisher.asked(), [""; 0]);
    let report = fs::read_to_string(seeds.path("report.json")).unwrap();
    assert!(report.contains("\"without_room\":4"), "{report}");
}

#[test]
fn private_hosts_are_not_contacted() {
    let publisher = Publisher::new();
    let said = seeds(&publisher).sheaf("pictures seeds --into pictures").ok();
    assert!(said.contains("4 images failed: the host is in a private network"), "{said}");
    assert_eq!(publisher.asked(), [""; 0]);
}

#[test]
fn image_folder_inside_the_seeds_is_rejected() {
    let publisher = Publisher::new();
    seeds(&publisher).sheaf("pictures seeds --into seeds/pictures").failed_with(2, str![[r#"
sheaf: output folder seeds/pictures lies inside seeds, so the next build would read its files as articles: choose a folder outside of seeds

"#]]);
}

#[test]
fn site_contains_the_images_and_articles_refer_to_them() {
    let publisher = Publisher::new();
    let seeds = seeds(&publisher);
    seeds.sheaf(FETCH).ok();
    for layout in ["small", "split"] {
        let build =
            format!("build seeds --out {layout} --layout {layout} --pictures pictures --archive-only");
        // An archive alone has no place for them.
        seeds.sheaf(&build).failed_with(
            2,
            str![[r#"
error: the argument '--pictures <DIR>' cannot be used with '--archive-only'

Usage: sheaf build --out <DIR> --layout <LAYOUT> --pictures <DIR> <SEEDS_DIR>...

For more information, try '--help'.

"#]],
        );
        let build = build.replace(" --archive-only", " --report report.json");
        seeds.sheaf(&build).ok();
        let kept: Vec<_> = fs::read_dir(seeds.path(layout).join("archive"))
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".webp"))
            .collect();
        assert_eq!(kept.len(), 2, "{kept:?}");
        let hits = seeds.sheaf(&format!("search {layout} title:新 --json")).json();
        let id = hits["hits"][0]["id"].as_str().unwrap();
        let figure = seeds.sheaf(&format!("show {layout} {id} --json")).ok();
        assert!(kept.iter().any(|name| figure.contains(&format!("\"kept\":\"{}\"", &name[..8]))), "{figure}");
        assert!(figure.contains("\"size\":[1080,540]"), "{figure}");
        assert!(figure.contains(&format!("\"src\":\"{}/wide.png\"", publisher.address)), "{figure}");
        assert!(
            figure.contains(&format!("\"src\":\"{}/page.png\"", publisher.address)),
            "failed images keep their URL"
        );
        let report = fs::read_to_string(seeds.path("report.json")).unwrap();
        assert!(!report.contains("\"pictures\":0"), "{report}");
        // Without changes nothing is written; without the folder the images are removed again.
        let record = fs::metadata(seeds.path(layout).join("archive.json")).unwrap().modified().unwrap();
        seeds.sheaf(&build).ok();
        assert_eq!(
            fs::metadata(seeds.path(layout).join("archive.json")).unwrap().modified().unwrap(),
            record
        );
        seeds.sheaf(&build.replace(" --pictures pictures", "")).ok();
        let left = fs::read_dir(seeds.path(layout).join("archive")).map_or(0, |files| {
            files
                .filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == "webp"))
                .count()
        });
        assert_eq!(left, 0);
    }
}

#[test]
fn missing_image_folder_is_an_error_and_keeps_the_site() {
    let publisher = Publisher::new();
    let seeds = seeds(&publisher);
    seeds.sheaf("build seeds --out site --pictures typo").failed_with(
        1,
        str![[r#"
sheaf: no fetched images in typo: run `sheaf pictures SEEDS_DIR --into typo` to fetch them

"#]],
    );
    seeds.sheaf(FETCH).ok();
    publisher.asked();
    // A truncated file is reported and fetched again.
    let cut = fs::read_dir(seeds.path("pictures")).unwrap().map(|file| file.unwrap().path());
    let cut = cut.into_iter().find(|path| path.extension().is_some_and(|end| end == "webp")).unwrap();
    fs::write(&cut, "cut").unwrap();
    seeds.sheaf("build seeds --out site --pictures pictures").failed_with(
        1,
        str![[r#"
sheaf: image pictures/[..].webp is missing or truncated: run `sheaf pictures` to fetch the file again

"#]],
    );
    let said = seeds.sheaf(FETCH).ok();
    assert!(said.starts_with("1 image fetched, 1 already stored"), "{said}");
    assert_eq!(publisher.asked().len(), 1);
    seeds.sheaf("build seeds --out site --pictures pictures").ok();
}
