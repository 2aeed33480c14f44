//! Pan and zoom of an image in the lightbox.

use crate::model::clamp;

/// Transform of an image in a frame; scale 1 is fitted and centred.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zoom {
    /// Scale relative to the fitted size.
    pub scale: f64,
    /// Horizontal offset of the image centre from the frame centre, in pixels to the right.
    pub x: f64,
    /// Vertical offset of the image centre from the frame centre, in pixels downwards.
    pub y: f64,
}

/// Point, vector or size in pixels: x and y, or width and height.
pub type Point = (f64, f64);

/// Maximum scale.
const MAX_SCALE: f64 = 8.0;

impl Default for Zoom {
    fn default() -> Zoom {
        Zoom { scale: 1.0, x: 0.0, y: 0.0 }
    }
}

impl Zoom {
    /// Returns true if the image is zoomed in, so that parts may lie outside the frame.
    pub fn is_zoomed(self) -> bool {
        self.scale > 1.01
    }

    /// Scales by `factor` around the point `at`, relative to the frame centre, which stays fixed.
    ///
    /// ```
    /// use sheaf::view_model::Zoom;
    /// let zoom = Zoom::default().zoom_at((100.0, 0.0), 2.0);
    /// assert_eq!((zoom.scale, zoom.x), (2.0, -100.0));
    /// ```
    pub fn zoom_at(self, at: Point, factor: f64) -> Zoom {
        let scale = clamp(self.scale * factor, 1.0, MAX_SCALE);
        let factor = scale / self.scale;
        Zoom { scale, x: at.0 - (at.0 - self.x) * factor, y: at.1 - (at.1 - self.y) * factor }
    }

    /// Translates by a vector in pixels.
    pub fn translated(self, way: Point) -> Zoom {
        Zoom { x: self.x + way.0, y: self.y + way.1, ..self }
    }

    /// Clamps the offset so that the image fills the frame as far as possible.
    pub fn clamped(self, sizes: ViewportSizes) -> Zoom {
        let ViewportSizes { picture, frame } = sizes;
        let most = |picture: f64, frame: f64| ((picture * self.scale - frame) / 2.0).max(0.0);
        let (x, y) = (most(picture.0, frame.0), most(picture.1, frame.1));
        Zoom { x: clamp(self.x, -x, x), y: clamp(self.y, -y, y), ..self }
    }
}

/// Pinch zoom state machine for touch and mouse. Points are relative to the frame centre, times in
/// milliseconds.
///
/// One pointer pans a zoomed image and pulls any other; two pointers pinch; a double tap zooms in or resets.
#[derive(Clone, Debug, Default)]
pub struct PinchZoom {
    /// Current transform.
    pub zoom: Zoom,
    /// Vertical pull of an image that is not zoomed in, in pixels.
    pub pull: f64,
    pointers: Vec<(i32, Point)>,
    /// Distance travelled by the pointers since the first came down, in pixels.
    travel: f64,
    /// Time and position of the last tap.
    last_tap: Option<(f64, Point)>,
}

/// Fitted size of an image, and size of its frame.
#[derive(Clone, Copy, Debug)]
pub struct ViewportSizes {
    /// Fitted size of the image.
    pub picture: Point,
    /// Size of the frame.
    pub frame: Point,
}

/// Pull distance beyond which releasing dismisses the image, in pixels.
const DISMISS_PULL_PX: f64 = 96.0;
/// Movement below this distance counts as a tap, in pixels.
const TAP_SLOP_PX: f64 = 10.0;
/// Maximum interval between the taps of a double tap, in milliseconds.
const DOUBLE_TAP_MS: f64 = 320.0;
/// Scale after a double tap.
const DOUBLE_TAP_SCALE: f64 = 2.5;

impl PinchZoom {
    /// Handles a pointer that comes down.
    pub fn pointer_down(&mut self, finger: i32, at: Point) {
        // A second pointer cancels the tap or pull of the first.
        self.travel = if self.pointers.is_empty() { 0.0 } else { f64::INFINITY };
        self.pull = 0.0;
        self.pointers.retain(|&(other, _)| other != finger);
        self.pointers.push((finger, at));
    }

    /// Handles a pointer movement.
    pub fn pointer_move(&mut self, finger: i32, to: Point, sizes: ViewportSizes) {
        let Some(at) = self.pointers.iter().position(|&(other, _)| other == finger) else { return };
        let from = self.pointers[at].1;
        let way = (to.0 - from.0, to.1 - from.1);
        self.travel += way.0.hypot(way.1);
        match self.pointers.iter().enumerate().find(|&(other, _)| other != at) {
            Some((_, &(_, other))) => {
                let far = |one: Point| (one.0 - other.0).hypot(one.1 - other.1).max(1.0);
                let middle = ((from.0 + other.0) / 2.0, (from.1 + other.1) / 2.0);
                let moved =
                    self.zoom.zoom_at(middle, far(to) / far(from)).translated((way.0 / 2.0, way.1 / 2.0));
                self.zoom = moved.clamped(sizes);
            }
            None if self.zoom.is_zoomed() => self.zoom = self.zoom.translated(way).clamped(sizes),
            None => self.pull += way.1,
        }
        self.pointers[at].1 = to;
    }

    /// Handles a released pointer; returns true if the image is dismissed.
    pub fn pointer_up(&mut self, finger: i32, now: f64, sizes: ViewportSizes) -> bool {
        let Some(at) = self.pointers.iter().position(|&(other, _)| other == finger) else { return false };
        let (_, place) = self.pointers.remove(at);
        let let_go = std::mem::take(&mut self.pull) > DISMISS_PULL_PX;
        if !self.pointers.is_empty() || self.travel > TAP_SLOP_PX {
            self.last_tap = None;
            return let_go;
        }
        let again = self.last_tap.take().is_some_and(|(before, there)| {
            now - before < DOUBLE_TAP_MS && (there.0 - place.0).hypot(there.1 - place.1) < 4.0 * TAP_SLOP_PX
        });
        match again {
            true if self.zoom.is_zoomed() => self.zoom = Zoom::default(),
            true => self.zoom = self.zoom.zoom_at(place, DOUBLE_TAP_SCALE).clamped(sizes),
            false => self.last_tap = Some((now, place)),
        }
        false
    }

    /// Handles a cancelled pointer.
    pub fn cancel(&mut self) {
        self.pointers.clear();
        self.pull = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZES: ViewportSizes = ViewportSizes { picture: (390.0, 260.0), frame: (390.0, 844.0) };

    #[test]
    fn double_tap_zooms_in_and_resets() {
        let mut lens = PinchZoom::default();
        let mut tap = |now: f64| {
            lens.pointer_down(1, (50.0, 20.0));
            lens.pointer_move(1, (52.0, 21.0), SIZES);
            assert!(!lens.pointer_up(1, now, SIZES));
            lens.zoom.scale
        };
        assert_eq!([tap(0.0), tap(200.0)], [1.0, 2.5]);
        assert_eq!([tap(1000.0), tap(1500.0), tap(1700.0)], [2.5, 2.5, 1.0]);
    }

    #[test]
    fn pinch_zooms_and_single_pointer_pans() {
        let mut lens = PinchZoom::default();
        lens.pointer_down(1, (-50.0, 0.0));
        lens.pointer_down(2, (50.0, 0.0));
        lens.pointer_move(1, (-100.0, 0.0), SIZES);
        lens.pointer_move(2, (100.0, 0.0), SIZES);
        assert!((lens.zoom.scale - 2.0).abs() < 1e-9 && lens.zoom.x.abs() < 1e-9, "{lens:?}");
        assert!(!lens.pointer_up(2, 0.0, SIZES));
        lens.pointer_move(1, (-140.0, 300.0), SIZES);
        assert_eq!((lens.zoom.x, lens.zoom.y), (-40.0, 0.0), "the image is lower than the frame");
        assert!(!lens.pointer_up(1, 0.0, SIZES), "a zoomed image is not dismissed");
    }

    #[test]
    fn pull_beyond_the_threshold_dismisses() {
        let pull = |by: f64| {
            let mut lens = PinchZoom::default();
            lens.pointer_down(1, (0.0, 0.0));
            lens.pointer_move(1, (4.0, by), SIZES);
            lens.pointer_up(1, 0.0, SIZES)
        };
        assert_eq!([pull(60.0), pull(-200.0), pull(120.0)], [false, false, true]);
    }

    proptest! {
        #[test]
        fn zoom_keeps_the_focal_point_fixed(
            scale in 1.0..8.0, x in -200.0..200.0, y in -200.0..200.0, at in (-200.0..200.0, -300.0..300.0), factor in 0.2..5.0,
        ) {
            let before = Zoom { scale, x, y };
            let after = before.zoom_at(at, factor);
            // The fixed point in image coordinates.
            let point = |zoom: Zoom| ((at.0 - zoom.x) / zoom.scale, (at.1 - zoom.y) / zoom.scale);
            let ((a, b), (c, d)) = (point(before), point(after));
            prop_assert!((a - c).abs() < 1e-6 && (b - d).abs() < 1e-6);
            prop_assert!((1.0..=8.0).contains(&after.scale));
        }

        #[test]
        fn clamped_zoom_keeps_edges_outside_the_frame(
            scale in 1.0..8.0, way in (-2000.0..2000.0, -2000.0..2000.0), picture in (50.0..390.0, 50.0..844.0),
        ) {
            let frame = (390.0, 844.0);
            let zoom = Zoom { scale, x: 0.0, y: 0.0 }.translated(way).clamped(ViewportSizes { picture, frame });
            let width = picture.0 * scale;
            if width <= frame.0 {
                prop_assert_eq!(zoom.x, 0.0);
            } else {
                prop_assert!(zoom.x - width / 2.0 <= -frame.0 / 2.0 + 1e-6);
                prop_assert!(zoom.x + width / 2.0 >= frame.0 / 2.0 - 1e-6);
            }
        }
    }
}
