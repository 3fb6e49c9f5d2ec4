//! `faisceau run`.

use faisceau_case::{Summary, Unmade, Unsought};

use crate::arguments::Arguments;
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};
use crate::progress::Bar;

pub(super) fn run(arguments: &Arguments, printer: &Printer) -> Result<Exit, Failure> {
    let mut case = super::open(arguments)?;
    let who = clock::who(arguments.who.as_deref());
    let mut bar = Bar::new(printer.quiet());
    let summary = case.run(&who, clock::now()?, &mut |step| bar.show(step))?;
    drop(bar);
    for key in &summary.unmatched {
        printer.warning(format!("case.toml names the account `{key}`, which no exhibit knows"));
    }
    if printer.json() {
        printer.value(&summary)?;
    } else {
        printer.talk(lines(&summary).join("\n"));
        printer.talk("next: faisceau report");
    }
    Ok(if summary.has_rejects() { Exit::DoneWithRejects } else { Exit::Done })
}

/// The counts of a run in four lines, and one more each for what style was held against, and where
/// an exhibit or a crowd calls for it.
pub(super) fn lines(summary: &Summary) -> Vec<String> {
    let period = match &summary.period {
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    };
    let mut lines = vec![
        format!(
            "{} exhibits ({} unread): {} records = {} read + {} set aside + {} rejected",
            summary.exhibits,
            summary.unread,
            summary.records,
            summary.read,
            summary.set_aside,
            summary.rejected
        ),
        format!(
            "{} messages, {} uses of an address, {} images, videos and documents{period}",
            summary.posts, summary.connections, summary.images
        ),
        format!(
            "{} accounts compared{}: {} links, {} support one hand, {} speak against",
            summary.examined,
            if summary.left_out > 0 {
                format!(" ({} left out by max_accounts)", summary.left_out)
            } else {
                String::new()
            },
            summary.links,
            summary.supporting,
            summary.opposing
        ),
        format!(
            "{} groups of {} accounts; {} requests{}",
            summary.groups,
            summary.grouped,
            summary.requests,
            match &summary.first_deadline {
                Some(day) => format!(", the first data are kept until {day}"),
                None => String::new(),
            }
        ),
    ];
    // In a small case the check is never made: the note says so, the screen need not.
    let worth = summary.style_shifts.iter().filter(|s| s.unmade != Some(Unmade::FewAccounts));
    lines.extend(worth.map(faisceau_case::Shift::to_text));
    lines.extend(checks(summary));
    lines.extend(unsought(&summary.unsought));
    lines
}

/// What was left out when pairs of accounts were sought, where there is something to say.
fn unsought(left_out: &Unsought) -> Option<String> {
    said([
        (left_out.pairs, "pairs of accounts that nothing brought together"),
        (left_out.values, "values of too many accounts"),
        (left_out.near_copies, "pairs with the weakest near copies"),
        (left_out.objects_narrowed, "objects so popular that only close shares were paired"),
        (left_out.objects_silent, "objects too popular to pair their sharers"),
        (left_out.minutes, "minutes with too many accounts to pair all"),
    ])
    .map(|said| format!("not looked at, which is no finding: {said}"))
}

/// What was checked of the exhibits, where there is something to say.
fn checks(summary: &Summary) -> Option<String> {
    let [good, bad, unchecked] = summary.signatures;
    said([
        (summary.unknown_fields, "fields that no format knows"),
        (summary.clock_disagreements, "clocks that disagree with the declared time"),
        (good, "good signatures"),
        (bad, "bad signatures"),
        (unchecked, "signatures not checked"),
        (summary.subscribers, "data declared of subscribers"),
    ])
}

/// The counts that are not zero, or nothing.
fn said<const N: usize>(counts: [(u64, &str); N]) -> Option<String> {
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = some.map(|(count, what)| format!("{count} {what}")).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_looked_at_has_a_line_only_where_there_is_some() {
        let mut summary = Summary::default();
        assert_eq!(lines(&summary).len(), 4);
        summary.unsought = Unsought { values: 2, minutes: 3, ..Unsought::default() };
        let lines = lines(&summary);
        assert_eq!(
            lines[4..],
            [concat!(
                "not looked at, which is no finding: 2 values of too many accounts, ",
                "3 minutes with too many accounts to pair all"
            )]
        );
    }
}
