//! WebDriver BiDi: commands and events over one socket.
//!
//! There is no reader thread: events stay in the socket until they are read.

use serde_json::{Value, json};
use std::cell::RefCell;
use std::net::TcpStream;
use tungstenite::{Message, WebSocket};

/// BiDi connection of a browser.
pub struct Bidi(RefCell<Line>);

struct Line {
    socket: WebSocket<TcpStream>,
    /// Number of commands sent.
    sent: u64,
    /// Events received while waiting for a reply.
    events: Vec<Value>,
}

impl Bidi {
    /// Connects to the URL of a new session and subscribes to the events `named`.
    pub fn connect(url: &str, named: &[&str]) -> Bidi {
        let host = url.trim_start_matches("ws://").split('/').next().unwrap_or_default();
        let stream = TcpStream::connect(host).unwrap();
        let (socket, _) = tungstenite::client(url, stream).unwrap();
        let bidi = Bidi(RefCell::new(Line { socket, sent: 0, events: Vec::new() }));
        bidi.command("session.subscribe", &json!({ "events": named }));
        bidi
    }

    /// Sends a command and returns the reply.
    pub fn command(&self, method: &str, params: &Value) -> Value {
        let line = &mut *self.0.borrow_mut();
        line.sent += 1;
        let asked = json!({ "id": line.sent, "method": method, "params": params });
        line.socket.send(Message::text(asked.to_string())).unwrap();
        loop {
            let Message::Text(text) = line.socket.read().unwrap() else { continue };
            let said: Value = serde_json::from_str(&text).unwrap();
            if said["type"] == "event" {
                line.events.push(said);
            } else if said["id"] == line.sent {
                assert_eq!(said["type"], "success", "{method}: {said}");
                return said["result"].clone();
            }
        }
    }

    /// Returns the parameters of the events called `name` since the last call.
    pub fn events(&self, name: &str) -> Vec<Value> {
        // Earlier events precede this reply in the socket.
        self.command("session.status", &json!({}));
        let events = &mut self.0.borrow_mut().events;
        let (wanted, rest) = std::mem::take(events).into_iter().partition(|event| event["method"] == name);
        *events = rest;
        let wanted: Vec<Value> = wanted;
        wanted.into_iter().map(|event| event["params"].clone()).collect()
    }
}
