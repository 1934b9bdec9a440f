//! The number formats in which figures are filled in, so that a cell shows what would be typed.

use rust_decimal::Decimal;

use crate::import::lines::{Says, Slot};
use crate::model::values::{Currency, Figure, FigureValue, Manner, Unit};

/// Text, which a spreadsheet leaves as it was typed.
pub const TEXT: &str = "@";

/// The format of a cell: that of the figure that stands there; where none does, that of one `beside` it, or of its unit.
pub fn code<'s>(slot: &Slot, beside: impl Iterator<Item = &'s Slot>) -> String {
    match &slot.says {
        Says::Words(_) => TEXT.to_owned(),
        Says::Day(_) => "yyyy-mm-dd".to_owned(),
        Says::Figure(figure) => {
            let others =
                beside.filter_map(|slot| if let Says::Figure(figure) = slot.says { Some(figure) } else { None });
            let known = [*figure].into_iter().chain(others).find_map(of_figure);
            let code = known.unwrap_or_else(|| of_unit(slot).to_owned());
            // So many pounds would contradict the thousands that the unit beside it says.
            if slot.size == Decimal::ONE { code } else { without_sign(&code) }
        }
    }
}

fn without_sign(code: &str) -> String {
    Currency::ALL
        .into_iter()
        .fold(code.to_owned(), |code, currency| code.replace(&quoted(&currency.sign().to_string()), ""))
}

/// What stands at a place now.
pub fn now(slot: &Slot) -> String {
    match &slot.says {
        Says::Figure(figure) if slot.size != Decimal::ONE => {
            figure.shown(Manner::of_messages()).replace(Currency::ALL.map(Currency::sign), "")
        }
        Says::Figure(figure) => figure.shown(Manner::of_messages()),
        Says::Day(day) => day.to_string(),
        Says::Words(words) => words.clone(),
    }
}

/// None where a figure says nothing of its form.
fn of_figure(figure: Figure) -> Option<String> {
    let amount = match figure.value {
        FigureValue::Exact(amount) | FigureValue::Bounded(_, amount) => amount,
        FigureValue::Band(..) => return Some(TEXT.to_owned()),
        FigureValue::Nil(_) | FigureValue::Absent(_) => return None,
    };
    let shown = amount.shown(Manner::of_messages());
    match amount.unit {
        Unit::Ratio => Some(TEXT.to_owned()),
        Unit::Year => Some("0".to_owned()),
        _ => of_text(&shown),
    }
}

/// The format that shows a number as it stands in a text: `£4.5M`, `98.0%`, `9.5 weeks`, `+0.3`.
fn of_text(shown: &str) -> Option<String> {
    let start = shown.find(|letter: char| letter.is_ascii_digit())?;
    let rest = &shown[start..];
    let end = rest.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ',' | '.'))).unwrap_or(rest.len());
    let decimals = rest[..end].split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let point = if decimals > 0 { "." } else { "" };
    let before = shown[..start].trim_start_matches(['-', '−', '+']);
    let after = match rest[end..].strip_prefix('%') {
        Some(after) => format!("%{}", quoted(after)),
        None => quoted(&rest[end..]),
    };
    let code = format!("{}#,##0{point}{}{after}", quoted(before), "0".repeat(decimals));
    Some(if shown.starts_with('+') { format!("+{code};-{code};{code}") } else { code })
}

fn quoted(text: &str) -> String {
    let text = text.replace('"', "");
    if text.is_empty() { text } else { format!("\"{text}\"") }
}

fn of_unit(slot: &Slot) -> &'static str {
    match slot.bare {
        Unit::Money(_) => "\"£\"#,##0",
        Unit::Percent => "0.0%",
        _ if slot.ending.ends_with("percentage") => "0.0%",
        _ => "General",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_shows_a_figure_as_it_is_typed() {
        for (shown, code) in [
            ("£1,228,200", "\"£\"#,##0"),
            ("£4.5M", "\"£\"#,##0.0\"M\""),
            ("98.0%", "#,##0.0%"),
            ("−9.5 weeks", "#,##0.0\" weeks\""),
            ("+0.3", "+#,##0.0;-#,##0.0;#,##0.0"),
            ("5.2 per 1,000", "#,##0.0\" per 1,000\""),
        ] {
            assert_eq!(of_text(shown).as_deref(), Some(code));
        }
        assert_eq!(of_text("nil"), None);
    }
}
