//! Real servers: nginx, Python and busybox, at the root and below a path, with common faults: a wrong type
//! for WebAssembly, files decompressed or compressed in transit.

use crate::archives::{copy, demo_split};
use crate::driver::{Browser, Start, WIDE, missing};
use crate::tab::Tab;
use crate::visit::{open_menu, site};
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Running server, killed on drop.
struct Server {
    process: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Configuration of nginx.
#[derive(Clone, Copy)]
enum Nginx {
    /// Default, without a MIME type for WebAssembly.
    Untyped,
    /// Compresses responses.
    Compressing,
    /// Sends `Content-Encoding` for compressed files, so that browsers decode them.
    Decoding,
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// Starts a server and waits until it listens. The set-up of the tests installs the programs.
fn start(port: u16, mut command: Command) -> Server {
    let program = command.get_program().to_string_lossy().into_owned();
    let started = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let process =
        started.unwrap_or_else(|error| missing(&format!("{program}: {error}; `.ci/setup test` installs it")));
    let server = Server { process, port };
    let deadline = Instant::now() + Duration::from_secs(15);
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        assert!(Instant::now() < deadline, "{program} does not listen");
        thread::sleep(Duration::from_millis(25));
    }
    server
}

fn python(root: &Path) -> Server {
    let port = free_port();
    let mut command = Command::new("python3");
    command.args(["-m", "http.server", &port.to_string(), "--bind", "127.0.0.1", "-d"]).arg(root);
    start(port, command)
}

fn busybox(root: &Path) -> Server {
    let port = free_port();
    let mut command = Command::new("busybox");
    command.args(["httpd", "-f", "-p", &format!("127.0.0.1:{port}"), "-h"]).arg(root);
    start(port, command)
}

fn nginx(root: &Path, how: Nginx) -> Server {
    let port = free_port();
    let place = root.with_file_name(format!("nginx-{port}"));
    fs::create_dir_all(&place).unwrap();
    let more = match how {
        Nginx::Untyped => {
            "types { text/html html; text/javascript js; text/css css; } default_type text/plain;"
        }
        Nginx::Compressing => {
            "include /etc/nginx/mime.types; gzip on; gzip_min_length 1; gzip_proxied any; gzip_types *;"
        }
        Nginx::Decoding => {
            "include /etc/nginx/mime.types; location ~ \\.gz$ { add_header Content-Encoding gzip; default_type application/json; types { } }"
        }
    };
    let config = format!(
        "daemon off; master_process off; pid {0}/pid; error_log {0}/log;
         events {{}}
         http {{ access_log off; client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c;
                uwsgi_temp_path {0}/d; scgi_temp_path {0}/e;
                server {{ listen 127.0.0.1:{port}; root {1}; {more} }} }}",
        place.display(),
        root.display()
    );
    fs::write(place.join("conf"), config).unwrap();
    // Debian installs it outside the normal PATH.
    let program = if Path::new("/usr/sbin/nginx").exists() { "/usr/sbin/nginx" } else { "nginx" };
    let mut command = Command::new(program);
    command.args(["-e", "stderr", "-p"]).arg(&place).arg("-c").arg(place.join("conf"));
    start(port, command)
}

/// Returns a folder for `host` with the site at its root and below a path.
fn root_of(host: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser/hosts").join(host);
    let _ = fs::remove_dir_all(&root);
    let site = site(&demo_split());
    copy(&site, &root);
    copy(&site, &root.join("sub/path"));
    root
}

/// Reads and searches, then repeats both without the server.
fn works(server: Server) {
    let nobody = ([127, 0, 0, 1], 9).into();
    let start =
        Start { screen: WIDE, languages: "zh-CN,zh", scripts: true, hides_tabs: false, examples: nobody };
    for below in ["", "sub/path/"] {
        let tab = Tab::new(Browser::chosen(), &start);
        enter(&tab, &format!("http://127.0.0.1:{}/{below}", server.port));
        reads(&tab, "冬至");
        // In WebKit, a page that is unloaded while the worker installs blocks the next one.
        tab.until("the worker is there", "return !!navigator.serviceWorker.controller");
        tab.reload();
        reads(&tab, "灯塔");
    }
    let tab = Tab::new(Browser::chosen(), &start);
    let address = format!("http://127.0.0.1:{}/sub/path/", server.port);
    enter(&tab, &address);
    tab.until("the worker is there", "return !!navigator.serviceWorker.controller");
    open_menu(&tab);
    tab.click_text(".keep button", "全部下载");
    tab.shows(".keep", "整个文库已下载");
    drop(server);
    tab.goto("about:blank");
    tab.goto(&address);
    tab.shows(".notice", "全部文章已下载");
    reads(&tab, "图书馆");
}

/// Opens the site with Chinese set, also in browsers whose language cannot be set.
fn enter(tab: &Tab, address: &str) {
    tab.goto(address);
    tab.js("localStorage.sheaf = JSON.stringify({ lang: 'zh-Hans' })");
    tab.reload();
}

fn reads(tab: &Tab, query: &str) {
    tab.see(".row__a");
    tab.see("#read .prose p");
    tab.click(".find__i");
    tab.js("document.querySelector('.find__i').select()");
    tab.write(query);
    tab.shows(".time__n", "找到 ");
    tab.see(".row__a mark");
    tab.click(".row__a");
    tab.see("#read .prose p");
}

#[test]
fn python_server_works() {
    works(python(&root_of("python")));
}

#[test]
fn busybox_server_works() {
    works(busybox(&root_of("busybox")));
}

#[test]
fn nginx_without_wasm_type_works() {
    works(nginx(&root_of("untyped"), Nginx::Untyped));
}

#[test]
fn nginx_with_compression_works() {
    works(nginx(&root_of("compressing"), Nginx::Compressing));
}

#[test]
fn nginx_with_content_encoding_works() {
    works(nginx(&root_of("decoding"), Nginx::Decoding));
}
