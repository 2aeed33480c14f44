//! Swipe gesture on a list row.

/// Direction of a swipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
}

/// Gesture in progress. Lengths are in CSS pixels.
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
    /// Undecided: moved too little.
    Open,
    Sideways,
    /// Scroll or long press.
    Other,
}

/// Movement below this distance counts as a tap, in pixels; browsers use a similar threshold.
const SLOP: f64 = 10.0;
/// Distance at which releasing triggers the action, in pixels.
const ENOUGH: f64 = 72.0;
/// Distance beyond which the row follows at a third of the speed, in pixels.
const FREE: f64 = 112.0;

impl Swipe {
    /// Starts a gesture at this point.
    pub fn begin(x: f64, y: f64) -> Swipe {
        Swipe { start: (x, y), by: 0.0, kind: Motion::Open }
    }

    /// Moves the pointer; returns the row's offset during a swipe.
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

    /// Returns true if the gesture is still undecided.
    pub fn rests(&self) -> bool {
        self.kind == Motion::Open
    }

    /// Cancels the swipe, as when a long press has started.
    pub fn give_up(&mut self) {
        self.kind = Motion::Other;
    }

    /// Returns the swipe direction on release, if far enough.
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
    fn long_horizontal_movement_is_a_swipe() {
        assert_eq!(swept(&[(40.0, 2.0), (90.0, 8.0)]), Some(Side::Right));
        assert_eq!(swept(&[(-40.0, 2.0), (-90.0, 40.0)]), Some(Side::Left));
        assert_eq!(swept(&[(40.0, 2.0), (60.0, 2.0)]), None);
        assert_eq!(swept(&[(8.0, 12.0), (200.0, 12.0)]), None, "the list scrolled first");
        assert_eq!(swept(&[(90.0, 0.0), (20.0, 0.0)]), None, "moved back");
        assert_eq!(swept(&[]), None);
    }

    #[test]
    fn row_slows_beyond_the_free_distance() {
        let mut swipe = Swipe::begin(0.0, 0.0);
        let ways: Vec<f64> = [20.0, 100.0, 112.0, 142.0].map(|x| swipe.moved(x, 0.0).unwrap()).to_vec();
        assert_eq!(ways, [20.0, 100.0, 112.0, 122.0]);
    }

    #[test]
    fn cancelled_gesture_is_not_a_swipe() {
        let mut swipe = Swipe::begin(0.0, 0.0);
        assert!(swipe.rests());
        swipe.give_up();
        assert_eq!(swipe.moved(100.0, 0.0), None);
        assert_eq!(swipe.end(), None);
    }
}
