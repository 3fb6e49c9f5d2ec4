//! The search along a line of Moré and Thuente (1994), with the settings of L-BFGS-B.
//!
//! In: value and slope at the start and at each length that was tried. Out: the next length, or
//! that the last one will do: enough descent, and a slope of at most nine tenths of the first.

/// Share of the first slope that the descent must reach.
const DESCENT: f64 = 1e-3;
/// Share of the first slope that the last one may have.
const CURVATURE: f64 = 0.9;
/// Relative width of an interval that is no longer searched.
const WIDTH: f64 = 0.1;
/// Longest step.
const LONGEST: f64 = 1e10;

/// What to do next.
pub(super) enum Step {
    /// Try this length.
    Try(f64),
    /// The last length will do.
    Done,
}

/// A length with its value and slope.
#[derive(Debug, Clone, Copy)]
struct Tried {
    length: f64,
    value: f64,
    slope: f64,
}

/// A search that is going on.
pub(super) struct Search {
    start: Tried,
    /// The best length so far, and the other end of the interval.
    best: Tried,
    other: Tried,
    length: f64,
    bracketed: bool,
    first_stage: bool,
    bounds: [f64; 2],
    widths: [f64; 2],
}

impl Search {
    /// A search from a value and a slope, whose first length is `length`.
    pub(super) fn new(value: f64, slope: f64, length: f64) -> Self {
        let start = Tried { length: 0.0, value, slope };
        Self {
            start,
            best: start,
            other: start,
            length,
            bracketed: false,
            first_stage: true,
            bounds: [0.0, 5.0 * length],
            widths: [LONGEST, 2.0 * LONGEST],
        }
    }

    /// Takes value and slope at the last length.
    pub(super) fn next(&mut self, value: f64, slope: f64) -> Step {
        let sought = DESCENT * self.start.slope;
        let bound = self.start.value + self.length * sought;
        if self.first_stage && value <= bound && slope >= 0.0 {
            self.first_stage = false;
        }
        let [low, high] = self.bounds;
        let outside = self.length <= low || self.length >= high;
        let narrow = high - low <= WIDTH * high;
        let exhausted = self.bracketed && (outside || narrow)
            || self.length >= LONGEST && value <= bound && slope <= sought
            || self.length <= 0.0 && (value > bound || slope >= sought);
        let enough = value <= bound && slope.abs() <= CURVATURE * -self.start.slope;
        if exhausted || enough {
            return Step::Done;
        }
        let tried = Tried { length: self.length, value, slope };
        if self.first_stage && value <= self.best.value && value > bound {
            // The search runs on the function less the descent that is sought.
            let less = |t: Tried, sign: f64| Tried {
                value: t.value - sign * t.length * sought,
                slope: t.slope - sign * sought,
                ..t
            };
            (self.best, self.other) = (less(self.best, 1.0), less(self.other, 1.0));
            self.length = self.step(less(tried, 1.0));
            (self.best, self.other) = (less(self.best, -1.0), less(self.other, -1.0));
        } else {
            self.length = self.step(tried);
        }
        self.narrow();
        Step::Try(self.length)
    }

    fn narrow(&mut self) {
        let (best, other) = (self.best.length, self.other.length);
        if self.bracketed {
            if (other - best).abs() >= 0.66 * self.widths[1] {
                self.length = best + 0.5 * (other - best);
            }
            self.widths = [(other - best).abs(), self.widths[0]];
            self.bounds = [best.min(other), best.max(other)];
        } else {
            let further = self.length - best;
            self.bounds = [self.length + 1.1 * further, self.length + 4.0 * further];
        }
        self.length = self.length.clamp(0.0, LONGEST);
        let [low, high] = self.bounds;
        let outside = self.length <= low || self.length >= high;
        if self.bracketed && (outside || high - low <= WIDTH * high) {
            self.length = best;
        }
    }

    /// The next length by cubic and quadratic interpolation, and the ends of the interval.
    fn step(&mut self, tried: Tried) -> f64 {
        let (best, other) = (self.best, self.other);
        let turned = tried.slope * (best.slope / best.slope.abs()) < 0.0;
        let next = if tried.value > best.value {
            self.bracketed = true;
            let (_, cubic) = cubic(best, tried, best);
            let quadratic = best.length
                + best.slope
                    / ((best.value - tried.value) / (tried.length - best.length) + best.slope)
                    / 2.0
                    * (tried.length - best.length);
            if (cubic - best.length).abs() < (quadratic - best.length).abs() {
                cubic
            } else {
                cubic + (quadratic - cubic) / 2.0
            }
        } else if turned {
            self.bracketed = true;
            let (_, cubic) = cubic(tried, best, tried);
            let secant = secant(best, tried);
            if (cubic - tried.length).abs() > (secant - tried.length).abs() {
                cubic
            } else {
                secant
            }
        } else if tried.slope.abs() < best.slope.abs() {
            self.onwards(best, tried)
        } else if self.bracketed {
            cubic(tried, other, tried).1
        } else if tried.length > best.length {
            self.bounds[1]
        } else {
            self.bounds[0]
        };
        if tried.value > best.value {
            self.other = tried;
        } else {
            if turned {
                self.other = best;
            }
            self.best = tried;
        }
        next
    }

    /// The slope falls and keeps its sign: further on, or towards the other end.
    fn onwards(&self, best: Tried, tried: Tried) -> f64 {
        let (share, cubic) = cubic(tried, best, tried);
        let beyond = if tried.length > best.length { self.bounds[1] } else { self.bounds[0] };
        let cubic = match share {
            Some(share) if share < 0.0 => cubic,
            _ => beyond,
        };
        let secant = secant(best, tried);
        let nearer = (cubic - tried.length).abs() < (secant - tried.length).abs();
        if self.bracketed {
            let next = if nearer { cubic } else { secant };
            let limit = tried.length + 0.66 * (self.other.length - tried.length);
            if tried.length > best.length { next.min(limit) } else { next.max(limit) }
        } else {
            let next = if nearer { secant } else { cubic };
            next.min(self.bounds[1]).max(self.bounds[0])
        }
    }
}

/// The minimum of the quadratic through two slopes.
fn secant(best: Tried, tried: Tried) -> f64 {
    tried.length + tried.slope / (tried.slope - best.slope) * (best.length - tried.length)
}

/// The minimum of the cubic through two values and slopes, as a share of the way from `from` to
/// `to` and as a length. `None` for a cubic without one.
fn cubic(from: Tried, to: Tried, origin: Tried) -> (Option<f64>, f64) {
    let theta = 3.0 * (from.value - to.value) / (to.length - from.length) + from.slope + to.slope;
    let scale = theta.abs().max(from.slope.abs()).max(to.slope.abs());
    let square = (theta / scale) * (theta / scale) - (from.slope / scale) * (to.slope / scale);
    let mut gamma = scale * square.max(0.0).sqrt();
    if to.length < from.length {
        gamma = -gamma;
    }
    let share = (gamma - from.slope + theta) / (gamma - from.slope + gamma + to.slope);
    let length = origin.length + share * (to.length - from.length);
    (if gamma == 0.0 { None } else { Some(share) }, length)
}
