//! A finger on a row: a swipe to one side, or something else.

/// Which way a row was swept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// A finger that went down on a row. Lengths are in pixels.
///
/// ```
/// use sheaf::view::{Side, Swipe};
/// let mut swipe = Swipe::begin(100.0, 50.0);
/// assert_eq!(swipe.moved(104.0, 50.0), None);
/// assert_eq!(swipe.moved(180.0, 55.0), Some(80.0));
/// assert_eq!(swipe.end(), Some(Side::Right));
/// ```
#[derive(Clone, Debug)]
pub struct Swipe {
    start: (f64, f64),
    by: f64,
    kind: Motion,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Motion {
    /// Too short to tell.
    Open,
    Sideways,
    /// The list scrolls, or the finger rested.
    Other,
}

/// Below this a finger rests: browsers, too, take less for a tap.
const SLOP: f64 = 10.0;
/// So far a row is swept before letting go does something.
const ENOUGH: f64 = 72.0;
/// Beyond this a row follows at a third of the way.
const FREE: f64 = 112.0;

impl Swipe {
    /// A finger goes down here.
    pub fn begin(x: f64, y: f64) -> Swipe {
        Swipe { start: (x, y), by: 0.0, kind: Motion::Open }
    }

    /// It moves there: how far the row follows, if this is a swipe.
    pub fn moved(&mut self, x: f64, y: f64) -> Option<f64> {
        let (dx, dy) = (x - self.start.0, y - self.start.1);
        if self.kind == Motion::Open {
            self.kind = match () {
                () if dy.abs() > SLOP => Motion::Other,
                () if dx.abs() > SLOP && dx.abs() > 1.5 * dy.abs() => Motion::Sideways,
                () => Motion::Open,
            };
        }
        self.by = dx;
        let beyond = (dx.abs() - FREE).max(0.0);
        (self.kind == Motion::Sideways).then(|| dx.signum() * (dx.abs() - beyond * 2.0 / 3.0))
    }

    /// Whether it has not moved yet.
    pub fn rests(&self) -> bool {
        self.kind == Motion::Open
    }

    /// It rested so long that something else has begun.
    pub fn give_up(&mut self) {
        self.kind = Motion::Other;
    }

    /// What letting go here does.
    pub fn end(&self) -> Option<Side> {
        let enough = self.kind == Motion::Sideways && self.by.abs() >= ENOUGH;
        enough.then_some(if self.by > 0.0 { Side::Right } else { Side::Left })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swept(path: &[(f64, f64)]) -> Option<Side> {
        let mut swipe = Swipe::begin(0.0, 0.0);
        for &(x, y) in path {
            swipe.moved(x, y);
        }
        swipe.end()
    }

    #[test]
    fn only_a_long_way_to_the_side_is_a_swipe() {
        assert_eq!(swept(&[(40.0, 2.0), (90.0, 8.0)]), Some(Side::Right));
        assert_eq!(swept(&[(-40.0, 2.0), (-90.0, 40.0)]), Some(Side::Left));
        assert_eq!(swept(&[(40.0, 2.0), (60.0, 2.0)]), None);
        assert_eq!(swept(&[(8.0, 12.0), (200.0, 12.0)]), None, "the list scrolled first");
        assert_eq!(swept(&[(90.0, 0.0), (20.0, 0.0)]), None, "taken back");
        assert_eq!(swept(&[]), None);
    }

    #[test]
    fn a_row_follows_ever_more_slowly() {
        let mut swipe = Swipe::begin(0.0, 0.0);
        let ways: Vec<f64> = [20.0, 100.0, 112.0, 142.0].map(|x| swipe.moved(x, 0.0).unwrap()).to_vec();
        assert_eq!(ways, [20.0, 100.0, 112.0, 122.0]);
    }

    #[test]
    fn a_finger_that_rested_sweeps_nothing() {
        let mut swipe = Swipe::begin(0.0, 0.0);
        assert!(swipe.rests());
        swipe.give_up();
        assert_eq!(swipe.moved(100.0, 0.0), None);
        assert_eq!(swipe.end(), None);
    }
}
