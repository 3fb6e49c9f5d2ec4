//! What looking into one explanation gives: a standing, figures, rows.

use faisceau_model::Standing;

/// Most rows that one explanation names.
const MOST_ROWS: usize = 12;

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) standing: Standing,
    pub(super) counted: Vec<String>,
    pub(super) rows: Vec<String>,
}

impl Found {
    /// Nothing counted yet, and open.
    pub(super) fn new() -> Self {
        Self { standing: Standing::Open, counted: Vec::new(), rows: Vec::new() }
    }

    /// Adds a figure.
    pub(super) fn count(&mut self, name: &str, value: impl TryInto<i64>) {
        let value = value.try_into().unwrap_or(i64::MAX);
        self.counted.push(format!("{name}={value}"));
    }

    /// Adds a figure where there is one.
    pub(super) fn count_known(&mut self, name: &str, value: Option<i64>) {
        if let Some(value) = value {
            self.count(name, value);
        }
    }

    /// Adds rows, each once, as far as there is room.
    pub(super) fn rest_on<T: ToString>(&mut self, rows: impl IntoIterator<Item = T>) {
        for row in rows {
            if self.rows.len() == MOST_ROWS {
                return;
            }
            let row = row.to_string();
            if !self.rows.contains(&row) {
                self.rows.push(row);
            }
        }
    }

    /// What speaks for it wins over what speaks against it: a doubt is never hidden by another
    /// figure.
    pub(super) fn judge(&mut self, speaks_for: bool, speaks_against: bool) {
        self.standing = match (speaks_for, speaks_against) {
            (true, _) => Standing::Supported,
            (false, true) => Standing::Contradicted,
            (false, false) => Standing::Open,
        };
    }
}
