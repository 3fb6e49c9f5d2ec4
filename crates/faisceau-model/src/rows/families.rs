//! A link family by family.

use super::Link;
use crate::absent::{Absent, Maybe};
use crate::ids::{AccountKey, RowId};
use crate::table::Row;
use crate::words::{Family, Relation};

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
    /// A link of which nothing was weighed yet: every family is missing, the total is LR 1.
    pub fn new(number: usize, a: AccountKey, b: AccountKey, relation: Relation) -> Self {
        const NONE: Maybe<f64> = Maybe::Missing(Absent::TooLittle);
        Self {
            id: RowId::derived(Self::PREFIX, number),
            a,
            b,
            relation,
            style: NONE,
            style_low: NONE,
            style_high: NONE,
            style_cap: NONE,
            time: NONE,
            time_low: NONE,
            time_high: NONE,
            time_cap: NONE,
            network: NONE,
            network_low: NONE,
            network_high: NONE,
            network_cap: NONE,
            media: NONE,
            media_low: NONE,
            media_high: NONE,
            media_cap: NONE,
            identifiers: NONE,
            identifiers_low: NONE,
            identifiers_high: NONE,
            identifiers_cap: NONE,
            objects: NONE,
            objects_low: NONE,
            objects_high: NONE,
            objects_cap: NONE,
            coordination: NONE,
            coordination_low: NONE,
            coordination_high: NONE,
            coordination_cap: NONE,
            total: 0.0,
            total_low: 0.0,
            total_high: 0.0,
            total_cap: 0.0,
            band_fr: String::new(),
            band_en: String::new(),
            favours: Maybe::Missing(Absent::TooLittle),
            pairs_compared: 1,
            innocent: Vec::new(),
            rows: Vec::new(),
        }
    }

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
