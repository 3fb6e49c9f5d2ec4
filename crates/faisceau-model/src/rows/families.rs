//! A link family by family.

use super::Link;
use crate::absent::Maybe;
use crate::words::Family;

/// What one family brings to a link, log10 LR.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FamilyPart {
    /// The family.
    pub family: Family,
    /// Its part.
    pub value: f64,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// Highest that validation supports for that material.
    pub cap: Option<f64>,
}

impl Link {
    /// The families that had something to say, in the order of [`Family::ALL`].
    pub fn families(&self) -> impl Iterator<Item = FamilyPart> + '_ {
        Family::ALL.iter().filter_map(|family| {
            let [value, low, high, cap] = self.columns(*family).map(|column| column.known());
            let (low, high, cap) = (low.copied(), high.copied(), cap.copied());
            Some(FamilyPart { family: *family, value: *value?, low, high, cap })
        })
    }

    /// The columns of a family: value, low, high, cap.
    const fn columns(&self, family: Family) -> [&Maybe<f64>; 4] {
        match family {
            Family::Style => [&self.style, &self.style_low, &self.style_high, &self.style_cap],
            Family::Time => [&self.time, &self.time_low, &self.time_high, &self.time_cap],
            Family::Network => {
                [&self.network, &self.network_low, &self.network_high, &self.network_cap]
            }
            Family::Media => [&self.media, &self.media_low, &self.media_high, &self.media_cap],
            Family::Identifiers => [
                &self.identifiers,
                &self.identifiers_low,
                &self.identifiers_high,
                &self.identifiers_cap,
            ],
            Family::Objects => {
                [&self.objects, &self.objects_low, &self.objects_high, &self.objects_cap]
            }
            Family::Coordination => [
                &self.coordination,
                &self.coordination_low,
                &self.coordination_high,
                &self.coordination_cap,
            ],
        }
    }
}
