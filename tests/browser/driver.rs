//! Browsers and their WebDriver programs.

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use serde_json::{Value, json};
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;
use std::{fs, thread};

/// Supported browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium with chromedriver, as packaged by Debian.
    Chromium,
    /// Firefox with geckodriver, if both are installed.
    Firefox,
    /// WebKitGTK's MiniBrowser with WebKitWebDriver; needs a display.
    WebKit,
}

/// Feature that some browsers' drivers lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// IME composition.
    InputMethod,
    /// Storage quota.
    Quota,
    /// Layout shift reports.
    LayoutShift,
    /// Memory usage of scripts.
    Heap,
    /// Enlarged text.
    LargeText,
    /// Media preferences and print rendering.
    Media,
    /// Touch input.
    Touch,
    /// Full URLs of requests to other hosts.
    Traffic,
    /// Errors in the browser's log.
    Errors,
    /// Scripts that run before those of the page, regardless of its policy.
    Preload,
    /// Update checks of service workers right after a page has been left.
    UpdateAgain,
}

/// Window size and input type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Set for a phone.
    pub touch: bool,
}

/// Layout with rail, list and article.
pub const WIDE: Screen = Screen { width: 1440, height: 900, touch: false };
/// Layout with the list or the article.
pub const TABLET: Screen = Screen { width: 900, height: 1000, touch: false };
/// Common phone.
pub const PHONE: Screen = Screen { width: 390, height: 844, touch: true };
/// Smallest supported phone.
pub const SMALL: Screen = Screen { width: 320, height: 568, touch: true };

/// Start options of a browser.
#[derive(Clone, Debug)]
pub struct Start {
    pub screen: Screen,
    /// Preferred languages.
    pub languages: &'static str,
    /// Set if scripts are enabled.
    pub scripts: bool,
    /// Set if tabs in the background are hidden; else they may be visible.
    pub hides_tabs: bool,
    /// Address to which names below `example` resolve; all other names fail.
    pub examples: SocketAddr,
}

/// Chromium without a user interface, as packaged by Debian. Its script in `/usr/bin` outlives the driver's signal.
const HEADLESS_SHELL: &str = "/usr/lib/chromium/chromium-headless-shell";

/// Running WebDriver program, killed on drop.
pub struct Driver {
    process: Child,
    pub url: String,
}

impl Browser {
    /// Returns the browser named by `SHEAF_BROWSER`: `chromium` (default), `firefox` or `webkit`.
    pub fn chosen() -> Browser {
        match env::var("SHEAF_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Browser::Chromium,
            Ok("firefox") => Browser::Firefox,
            Ok("webkit") => Browser::WebKit,
            Ok(other) => missing(&format!("unknown SHEAF_BROWSER {other}: use chromium, firefox or webkit")),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Browser::Chromium => "Chromium",
            Browser::Firefox => "Firefox",
            Browser::WebKit => "WebKit",
        }
    }

    /// Returns the reason why this browser lacks a feature.
    pub fn lacks(self, feature: Feature) -> Option<&'static str> {
        match (self, feature) {
            (Browser::Chromium, _) => None,
            (_, Feature::InputMethod) => Some("no driver of it composes letters"),
            (_, Feature::Quota) => Some("its limit of storage is fixed while it runs"),
            (_, Feature::LayoutShift) => Some("it does not report what moved"),
            (_, Feature::Heap) => Some("it does not say how much memory scripts use"),
            (Browser::Firefox, Feature::LargeText) => Some("it enlarges the text of no page on a desk"),
            (Browser::Firefox, _) => None,
            (Browser::WebKit, Feature::Media) => {
                Some("its driver cannot set what the system prefers, or paper")
            }
            (Browser::WebKit, Feature::LargeText) => Some("it enlarges the text of no page on a desk"),
            (Browser::WebKit, Feature::Touch) => Some("its driver has no fingers"),
            (Browser::WebKit, Feature::Traffic) => Some("it tells a proxy no more than the host"),
            (Browser::WebKit, Feature::Errors) => Some("its driver keeps them to itself"),
            (Browser::WebKit, Feature::Preload) => Some("its driver runs no script before a page's own"),
            (Browser::WebKit, Feature::UpdateAgain) => Some("it looks for no newer worker for long then"),
        }
    }

    /// Returns the driver program.
    fn program(self) -> String {
        let (variable, usual) = match self {
            Browser::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Browser::Firefox => ("GECKODRIVER", "geckodriver"),
            Browser::WebKit => ("WEBKITDRIVER", "WebKitWebDriver"),
        };
        env::var(variable).unwrap_or_else(|_| usual.to_owned())
    }

    /// Returns true if the driver is installed.
    pub fn is_there(self) -> bool {
        Command::new(self.program()).arg("--version").stdout(Stdio::null()).status().is_ok()
    }

    /// Starts the driver.
    pub fn driver(self) -> Driver {
        let program = self.program();
        // The driver exits if its free port is taken before it listens.
        let started = (0..5).find_map(|_| {
            let mut command = Command::new(&program);
            if self == Browser::Firefox {
                // A BiDi socket for each session, and privileged scripts for what only they can do.
                command.args(["--websocket-port=0", "--allow-system-access"]);
            }
            if self == Browser::WebKit {
                return webkit_driver(command);
            }
            let started = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
            let mut process = started.unwrap_or_else(|error| {
                missing(&format!(
                    "{program}: {error}; install it by .ci/setup test, or set CHROMEDRIVER or GECKODRIVER"
                ))
            });
            // The drivers report the port in a sentence: "… started successfully on port 38543.", "…
            // Listening on 127.0.0.1:36021".
            let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
            let said = |line: String| {
                let after = |words| Some(line.split_once(words)?.1.trim_end_matches('.'));
                after("successfully on port ").or_else(|| after("Listening on 127.0.0.1:"))?.parse().ok()
            };
            let port: Option<u16> = lines.find_map(said);
            // The driver continues to write, and exits when its pipe is closed.
            thread::spawn(move || lines.for_each(drop));
            let driver = Driver { process, url: format!("http://127.0.0.1:{}", port.unwrap_or_default()) };
            port.map(|_| driver)
        });
        started.unwrap_or_else(|| panic!("{program} does not listen"))
    }

    /// Returns the capabilities of a new session.
    pub fn capabilities(self, start: &Start) -> Capabilities {
        match self {
            Browser::Chromium => chromium(start),
            Browser::Firefox => firefox(start),
            Browser::WebKit => webkit(start),
        }
    }
}

/// Starts WebKitWebDriver, which does not choose a port itself.
fn webkit_driver(mut command: Command) -> Option<Driver> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
    command.env("LIBGL_ALWAYS_SOFTWARE", "1").env("XDG_CONFIG_HOME", &*SLIM);
    let mut process = command.spawn().unwrap_or_else(|error| missing(&format!("WebKitWebDriver: {error}")));
    // It reports nothing when it listens.
    let listens = (0..200).any(|_| {
        thread::sleep(Duration::from_millis(25));
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
    });
    if !listens {
        let _ = process.kill();
    }
    listens.then(|| Driver { process, url: format!("http://127.0.0.1:{port}") })
}

/// GTK settings folder with small window bars, since otherwise no window is as narrow as a phone.
static SLIM: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("slim");
    let style =
        "* { min-width: 0; padding: 0; margin: 0; border-width: 0 } headerbar, toolbar { font-size: 1px }";
    fs::create_dir_all(folder.join("gtk-3.0")).unwrap();
    fs::write(folder.join("gtk-3.0/gtk.css"), style).unwrap();
    folder
});

/// Capabilities of WebKit's MiniBrowser.
fn webkit(start: &Start) -> Capabilities {
    let binary = env::var("MINIBROWSER").ok();
    let binary = binary.unwrap_or_else(|| "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser".to_owned());
    let options = json!({
        "binary": binary,
        "args": [
            "--automation",
            format!("--enable-javascript={}", start.scripts),
            // Other names lead to the test host as a proxy. The browser sometimes exits when its driver sets
            // this.
            format!("--proxy=http://{}", start.examples),
            "--ignore-host=127.0.0.1",
        ],
    });
    let wanted = json!({ "timeouts": { "script": 120_000 }, "browserName": "MiniBrowser", "webkitgtk:browserOptions": options });
    wanted.as_object().unwrap().clone()
}

/// Capabilities of Chromium.
fn chromium(start: &Start) -> Capabilities {
    let Screen { width, height, touch } = start.screen;
    let names = format!("MAP *.example {}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", start.examples);
    let mut options = json!({
        "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
            format!("--window-size={width},{height}"), format!("--host-resolver-rules={names}"), format!("--accept-lang={}", start.languages),
        ],
        "prefs": {
            "intl.accept_languages": start.languages,
            "profile.managed_default_content_settings.javascript": if start.scripts { 1 } else { 2 },
        },
    });
    // The same engine without windows and settings, in which tests take half as long.
    if start.scripts && !start.hides_tabs && Path::new(HEADLESS_SHELL).exists() {
        options["binary"] = json!(HEADLESS_SHELL);
    }
    if touch {
        let metrics = json!({ "width": width, "height": height, "pixelRatio": 2.0, "touch": true });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    let wanted = json!({
        // Walking thousands of rows takes long on a busy machine.
        "timeouts": { "script": 120_000 },
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    });
    wanted.as_object().unwrap().clone()
}

/// Capabilities of Firefox.
fn firefox(start: &Start) -> Capabilities {
    let Screen { width, height, touch } = start.screen;
    // Pointer capabilities as bits: coarse 1, fine 2, hover 4.
    let pointer = if touch { 1 } else { 6 };
    let examples = start.examples;
    let options = json!({
        "args": ["-headless", format!("--width={width}"), format!("--height={height}")],
        "prefs": {
            "intl.accept_languages": start.languages,
            "javascript.enabled": start.scripts,
            // Other names lead to the test host as a proxy; local names are resolved directly.
            "network.proxy.type": 1,
            "network.proxy.http": examples.ip().to_string(),
            "network.proxy.http_port": examples.port(),
            "network.proxy.ssl": examples.ip().to_string(),
            "network.proxy.ssl_port": examples.port(),
            "network.proxy.allow_hijacking_localhost": false,
            "network.proxy.no_proxies_on": "127.0.0.1, localhost",
            "ui.primaryPointerCapabilities": pointer,
            "ui.allPointerCapabilities": pointer,
            "dom.w3c_touch_events.enabled": i32::from(touch),
            "dom.maxtouchpoints.testing.value": if touch { 5 } else { 0 },
            "ui.useOverlayScrollbars": 1,
            "ui.prefersReducedMotion": 0,
            "layout.css.prefers-color-scheme.content-override": 1,
        },
    });
    let wanted = json!({ "timeouts": { "script": 120_000 }, "browserName": "firefox", "webSocketUrl": true, "moz:firefoxOptions": options });
    wanted.as_object().unwrap().clone()
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The process may have exited already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Prints a missing prerequisite and exits the test program.
pub fn missing(what: &str) -> ! {
    // Not `eprintln!`, whose output the test harness captures.
    let _ = writeln!(std::io::stderr(), "browser tests: {what}");
    process::exit(1)
}

/// Vendor command of a driver, or of the library that speaks to it.
#[derive(Debug)]
pub struct Vendor {
    /// Path after the session.
    path: String,
    /// Body of a POST; `None` for a GET.
    body: Option<Value>,
}

impl Vendor {
    pub fn post(path: &str, body: Value) -> Vendor {
        Vendor { path: path.to_owned(), body: Some(body) }
    }

    pub fn get(path: String) -> Vendor {
        Vendor { path, body: None }
    }
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        match &self.body {
            Some(body) => (http::Method::POST, Some(body.to_string())),
            None => (http::Method::GET, None),
        }
    }
}
