//! WebDriver BiDi, the standard's second half: commands and events over one socket.
//!
//! Nobody listens in between: events wait in the socket until they are asked for.

use serde_json::{Value, json};
use std::cell::RefCell;
use std::net::TcpStream;
use tungstenite::{Message, WebSocket};

/// A browser's socket.
pub struct Bidi(RefCell<Line>);

struct Line {
    socket: WebSocket<TcpStream>,
    /// How many commands went out.
    sent: u64,
    /// Events that came while an answer was awaited.
    events: Vec<Value>,
}

impl Bidi {
    /// Connects to the address that a new session names, and asks for the events `named`.
    pub fn connect(url: &str, named: &[&str]) -> Bidi {
        let host = url.trim_start_matches("ws://").split('/').next().unwrap_or_default();
        let stream = TcpStream::connect(host).unwrap();
        let (socket, _) = tungstenite::client(url, stream).unwrap();
        let bidi = Bidi(RefCell::new(Line { socket, sent: 0, events: Vec::new() }));
        bidi.command("session.subscribe", &json!({ "events": named }));
        bidi
    }

    /// What the browser answers to a command.
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

    /// The parameters of the events called `name` since they were last asked for.
    pub fn events(&self, name: &str) -> Vec<Value> {
        // What happened before this answer has come before it.
        self.command("session.status", &json!({}));
        let events = &mut self.0.borrow_mut().events;
        let (wanted, rest) = std::mem::take(events).into_iter().partition(|event| event["method"] == name);
        *events = rest;
        let wanted: Vec<Value> = wanted;
        wanted.into_iter().map(|event| event["params"].clone()).collect()
    }
}
