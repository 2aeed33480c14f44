//! Pan and zoom of an image in the lightbox.

use super::between;

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
pub type Pair = (f64, f64);

/// Maximum scale.
const MOST: f64 = 8.0;

impl Default for Zoom {
    fn default() -> Zoom {
        Zoom { scale: 1.0, x: 0.0, y: 0.0 }
    }
}

impl Zoom {
    /// Returns true if the image is zoomed in, so that parts may lie outside the frame.
    pub fn is_close(self) -> bool {
        self.scale > 1.01
    }

    /// Scales by `factor` around the point `at`, relative to the frame centre, which stays fixed.
    ///
    /// ```
    /// use sheaf::view::Zoom;
    /// let zoom = Zoom::default().about((100.0, 0.0), 2.0);
    /// assert_eq!((zoom.scale, zoom.x), (2.0, -100.0));
    /// ```
    pub fn about(self, at: Pair, factor: f64) -> Zoom {
        let scale = between(self.scale * factor, 1.0, MOST);
        let factor = scale / self.scale;
        Zoom { scale, x: at.0 - (at.0 - self.x) * factor, y: at.1 - (at.1 - self.y) * factor }
    }

    /// Translates by a vector in pixels.
    pub fn by(self, way: Pair) -> Zoom {
        Zoom { x: self.x + way.0, y: self.y + way.1, ..self }
    }

    /// Clamps the offset so that the image fills the frame as far as possible.
    pub fn within(self, sizes: Sizes) -> Zoom {
        let Sizes { picture, frame } = sizes;
        let most = |picture: f64, frame: f64| ((picture * self.scale - frame) / 2.0).max(0.0);
        let (x, y) = (most(picture.0, frame.0), most(picture.1, frame.1));
        Zoom { x: between(self.x, -x, x), y: between(self.y, -y, y), ..self }
    }
}

/// Pinch zoom state machine for touch and mouse. Points are relative to the frame centre, times in
/// milliseconds.
///
/// One pointer pans a zoomed image and pulls any other; two pointers pinch; a double tap zooms in or resets.
#[derive(Clone, Debug, Default)]
pub struct Lens {
    /// Current transform.
    pub zoom: Zoom,
    /// Vertical pull of an image that is not zoomed in, in pixels.
    pub pull: f64,
    fingers: Vec<(i32, Pair)>,
    /// Distance travelled by the pointers since the first came down, in pixels.
    way: f64,
    /// Time and position of the last tap.
    tapped: Option<(f64, Pair)>,
}

/// Fitted size of an image, and size of its frame.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Fitted size of the image.
    pub picture: Pair,
    /// Size of the frame.
    pub frame: Pair,
}

/// Pull distance beyond which releasing dismisses the image, in pixels.
const LET_GO: f64 = 96.0;
/// Movement below this distance counts as a tap, in pixels.
const STILL: f64 = 10.0;
/// Maximum interval between the taps of a double tap, in milliseconds.
const SOON_MS: f64 = 320.0;
/// Scale after a double tap.
const TAPPED: f64 = 2.5;

impl Lens {
    /// Handles a pointer that comes down.
    pub fn press(&mut self, finger: i32, at: Pair) {
        // A second pointer cancels the tap or pull of the first.
        self.way = if self.fingers.is_empty() { 0.0 } else { f64::INFINITY };
        self.pull = 0.0;
        self.fingers.retain(|&(other, _)| other != finger);
        self.fingers.push((finger, at));
    }

    /// Handles a pointer movement.
    pub fn drag(&mut self, finger: i32, to: Pair, sizes: Sizes) {
        let Some(at) = self.fingers.iter().position(|&(other, _)| other == finger) else { return };
        let from = self.fingers[at].1;
        let way = (to.0 - from.0, to.1 - from.1);
        self.way += way.0.hypot(way.1);
        match self.fingers.iter().enumerate().find(|&(other, _)| other != at) {
            Some((_, &(_, other))) => {
                let far = |one: Pair| (one.0 - other.0).hypot(one.1 - other.1).max(1.0);
                let middle = ((from.0 + other.0) / 2.0, (from.1 + other.1) / 2.0);
                let moved = self.zoom.about(middle, far(to) / far(from)).by((way.0 / 2.0, way.1 / 2.0));
                self.zoom = moved.within(sizes);
            }
            None if self.zoom.is_close() => self.zoom = self.zoom.by(way).within(sizes),
            None => self.pull += way.1,
        }
        self.fingers[at].1 = to;
    }

    /// Handles a released pointer; returns true if the image is dismissed.
    pub fn lift(&mut self, finger: i32, now: f64, sizes: Sizes) -> bool {
        let Some(at) = self.fingers.iter().position(|&(other, _)| other == finger) else { return false };
        let (_, place) = self.fingers.remove(at);
        let let_go = std::mem::take(&mut self.pull) > LET_GO;
        if !self.fingers.is_empty() || self.way > STILL {
            self.tapped = None;
            return let_go;
        }
        let again = self.tapped.take().is_some_and(|(before, there)| {
            now - before < SOON_MS && (there.0 - place.0).hypot(there.1 - place.1) < 4.0 * STILL
        });
        match again {
            true if self.zoom.is_close() => self.zoom = Zoom::default(),
            true => self.zoom = self.zoom.about(place, TAPPED).within(sizes),
            false => self.tapped = Some((now, place)),
        }
        false
    }

    /// Handles a cancelled pointer.
    pub fn cancel(&mut self) {
        self.fingers.clear();
        self.pull = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZES: Sizes = Sizes { picture: (390.0, 260.0), frame: (390.0, 844.0) };

    #[test]
    fn double_tap_zooms_in_and_resets() {
        let mut lens = Lens::default();
        let mut tap = |now: f64| {
            lens.press(1, (50.0, 20.0));
            lens.drag(1, (52.0, 21.0), SIZES);
            assert!(!lens.lift(1, now, SIZES));
            lens.zoom.scale
        };
        assert_eq!([tap(0.0), tap(200.0)], [1.0, 2.5]);
        assert_eq!([tap(1000.0), tap(1500.0), tap(1700.0)], [2.5, 2.5, 1.0]);
    }

    #[test]
    fn pinch_zooms_and_single_pointer_pans() {
        let mut lens = Lens::default();
        lens.press(1, (-50.0, 0.0));
        lens.press(2, (50.0, 0.0));
        lens.drag(1, (-100.0, 0.0), SIZES);
        lens.drag(2, (100.0, 0.0), SIZES);
        assert!((lens.zoom.scale - 2.0).abs() < 1e-9 && lens.zoom.x.abs() < 1e-9, "{lens:?}");
        assert!(!lens.lift(2, 0.0, SIZES));
        lens.drag(1, (-140.0, 300.0), SIZES);
        assert_eq!((lens.zoom.x, lens.zoom.y), (-40.0, 0.0), "the image is lower than the frame");
        assert!(!lens.lift(1, 0.0, SIZES), "a zoomed image is not dismissed");
    }

    #[test]
    fn pull_beyond_the_threshold_dismisses() {
        let pull = |by: f64| {
            let mut lens = Lens::default();
            lens.press(1, (0.0, 0.0));
            lens.drag(1, (4.0, by), SIZES);
            lens.lift(1, 0.0, SIZES)
        };
        assert_eq!([pull(60.0), pull(-200.0), pull(120.0)], [false, false, true]);
    }

    proptest! {
        #[test]
        fn zoom_keeps_the_focal_point_fixed(
            scale in 1.0..8.0, x in -200.0..200.0, y in -200.0..200.0, at in (-200.0..200.0, -300.0..300.0), factor in 0.2..5.0,
        ) {
            let before = Zoom { scale, x, y };
            let after = before.about(at, factor);
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
            let zoom = Zoom { scale, x: 0.0, y: 0.0 }.by(way).within(Sizes { picture, frame });
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
