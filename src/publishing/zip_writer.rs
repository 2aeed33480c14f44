//! Writer of ZIP files, see the [specification](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT).
//!
//! Own code of 100 lines, shared by app and program: the platform deflates, and the crate that reads ZIP files brings
//! a compressor of its own. The bytes depend on the entries alone.

/// Limits of a ZIP file without the extension ZIP64.
const MAX_ENTRIES: usize = 65_534;
const MAX_BYTES: u64 = 0xFFFF_FFFE;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// Version 2.0: files may be deflated.
const VERSION: u16 = 20;
/// First of January 1980, the earliest date of the format.
const DATE: u16 = 0x21;

/// Error: the file exceeds the limits of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 65,534 files or 4 GB: select fewer articles")]
pub struct ZipTooLarge;

/// ZIP file under construction.
#[derive(Debug)]
pub struct ZipWriter {
    /// Bytes since the last call of [`take_bytes`](ZipWriter::take_bytes).
    bytes: Vec<u8>,
    taken: u64,
    directory: Vec<u8>,
    count: usize,
    crc_table: [u32; 256],
}

impl ZipWriter {
    /// Creates an empty file.
    pub fn new() -> ZipWriter {
        ZipWriter { bytes: Vec::new(), taken: 0, directory: Vec::new(), count: 0, crc_table: crc_table() }
    }

    /// Adds the file `content` at `path`, an ASCII path. `deflated` is used if it is shorter.
    ///
    /// # Errors
    ///
    /// The file exceeds the limits of the format.
    pub fn add(&mut self, path: &str, content: &[u8], deflated: Option<&[u8]>) -> Result<(), ZipTooLarge> {
        let deflated = deflated.filter(|deflated| deflated.len() < content.len());
        let (method, stored) = deflated.map_or((STORED, content), |deflated| (DEFLATED, deflated));
        let offset = self.taken + self.bytes.len() as u64;
        let end = offset + (content.len() + self.directory.len() + 2 * path.len() + 256) as u64;
        if self.count == MAX_ENTRIES || end > MAX_BYTES {
            return Err(ZipTooLarge);
        }
        let mut fields = Vec::new();
        push_u16(&mut fields, &[VERSION, 0, method, 0, DATE]);
        push_u32(&mut fields, &[self.crc(content), stored.len() as u32, content.len() as u32]);
        push_u16(&mut fields, &[path.len() as u16, 0]);

        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&fields);
        self.bytes.extend(path.as_bytes());
        self.bytes.extend(stored);

        self.directory.extend(b"PK\x01\x02");
        push_u16(&mut self.directory, &[VERSION]);
        self.directory.extend(fields);
        // Comment, disk, attributes.
        push_u16(&mut self.directory, &[0, 0, 0, 0, 0]);
        push_u32(&mut self.directory, &[offset as u32]);
        self.directory.extend(path.as_bytes());
        self.count += 1;
        Ok(())
    }

    /// Returns the bytes written since the last call.
    pub fn take_bytes(&mut self) -> Vec<u8> {
        self.taken += self.bytes.len() as u64;
        std::mem::take(&mut self.bytes)
    }

    /// Ends the file, and returns the bytes since the last call of [`take_bytes`](ZipWriter::take_bytes).
    pub fn finish(mut self) -> Vec<u8> {
        let offset = self.taken + self.bytes.len() as u64;
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06");
        let count = self.count as u16;
        push_u16(&mut self.bytes, &[0, 0, count, count]);
        push_u32(&mut self.bytes, &[self.directory.len() as u32, offset as u32]);
        push_u16(&mut self.bytes, &[0]);
        self.bytes
    }

    fn crc(&self, content: &[u8]) -> u32 {
        let step = |crc: u32, byte: &u8| self.crc_table[usize::from(crc as u8 ^ byte)] ^ crc >> 8;
        !content.iter().fold(!0, step)
    }
}

impl Default for ZipWriter {
    fn default() -> ZipWriter {
        ZipWriter::new()
    }
}

/// Table of CRC-32. It is computed because the constants would not compress.
fn crc_table() -> [u32; 256] {
    let shift = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    std::array::from_fn(|byte| (0..8).fold(byte as u32, shift))
}

fn push_u16(bytes: &mut Vec<u8>, numbers: &[u16]) {
    numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
}

fn push_u32(bytes: &mut Vec<u8>, numbers: &[u32]) {
    numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    #[test]
    fn written_files_are_read_back() {
        let text = "江水昨夜退了。".repeat(99).into_bytes();
        let mut packed = vec![0; text.len()];
        let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
        let length = compressor.deflate_compress(&text, &mut packed).unwrap();
        let mut zip = ZipWriter::new();
        zip.add("mimetype", b"application/epub+zip", Some(&[0; 99])).unwrap();
        let mut bytes = zip.take_bytes();
        zip.add("text/a.xhtml", &text, Some(&packed[..length])).unwrap();
        zip.add("empty", b"", None).unwrap();
        bytes.extend(zip.finish());
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut read = |path: &str| {
            let mut content = Vec::new();
            // The reader checks length and CRC.
            archive.by_name(path).unwrap().read_to_end(&mut content).unwrap();
            content
        };
        assert_eq!(read("mimetype"), b"application/epub+zip");
        assert_eq!(read("text/a.xhtml"), text);
        assert!(read("empty").is_empty());
    }

    #[test]
    fn limits_of_the_format_are_errors() {
        let mut zip = ZipWriter { taken: MAX_BYTES - 99, ..ZipWriter::new() };
        assert_eq!(zip.add("a", b"", None), Err(ZipTooLarge));
        let mut zip = ZipWriter { count: MAX_ENTRIES, ..ZipWriter::new() };
        assert_eq!(zip.add("a", b"", None), Err(ZipTooLarge));
    }
}
