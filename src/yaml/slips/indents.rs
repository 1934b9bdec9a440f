//! Lines that are indented as none of those round them.

use super::Slip;
use super::line::Line;
use super::open::Open;

/// Lines whose indent is that of none of the lines before them.
pub fn indents(lines: &[Line]) -> Vec<Slip> {
    let full = |line: &&Line| {
        let typed = line.letters.trim_start();
        !typed.is_empty() && !typed.starts_with('#')
    };
    let all: Vec<&Line> = lines.iter().filter(full).collect();
    // Within quotation marks and brackets an indent means nothing.
    let mut open = Open::default();
    let mut is_free = |line: &&Line| {
        let was_open = open.is_any();
        open.read(line.letters);
        !was_open
    };
    let free: Vec<bool> = all.iter().map(&mut is_free).collect();
    let mut slips = Vec::new();
    for (place, line) in all.iter().enumerate().rev().take(3).filter(|(place, _)| free[*place]) {
        let own = line.indent();
        let above = place.checked_sub(1).map(|above| all[above]);
        let below = all.get(place + 1);
        if above.is_some_and(|above| [above.indent(), above.field()].contains(&own))
            || below.is_some_and(|below| below.indent() == own)
        {
            continue; // It stands as its neighbours do.
        }
        // The indents of the lines that it may stand beside, from the nearest; and one step further in.
        let mut wanted: Vec<usize> = Vec::new();
        for before in all[..place].iter().rev() {
            for indent in [before.indent(), before.field()] {
                if indent != own && !wanted.contains(&indent) {
                    wanted.push(indent);
                }
            }
        }
        wanted.sort_by_key(|indent| indent.abs_diff(own));
        let slip = |indent: usize| {
            let spaces = |count: usize| if count == 1 { "one space".to_owned() } else { format!("{count} spaces") };
            line.slip(
                0..own.max(line.letters.chars().next().map_or(1, char::len_utf8)),
                format!(
                    "this line is indented by {}, which fits no line above it",
                    if own == 0 { "no space".to_owned() } else { spaces(own) }
                ),
                format!(
                    "indent it by {}, as its neighbours are",
                    if indent == 0 { "no space".to_owned() } else { spaces(indent) }
                ),
                (0..own, " ".repeat(indent)),
            )
        };
        slips.extend(wanted.into_iter().map(slip));
    }
    slips
}
