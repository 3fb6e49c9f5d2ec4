//! In which city databases put the address: an indication, never a finding.
//!
//! In: the databases of cities that the case pins. Out: one answer, the city of the database of the
//! nearest day, with what the others make of it: how many name a place, and how far the two
//! farthest of these lie apart. For 93 % of French access addresses two databases of one month name
//! two cities, 131 km apart in the median: no city enters the table `addresses` or a conclusion.

use faisceau_datasets::{Placed, Verdict};
use faisceau_model::{Listing, Question};

use super::{Answer, Asked, Knowledge};

/// Mean radius of the Earth, km (IUGG).
const EARTH_KM: f64 = 6_371.008_8;
/// Farther apart than this, in km, the places are not of one town and its surroundings.
const DISAGREE_KM: f64 = 50.0;

/// Adds the city, where a database names one.
pub(super) fn add(asked: &Asked, knowledge: &Knowledge<'_>, out: &mut Vec<Answer>) {
    let all = knowledge.bundle.cities(asked.ip, asked.at);
    let named = |verdict: &&Verdict<'_, Placed>| {
        verdict.value.known().is_some_and(|place| place.city.is_some() || place.at.is_some())
    };
    let places: Vec<_> = all.iter().filter(named).collect();
    let Some(nearest) = places.first().copied().or(all.first()) else { return };
    let answer = Answer::of(Question::City, Listing::Listed, nearest.source, nearest.days);
    let farthest = farthest_km(&places);
    let value = nearest.value.clone().map(|place| wording(&place, places.len(), farthest));
    let mut answer = answer.with(value).rule_of_thumb().noting("indication_only");
    if farthest.is_some_and(|km| km > DISAGREE_KM) {
        answer = answer.noting("sources_disagree");
    }
    if places.len() == 1 {
        answer = answer.noting("one_source");
    }
    out.push(answer);
}

/// `Lyon (FR); sources=3; farthest_km=391`.
fn wording(place: &Placed, sources: usize, farthest: Option<f64>) -> String {
    let city = place.city.as_deref().unwrap_or("?");
    let country = place.country.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
    let apart = farthest.map(|km| format!("; farthest_km={km:.0}")).unwrap_or_default();
    format!("{city}{country}; sources={sources}{apart}")
}

/// The largest distance between two of the places.
fn farthest_km(places: &[&Verdict<'_, Placed>]) -> Option<f64> {
    let points: Vec<_> = places.iter().filter_map(|verdict| verdict.value.known()?.at).collect();
    let pairs = points.iter().enumerate();
    let distances =
        pairs.flat_map(|(index, a)| points[index + 1..].iter().map(|b| distance_km(*a, *b)));
    distances.reduce(f64::max)
}

/// Great-circle distance of two points in degrees, by the haversine formula.
fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (from, to) = (a.0.to_radians(), b.0.to_radians());
    let half = |difference: f64| {
        let sine = libm::sin(difference.to_radians() / 2.0);
        sine * sine
    };
    let chord = half(b.0 - a.0) + libm::cos(from) * libm::cos(to) * half(b.1 - a.1);
    2.0 * EARTH_KM * libm::asin(libm::sqrt(chord.clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_sphere() {
        let (paris, lyon) = ((48.8566, 2.3522), (45.7640, 4.8357));
        assert!((distance_km(paris, lyon) - 391.5).abs() < 0.5, "{}", distance_km(paris, lyon));
        assert!((distance_km((0.0, 0.0), (0.0, 180.0)) - 20_015.1).abs() < 0.1);
        assert_eq!(distance_km(paris, paris), 0.0);
    }

    #[test]
    fn the_value_says_how_many_speak() {
        let lyon = Placed {
            country: Some("FR".into()),
            city: Some("Lyon".into()),
            region: None,
            postcode: None,
            at: None,
        };
        assert_eq!(wording(&lyon, 3, Some(391.5)), "Lyon (FR); sources=3; farthest_km=392");
        assert_eq!(wording(&lyon, 1, None), "Lyon (FR); sources=1");
    }
}
