//! What formats show, and what they hide.

use proptest::prelude::*;
use rust_decimal::{Decimal as Exact, RoundingStrategy};

use super::*;

/// What a number shows: its text, or why it is refused.
fn shown(stored: f64, code: &str) -> String {
    match NumberFormat::read(code).number(stored, DateSystem::From1900) {
        Ok(Seen::Number { text } | Seen::Duration { text } | Seen::Day { text, .. }) => text,
        Err(refused) => format!("!{refused:?}"),
    }
}

#[test]
fn numbers_are_seen_as_their_format_shows_them() {
    for (stored, code, text) in [
        (0.075, "0.0%", "7.5%"),
        (0.8965, "0.0%", "89.7%"),
        (-1204.0, "#,##0;(#,##0);-", "(1,204)"),
        (0.0, "#,##0;(#,##0);-", "-"),
        (4_500_000.0, "£0.0,,\"M\"", "£4.5M"),
        (-1234.5, "\"Q\"0", "-Q1235"),
        (1234.5, "000-00-0000", "000-00-1235"),
        (1_234_567.0, "0000 000000", "0001 234567"),
        (4.0, "0.##", "4."),
        (12.5, ".00", "12.50"),
        (0.5, "0,000", "0,001"),
        (7.249, "0.0\":1\"", "7.2:1"),
        (2.5, "?0.0?", " 2.5 "),
        (0.0, "_-£* #,##0.00_-;-£* #,##0.00_-;_-£* \"-\"??_-;_-@_-", " £-   "),
        (-0.3, "0", "0"),
        (0.5, "[$-10809]0.0%", "50.0%"),
    ] {
        assert_eq!(shown(stored, code), text, "{stored} in {code}");
    }
}

#[test]
fn what_a_format_hides_is_never_shown() {
    for (stored, code) in [
        (3.0, "[<5]\"<5\";0"),
        (4.0, "\"<5\""),
        (4.0, "\"[c]\""),
        (4.0, ";;;"),
        (-4.0, "0;;"),
        (0.0, "0;-0;;@"),
        (0.0, "0;-0;\"[c]\""),
        (4.0, "**"),
        (0.0, "#"),
        (0.4, "#"),
        (4.0, "\"Yes\";\"No\""),
        (3.0, "[White]0"),
        (3.0, "[Color 2]0"),
        (0.0, "[<5]\"-\";0"),
        (0.0, "\"<5\"#"),
        (1e16, ";;;"),
    ] {
        assert_eq!(shown(stored, code), "!Masked", "{stored} in {code}");
    }
    assert_eq!(NumberFormat::read(";;;").text("3"), Err(Refused::Masked));
    assert_eq!(NumberFormat::read("0;0;0;\"[c]\"").text("3"), Err(Refused::Masked));
}

#[test]
fn what_is_not_known_for_certain_is_refused() {
    for (stored, code) in [
        (1.5, "# ?/?"),
        (1.5, "0.00E+00"),
        (42825.0, "[$-F800]dddd, mmmm dd, yyyy"),
        (42825.0, "[$-452]d mmmm yyyy"),
        (42825.0, "[$-2000809]d"),
        (42825.0, "[$-107041E]yyyy"),
        (42825.0, "gge"),
        (1.0, "d mmm yyyy"),
        (-1.0, "h:mm"),
        (1.5, "0.0k"),
        (1.5, "0\""),
        (1.5, "[DBNum1]0"),
        (0.000_01, "General"),
        (1.5, "[>5]0"),
        (1.5, "0;0;0;@;0"),
        (1.5, "0.0.0"),
        (1.5, "?,???"),
    ] {
        assert_eq!(shown(stored, code), "!UnknownFormat", "{stored} in {code}");
    }
    assert_eq!(shown(1e15, "0"), "!TooManyDigits");
    assert_eq!(shown(-5.0, "#,##0;[Red]#,##0"), "!SignNotShown");
    assert_eq!(shown(-5.0, "[<1000]0;0.0,\"k\""), "!SignNotShown");
}

#[test]
fn days_and_times_are_seen_in_english() {
    for (stored, code, text) in [
        (42825.0, "d mmmm yyyy", "31 March 2017"),
        (42825.0, "[$-10809]dd/mm/yyyy;@", "31/03/2017"),
        (42825.0, "ddd dd-mmm-yy", "Fri 31-Mar-17"),
        (42_825.635_416_666_7, "dd/mm/yyyy hh:mm", "31/03/2017 15:15"),
        (0.5, "h:mm AM/PM", "12:00 PM"),
        (0.0, "h:mm a/p", "12:00 A"),
        (1.753_472_222, "[h]:mm", "42:05"),
        (1.753_472_222, "[mm]:ss", "2525:00"),
        (0.010_416_666_7, "mm:ss.0", "15:00.0"),
        (0.999_999_999, "hh:mm:ss", "00:00:00"),
    ] {
        assert_eq!(shown(stored, code), text, "{stored} in {code}");
    }
    let day = |stored, system| NumberFormat::read("dd/mm/yyyy").number(stored, system);
    let seen = Seen::Day { text: "31/03/2017".to_owned(), iso: "2017-03-31".to_owned() };
    assert_eq!(day(42825.0, DateSystem::From1900), Ok(seen.clone()));
    assert_eq!(day(42825.0 - 1462.0, DateSystem::From1904), Ok(seen));
    assert_eq!(number_of("2017-03-31T12:00:00", DateSystem::From1900), Some(42825.5));
    assert_eq!(number_of("2017-02-30", DateSystem::From1900), None);
}

/// A format of usual parts, with how many decimals, percents and thousands it has.
fn usual_format() -> impl Strategy<Value = (String, u32, u32, u32)> {
    (0u32..5, 0u32..2, 0u32..3, "[a-z£ ]{0,3}").prop_map(|(decimals, percent, thousands, words)| {
        let point = if decimals > 0 { "." } else { "" };
        let (zeros, commas) = ("0".repeat(decimals as usize), ",".repeat(thousands as usize));
        let percent_sign = if percent > 0 { "%" } else { "" };
        (format!("\"{words}\"#,##0{point}{zeros}{commas}{percent_sign}\"{words}\""), decimals, percent, thousands)
    })
}

proptest! {
    /// As exact decimals count and round.
    #[test]
    fn what_is_shown_agrees_with_exact_decimals(
        digits in -99_999_999_999_999i64..=99_999_999_999_999, scale in 0u32..12, format in usual_format(),
    ) {
        let (code, decimals, percent, thousands) = format;
        let exact = Exact::new(digits, scale);
        let seen = shown(exact.to_string().parse().unwrap(), &code);
        let scaled = exact * Exact::from(100u32.pow(percent)) / Exact::from(1000u32.pow(thousands));
        let rounded = scaled.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        let read: String = seen.chars().filter(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '-')).collect();
        prop_assert_eq!(read.parse::<Exact>().unwrap(), rounded);
        let tail = read.split_once('.').map_or(0, |(_, tail)| tail.len());
        prop_assert_eq!(tail, decimals as usize);
    }

    /// Whatever stands in a format, it is read or refused.
    #[test]
    fn no_format_makes_it_panic(code in "[0#?.,%;@_*\\\\\"\\[\\]<>=5hmsydeEGA/P+ -]{0,12}", stored in any::<f64>()) {
        let format = NumberFormat::read(&code);
        let _ = format.number(stored, DateSystem::From1904);
        let _ = format.text("text");
    }
}
