//! Local static host with faults on demand.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Fault of a response.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// Only this status.
    Status(u16),
    /// Closes the connection without a byte.
    Drop,
    /// Sends nothing and keeps the connection open.
    Silence,
    /// Sends half of the body, then stalls.
    Stall,
    /// Sends half of the body, then closes.
    Cut,
    /// Sends half of the body with a matching length.
    Truncate,
    /// Sends ten pieces, 200 ms apart.
    Trickle,
}

/// Path of the script that pages run first.
const FIRST: &str = "run-first.js";

/// Inserts a script that runs [`Host::run_first`] code first; `to` is the path to the site, empty or with a
/// trailing slash.
pub fn running_first(page: &[u8], to: &str) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let times = usize::from(!page.contains(FIRST));
    page.replacen("<script", &format!("<script src=\"{to}{FIRST}\"></script><script"), times).into_bytes()
}

/// Received request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Requested host: this one, or a name that resolves to it.
    pub host: String,
    /// Path without the query, or host and port of a proxy CONNECT request.
    pub path: String,
    /// `Origin` header of the request.
    pub referrer: Option<String>,
}

/// Test host, which serves until it is dropped.
pub struct Host {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    /// Served folders, in order of precedence.
    folders: Mutex<Vec<PathBuf>>,
    /// Base path of the site: empty or `/a/b`.
    below: String,
    /// Set if compressed files are sent decoded.
    decodes: bool,
    faults: Mutex<Vec<(String, Fault, usize)>>,
    files: Mutex<HashMap<String, Vec<u8>>>,
    /// Scripts that every page runs before its own.
    first: Mutex<Vec<String>>,
    asked: Mutex<Vec<Asked>>,
}

impl Host {
    /// Serves `folders` at `http://127.0.0.1:…{below}/`. With `decodes`, compressed files are sent with a
    /// `Content-Encoding`, as some hosts do.
    pub fn start(folders: &[&Path], below: &str, decodes: bool) -> Host {
        let shared = Arc::new(Shared {
            folders: Mutex::new(folders.iter().map(|folder| folder.to_path_buf()).collect()),
            below: below.to_owned(),
            decodes,
            faults: Mutex::default(),
            files: Mutex::default(),
            first: Mutex::default(),
            asked: Mutex::default(),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let serving = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = serving.clone();
                // An early close by the browser is not an error.
                thread::spawn(move || drop(shared.answer(stream)));
            }
        });
        Host { address, shared }
    }

    /// Address to which other names must resolve.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// URL of the site, with a trailing slash.
    pub fn url(&self) -> String {
        format!("http://{}{}/", self.address, self.shared.below)
    }

    /// Makes the next `times` responses to paths that contain `part` fail.
    pub fn fail(&self, part: &str, fault: Fault, times: usize) {
        self.shared.faults.lock().unwrap().push((part.to_owned(), fault, times));
    }

    /// Removes all faults.
    pub fn mend(&self) {
        self.shared.faults.lock().unwrap().clear();
    }

    /// Replaces the site.
    pub fn deploy(&self, folder: &Path) {
        *self.shared.folders.lock().unwrap() = vec![folder.to_owned()];
    }

    /// Stops answering.
    pub fn vanish(&self) {
        self.fail("", Fault::Drop, usize::MAX);
    }

    /// Serves `bytes` at `path` below the site.
    pub fn put(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.shared.files.lock().unwrap().insert(path.to_owned(), bytes.into());
    }

    /// Makes every page run `script` first, for browsers whose driver cannot do that.
    pub fn run_first(&self, script: &str) {
        let mut first = self.shared.first.lock().unwrap();
        first.push(format!("{{ {script} }}"));
        drop(first);
    }

    /// Returns the requests whose path contains `part`.
    pub fn asked(&self, part: &str) -> Vec<Asked> {
        let asked = self.shared.asked.lock().unwrap();
        asked.iter().filter(|asked| asked.path.contains(part)).cloned().collect()
    }

    /// Clears the recorded requests.
    pub fn forget(&self) {
        self.shared.asked.lock().unwrap().clear();
    }
}

impl Shared {
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let asked = request(&stream)?;
        self.asked.lock().unwrap().push(asked.clone());
        let found =
            asked.path.strip_prefix(&self.below).and_then(|path| path.strip_prefix('/')).map(|path| {
                let path = if path.is_empty() || path.ends_with('/') {
                    format!("{path}index.html")
                } else {
                    path.to_owned()
                };
                (self.file(&path), path)
            });
        let (bytes, path) = match found {
            Some((Some(bytes), path)) => (bytes, path),
            _ => return head(&mut stream, 404, "text/plain", "", 0),
        };
        let (kind, encoding) = match path.rsplit('.').next().unwrap_or_default() {
            "html" => ("text/html; charset=utf-8", ""),
            "js" => ("text/javascript", ""),
            "css" => ("text/css", ""),
            "wasm" => ("application/wasm", ""),
            "json" | "webmanifest" => ("application/json", ""),
            "svg" => ("image/svg+xml", ""),
            "png" => ("image/png", ""),
            "gz" if self.decodes => ("application/json", "Content-Encoding: gzip\r\n"),
            "gz" => ("application/gzip", ""),
            _ => ("application/octet-stream", ""),
        };
        let half = &bytes[..bytes.len() / 2];
        match self.fault(&asked.path) {
            None => {
                head(&mut stream, 200, kind, encoding, bytes.len())?;
                stream.write_all(&bytes)
            }
            Some(Fault::Status(status)) => head(&mut stream, status, "text/plain", "", 0),
            Some(Fault::Drop) => Ok(()),
            // Sends until the browser closes the connection.
            Some(Fault::Silence) => stream.read_to_end(&mut Vec::new()).map(drop),
            Some(Fault::Truncate) => {
                head(&mut stream, 200, kind, encoding, half.len())?;
                stream.write_all(half)
            }
            Some(Fault::Trickle) => {
                head(&mut stream, 200, kind, encoding, bytes.len())?;
                bytes.chunks(bytes.len().div_ceil(10).max(1)).try_for_each(|piece| {
                    thread::sleep(Duration::from_millis(200));
                    stream.write_all(piece)
                })
            }
            Some(fault) => {
                head(&mut stream, 200, kind, encoding, bytes.len())?;
                stream.write_all(half)?;
                if matches!(fault, Fault::Stall) {
                    stream.read_to_end(&mut Vec::new())?;
                }
                Ok(())
            }
        }
    }

    fn fault(&self, path: &str) -> Option<Fault> {
        // Files that the tests need never fail.
        if path.ends_with(FIRST) {
            return None;
        }
        let mut faults = self.faults.lock().unwrap();
        let (_, fault, times) =
            faults.iter_mut().find(|(part, _, times)| *times > 0 && path.contains(part.as_str()))?;
        *times -= 1;
        Some(*fault)
    }

    fn file(&self, path: &str) -> Option<Vec<u8>> {
        let first = self.first.lock().unwrap();
        if path == FIRST {
            return Some(first.join("\n").into_bytes());
        }
        let put = self.files.lock().unwrap().get(path).cloned();
        let found =
            || self.folders.lock().unwrap().iter().find_map(|folder| fs::read(folder.join(path)).ok());
        let bytes = put.or_else(found)?;
        let runs_first = !first.is_empty() && path.ends_with(".html");
        Some(if runs_first { running_first(&bytes, &format!("{}/", self.below)) } else { bytes })
    }
}

fn request(stream: &TcpStream) -> std::io::Result<Asked> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let path = first.split(' ').nth(1).unwrap_or_default();
    // A proxy request has the absolute URL.
    let path =
        path.strip_prefix("http://").and_then(|rest| rest.find('/').map(|at| &rest[at..])).unwrap_or(path);
    let mut asked = Asked {
        host: String::new(),
        path: path.split('?').next().unwrap_or_default().to_owned(),
        referrer: None,
    };
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "host" => asked.host = value.trim().to_owned(),
            "referer" => asked.referrer = Some(value.trim().to_owned()),
            _ => {}
        }
    }
    Ok(asked)
}

fn head(
    stream: &mut TcpStream,
    status: u16,
    kind: &str,
    encoding: &str,
    length: usize,
) -> std::io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\n{encoding}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    )
}
