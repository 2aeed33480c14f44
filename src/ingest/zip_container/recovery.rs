//! Reading of a truncated ZIP from its start.
//!
//! Each entry has a [local header](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) before its data. The
//! sizes may follow the data instead, in which case the end of the DEFLATE stream is the end of the data.

use super::{EntryContent, EntryProblem, names};
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

const LOCAL_HEADER: &[u8; 4] = b"PK\x03\x04";
const DIRECTORY_HEADER: &[u8; 4] = b"PK\x01\x02";

/// Local header of an entry.
struct LocalHeader {
    path: Option<String>,
    name: String,
    is_encrypted: bool,
    /// Sizes and checksum follow the data.
    has_descriptor: bool,
    method: u16,
    checksum: u32,
    compressed_size: u64,
}

/// Passes every file before the truncation to `visit`.
pub(super) fn for_each_entry(
    input: impl Read,
    visit: &mut dyn FnMut(&str, EntryContent<'_>) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut input = BufReader::with_capacity(64 * 1024, input);
    while seek_local_header(&mut input)? {
        let Some(header) = read_header(&mut input)? else { break };
        if header.name.ends_with(['/', '\\']) {
            continue;
        }
        if visit_entry(&header, &mut input, visit)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn visit_entry(
    header: &LocalHeader,
    input: &mut impl BufRead,
    visit: &mut dyn FnMut(&str, EntryContent<'_>) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let Some(path) = &header.path else {
        return Ok(visit(&header.name, Err(EntryProblem::Escaping)));
    };
    if header.is_encrypted {
        return Ok(visit(path, Err(EntryProblem::Encrypted)));
    }
    let checksum = (!header.has_descriptor).then_some(header.checksum);
    match (header.method, header.has_descriptor) {
        (0, true) => Ok(visit(path, Err(EntryProblem::Damaged))),
        (8, true) => Ok(visit(path, Ok(&mut Checked::new(DeflateDecoder::new(input), checksum)))),
        (0 | 8, false) => {
            let mut data = input.take(header.compressed_size);
            let flow = match header.method {
                0 => visit(path, Ok(&mut Checked::new(&mut data, checksum))),
                _ => visit(path, Ok(&mut Checked::new(DeflateDecoder::new(&mut data), checksum))),
            };
            io::copy(&mut data, &mut io::sink())?;
            Ok(flow)
        }
        _ => Ok(visit(path, Err(EntryProblem::Compression))),
    }
}

/// Moves `input` past the next signature of a local header; returns `false` at the directory or the end.
fn seek_local_header(input: &mut impl BufRead) -> io::Result<bool> {
    let mut last = [0; 4];
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        for (at, &byte) in buffer.iter().enumerate() {
            last.rotate_left(1);
            last[3] = byte;
            if &last == LOCAL_HEADER || &last == DIRECTORY_HEADER {
                input.consume(at + 1);
                return Ok(&last == LOCAL_HEADER);
            }
        }
        let length = buffer.len();
        input.consume(length);
    }
}

/// Reads a local header after its signature; `None` if the file ends within.
fn read_header(input: &mut impl Read) -> io::Result<Option<LocalHeader>> {
    let mut fixed = [0; 26];
    if !read_whole(input, &mut fixed)? {
        return Ok(None);
    }
    let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
    let long = |at: usize| u32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]]);
    let mut raw = vec![0; short(22).into()];
    let mut extra = vec![0; short(24).into()];
    if !read_whole(input, &mut raw)? || !read_whole(input, &mut extra)? {
        return Ok(None);
    }
    let name = names::decode(&raw);
    let compressed_size = match long(14) {
        u32::MAX => zip64_compressed_size(&extra).unwrap_or(0),
        size => size.into(),
    };
    Ok(Some(LocalHeader {
        path: names::clean(&name),
        name,
        is_encrypted: short(2) & 1 != 0,
        has_descriptor: short(2) & 8 != 0 && compressed_size == 0,
        method: short(4),
        checksum: long(10),
        compressed_size,
    }))
}

/// Returns the compressed size in the ZIP64 field, where it follows the original size.
fn zip64_compressed_size(mut extra: &[u8]) -> Option<u64> {
    while let [a, b, c, d, rest @ ..] = extra {
        let (id, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        let field = rest.get(..length)?;
        if id == 1 {
            return Some(u64::from_le_bytes(field.get(8..16)?.try_into().ok()?));
        }
        extra = &rest[length..];
    }
    None
}

fn read_whole(input: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    match input.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Reader that verifies a checksum at the end of the data.
struct Checked<R> {
    input: R,
    actual: Crc,
    expected: Option<u32>,
}

impl<R> Checked<R> {
    fn new(input: R, expected: Option<u32>) -> Checked<R> {
        Checked { input, actual: Crc::new(), expected }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(bytes)?;
        self.actual.update(&bytes[..length]);
        if length == 0 && !bytes.is_empty() && self.expected.is_some_and(|sum| sum != self.actual.sum()) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "checksum mismatch"));
        }
        Ok(length)
    }
}
