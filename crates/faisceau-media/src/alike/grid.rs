//! A picture made small, of which any rectangle can be averaged at once.
//!
//! In: the luminance of a picture and its EXIF orientation (EXIF 3.0, 4.6.5.1.6, tag 0x0112). Out:
//! the 64 by 64 mean luminances of a rectangle of it. All arithmetic is in integers, so that every
//! machine gives the same bits.

use super::decode::Luminance;

/// Longest side of the grid; a larger picture is averaged down to it.
const SIDE: usize = 512;
/// Means a side that a hash is made from.
pub(super) const CELLS: usize = 64;
/// A rectangle is given in thousandths of the picture.
const WHOLE: usize = 1_000;
/// Means have so many parts of a grey level.
const LEVEL: u32 = 16;
/// Parts of a column or row of the grid.
const PART: usize = 256;

/// A narrower frame, or a part of which less is cut off on each side, is not worth a hash.
const LEAST_MARGIN: usize = 15;
/// If two frames opposite take more than this, there is hardly a picture between them.
const MOST_MARGINS: usize = 750;
/// What is of one grey may differ so much, in sixteenths of a level: compression does.
const EVEN: u16 = 12 * LEVEL as u16;

/// A rectangle: left, top, right, bottom, in thousandths of the picture.
pub(super) type Crop = [usize; 4];

/// The picture, made small and turned upright.
pub(super) struct Grid {
    width: usize,
    height: usize,
    /// Summed-area table (Crow, SIGGRAPH 1984): sums of all that lies above and to the left;
    /// a row and a column more than the grid.
    sums: Vec<u32>,
    means: Vec<u16>,
    /// Width and height of the picture itself.
    proportions: (usize, usize),
}

impl Grid {
    /// Makes a picture small. An orientation that EXIF does not know is upright.
    pub(super) fn new(picture: &Luminance, orientation: u8) -> Self {
        let (width, height) = (picture.width.min(SIDE), picture.height.min(SIDE));
        let means = upright(&shrink(picture, width, height), width, height, orientation);
        let turned = (5..=8).contains(&orientation);
        let turn = |(width, height)| if turned { (height, width) } else { (width, height) };
        let (width, height) = turn((width, height));
        let mut sums = vec![0; (width + 1) * (height + 1)];
        for (y, row) in means.chunks_exact(width).enumerate() {
            let (above, here) = sums[y * (width + 1)..].split_at_mut(width + 1);
            let mut sum = 0;
            for (x, mean) in row.iter().enumerate() {
                sum += u32::from(*mean);
                here[x + 1] = above[x + 1] + sum;
            }
        }
        Self { width, height, sums, means, proportions: turn((picture.width, picture.height)) }
    }

    /// The mean luminances of a rectangle, sixteenths of a grey level, row after row.
    pub(super) fn cells(&self, [left, top, right, bottom]: Crop) -> [[i32; CELLS]; CELLS] {
        let edges = |from: usize, to: usize, side: usize| -> [usize; CELLS + 1] {
            let [from, to] = [from, to].map(|at| side * PART * at / WHOLE);
            std::array::from_fn(|i| from + (to - from) * i / CELLS)
        };
        let (across, down) = (edges(left, right, self.width), edges(top, bottom, self.height));
        let corners = down.map(|y| across.map(|x| self.sum(x, y)));
        std::array::from_fn(|y| {
            std::array::from_fn(|x| {
                let sum =
                    corners[y + 1][x + 1] + corners[y][x] - corners[y + 1][x] - corners[y][x + 1];
                let area = (across[x + 1] - across[x]) * (down[y + 1] - down[y]);
                (sum / area.max(1) as i64) as i32
            })
        })
    }

    /// The square in the middle, if the picture is longer in one direction.
    pub(super) fn square(&self) -> Option<Crop> {
        let (width, height) = self.proportions;
        let shorter = |side: usize, other: usize| {
            let margin = (WHOLE - WHOLE * other / side) / 2;
            (margin >= LEAST_MARGIN).then_some(margin)
        };
        if width > height {
            shorter(width, height).map(|margin| [margin, 0, WHOLE - margin, WHOLE])
        } else {
            shorter(height, width).map(|margin| [0, margin, WHOLE, WHOLE - margin])
        }
    }

    /// The picture inside a frame, or between bars, of one grey level; if there is enough of both.
    pub(super) fn unframed(&self) -> Option<Crop> {
        let row = |y: usize| self.is_even((0..self.width).map(|x| y * self.width + x));
        let column = |x: usize| self.is_even((0..self.height).map(|y| y * self.width + x));
        let top = (0..self.height).take_while(|y| row(*y)).count();
        let bottom = (0..self.height).rev().take_while(|y| row(*y)).count();
        let left = (0..self.width).take_while(|x| column(*x)).count();
        let right = (0..self.width).rev().take_while(|x| column(*x)).count();
        let part = |cells: usize, side: usize| cells * WHOLE / side;
        let (left, right) = (part(left, self.width), part(right, self.width));
        let (top, bottom) = (part(top, self.height), part(bottom, self.height));
        let framed = left.max(right).max(top).max(bottom) >= LEAST_MARGIN;
        let enough = left + right <= MOST_MARGINS && top + bottom <= MOST_MARGINS;
        (framed && enough).then(|| [left, top, WHOLE - right, WHOLE - bottom])
    }

    /// Whether all of these are of nearly the same grey.
    fn is_even(&self, places: impl Iterator<Item = usize>) -> bool {
        let means = places.filter_map(|place| self.means.get(place).copied());
        let (least, most) = means.fold((u16::MAX, 0), |(a, b), mean| (a.min(mean), b.max(mean)));
        most.saturating_sub(least) <= EVEN
    }

    /// Sum above and to the left of a point between columns and rows, times `PART` squared.
    fn sum(&self, x: usize, y: usize) -> i64 {
        let part = |at: usize| ((at / PART), (at % PART) as i64);
        let ((column, right), (row, low)) = (part(x), part(y));
        let at = |row: usize, column: usize| {
            let (row, column) = (row.min(self.height), column.min(self.width));
            i64::from(self.sums[row * (self.width + 1) + column])
        };
        let parts = PART as i64;
        let upper = at(row, column) * (parts - right) + at(row, column + 1) * right;
        let lower = at(row + 1, column) * (parts - right) + at(row + 1, column + 1) * right;
        upper * (parts - low) + lower * low
    }
}

/// Averages blocks of pixels: `width` by `height` of them, neither more than the picture has.
fn shrink(picture: &Luminance, width: usize, height: usize) -> Vec<u16> {
    let mut means = Vec::with_capacity(width * height);
    let mut sums = vec![0_u64; width];
    let edges: Vec<usize> = (0..=width).map(|x| x * picture.width / width).collect();
    for y in 0..height {
        let rows = y * picture.height / height..(y + 1) * picture.height / height;
        sums.fill(0);
        for row in picture.pixels[rows.start * picture.width..rows.end * picture.width]
            .chunks_exact(picture.width)
        {
            for (sum, edge) in sums.iter_mut().zip(edges.windows(2)) {
                *sum += row[edge[0]..edge[1]].iter().copied().map(u64::from).sum::<u64>();
            }
        }
        for (sum, edge) in sums.iter().zip(edges.windows(2)) {
            let pixels = (edge[1] - edge[0]) * rows.len();
            means.push((*sum * u64::from(LEVEL) / pixels as u64) as u16);
        }
    }
    means
}

/// Turns and mirrors a grid as the EXIF orientation asks.
fn upright(means: &[u16], width: usize, height: usize, orientation: u8) -> Vec<u16> {
    let (wide, high) =
        if (5..=8).contains(&orientation) { (height, width) } else { (width, height) };
    let (last_x, last_y) = (width - 1, height - 1);
    let mut turned = Vec::with_capacity(means.len());
    for y in 0..high {
        for x in 0..wide {
            let (from_x, from_y) = match orientation {
                2 => (last_x - x, y),
                3 => (last_x - x, last_y - y),
                4 => (x, last_y - y),
                5 => (y, x),
                6 => (y, last_y - x),
                7 => (last_x - y, last_y - x),
                8 => (last_x - y, x),
                _ => (x, y),
            };
            turned.push(means[from_y * width + from_x]);
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: usize, height: usize, of: impl Fn(usize, usize) -> u8) -> Luminance {
        let pixels = (0..width * height).map(|at| of(at % width, at / width)).collect();
        Luminance { width, height, pixels }
    }

    #[test]
    fn means_are_exact() {
        let even = picture(1_000, 700, |_, _| 77);
        for crop in [[0, 0, 1_000, 1_000], [33, 7, 950, 991]] {
            for row in Grid::new(&even, 1).cells(crop) {
                assert_eq!(row, [77 * 16; CELLS]);
            }
        }
        let ramp = Grid::new(&picture(256, 64, |x, _| x as u8), 1);
        let [first, .., last] = ramp.cells([0, 0, 1_000, 1_000])[9];
        assert_eq!([first, last], [24, 253 * 16 + 8]);
        let [first, .., last] = ramp.cells([500, 0, 1_000, 1_000])[9];
        assert_eq!([first, last], [128 * 16 + 8, 254 * 16 + 8]);
    }

    #[test]
    fn every_orientation_is_turned_upright() {
        // The picture upright: bright on the upper left; dark below.
        let upright = |x: usize, y: usize| (200 - x * 3 - y * 2) as u8;
        let (w, h) = (40, 30);
        let stored: [Luminance; 8] = [
            picture(w, h, upright),
            picture(w, h, |x, y| upright(w - 1 - x, y)),
            picture(w, h, |x, y| upright(w - 1 - x, h - 1 - y)),
            picture(w, h, |x, y| upright(x, h - 1 - y)),
            picture(h, w, |x, y| upright(y, x)),
            picture(h, w, |x, y| upright(w - 1 - y, x)),
            picture(h, w, |x, y| upright(w - 1 - y, h - 1 - x)),
            picture(h, w, |x, y| upright(y, h - 1 - x)),
        ];
        let expected = Grid::new(&stored[0], 1).means;
        for (orientation, stored) in (1..).zip(&stored) {
            let grid = Grid::new(stored, orientation);
            assert_eq!((grid.width, grid.height), (w, h));
            assert_eq!(grid.means, expected, "orientation {orientation}");
        }
        assert_eq!(Grid::new(&stored[0], 0).means, expected);
        assert_eq!(Grid::new(&stored[0], 99).means, expected);
    }

    #[test]
    fn frames_are_found_and_what_is_all_frame_is_not() {
        let noisy = |x: usize, y: usize| (x * 37 + y * 101 + x * y) as u8;
        let bars = picture(200, 200, |x, y| if (20..160).contains(&y) { noisy(x, y) } else { 3 });
        assert_eq!(Grid::new(&bars, 1).unframed(), Some([0, 100, 1_000, 800]));
        assert_eq!(Grid::new(&bars, 6).unframed(), Some([200, 0, 900, 1_000]));
        assert_eq!(Grid::new(&picture(200, 200, noisy), 1).unframed(), None);
        assert_eq!(Grid::new(&picture(200, 200, |_, _| 9), 1).unframed(), None);
    }

    #[test]
    fn the_square_is_in_the_middle() {
        let of = |width, height| Grid::new(&picture(width, height, |_, _| 0), 1).square();
        assert_eq!(of(400, 300), Some([125, 0, 875, 1_000]));
        assert_eq!(of(300, 400), Some([0, 125, 1_000, 875]));
        assert_eq!(of(400, 395), None);
    }

    #[test]
    fn the_thinnest_pictures_have_cells() {
        for (width, height) in [(1, 1), (1, 3_000), (3_000, 1), (2, 70_000), (513, 511)] {
            let grid = Grid::new(&picture(width, height, |x, y| (x ^ y) as u8), 5);
            for crop in [[0, 0, 1_000, 1_000], [100, 100, 900, 900], [999, 999, 1_000, 1_000]] {
                assert!(
                    grid.cells(crop).iter().flatten().all(|mean| (0..=255 * 16).contains(mean))
                );
            }
            grid.unframed();
            grid.square();
        }
    }
}
