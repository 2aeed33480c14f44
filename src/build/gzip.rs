//! Compression: the same bytes at every time and on every machine.

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::io::{self, Read, Write};

/// `bytes` compressed; the header names neither file nor time.
pub(super) fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// `bytes` as they are, or decompressed when they begin as gzip does: some hosts, and people who copy
/// an archive about, decode it on the way.
pub(super) fn plain(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(bytes);
    }
    let mut plain = Vec::with_capacity(bytes.len() * 3);
    GzDecoder::new(bytes.as_slice()).read_to_end(&mut plain)?;
    Ok(plain)
}
