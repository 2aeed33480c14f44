//! Browser features beyond the WebDriver standard, per engine.

use crate::driver::{Browser, Feature, Vendor};
use crate::tab::{Tab, at};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, PointerAction, TouchActions};
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::thread;

/// Notes that the current test skips a part.
pub fn skip(reason: &str) {
    let test = thread::current().name().unwrap_or("a test").to_owned();
    // Not `eprintln!`, whose output the test harness captures.
    let line = format!("{test} {reason}\n");
    let _ = write!(std::io::stderr(), "skipped: {line}");
    // The Makefile lists them at the end of a run. One write per line, since tests run in parallel.
    let list = Path::new(env!("CARGO_TARGET_TMPDIR")).join("skipped-tests.txt");
    let list = OpenOptions::new().create(true).append(true).open(list);
    list.and_then(|mut list| list.write_all(line.as_bytes())).expect("the list of skipped tests");
}

impl Tab {
    /// Returns true if the browser has a feature; else prints the reason, and the test skips that part.
    pub fn can(&self, feature: Feature) -> bool {
        let Some(reason) = self.browser.lacks(feature) else { return true };
        skip(&format!("in {}: {reason}", self.browser.name()));
        false
    }

    /// Sends a Chrome DevTools command.
    pub fn cdp(&self, command: &str, params: Value) -> Value {
        self.vendor("goog/cdp/execute", json!({ "cmd": command, "params": params }))
    }

    /// Reloads the page as the browser's button does.
    pub fn reload(&self) {
        let Some(bidi) = &self.bidi else {
            return self.run("reload", |client| async move { client.refresh().await });
        };
        // A reload by the driver bypasses the service worker.
        bidi.command("browsingContext.reload", &json!({ "context": self.context(), "wait": "complete" }));
    }

    /// Returns the BiDi context of the current tab.
    fn context(&self) -> String {
        self.run("the tab", |client| async move { client.window().await }).into()
    }

    /// Runs a script at the start of every later page, before its own scripts.
    pub fn at_start(&self, script: &str) {
        match &self.bidi {
            Some(bidi) => {
                let function = format!("() => {{ {script} }}");
                bidi.command("script.addPreloadScript", &json!({ "functionDeclaration": function }));
            }
            None => {
                self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
            }
        }
    }

    /// Returns the browser's errors since the last call.
    pub fn errors(&self) -> Vec<String> {
        let (entries, level, severe, text) = match &self.bidi {
            Some(bidi) => (bidi.events("log.entryAdded"), "level", "error", "text"),
            None => (self.log("browser"), "level", "SEVERE", "message"),
        };
        let severe = entries.iter().filter(|entry| entry[level] == severe);
        severe.map(|entry| entry[text].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Returns the requested URLs since the last call, without `data:`.
    pub fn traffic(&self) -> Vec<String> {
        let asked: Vec<Value> = match &self.bidi {
            Some(bidi) => bidi.events("network.beforeRequestSent"),
            None => {
                let entries = self.log("performance");
                let texts = entries.iter().filter_map(|entry| entry["message"].as_str());
                let messages = texts.filter_map(|text| serde_json::from_str::<Value>(text).ok());
                let messages = messages.map(|message| message["message"].clone());
                let sent = messages.filter(|message| message["method"] == "Network.requestWillBeSent");
                sent.map(|message| message["params"].clone()).collect()
            }
        };
        let urls = asked.iter().filter_map(|asked| Some(asked["request"]["url"].as_str()?.to_owned()));
        urls.filter(|url| !url.starts_with("data:")).collect()
    }

    /// Resizes the window.
    pub fn resize(&self, width: u32, height: u32) {
        if self.bidi.is_some() {
            self.set_viewport(width, height, 1.0);
        } else if self.browser == Browser::WebKit {
            self.set_window(width, height);
        } else {
            let metrics =
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.cdp("Emulation.setDeviceMetricsOverride", metrics);
        }
        self.until("the window has its size", &format!("return innerWidth === {width}"));
    }

    /// Sets the viewport in CSS pixels and the device pixel ratio of the current tab.
    pub(crate) fn set_viewport(&self, width: u32, height: u32, ratio: f64) {
        if self.browser == Browser::WebKit {
            self.set_window(width, height);
        }
        let Some(bidi) = &self.bidi else { return };
        let viewport = json!({ "width": width, "height": height });
        let params = json!({ "context": self.context(), "viewport": viewport, "devicePixelRatio": ratio });
        bidi.command("browsingContext.setViewport", &params);
    }

    /// Sets the page size as closely as the window allows.
    fn set_window(&self, width: u32, height: u32) {
        // Size of the window's own bars.
        let frame = self.js("return [outerWidth - innerWidth, outerHeight - innerHeight]");
        let more =
            |at: usize| frame[at].as_u64().and_then(|more| u32::try_from(more).ok()).unwrap_or_default();
        let (width, height) = (width + more(0), height + more(1));
        self.run("the window", |client| async move { client.set_window_size(width, height).await });
    }

    /// Sets the preferred colour scheme, `dark` or `light`.
    pub fn prefer_scheme(&self, scheme: &str) {
        match self.browser {
            Browser::Firefox => self.privileged(&format!(
                "gBrowser.selectedBrowser.browsingContext.prefersColorSchemeOverride = '{scheme}'"
            )),
            _ => {
                self.prefer("prefers-color-scheme", scheme);
            }
        }
    }

    /// Sets another media feature; an empty value resets it.
    pub fn prefer(&self, feature: &str, value: &str) {
        if self.browser == Browser::Firefox {
            // High contrast corresponds to a system theme whose colours pages need not use.
            self.privileged(&format!(
                "const is = feature => feature === '{feature}';
                 const tab = gBrowser.selectedBrowser.browsingContext;
                 tab.prefersReducedMotionOverride = is('prefers-reduced-motion') ? '{value}' : 'none';
                 tab.forcedColorsOverride = is('forced-colors') ? '{value}' : 'none';
                 Services.prefs.setIntPref('browser.display.document_color_use', 1);
                 Services.prefs.setIntPref('ui.useAccessibilityTheme', +is('prefers-contrast'));"
            ));
        } else {
            let features = json!([{ "name": feature, "value": value }]);
            self.cdp("Emulation.setEmulatedMedia", json!({ "features": features }));
        }
        let preferred = json!(format!("({feature}: {value})"));
        self.until(feature, &format!("return matchMedia({preferred}).matches"));
    }

    /// Switches print rendering on or off.
    pub fn as_printed(&self, printed: bool) {
        let medium = if printed { "print" } else { "" };
        match self.browser {
            Browser::Firefox => self
                .privileged(&format!("gBrowser.selectedBrowser.browsingContext.mediumOverride = '{medium}'")),
            _ => {
                self.cdp("Emulation.setEmulatedMedia", json!({ "media": medium }));
            }
        }
    }

    /// Holds a finger down until `selector` appears.
    pub fn hold(&self, place: (f64, f64), selector: &str) {
        if self.browser == Browser::Chromium {
            // The driver reports the end of a long touch as a tap.
            let points = json!([{ "x": place.0, "y": place.1 }]);
            self.cdp("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": points }));
            self.see(selector);
            self.cdp("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
            return;
        }
        let finger = || TouchActions::new("finger 0".to_owned());
        let down = finger().then(at(place)).then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
        self.run("hold", |client| async move { client.perform_actions(down).await });
        self.see(selector);
        let up = finger().then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.run("let go", |client| async move { client.perform_actions(up).await });
    }

    /// Runs a privileged script in Firefox.
    fn privileged(&self, script: &str) {
        self.vendor("moz/context", json!({ "context": "chrome" }));
        self.js(script);
        self.vendor("moz/context", json!({ "context": "content" }));
    }

    /// Returns Chromium's log since the last call: `browser` for page messages, `performance` for the
    /// network.
    fn log(&self, kind: &str) -> Vec<Value> {
        self.vendor("se/log", json!({ "type": kind })).as_array().cloned().unwrap_or_default()
    }

    fn vendor(&self, path: &'static str, body: Value) -> Value {
        self.run(path, |client| async move { client.issue_cmd(Vendor::post(path, body)).await })
    }
}
