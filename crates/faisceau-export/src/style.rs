//! The legend: one colour and one shape for each kind of node.
//!
//! The shape tells the family of a kind (disc: who; square: network; triangle: device; diamond:
//! content), the shade tells the kind, so that a print in black and white can still be read. It
//! holds words of the formats only, which are the same in French and in English.

use crate::plain::PlainEdge;

/// How a kind of node is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Red, green, blue.
    pub rgb: (u8, u8, u8),
    /// `disc`, `square`, `triangle` or `diamond`, the shapes of GEXF.
    pub shape: &'static str,
}

impl Style {
    /// `#rrggbb`.
    pub fn hex(self) -> String {
        let (r, g, b) = self.rgb;
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// The kinds of nodes and how they are drawn.
pub const LEGEND: [(&str, Style); 11] = [
    ("account", Style { rgb: (0, 60, 112), shape: "disc" }),
    ("mail", Style { rgb: (72, 146, 205), shape: "disc" }),
    ("phone", Style { rgb: (178, 217, 243), shape: "disc" }),
    ("address", Style { rgb: (122, 50, 0), shape: "square" }),
    ("prefix", Style { rgb: (222, 128, 36), shape: "square" }),
    ("domain", Style { rgb: (252, 214, 160), shape: "square" }),
    ("device", Style { rgb: (0, 84, 62), shape: "triangle" }),
    ("camera", Style { rgb: (140, 208, 176), shape: "triangle" }),
    ("image", Style { rgb: (96, 26, 88), shape: "diamond" }),
    ("url", Style { rgb: (190, 110, 178), shape: "diamond" }),
    ("phrase", Style { rgb: (238, 202, 230), shape: "diamond" }),
];

/// A kind that the legend does not name.
const OTHER: Style = Style { rgb: (128, 128, 128), shape: "disc" };

/// How an edge is drawn; what was weighed is dashed where the format has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) color: Style,
    pub(crate) width: u8,
}

const OBSERVED: Line = line((150, 150, 150), 1);

/// A link whose interval lies above LR 1.
const WEIGHED: Line = line((20, 20, 20), 2);

/// Any other link: it stands in the drawing and does not fill it.
const FAINT: Line = line((200, 200, 200), 1);

const fn line(rgb: (u8, u8, u8), width: u8) -> Line {
    Line { color: Style { rgb, shape: "line" }, width }
}

/// How an edge is drawn.
pub(crate) fn drawn(edge: &PlainEdge) -> Line {
    match (edge.observed, edge.pulls()) {
        (true, _) => OBSERVED,
        (false, true) => WEIGHED,
        (false, false) => FAINT,
    }
}

/// How a kind of node is drawn.
pub fn style(kind: &str) -> Style {
    LEGEND.iter().find(|(name, _)| *name == kind).map_or(OTHER, |(_, style)| *style)
}

/// How large a node is drawn: it grows slowly with the number of its edges.
pub(crate) fn size(degree: u32) -> f64 {
    rounded(4.0 + 3.0 * libm::log1p(f64::from(degree)))
}

/// The legend in a line: `account disc #003c70; …; observed solid #969696; …`.
pub(crate) fn legend() -> String {
    let kinds: Vec<String> = LEGEND
        .iter()
        .map(|(kind, style)| format!("{kind} {} {}", style.shape, style.hex()))
        .collect();
    format!(
        "{}; observed solid {}; link dashed {}; link log10_lr_low≤0 dashed {}",
        kinds.join("; "),
        OBSERVED.color.hex(),
        WEIGHED.color.hex(),
        FAINT.color.hex()
    )
}

/// To a thousandth, which is more than a drawing shows.
pub(crate) fn rounded(value: f64) -> f64 {
    // Adding zero turns a negative zero into zero.
    (value * 1000.0).round() / 1000.0 + 0.0
}

#[cfg(test)]
mod tests {
    use faisceau_graph::NodeKind;

    use super::*;

    /// Luma of ITU-R BT.601, 0 to 255, which is what a black and white print keeps.
    fn luma((r, g, b): (u8, u8, u8)) -> f64 {
        0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b)
    }

    #[test]
    fn the_legend_names_every_kind_once() {
        for kind in NodeKind::ALL {
            assert_eq!(
                LEGEND.iter().filter(|(name, _)| *name == kind.as_str()).count(),
                1,
                "{kind}"
            );
        }
        assert_eq!(LEGEND.len(), NodeKind::ALL.len());
        assert_eq!(style("planet"), OTHER);
    }

    #[test]
    fn kinds_of_one_shape_differ_in_black_and_white() {
        for (a, one) in LEGEND {
            for (b, two) in LEGEND {
                if a != b && one.shape == two.shape {
                    let apart = (luma(one.rgb) - luma(two.rgb)).abs();
                    assert!(apart > 60.0, "{a} and {b} are {apart} apart");
                }
            }
        }
    }

    #[test]
    fn a_node_grows_with_its_edges() {
        assert_eq!(size(0), 4.0);
        assert!(size(1) > size(0) && size(4_000_000) < 60.0);
        assert!(rounded(-0.000_01).is_sign_positive());
    }
}
