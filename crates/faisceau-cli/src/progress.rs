//! Bars on stderr, none when it is no terminal.

use std::io::IsTerminal;

use faisceau_case::Step;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows the steps of a long call.
pub(crate) struct Bar {
    bar: ProgressBar,
    stage: String,
}

impl Bar {
    pub(crate) fn new(quiet: bool) -> Self {
        let shown = !quiet && std::io::stderr().is_terminal();
        let target =
            if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{prefix:>10} {wide_bar} {pos}/{len} {msg}")
        {
            bar.set_style(style);
        }
        Self { bar, stage: String::new() }
    }

    /// Shows one step.
    pub(crate) fn show(&mut self, step: &Step<'_>) {
        if self.stage != step.stage {
            step.stage.clone_into(&mut self.stage);
            self.bar.set_prefix(step.stage.to_owned());
        }
        self.bar.set_length(step.total);
        self.bar.set_position(step.done);
        self.bar.set_message(faisceau_model::excerpt(step.what, 40));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
