//! A picture that is looked at closely: how large, and which part of it.

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
        let scale = (self.scale * factor).clamp(1.0, MOST);
        let factor = scale / self.scale;
        Zoom { scale, x: at.0 - (at.0 - self.x) * factor, y: at.1 - (at.1 - self.y) * factor }
    }

    /// Moved by so many pixels.
    pub fn by(self, way: Pair) -> Zoom {
        Zoom { x: self.x + way.0, y: self.y + way.1, ..self }
    }

    /// Moved back as far as is needed for the picture, of this fitted size, to fill the frame as well as it can.
    pub fn within(self, picture: Pair, frame: Pair) -> Zoom {
        let most = |picture: f64, frame: f64| ((picture * self.scale - frame) / 2.0).max(0.0);
        let (x, y) = (most(picture.0, frame.0), most(picture.1, frame.1));
        Zoom { x: self.x.clamp(-x, x), y: self.y.clamp(-y, y), ..self }
    }
}

/// The size at which a picture of `size` fits into `frame`. A smaller one keeps its size.
pub fn fitted(size: Pair, frame: Pair) -> Pair {
    if size.0 <= 0.0 || size.1 <= 0.0 {
        return (0.0, 0.0);
    }
    let scale = (frame.0 / size.0).min(frame.1 / size.1).min(1.0);
    (size.0 * scale, size.1 * scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pictures_fit_without_being_blown_up() {
        assert_eq!(fitted((800.0, 400.0), (400.0, 400.0)), (400.0, 200.0));
        assert_eq!(fitted((80.0, 40.0), (400.0, 400.0)), (80.0, 40.0));
        assert_eq!(fitted((0.0, 40.0), (400.0, 400.0)), (0.0, 0.0));
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
            let zoom = Zoom { scale, x: 0.0, y: 0.0 }.by(way).within(picture, frame);
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
