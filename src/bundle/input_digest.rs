//! Digest of everything that a build reads: equal digests mean equal archives.

use super::read::look;
use super::{Config, Digest, InputOptions, ReadSettings, ReadSource, walk};
use rayon::prelude::*;
use std::path::PathBuf;

/// Returns the digest of what [`load_articles`](super::load_articles) would read in `seeds` now; `None` if that is
/// unknown.
pub fn input_digest(seeds: &[PathBuf], options: InputOptions) -> Option<Digest> {
    let config = Config::from_seeds(seeds, options.links).ok()?;
    let found = walk(seeds, options.links).ok()?;
    let settings = ReadSettings::new(&config, options.format);
    let seen = found.into_par_iter().map(|found| {
        let seen = look(&found, settings).digest();
        (found.path, seen)
    });
    let seen: Vec<(String, Digest)> = seen.collect();
    Some(combined_digest(&config, options, seen.iter().map(|(path, seen)| (path.as_str(), *seen))))
}

/// Returns the digest of files that were read.
pub(super) fn digest_of_sources(config: &Config, options: InputOptions, files: &[ReadSource]) -> Digest {
    combined_digest(config, options, files.iter().map(|file| (file.path.as_str(), file.digest)))
}

fn combined_digest<'a>(
    config: &Config,
    options: InputOptions,
    files: impl Iterator<Item = (&'a str, Digest)>,
) -> Digest {
    // The `Debug` form includes default values, so a changed default changes the digest.
    let config = Digest::compute(format!("{config:?} {:?}", options.format).as_bytes());
    let files = files.map(|(path, seen)| Digest::compute_all([path.as_bytes(), seen.as_ref()]));
    Digest::compute_all([config].into_iter().chain(files))
}
