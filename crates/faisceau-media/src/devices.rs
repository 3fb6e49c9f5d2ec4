//! How common the devices of a maker are: `datasets/media/devices.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Devices {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "checked")]
    _checked: String,
    maker: Vec<Maker>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Maker {
    names: Vec<String>,
    share: f64,
}

static DEVICES: LazyLock<Devices> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../datasets/media/devices.toml")).unwrap_or_default()
});

/// The share of users whose device is of a maker, 0 to 1; `None` where it is not known.
pub fn maker_share(make: &str) -> Option<f64> {
    let named =
        |maker: &&Maker| maker.names.iter().any(|name| name.eq_ignore_ascii_case(make.trim()));
    DEVICES.maker.iter().find(named).map(|maker| maker.share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_are_shares_and_leave_room_for_others() {
        let shares: Vec<f64> = DEVICES.maker.iter().map(|maker| maker.share).collect();
        assert!(!shares.is_empty() && shares.iter().all(|share| (0.0..1.0).contains(share)));
        assert!(shares.iter().sum::<f64>() < 1.0);
        assert_eq!(maker_share("apple"), Some(0.35));
        assert_eq!(maker_share("Lumica"), None);
    }
}
