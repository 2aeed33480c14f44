//! A picture that is looked at closely: how large, and which part of it.

use super::between;

/// Where a picture stands in a frame, both centred on each other at first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zoom {
    /// How many times its fitted size.
    pub scale: f64,
    /// How far its centre lies right of the frame's, in pixels.
    pub x: f64,
    /// How far its centre lies below the frame's, in pixels.
    pub y: f64,
}

/// A width and a height, or a way right and down, in pixels.
pub type Pair = (f64, f64);

/// The largest scale.
const MOST: f64 = 8.0;

impl Default for Zoom {
    fn default() -> Zoom {
        Zoom { scale: 1.0, x: 0.0, y: 0.0 }
    }
}

impl Zoom {
    /// Whether a part of the picture may lie outside the frame.
    pub fn is_close(self) -> bool {
        self.scale > 1.01
    }

    /// `factor` times as large, while the point `at` of the frame, counted from its centre, stays.
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

    /// Moved by so many pixels.
    pub fn by(self, way: Pair) -> Zoom {
        Zoom { x: self.x + way.0, y: self.y + way.1, ..self }
    }

    /// Moved back as far as is needed for the picture to fill the frame as well as it can.
    pub fn within(self, sizes: Sizes) -> Zoom {
        let Sizes { picture, frame } = sizes;
        let most = |picture: f64, frame: f64| ((picture * self.scale - frame) / 2.0).max(0.0);
        let (x, y) = (most(picture.0, frame.0), most(picture.1, frame.1));
        Zoom { x: between(self.x, -x, x), y: between(self.y, -y, y), ..self }
    }
}

/// The fingers on a picture, or the mouse, and what they have made of it. Points are counted from the frame's
/// centre, times are in milliseconds.
///
/// One finger moves a close picture and pulls any other; two bring it closer; two taps bring it close or back.
#[derive(Clone, Debug, Default)]
pub struct Lens {
    /// Where the picture stands.
    pub zoom: Zoom,
    /// How far a picture that is not close has been pulled down.
    pub pull: f64,
    fingers: Vec<(i32, Pair)>,
    /// How far the fingers have gone since the first came down.
    way: f64,
    /// When and where the last tap was.
    tapped: Option<(f64, Pair)>,
}

/// The fitted size of a picture, and its frame.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// The picture's.
    pub picture: Pair,
    /// The frame's.
    pub frame: Pair,
}

/// A picture that is pulled so far down is let go.
const LET_GO: f64 = 96.0;
/// A finger that trembles less is still.
const STILL: f64 = 10.0;
/// Two taps so soon after each other are one gesture.
const SOON_MS: f64 = 320.0;
/// How close two taps bring a picture.
const TAPPED: f64 = 2.5;

impl Lens {
    /// A finger comes down.
    pub fn press(&mut self, finger: i32, at: Pair) {
        // A second finger ends whatever one of them was doing.
        self.way = if self.fingers.is_empty() { 0.0 } else { f64::INFINITY };
        self.pull = 0.0;
        self.fingers.retain(|&(other, _)| other != finger);
        self.fingers.push((finger, at));
    }

    /// A finger moves.
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

    /// A finger goes up; says whether the picture was let go.
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

    /// A finger leaves without having meant anything.
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
    fn two_taps_bring_a_picture_close_and_back() {
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
    fn two_fingers_bring_it_closer_and_one_then_moves_it() {
        let mut lens = Lens::default();
        lens.press(1, (-50.0, 0.0));
        lens.press(2, (50.0, 0.0));
        lens.drag(1, (-100.0, 0.0), SIZES);
        lens.drag(2, (100.0, 0.0), SIZES);
        assert!((lens.zoom.scale - 2.0).abs() < 1e-9 && lens.zoom.x.abs() < 1e-9, "{lens:?}");
        assert!(!lens.lift(2, 0.0, SIZES));
        lens.drag(1, (-140.0, 300.0), SIZES);
        assert_eq!(
            (lens.zoom.x, lens.zoom.y),
            (-40.0, 0.0),
            "its upper and lower edges are inside the frame"
        );
        assert!(!lens.lift(1, 0.0, SIZES), "what is close is not let go");
    }

    #[test]
    fn pulling_it_down_lets_it_go() {
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
        fn the_point_under_the_finger_stays(
            scale in 1.0..8.0, x in -200.0..200.0, y in -200.0..200.0, at in (-200.0..200.0, -300.0..300.0), factor in 0.2..5.0,
        ) {
            let before = Zoom { scale, x, y };
            let after = before.about(at, factor);
            // The same point of the picture, in its own measure.
            let point = |zoom: Zoom| ((at.0 - zoom.x) / zoom.scale, (at.1 - zoom.y) / zoom.scale);
            let ((a, b), (c, d)) = (point(before), point(after));
            prop_assert!((a - c).abs() < 1e-6 && (b - d).abs() < 1e-6);
            prop_assert!((1.0..=8.0).contains(&after.scale));
        }

        #[test]
        fn no_edge_is_pulled_into_the_frame(
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
