//! Browsers and the WebDriver programs that drive them.

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use serde_json::{Value, json};
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{self, Child, Command, Stdio};
use std::thread;

/// A browser that the tests can drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium by chromedriver, both as Debian packages them.
    Chromium,
    /// Firefox by geckodriver, where both are installed.
    Firefox,
}

/// The size of a window and what it is operated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Its width in CSS pixels.
    pub width: u32,
    /// Its height in CSS pixels.
    pub height: u32,
    /// Whether it is a phone's.
    pub touch: bool,
}

/// Rail, list and article side by side.
pub const WIDE: Screen = Screen { width: 1440, height: 900, touch: false };
/// The list or the article.
pub const TABLET: Screen = Screen { width: 900, height: 1000, touch: false };
/// A phone as most are.
pub const PHONE: Screen = Screen { width: 390, height: 844, touch: true };
/// The smallest phone.
pub const SMALL: Screen = Screen { width: 320, height: 568, touch: true };

/// How a browser is to be started.
#[derive(Clone, Debug)]
pub struct Start {
    /// Its window.
    pub screen: Screen,
    /// The languages that it asks pages for.
    pub languages: &'static str,
    /// Whether pages may run scripts.
    pub scripts: bool,
    /// Where every name below `example` leads; all others lead nowhere.
    pub examples: SocketAddr,
}

/// A running WebDriver program; it ends with its value.
pub struct Driver {
    process: Child,
    /// Its address.
    pub url: String,
}

impl Browser {
    /// The program that drives this browser.
    fn program(self) -> String {
        let (variable, usual) = match self {
            Browser::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Browser::Firefox => ("GECKODRIVER", "geckodriver"),
        };
        env::var(variable).unwrap_or_else(|_| usual.to_owned())
    }

    /// Whether it can be driven here.
    pub fn is_there(self) -> bool {
        Command::new(self.program()).arg("--version").stdout(Stdio::null()).status().is_ok()
    }

    /// Starts the program that drives this browser.
    pub fn driver(self) -> Driver {
        let program = self.program();
        // The port that it finds free may be taken before it listens there; then it ends.
        let started = (0..5).find_map(|_| {
            let mut command = Command::new(&program);
            let started = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
            let mut process = started.unwrap_or_else(|error| {
                missing(&format!("{program}: {error}; install chromium-driver, or set CHROMEDRIVER"))
            });
            // They say their ports in a sentence: "… started successfully on port 38543.", "… Listening on
            // 127.0.0.1:36021".
            let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
            let said = |line: String| {
                let after = |words| Some(line.split_once(words)?.1.trim_end_matches('.'));
                after("successfully on port ").or_else(|| after("Listening on 127.0.0.1:"))?.parse().ok()
            };
            let port: Option<u16> = lines.find_map(said);
            // It goes on talking, and one that nobody listens to ends.
            thread::spawn(move || lines.for_each(drop));
            let driver = Driver { process, url: format!("http://127.0.0.1:{}", port.unwrap_or_default()) };
            port.map(|_| driver)
        });
        started.unwrap_or_else(|| panic!("{program} does not listen"))
    }

    /// What a new session of this browser asks for.
    pub fn capabilities(self, start: &Start) -> Capabilities {
        let Screen { width, height, touch } = start.screen;
        if self == Browser::Firefox {
            let options = json!({
                "args": ["-headless", format!("--width={width}"), format!("--height={height}")],
                "prefs": { "intl.accept_languages": start.languages, "javascript.enabled": start.scripts },
            });
            let wanted = json!({ "browserName": "firefox", "moz:firefoxOptions": options });
            return wanted.as_object().unwrap().clone();
        }
        let names = format!("MAP *.example {}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", start.examples);
        let mut options = json!({
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
                format!("--window-size={width},{height}"), format!("--host-resolver-rules={names}"),
            ],
            "prefs": {
                "intl.accept_languages": start.languages,
                "profile.managed_default_content_settings.javascript": if start.scripts { 1 } else { 2 },
            },
        });
        if touch {
            let metrics = json!({ "width": width, "height": height, "pixelRatio": 2.0, "touch": true });
            options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        // A walk through thousands of rows takes its time on a busy machine.
        let wanted = json!({
            "timeouts": { "script": 120_000 },
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        wanted.as_object().unwrap().clone()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Says in one line what the tests need and ends them all.
pub fn missing(what: &str) -> ! {
    // Not by a macro, whose output a test's harness would keep to itself.
    let _ = writeln!(std::io::stderr(), "browser tests: {what}");
    process::exit(1)
}

/// A command that a browser's driver has beyond the standard.
#[derive(Debug)]
pub struct Vendor {
    /// The path after the session.
    pub path: &'static str,
    /// What is posted.
    pub body: Value,
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
