//! A tab of a real browser, and what a person does in it.
//!
//! Every call waits for the browser's answer. What takes time in the page is awaited by looking until it is
//! there, never by a pause of a chosen length.

use crate::bidi::Bidi;
use crate::driver::{Browser, Driver, Screen, Start, Vendor};
use fantoccini::actions::{
    Actions, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction, TouchActions,
};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::future::Future;
use std::time::{Duration, Instant};
use std::{fs, thread};
use tokio::runtime::{Builder, Runtime};

/// What has not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(15);
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// A tab. Its browser ends with it.
pub struct Tab {
    runtime: Runtime,
    client: Option<Client>,
    pub(crate) browser: Browser,
    /// The socket of a browser that has one.
    pub(crate) bidi: Option<Bidi>,
    screen: Screen,
    /// The tabs that were opened, first to last: browsers name them in any order.
    opened: RefCell<Vec<WindowHandle>>,
    _driver: Driver,
}

impl Tab {
    /// A new browser with one empty tab.
    pub fn new(browser: Browser, start: &Start) -> Tab {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let driver = browser.driver();
        let connecting = async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(browser.capabilities(start)).connect(&driver.url).await
        };
        let client = runtime.block_on(connecting).unwrap_or_else(|error| panic!("no browser: {error}"));
        let socket =
            client.capabilities().and_then(|got| got.get("webSocketUrl")?.as_str().map(str::to_owned));
        let bidi = socket.map(|url| Bidi::connect(&url, &["log.entryAdded", "network.beforeRequestSent"]));
        let first = runtime.block_on(client.window()).unwrap_or_else(|error| panic!("no tab: {error}"));
        let tab = Tab {
            runtime,
            client: Some(client),
            browser,
            bidi,
            screen: start.screen,
            opened: RefCell::new(vec![first]),
            _driver: driver,
        };
        tab.fit();
        tab
    }

    /// Gives the page the size of the window that was asked for, where a window's own frame takes part of it.
    fn fit(&self) {
        let Screen { width, height, touch } = self.screen;
        self.set_viewport(width, height, if touch { 2.0 } else { 1.0 });
    }

    pub(crate) fn run<T, E: std::fmt::Display, F: Future<Output = Result<T, E>>>(
        &self,
        what: &str,
        act: impl FnOnce(Client) -> F,
    ) -> T {
        let client = self.client.clone().unwrap();
        self.runtime.block_on(act(client)).unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    // --- going somewhere ---

    /// Opens an address.
    pub fn goto(&self, url: &str) {
        self.run(url, |client| async move { client.goto(url).await });
    }

    /// The browser's own back button.
    pub fn back(&self) {
        self.run("back", |client| async move { client.back().await });
    }

    /// The browser's own forward button.
    pub fn forward(&self) {
        self.run("forward", |client| async move { client.forward().await });
    }

    /// The whole address.
    pub fn url(&self) -> String {
        self.js("return location.href").as_str().unwrap().to_owned()
    }

    /// The part of the address after `#`, with percent signs read.
    pub fn hash(&self) -> String {
        self.js("return decodeURIComponent(location.hash)").as_str().unwrap().to_owned()
    }

    /// Goes on in a new tab of the same browser.
    pub fn new_tab(&self) {
        let window = self.run("a new tab", |client| async move { client.new_window(true).await }).handle;
        self.opened.borrow_mut().push(window);
        self.switch_tab(self.opened.borrow().len() - 1);
        self.fit();
    }

    /// Goes on in the tab that was opened as number `at`, from 0.
    pub fn switch_tab(&self, at: usize) {
        let window = self.opened.borrow()[at].clone();
        self.run("another tab", |client| async move { client.switch_to_window(window).await });
    }

    /// How many tabs there are.
    pub fn tabs(&self) -> usize {
        self.run("tabs", |client| async move { client.windows().await }).len()
    }

    // --- looking ---

    /// The page's markup as the browser has it.
    pub fn source(&self) -> String {
        self.run("the source", |client| async move { client.source().await })
    }

    /// What the body of a JavaScript function returns.
    pub fn js(&self, script: &str) -> Value {
        self.run(script, |client| async move { client.execute(script, Vec::new()).await })
    }

    /// The same for a function that hands its result to `done`.
    pub fn js_async(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        let script = &script;
        self.run(script, |client| async move { client.execute_async(script, Vec::new()).await })
    }

    /// The number that a script returns.
    pub fn number(&self, script: &str) -> f64 {
        self.js(script).as_f64().unwrap_or_else(|| panic!("no number: {script}"))
    }

    /// Waits until a script returns something true, and hands that back.
    pub fn until(&self, what: &str, script: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let value = self.js(script);
            if !matches!(value, Value::Null | Value::Bool(false)) && value != json!("") && value != json!(0) {
                return value;
            }
            assert!(Instant::now() < deadline, "it did not happen: {what}\n  {script}");
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Waits until `look` gives what is `wanted`.
    pub fn settles<T: PartialEq + std::fmt::Debug>(&self, look: impl Fn() -> T, wanted: T) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let seen = look();
            if seen == wanted {
                return;
            }
            assert!(Instant::now() < deadline, "seen {seen:?}\nwanted {wanted:?}");
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Waits until `look` gives twice the same, with something between.
    pub fn rests<T: PartialEq>(&self, look: impl Fn() -> T) -> T {
        let mut last = look();
        loop {
            self.js_async("setTimeout(() => requestAnimationFrame(() => done(0)), 60)");
            let now = look();
            if now == last {
                return now;
            }
            last = now;
        }
    }

    /// Waits until an element is on the page.
    pub fn see(&self, selector: &str) {
        self.until(
            &format!("{selector} is there"),
            &format!("return !!document.querySelector({})", json!(selector)),
        );
    }

    /// Waits until no such element is on the page.
    pub fn gone(&self, selector: &str) {
        self.until(
            &format!("{selector} is gone"),
            &format!("return !document.querySelector({})", json!(selector)),
        );
    }

    /// Whether an element is on the page now.
    pub fn has(&self, selector: &str) -> bool {
        self.count(selector) > 0
    }

    /// How many such elements are on the page now.
    pub fn count(&self, selector: &str) -> usize {
        self.number(&format!("return document.querySelectorAll({}).length", json!(selector))) as usize
    }

    /// The text of the first such element, as it is shown.
    pub fn text(&self, selector: &str) -> String {
        self.see(selector);
        let text = self.js(&format!("return document.querySelector({}).innerText", json!(selector)));
        text.as_str().unwrap().trim().to_owned()
    }

    /// The texts of all such elements.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll({})].map(e => e.innerText.trim())",
            json!(selector)
        );
        serde_json::from_value(self.js(&script)).unwrap()
    }

    /// Waits until the text of the first such element contains `part`.
    pub fn shows(&self, selector: &str, part: &str) {
        let script = format!(
            "const e = document.querySelector({}); return !!e && e.innerText.includes({})",
            json!(selector),
            json!(part)
        );
        self.until(&format!("{selector} shows “{part}”"), &script);
    }

    /// An attribute of the first such element.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.see(selector);
        let script =
            format!("return document.querySelector({}).getAttribute({})", json!(selector), json!(name));
        self.js(&script).as_str().map(str::to_owned)
    }

    /// What a screen reader would call the element that has the focus.
    pub fn focused(&self) -> String {
        let script = "const e = document.activeElement; return e.getAttribute('aria-label') || e.innerText || e.className || e.tagName";
        self.js(script).as_str().unwrap_or_default().trim().to_owned()
    }

    // --- acting ---

    /// Clicks the first such element, once it is there.
    pub fn click(&self, selector: &str) {
        self.see(selector);
        self.run(selector, |client| async move { client.find(Locator::Css(selector)).await?.click().await });
    }

    /// Clicks the first element that `selector` finds whose text contains `text`, looking again where it
    /// is drawn anew or still moves meanwhile.
    pub fn click_text(&self, selector: &str, text: &str) {
        let mark = format!(
            "const e = [...document.querySelectorAll({})].find(e => e.innerText.includes({}));
             document.querySelectorAll('[data-test]').forEach(e => e.removeAttribute('data-test'));
             e?.setAttribute('data-test', ''); return !!e",
            json!(selector),
            json!(text)
        );
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.until(&format!("{selector} with “{text}”"), &mark);
            let clicked = self.run("click", |client| async move {
                let clicked = async { client.find(Locator::Css("[data-test]")).await?.click().await }.await;
                Ok::<_, CmdError>(clicked)
            });
            match clicked {
                Err(error)
                    if error.is_no_such_element()
                        || error.is_stale_element_reference()
                        || is_covered(&error) => {}
                clicked => return clicked.unwrap_or_else(|error| panic!("{selector}: {error}")),
            }
            assert!(Instant::now() < deadline, "{selector} with “{text}” never stands still in the open");
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Presses a key, or keys held together, in a person's words: `j`, `Enter`, `Shift+ArrowRight`.
    pub fn press(&self, keys: &str) {
        let keys: Vec<char> = if keys == "+" { vec!['+'] } else { keys.split('+').map(key).collect() };
        let mut actions = KeyActions::new("keyboard".to_owned());
        for &value in &keys {
            actions = actions.then(KeyAction::Down { value });
        }
        for &value in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value });
        }
        self.run("press", |client| async move { client.perform_actions(actions).await });
    }

    /// Types letters into what has the focus.
    pub fn write(&self, text: &str) {
        for value in text.chars() {
            let actions = KeyActions::new("keyboard".to_owned())
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
            self.run("write", |client| async move { client.perform_actions(actions).await });
        }
    }

    /// Presses the mouse at one place of the window, moves it to another and lets go.
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let actions = MouseActions::new("mouse".to_owned())
            .then(at(from))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(at(middle))
            .then(at(to))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.run("drag", |client| async move { client.perform_actions(actions).await });
    }

    /// Puts fingers on the window, takes each along its places in as many steps, and lifts them.
    pub fn fingers(&self, paths: &[&[(f64, f64)]]) {
        let mut actions = Actions::default();
        for (finger, path) in paths.iter().enumerate() {
            let mut touch = TouchActions::new(format!("finger {finger}"));
            for (step, &place) in path.iter().enumerate() {
                touch = touch.then(at(place));
                if step == 0 {
                    touch = touch.then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
                }
            }
            actions = actions.and(touch.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT }));
        }
        self.run("fingers", |client| async move { client.perform_actions(actions).await });
    }

    /// Taps one place of the window twice, without waiting for anything in between.
    pub fn tap_twice(&self, place: (f64, f64)) {
        let button = MOUSE_BUTTON_LEFT;
        let taps = (0..2).fold(TouchActions::new("finger 0".to_owned()).then(at(place)), |taps, _| {
            taps.then(PointerAction::Down { button }).then(PointerAction::Up { button })
        });
        self.run("two taps", |client| async move { client.perform_actions(taps).await });
    }

    /// Puts a finger down at one place of the window, moves it to another and lifts it.
    pub fn sweep(&self, from: (f64, f64), to: (f64, f64)) {
        let place = |step: u32| {
            let part = f64::from(step) / 8.0;
            (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
        };
        let path: Vec<(f64, f64)> = (0..=8).map(place).collect();
        self.fingers(&[&path]);
    }

    /// The elements that `selector` finds and a person can see: the role and the name of each, as a screen
    /// reader is told them.
    pub fn spoken(&self, selector: &str) -> Vec<(String, String)> {
        self.undisturbed(selector, async |client| {
            let mut spoken = Vec::new();
            for element in client.find_all(Locator::Css(selector)).await? {
                if element.is_displayed().await? {
                    spoken.push(speak(&client, &element).await?);
                }
            }
            Ok(spoken)
        })
    }

    /// The role and the name of the element that has the focus, whether or not the window has it.
    pub fn spoken_in_focus(&self) -> (String, String) {
        self.undisturbed("the focus", async |client| speak(&client, &client.active_element().await?).await)
    }

    /// Looks at elements, and again if something is drawn anew meanwhile.
    fn undisturbed<T>(&self, what: &str, look: impl AsyncFn(Client) -> Result<T, CmdError>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.run(what, |client| async { Ok::<_, CmdError>(look(client).await) }) {
                Err(error) if error.is_stale_element_reference() && Instant::now() < deadline => {}
                seen => return seen.unwrap_or_else(|error| panic!("{what}: {error}")),
            }
        }
    }
}

/// The role and the name of an element, as a screen reader is told them.
async fn speak(client: &Client, element: &Element) -> Result<(String, String), CmdError> {
    let path = |what| format!("element/{}/{what}", element.element_id().as_ref());
    let role = client.issue_cmd(Vendor::get(path("computedrole"))).await?;
    let name = client.issue_cmd(Vendor::get(path("computedlabel"))).await?;
    let text = |value: Value| value.as_str().unwrap_or_default().trim().to_owned();
    Ok((text(role), text(name)))
}

/// A pointer's way to a place of the window, at once.
pub(crate) fn at((x, y): (f64, f64)) -> PointerAction {
    PointerAction::MoveTo { duration: Some(Duration::ZERO), x, y }
}

fn key(name: &str) -> char {
    match name {
        "Enter" => Key::Enter.into(),
        "Escape" => Key::Escape.into(),
        "Tab" => Key::Tab.into(),
        "Shift" => Key::Shift.into(),
        "Home" => Key::Home.into(),
        "End" => Key::End.into(),
        "Backspace" => Key::Backspace.into(),
        "PageDown" => Key::PageDown.into(),
        "ArrowLeft" => Key::Left.into(),
        "ArrowRight" => Key::Right.into(),
        "ArrowUp" => Key::Up.into(),
        "ArrowDown" => Key::Down.into(),
        letter => letter.chars().next().unwrap(),
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
        let failed = thread::panicking();
        let closing = async {
            if failed && let Ok(picture) = client.screenshot().await {
                let name = thread::current().name().unwrap_or("test").replace("::", "-");
                let path = format!("{}/{name}.png", env!("CARGO_TARGET_TMPDIR"));
                if fs::write(&path, picture).is_ok() {
                    eprintln!("what the window showed: {path}");
                }
            }
            client.close().await
        };
        // A browser that no longer answers ends with its driver.
        let limited = async { tokio::time::timeout(Duration::from_secs(10), closing).await };
        let _ = self.runtime.block_on(limited);
    }
}

/// Whether something else would have got a click.
fn is_covered(error: &CmdError) -> bool {
    matches!(error, CmdError::Standard(error) if error.error == ErrorStatus::ElementClickIntercepted)
}
