use super::*;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zip(write: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    write(&mut zip);
    zip.finish().unwrap().into_inner()
}

fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) {
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
}

/// Returns `path: content` of each entry, or `path: problem`.
fn entries(bytes: &[u8]) -> (Vec<String>, Completeness) {
    let mut entries = Vec::new();
    let completeness = for_each_entry(Cursor::new(bytes), &mut |path, content| {
        let mut text = String::new();
        entries.push(match content.map(|content| content.read_to_string(&mut text)) {
            Ok(Ok(_)) => format!("{path}: {text}"),
            Ok(Err(error)) => format!("{path}: {}", error.kind()),
            Err(problem) => format!("{path}: {problem:?}"),
        });
        ControlFlow::Continue(())
    });
    (entries, completeness.unwrap())
}

fn sample() -> Vec<u8> {
    zip(|zip| {
        zip.add_directory("a", SimpleFileOptions::default()).unwrap();
        add(zip, "a/1.html", &"江水".repeat(100));
        add(zip, "a/2.html", "二");
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file("a/3.html", stored).unwrap();
        zip.write_all("三".as_bytes()).unwrap();
    })
}

#[test]
fn entries_are_read_in_order() {
    let first = format!("a/1.html: {}", "江水".repeat(100));
    assert_eq!(
        entries(&sample()),
        (vec![first, "a/2.html: 二".into(), "a/3.html: 三".into()], Completeness::Whole)
    );
}

#[test]
fn truncated_zip_gives_whole_entries() {
    let bytes = sample();
    let whole = entries(&bytes).0;
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    assert_eq!(entries(&bytes[..directory]), (whole.clone(), Completeness::Truncated));
    assert_eq!(entries(&bytes[..bytes.len() - 3]).0, whole);
    let (cut, _) = entries(&bytes[..directory - 1]);
    assert_eq!(cut[..2], whole[..2]);
    assert_ne!(cut[2], whole[2]);
    for length in 0..bytes.len() {
        let (some, _) = entries(&bytes[..length]);
        assert!(some.len() <= whole.len());
    }
}

#[test]
fn truncated_zip_with_sizes_after_the_data_gives_whole_entries() {
    let mut output = Vec::new();
    {
        let mut zip = ZipWriter::new_stream(&mut output);
        for (name, text) in [("1.html", "江水昨夜退了。"), ("2.html", "二")] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
    }
    let directory = output.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let expected = vec!["1.html: 江水昨夜退了。".to_owned(), "2.html: 二".to_owned()];
    assert_eq!(entries(&output[..directory]), (expected, Completeness::Truncated));
}

#[test]
fn escaping_names_links_and_encryption_are_reported() {
    let bytes = zip(|zip| {
        add(zip, "../../etc/1.html", "一");
        zip.add_symlink("link.html", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        add(zip, "2.html", "二");
    });
    assert_eq!(entries(&bytes).0, ["../../etc/1.html: Escaping", "link.html: Link", "2.html: 二"]);
    let mut bytes = zip(|zip| add(zip, "1.html", "一"));
    // Bit 0 of the flags, in the local header and in the directory.
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[directory + 8] |= 1;
    assert_eq!(entries(&bytes).0, ["1.html: Encrypted"]);
    assert_eq!(entries(&bytes[..directory]).0, ["1.html: Encrypted"]);
}

#[test]
fn damaged_content_is_an_error() {
    let mut bytes = zip(|zip| {
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file("1.html", stored).unwrap();
        zip.write_all(b"river").unwrap();
        add(zip, "2.html", "two");
    });
    let at = bytes.windows(5).position(|five| five == b"river").unwrap();
    bytes[at] = b'R';
    let (read, _) = entries(&bytes);
    assert!(!read[0].contains("River"), "{read:?}");
    assert_eq!(read[1], "2.html: two");
}
