//! Swipe gesture on a list row.

/// Direction of a swipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwipeSide {
    /// Left.
    Left,
    /// Right.
    Right,
}

/// Gesture in progress. Lengths are in CSS pixels.
///
/// ```
/// use sheaf::view_model::{Swipe, SwipeSide};
/// let mut swipe = Swipe::new(100.0, 50.0);
/// assert_eq!(swipe.pointer_move(104.0, 50.0), None);
/// assert_eq!(swipe.pointer_move(180.0, 55.0), Some(80.0));
/// assert_eq!(swipe.pointer_up(), Some(SwipeSide::Right));
/// ```
#[derive(Clone, Debug)]
pub struct Swipe {
    start: (f64, f64),
    dx: f64,
    motion: Motion,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Motion {
    /// Undecided: moved too little.
    Undecided,
    Horizontal,
    /// Scroll or long press.
    Other,
}

/// Movement below this distance counts as a tap, in pixels; browsers use a similar threshold.
const TAP_SLOP_PX: f64 = 10.0;
/// Distance at which releasing triggers the action, in pixels.
const TRIGGER_PX: f64 = 72.0;
/// Distance beyond which the row follows at a third of the speed, in pixels.
const FREE_TRAVEL_PX: f64 = 112.0;

impl Swipe {
    /// Starts a gesture at this point.
    pub fn new(x: f64, y: f64) -> Swipe {
        Swipe { start: (x, y), dx: 0.0, motion: Motion::Undecided }
    }

    /// Moves the pointer; returns the row's offset during a swipe.
    pub fn pointer_move(&mut self, x: f64, y: f64) -> Option<f64> {
        let (dx, dy) = (x - self.start.0, y - self.start.1);
        if self.motion == Motion::Undecided {
            self.motion = match () {
                () if dy.abs() > TAP_SLOP_PX => Motion::Other,
                () if dx.abs() > TAP_SLOP_PX && dx.abs() > 1.5 * dy.abs() => Motion::Horizontal,
                () => Motion::Undecided,
            };
        }
        self.dx = dx;
        let beyond = (dx.abs() - FREE_TRAVEL_PX).max(0.0);
        (self.motion == Motion::Horizontal).then(|| dx.signum() * (dx.abs() - beyond * 2.0 / 3.0))
    }

    /// Returns true if the gesture is still undecided.
    pub fn is_undecided(&self) -> bool {
        self.motion == Motion::Undecided
    }

    /// Cancels the swipe, as when a long press has started.
    pub fn cancel(&mut self) {
        self.motion = Motion::Other;
    }

    /// Returns the swipe direction on release, if far enough.
    pub fn pointer_up(&self) -> Option<SwipeSide> {
        let enough = self.motion == Motion::Horizontal && self.dx.abs() >= TRIGGER_PX;
        enough.then_some(if self.dx > 0.0 { SwipeSide::Right } else { SwipeSide::Left })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swept(path: &[(f64, f64)]) -> Option<SwipeSide> {
        let mut swipe = Swipe::new(0.0, 0.0);
        for &(x, y) in path {
            swipe.pointer_move(x, y);
        }
        swipe.pointer_up()
    }

    #[test]
    fn long_horizontal_movement_is_a_swipe() {
        assert_eq!(swept(&[(40.0, 2.0), (90.0, 8.0)]), Some(SwipeSide::Right));
        assert_eq!(swept(&[(-40.0, 2.0), (-90.0, 40.0)]), Some(SwipeSide::Left));
        assert_eq!(swept(&[(40.0, 2.0), (60.0, 2.0)]), None);
        assert_eq!(swept(&[(8.0, 12.0), (200.0, 12.0)]), None, "the list scrolled first");
        assert_eq!(swept(&[(90.0, 0.0), (20.0, 0.0)]), None, "moved back");
        assert_eq!(swept(&[]), None);
    }

    #[test]
    fn row_slows_beyond_the_free_distance() {
        let mut swipe = Swipe::new(0.0, 0.0);
        let ways: Vec<f64> =
            [20.0, 100.0, 112.0, 142.0].map(|x| swipe.pointer_move(x, 0.0).unwrap()).to_vec();
        assert_eq!(ways, [20.0, 100.0, 112.0, 122.0]);
    }

    #[test]
    fn cancelled_gesture_is_not_a_swipe() {
        let mut swipe = Swipe::new(0.0, 0.0);
        assert!(swipe.is_undecided());
        swipe.cancel();
        assert_eq!(swipe.pointer_move(100.0, 0.0), None);
        assert_eq!(swipe.pointer_up(), None);
    }
}
