//! Budget of files: packs and shards grow in steps until the files of the site keep within it.
//!
//! Four steps double the size. A step lasts until the archive has grown by about a fifth, so a day's articles rename few
//! files, and files are at most a fifth larger than the budget demands.

use super::WriteError;

/// Number of files that common free hosts accept.
pub const DEFAULT_MAX_FILES: usize = 20_000;
/// Number of steps that double a size.
const STEPS_PER_DOUBLING: u32 = 4;
/// Sizes within a doubling, in thousandths: powers of the fourth root of two.
const THOUSANDTHS: [usize; STEPS_PER_DOUBLING as usize] = [1_000, 1_189, 1_414, 1_682];
/// Largest step of a budget that was asked for: packs of 3 MB, shards of 4 MB.
const MAX_STEP: u32 = 8 * STEPS_PER_DOUBLING;
/// Largest step of the default budget. Larger files would make searches slow for a limit that the host may not have.
const MAX_DEFAULT_STEP: u32 = 3 * STEPS_PER_DOUBLING;

/// Returns `size` after this number of steps.
pub(super) const fn grown(size: usize, step: u32) -> usize {
    (size << (step / STEPS_PER_DOUBLING)) * THOUSANDTHS[(step % STEPS_PER_DOUBLING) as usize] / 1_000
}

/// Number of files that a site may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileBudget {
    /// Maximum number of files.
    max_files: usize,
    /// Files that are counted already.
    used_files: usize,
    /// True if more files are an error.
    is_strict: bool,
}

impl Default for FileBudget {
    fn default() -> FileBudget {
        FileBudget::new(None)
    }
}

impl FileBudget {
    /// Creates the budget of `max_files`; without a number, one that may be exceeded.
    pub fn new(max_files: Option<usize>) -> FileBudget {
        FileBudget {
            max_files: max_files.unwrap_or(DEFAULT_MAX_FILES),
            used_files: 0,
            is_strict: max_files.is_some(),
        }
    }

    /// Returns the budget after `files` more files.
    pub fn without(self, files: usize) -> FileBudget {
        FileBudget { used_files: self.used_files + files, ..self }
    }

    /// Returns the smallest step whose files fit into the budget, or the largest step. `file_count` returns the number
    /// of files with a step.
    pub(super) fn best_step(self, file_count: impl Fn(u32) -> usize) -> u32 {
        let find = |left: usize| (0..=self.max_step()).find(|&step| file_count(step) <= left);
        let step = find(self.max_files.saturating_sub(self.used_files));
        // Other files alone exceed the default budget: small archive files no longer help.
        let step = step.or_else(|| find(self.max_files).filter(|_| !self.is_strict));
        step.unwrap_or(self.max_step())
    }

    /// Returns the smallest step whose files fit into the budget.
    ///
    /// # Errors
    ///
    /// The number of files was asked for, and the largest step exceeds it.
    pub(super) fn require_step(self, file_count: impl Fn(u32) -> usize) -> Result<u32, WriteError> {
        let step = self.best_step(&file_count);
        let needed = self.used_files + file_count(step);
        if self.is_strict && needed > self.max_files {
            return Err(WriteError::TooManyFiles { needed, max_files: self.max_files });
        }
        Ok(step)
    }

    fn max_step(self) -> u32 {
        if self.is_strict { MAX_STEP } else { MAX_DEFAULT_STEP }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files of an archive of 24,000 smallest packs.
    fn packs(step: u32) -> usize {
        24_000_000 / grown(1_000, step)
    }

    #[test]
    fn four_steps_double_a_size() {
        assert_eq!(
            [0, 1, 2, 3, 4, 5, 8].map(|step| grown(1_000, step)),
            [1_000, 1_189, 1_414, 1_682, 2_000, 2_378, 4_000]
        );
    }

    #[test]
    fn step_is_the_smallest_within_the_budget() {
        let step = |max_files, used| FileBudget::new(max_files).without(used).require_step(packs).ok();
        assert_eq!(step(Some(24_000), 0), Some(0));
        assert_eq!(step(Some(24_000), 1), Some(1));
        assert_eq!(step(Some(400), 300), Some(32));
        assert_eq!(step(None, 0), Some(2));
        assert_eq!(step(None, 15_000), Some(10));
    }

    #[test]
    fn budget_that_cannot_be_held_is_an_error_only_if_it_was_asked_for() {
        let error = FileBudget::new(Some(300)).without(250).require_step(packs).unwrap_err();
        assert!(matches!(error, WriteError::TooManyFiles { needed: 343, max_files: 300 }), "{error}");
        assert_eq!(FileBudget::new(None).without(19_000).require_step(packs).unwrap(), 2);
        assert_eq!(FileBudget::new(None).without(19_000).require_step(|_| 1_000_000).unwrap(), 12);
    }
}
