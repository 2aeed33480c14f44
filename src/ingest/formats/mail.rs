//! Messages: pages saved as MHTML, mails, and mailboxes with many of them.

use super::{Item, page};
use crate::ingest::diagnostics::{Diagnostics, IngestError};
use crate::ingest::drafts::Draft;
use crate::ingest::markdown::push_escaped;
use crate::ingest::resources::PicturePart;
use crate::ingest::{char_cleanup, dates};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use std::io::BufRead;

/// Recognises the header lines of a message.
pub(super) fn detect(text: &str) -> bool {
    let mut names = 0;
    for line in text.lines().take(100) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return false;
        }
        let known =
            ["from", "subject", "date", "mime-version", "content-type", "message-id", "received", "to"];
        names += usize::from(known.contains(&name.to_ascii_lowercase().as_str()));
    }
    names >= 3
}

/// Recognises the line before the first message of a mailbox.
pub(super) fn detect_mailbox(text: &str) -> bool {
    text.strip_prefix("From ")
        .and_then(|rest| rest.split_once('\n'))
        .is_some_and(|(_, message)| detect(message))
}

/// Reads one message.
pub(super) fn read<'a>(text: &'a str, found: &mut Diagnostics) -> Draft<'a> {
    message_draft(text.as_bytes(), found)
}

/// Reads the messages of a mailbox. Each begins with a line `From …` after an empty line.
pub(super) fn read_mailbox(input: &mut dyn BufRead, take: &mut dyn FnMut(Item)) -> Result<(), IngestError> {
    let (mut message, mut line) = (Vec::new(), Vec::new());
    let mut number = 0;
    let mut is_after_blank = true;
    let mut finish = |message: &mut Vec<u8>| {
        if message.iter().any(|byte| !byte.is_ascii_whitespace()) {
            number += 1;
            let draft = message_draft(message, &mut Diagnostics::default());
            take(Item { name: number.to_string(), draft: Ok(draft) });
        }
        message.clear();
    };
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line).map_err(|_| IngestError::Damaged)? == 0 {
            finish(&mut message);
            return Ok(());
        }
        if is_after_blank && line.starts_with(b"From ") {
            finish(&mut message);
        } else {
            // `>From` stands for a line that begins with `From`.
            let quoted = line.iter().take_while(|&&byte| byte == b'>').count();
            let skipped = usize::from(quoted > 0 && line[quoted..].starts_with(b"From "));
            message.extend_from_slice(&line[skipped..]);
        }
        is_after_blank = line.iter().all(u8::is_ascii_whitespace);
    }
}

fn message_draft(bytes: &[u8], found: &mut Diagnostics) -> Draft<'static> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Draft {
            body: escaped(&String::from_utf8_lossy(bytes)).into(),
            body_line: 1,
            ..Draft::default()
        };
    };
    let html = message.html_bodies().next().and_then(|part| part.text_contents());
    let is_html = message.html_bodies().next().is_some_and(mail_parser::MessagePart::is_text_html);
    let address = page_address(&message);
    let time = message.date().and_then(|date| dates::plausible(date.to_timestamp()));
    let subject = char_cleanup::clean_line(message.subject().unwrap_or_default(), |_| {});
    let mut draft = match html {
        // A saved page has its text among menus; a mail is text from beginning to end.
        Some(html) if is_html && address.is_some() => {
            let page = page::read(html, found);
            Draft { saved: time.or(page.saved), ..page }
        }
        Some(html) if is_html => Draft { time, body: html.to_owned().into(), ..Draft::default() },
        text => {
            let text = text.map(str::to_owned).or_else(|| message.body_text(0).map(|text| text.into_owned()));
            Draft { time, body: escaped(&text.unwrap_or_default()).into(), ..Draft::default() }
        }
    };
    if draft.title.is_empty() {
        draft.title = subject;
    }
    if address.is_some() {
        draft.set_address(address.as_deref());
    } else {
        let from = message.from().and_then(|from| from.first());
        let name = from.and_then(|from| from.name().or(from.address()));
        draft.authors.extend(name.map(str::to_owned));
        draft.key = message.message_id().map(|id| format!("mail:{id}"));
    }
    draft.parts = picture_parts(&message);
    draft.body_line = 1;
    draft
}

/// Returns the pictures of a message that its text may refer to.
fn picture_parts(message: &Message<'_>) -> Vec<PicturePart> {
    let mut parts = Vec::new();
    for part in &message.parts {
        let is_image = part.content_type().is_some_and(|kind| {
            let kind = [Some(kind.ctype()), kind.subtype()].map(|name| name.unwrap_or_default());
            kind[0].eq_ignore_ascii_case("image") || kind[1].eq_ignore_ascii_case("octet-stream")
        });
        let (PartType::Binary(bytes) | PartType::InlineBinary(bytes)) = &part.body else { continue };
        let id = part.content_id().map(|id| format!("cid:{}", id.trim_matches(['<', '>'])));
        let location = part.content_location().map(|location| location.trim().to_owned());
        let references: Vec<String> = id.into_iter().chain(location).collect();
        if is_image && !references.is_empty() {
            parts.push(PicturePart { references, bytes: bytes.to_vec() });
        }
    }
    parts
}

/// Returns the address of a saved page: a header of the browser, or the location of the first part.
fn page_address(message: &Message<'_>) -> Option<String> {
    let header = message.header_raw("Snapshot-Content-Location").map(str::to_owned);
    let part = || message.html_bodies().next()?.content_location().map(str::to_owned);
    header
        .or_else(part)
        .map(|address| address.trim().to_owned())
        .filter(|address| address.starts_with("http"))
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    for paragraph in text.replace("\r\n", "\n").split("\n\n").filter(|text| !text.trim().is_empty()) {
        html.push_str("<p>");
        push_escaped(&mut html, paragraph.trim());
        html.push_str("</p>\n");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    const MHTML: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/tide/7\r\nSubject: =?utf-8?Q?=E6=B1=9F=E6=B0=B4?=\r\nDate: Sat, 28 Nov 2026 01:12:31 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----b\"\r\n\r\n\r\n------b\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://news.example/tide/7\r\n\r\n<!DOCTYPE html><html><head><meta charset=3D\"UTF-8\"></head><body><p>=E6=B1=9F=E6=B0=B4=E9=80=80=E4=BA=86</p></body></html>\r\n------b--\r\n";

    #[test]
    fn page_saved_as_mhtml_is_read() {
        assert!(detect(MHTML));
        let read = read(MHTML, &mut Diagnostics::default());
        assert_eq!(
            (read.title.as_str(), read.url.as_ref().map(|url| url.as_str())),
            ("江水", Some("https://news.example/tide/7"))
        );
        assert_eq!(read.saved.unwrap().to_string(), "2026-11-28T01:12:31Z");
        assert!(read.body.contains("江水退了"), "{}", read.body);
    }

    #[test]
    fn mails_of_a_mailbox_are_read() {
        let mail = |number: usize| {
            format!(
                "From a@b.example Sat Nov 28 01:12:31 2026\nFrom: Lin <a@b.example>\nSubject: {number}\nDate: Sat, 28 Nov 2026 01:12:31 +0000\nMessage-ID: <{number}@b.example>\n\nThe river.\n\n>From here on\n\n"
            )
        };
        let mailbox = format!("{}{}", mail(1), mail(2));
        assert!(detect_mailbox(&mailbox));
        let mut drafts = Vec::new();
        read_mailbox(&mut mailbox.as_bytes(), &mut |item| drafts.push(item.draft.unwrap())).unwrap();
        assert_eq!(drafts.len(), 2);
        assert_eq!((drafts[1].title.as_str(), drafts[1].authors.join(",")), ("2", "Lin".into()));
        assert_eq!(drafts[0].body.trim_end(), "<p>The river.</p>\n<p>From here on</p>");
    }

    #[test]
    fn truncated_and_deeply_nested_messages_end() {
        let cut = &MHTML[..MHTML.len() - 60];
        assert!(!read(cut, &mut Diagnostics::default()).title.is_empty());
        let nested: String = (0..200).map(|depth| format!("Subject: x\nFrom: a\nContent-Type: multipart/mixed; boundary=\"b{depth}\"\n\n--b{depth}\n")).collect();
        assert_eq!(read(&nested, &mut Diagnostics::default()).title, "x");
    }

    #[test]
    fn other_texts_are_no_messages() {
        for text in ["江水：退了", "Title: x\n\ntext", "From here: a\nto there: b\n"] {
            assert!(!detect(text), "{text}");
        }
    }
}
