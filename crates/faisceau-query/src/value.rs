//! A cell of an answer, apart from how polars holds it.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use polars_core::prelude::{AnyValue, Series, TimeUnit};

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// An integer.
    Int(i128),
    /// A float.
    Float(f64),
    /// Text.
    Text(String),
    /// An instant, a day, a time of the day, a length of time or another kind, as text (ISO 8601).
    Other(String),
    /// A list.
    List(Vec<Value>),
    /// Named values.
    Struct(Vec<(String, Value)>),
}

impl Value {
    pub(crate) fn of(value: &AnyValue<'_>) -> Self {
        match value {
            AnyValue::Null => Self::Null,
            AnyValue::Boolean(v) => Self::Bool(*v),
            AnyValue::String(v) => Self::Text((*v).to_owned()),
            AnyValue::StringOwned(v) => Self::Text(v.to_string()),
            AnyValue::UInt8(v) => Self::Int((*v).into()),
            AnyValue::UInt32(v) => Self::Int((*v).into()),
            AnyValue::UInt64(v) => Self::Int((*v).into()),
            AnyValue::Int8(v) => Self::Int((*v).into()),
            AnyValue::Int16(v) => Self::Int((*v).into()),
            AnyValue::Int32(v) => Self::Int((*v).into()),
            AnyValue::Int64(v) => Self::Int((*v).into()),
            AnyValue::Int128(v) => Self::Int(*v),
            AnyValue::Float32(v) => Self::Float((*v).into()),
            AnyValue::Float64(v) => Self::Float(*v),
            AnyValue::Date(days) => Self::Other(day(*days)),
            AnyValue::Datetime(at, unit, zone) => Self::Other(instant(*at, *unit, zone.is_some())),
            AnyValue::DatetimeOwned(at, unit, zone) => {
                Self::Other(instant(*at, *unit, zone.is_some()))
            }
            AnyValue::Duration(length, unit) => Self::Other(duration(*length, *unit)),
            AnyValue::Time(at) => Self::Other(time(*at)),
            AnyValue::List(values) | AnyValue::Array(values, _) => Self::List(list(values)),
            AnyValue::StructOwned(fields) => {
                let (values, names) = fields.as_ref();
                let names = names.iter().map(|field| field.name().to_string());
                Self::Struct(names.zip(values.iter().map(Self::of)).collect())
            }
            AnyValue::Struct(..) => match value.clone().into_static() {
                owned @ AnyValue::StructOwned(_) => Self::of(&owned),
                _ => Self::Null,
            },
            AnyValue::Binary(bytes) => Self::Other(hexadecimal(bytes)),
            AnyValue::BinaryOwned(bytes) => Self::Other(hexadecimal(bytes)),
            AnyValue::Decimal(digits, _, scale) => Self::Other(decimal(*digits, *scale)),
            other => Self::Other(other.to_string()),
        }
    }

    /// The value as text; lists and structs as JSON.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Bool(v) => v.to_string(),
            Self::Int(v) => v.to_string(),
            Self::Float(v) => float(*v),
            Self::Text(v) | Self::Other(v) => v.clone(),
            Self::List(_) | Self::Struct(_) => {
                let mut out = String::new();
                self.json(&mut out);
                out
            }
        }
    }

    /// Appends the value as JSON. A float that JSON has no number for is a text: `"NaN"`, `"inf"`.
    pub(crate) fn json(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(v) => out.push_str(if *v { "true" } else { "false" }),
            Self::Int(v) => out.push_str(&v.to_string()),
            Self::Float(v) if v.is_finite() => out.push_str(&serde_json::json!(v).to_string()),
            Self::Float(v) => json_text(&v.to_string(), out),
            Self::Text(v) | Self::Other(v) => json_text(v, out),
            Self::List(values) => {
                out.push('[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    value.json(out);
                }
                out.push(']');
            }
            Self::Struct(fields) => json_object(fields.iter().map(|(n, v)| (n.as_str(), v)), out),
        }
    }
}

/// Appends a JSON object, in the order of its fields.
pub(crate) fn json_object<'a>(
    fields: impl Iterator<Item = (&'a str, &'a Value)>,
    out: &mut String,
) {
    out.push('{');
    for (index, (name, value)) in fields.enumerate() {
        if index > 0 {
            out.push(',');
        }
        json_text(name, out);
        out.push(':');
        value.json(out);
    }
    out.push('}');
}

fn json_text(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

/// A float without a long row of zeros.
fn float(value: f64) -> String {
    let size = value.abs();
    if size.is_finite() && size != 0.0 && !(1e-5..1e16).contains(&size) {
        return format!("{value:e}");
    }
    value.to_string()
}

fn list(values: &Series) -> Vec<Value> {
    values.iter().map(|value| Value::of(&value)).collect()
}

fn in_nanoseconds(count: i64, unit: TimeUnit) -> i128 {
    let factor = match unit {
        TimeUnit::Nanoseconds => 1,
        TimeUnit::Microseconds => 1_000,
        TimeUnit::Milliseconds => 1_000_000,
    };
    i128::from(count) * factor
}

/// An instant in UTC; without a zone where the column has none. Outside the years of a civil date,
/// the bare number.
fn instant(at: i64, unit: TimeUnit, zoned: bool) -> String {
    match Timestamp::from_nanosecond(in_nanoseconds(at, unit)) {
        Ok(at) if zoned => at.to_string(),
        Ok(at) => at.to_string().trim_end_matches('Z').to_owned(),
        Err(_) => at.to_string(),
    }
}

fn day(days: i32) -> String {
    let epoch = Date::constant(1970, 1, 1);
    epoch
        .checked_add(SignedDuration::from_hours(i64::from(days) * 24))
        .map_or_else(|_| days.to_string(), |day| day.to_string())
}

fn duration(length: i64, unit: TimeUnit) -> String {
    SignedDuration::from_nanos_i128(in_nanoseconds(length, unit)).to_string()
}

fn time(nanoseconds: i64) -> String {
    let seconds = nanoseconds.div_euclid(1_000_000_000);
    let rest = nanoseconds.rem_euclid(1_000_000_000);
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        return clock;
    }
    format!("{clock}.{rest:09}").trim_end_matches('0').to_owned()
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a String never fails.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn decimal(digits: i128, scale: usize) -> String {
    let sign = if digits < 0 { "-" } else { "" };
    let text = digits.unsigned_abs().to_string();
    if scale == 0 {
        return format!("{sign}{text}");
    }
    let padded = format!("{text:0>width$}", width = scale + 1);
    let (whole, part) = padded.split_at(padded.len() - scale);
    format!("{sign}{whole}.{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_iso_8601() {
        assert_eq!(
            instant(1_740_830_400_123_456, TimeUnit::Microseconds, true),
            "2025-03-01T12:00:00.123456Z"
        );
        assert_eq!(instant(0, TimeUnit::Milliseconds, false), "1970-01-01T00:00:00");
        assert_eq!(instant(i64::MAX, TimeUnit::Milliseconds, true), i64::MAX.to_string());
        assert_eq!(day(-1), "1969-12-31");
        assert_eq!(day(i32::MAX), i32::MAX.to_string());
        assert_eq!(duration(90, TimeUnit::Milliseconds), "PT0.09S");
        assert_eq!(time(3_723_000_000_000), "01:02:03");
        assert_eq!(time(1_500_000_000), "00:00:01.5");
    }

    #[test]
    fn floats_have_no_long_row_of_zeros() {
        let all = [0.0, -0.5, 1e15, 1e300, 2.5e-9, f64::INFINITY].map(float);
        assert_eq!(all, ["0", "-0.5", "1000000000000000", "1e300", "2.5e-9", "inf"]);
    }

    #[test]
    fn decimals_keep_their_zeros() {
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(12_345, 3), "12.345");
        assert_eq!(decimal(7, 0), "7");
    }

    #[test]
    fn json_has_no_number_for_nan() {
        let mut out = String::new();
        Value::List(vec![Value::Float(f64::NAN), Value::Float(0.1), Value::Null]).json(&mut out);
        assert_eq!(out, r#"["NaN",0.1,null]"#);
    }
}
