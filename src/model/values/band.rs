//! A band: two amounts between which a figure lies.

use super::{Amount, Unit};

/// The two ends of a band: `190–195`, `(17.5)–(15.0)`, `5 to 10`. A hyphen would be a minus.
pub fn ends(text: &str) -> Option<(&str, &str)> {
    let (low, high) = text.split_once('–').or_else(|| text.split_once(" to "))?;
    (!low.trim().is_empty()).then_some((low.trim(), high.trim()))
}

/// The amounts at both ends. The unit may stand at the second end alone: `5–10%`; a currency may stand at the first.
pub fn read(low: &str, high: &str, bare: Unit) -> Result<(Amount, Amount), String> {
    let expected = |why: String| format!("a band is written 190–195; {why}");
    let (first, second) = match Amount::parse(high, bare) {
        Ok(second) => (Amount::parse(low, second.unit).map_err(expected)?, second),
        Err(why) => {
            let first = Amount::parse(low, bare).map_err(|_| expected(why))?;
            (first, Amount::parse(high, first.unit).map_err(expected)?)
        }
    };
    let second = if first.unit == second.unit { second } else { Amount::parse(high, first.unit).map_err(expected)? };
    if first.unit != second.unit {
        return Err(expected("both ends have one unit".to_owned()));
    }
    // Of `£5–£10m` both ends are millions.
    let first = first.in_size_of(second);
    if first.in_full() > second.in_full() {
        return Err(expected("its end is not below its beginning".to_owned()));
    }
    Ok((first, second))
}
