//! Phrases, and what their numbers are.

use proptest::prelude::*;

use super::*;
use crate::yaml::Parse;

/// The report's period is the financial year 2016/17.
fn period() -> Period {
    let date = |text| crate::model::values::Date::parse(text).unwrap();
    let at = crate::diagnostic::Span::new(crate::diagnostic::FileId(0), 0..0);
    Period { from: date("2016-04-01"), to: date("2017-03-31"), at }
}

fn reader() -> Reader {
    Reader { names: Names::with(["Building 97", "Annual Operating Plan 2017-19", "The 97 Club"]) }
}

fn asked(text: &str) -> Vec<String> {
    asked_in("en", text)
}

/// The same of a text in a language.
fn asked_in(language: &str, text: &str) -> Vec<String> {
    let all = crate::wording::Wordings::default();
    let wording = all.find(language, None).unwrap();
    reader().asked_as(text, &period(), wording).map(|(one, _)| text[one.at].to_owned()).collect()
}

#[test]
fn numbers_in_words_and_dates_are_read_in_the_language_of_the_report() {
    assert_eq!(asked_in("cy", "Agorwyd tair cangen, a thrydedd ar 31 Mawrth 2017."), ["tair"]);
    assert_eq!(asked_in("cy", "Mae pump o bobl, five people, a miloedd mwy."), ["pump", "five", "miloedd"]);
    assert_eq!(
        asked_in("fr", "Trois agences ont ouvert le 1er mars 2017, et le 31 août 1990."),
        ["Trois", "31 août 1990"]
    );
    assert_eq!(asked_in("en", "Trois agences, tair cangen"), [""; 0]);
}

/// Years, pages and phases are known by the words round them in each language, and figures stay figures.
#[test]
fn dates_and_names_are_known_by_the_words_of_the_language() {
    for (language, text) in [
        ("cy", "Yn 2016 agorwyd y llyfrgell, ac yn ystod 2017 tyfodd; gweler tudalen 12 ac adran 3 o’r adroddiad."),
        ("cy", "Ers 2016 mae cam 2 ar waith. Tablau 3 a 4 sy’n dangos hyn, erbyn 2017."),
        ("fr", "En 2016, et depuis 2017, voir le chapitre 3, les pages 12 à 14 et le tableau 2."),
        ("fr", "Entre 2015 et 2017, de 2016 à 2017, jusqu’en 2017, dès la fin 2016 ; au trimestre 3, l’étape 2."),
    ] {
        assert_eq!(asked_in(language, text), [""; 0], "{text}");
    }
    for (language, text, figures) in [
        ("cy", "I’r llyfrgell daeth 2016 o bobl, a 12 tudalen, a chostiodd 5%.", &["2016", "12", "5%"][..]),
        ("cy", "Yn 1066 roedd 35 o wlâu.", &["1066", "35"]),
        (
            "fr",
            "En 2016 visites, plus de 2016 visites, environ 2016, de 1\u{a0}950 à 2016.",
            &["2016", "2016", "2016", "1\u{a0}950", "2016"],
        ),
        ("fr", "Le niveau 3 % et 12 pages.", &["3 %", "12"]),
        // What is counted, rises and falls is no year.
        ("cy", "Cododd nifer yr ymwelwyr i 2016. Cyfanswm 2016, Tua 2016, Gostyngodd 2016.", &["2016"; 4]),
        ("fr", "Les visites sont passées à 2016, une hausse de 2016, montées à 2016, un total de 2016.", &["2016"; 4]),
        ("fr", "L’objectif 2016 et une baisse à 2016.", &["2016", "2016"]),
    ] {
        assert_eq!(asked_in(language, text), figures, "{text}");
    }
}

#[test]
fn figures_of_translations_are_alike() {
    let all = crate::wording::Wordings::default();
    let figure = |language: &str, written: &str| plain_figure(written, all.find(language, None).unwrap());
    for (english, french) in [
        ("12.5%", "12,5 %"),
        ("12.5%", "12,5\u{202f}%"),
        ("1,060.5", "1\u{a0}060,5"),
        ("16.3 million", "16,3 millions"),
    ] {
        assert_eq!(figure("en", english), figure("fr", french), "{english}");
    }
    assert_ne!(figure("fr", "1\u{a0}060,5"), figure("fr", "1\u{a0}999,5"));
}

/// A sentence, and which of its numbers need a figure or a source.
const PHRASES: &[(&str, &[&str])] = &[
    // Digits and words.
    ("The 39 KPIs, of which five (12.5%) cost £1,323,536.", &["39", "five", "12.5%", "£1,323,536"]),
    ("Twenty-one staff in their fourth year, one of them second.", &["Twenty-one", "fourth"]),
    ("Thirty‑nine of 40, and forty\u{2010}two", &["Thirty‑nine", "40", "forty\u{2010}two"]),
    (
        "one per cent, one percent, one percentage point, 10 per cent",
        &["one per cent", "one percent", "one percentage point", "10 per cent"],
    ),
    (
        "one-third, two-thirds, two thirds, a third, three quarters, one quarter",
        &["one-third", "two-thirds", "two thirds", "third", "three quarters", "one quarter"],
    ),
    ("half the staff, half of it, by half, half a million", &["half", "half", "half", "half", "million"]),
    ("four/five of them", &["four", "five"]),
    (
        "It doubled, trebled, halved and rose tenfold, twice as much.",
        &["doubled", "trebled", "halved", "tenfold", "twice"],
    ),
    ("nil, zero complaints, nought", &["nil", "zero", "nought"]),
    (
        "hundreds of people, tens of thousands, dozens, a trillion pounds",
        &["hundreds", "tens", "thousands", "dozens", "trillion"],
    ),
    ("two hundred and fifty beds, £16.3 million, 2.5bn", &["two hundred and fifty", "£16.3 million", "2.5bn"]),
    ("up a percentage point, a percentage of", &["a percentage point"]),
    ("two and a half years", &["two and a half"]),
    ("½ of them, 5² and ５ of 6", &["½", "5²", "５", "6"]),
    ("about a quarter of the workforce, each quarter, once a quarter", &["quarter"]),
    ("the first quarter, the third quarter, quarter of a million", &["quarter", "million"]),
    ("1 in 4, 9 out of 10, one in five", &["1", "4", "9", "10", "five"]),
    ("5 to 9 of them, 10–12 weeks, 10-12 weeks", &["5", "9", "10–12", "10-12"]),
    // Words that look like numbers.
    ("the third sector, second-hand, one another, first-class, one of the best, no one", &[]),
    ("zero tolerance, zero-hours contracts, net zero, two-way, sixth form", &[]),
    ("A third sector grew, two third sector bodies, a third of the sector", &["two", "third"]),
    ("zero complaints under zero tolerance", &["zero"]),
    // Names by their form.
    ("COVID-19, CO2, CO₂, A35, H1N1, PM2.5, DT1 1TG, Q1 and Q4", &[]),
    (
        "Q5, FY10, GBP5, E5.5m, £5, X10, N=97, TOP-10, UP-12, 10K",
        &["Q5", "FY10", "GBP5", "E5.5m", "£5", "X10", "97", "10", "12", "10K"],
    ),
    ("Band 8a and 8 staff, band 5 to 7, 8a", &["8", "8a"]),
    ("Band 5 staff, band 5 staff", &["5"]),
    ("Of our wards 5 closed, wards 5 and 6 closed; at County House 12 staff left", &["5", "12"]),
    ("In the area 12 libraries opened; areas 5 to 9, and to area 8", &["12"]),
    ("In the quarter 4 libraries opened, in quarter 4, Quarter 4", &["4"]),
    ("On Open Day 45 people came; Building 97 per cent full; call 111 people", &["45", "97 per cent", "111"]),
    ("Section 75, section 75 percent, Section 75%, section 75 per cent", &["75 percent", "75%", "75 per cent"]),
    ("Page 3, part 2, phase 3, Phase two, pages 3, 5 and 7", &[]),
    ("In section 3, 45 people; in section 3 and 45 people", &["45", "45"]),
    ("at a level 3 times higher, level 3,000, area 8 hectares", &["3", "3,000", "8"]),
    ("in quarter 4, Quarters 2, 3 and 4, quarter 5, areas 5 to 9", &["5"]),
    ("ISO 9001, ISO 27001:2013, BS 8300, IFRS 16, ISO 9001 per cent", &["9001 per cent"]),
    ("the Mental Health Act 1983, an act of 1983", &["1983"]),
    ("1 High Street, 3 Old Mill Lane, 3 streets", &["3"]),
    ("NHS 111, call 111, 999 calls, 111 calls, 111 people", &["111", "111"]),
    ("24/7, 24 hours a day, 24 hours, 7/24", &["24", "7/24"]),
    ("9am, 9.30 pm, 17:30, 9 to 5pm, 12 noon, 9 amps, 3:1, 25:30, 9.75am", &["9", "3:1", "25:30", "9.75am"]),
    ("01305 368900, 0300 123 4567, 012 345", &["012", "345"]),
    ("aged 65 and over, 65 people, over-65s, over 65, ages 5 to 11, aged 150", &["65", "65", "150"]),
    ("18-year-olds, the average age is 45, aged 6 months to 2 years", &["45"]),
    ("the average age 45, a median age of 45", &["45", "45"]),
    ("aged 65% of, aged 90 days", &["65%", "90"]),
    ("10-year plan, five-year strategy, 10-year average, five years", &["10-year", "five"]),
    ("info2@example.org, www.example.org/99, #Flu99, 99#", &["99"]),
    // The organisation's own names.
    ("Building 97, building 97, The 97 Club, 97 clubs", &["97", "97"]),
    ("our Annual Operating Plan 2017-19, the plan for 2017-19", &["2017-19"]),
    // Dates: those of the report's time need nothing, others do, each as one thing.
    ("30 June 2017, 1st March, 1 to 31 March 2017, June 30, 2016, 5–9 May", &[]),
    ("30 June 2014, June 2014, on 30 June 2019", &["30 June 2014", "June 2014", "30 June 2019"]),
    ("in 2016, (2015), the 2016 results, since 2017, by 2018, in 2014, in 1999", &["2014", "1999"]),
    ("2016/17, 2015–16, 2017/2018, 2013/14, 2010–17", &["2013/14", "2010–17"]),
    ("2016-06-30, 30/06/2016, 2012-06-30", &["2012-06-30"]),
    ("the 1990s, the 2010s", &["1990s", "2010s"]),
    ("2016 results were received, the 2016 results, our 2016 accounts", &["2016"]),
    ("2016 patients, the 2016 patients, in 2016 patients", &["2016", "2016", "2016"]),
    (
        "we saw 2016 on time; rose to 2016; a total of 2016; from 1,950 to 2016; Total: 2016",
        &["2016", "2016", "2016", "1,950", "2016", "2016"],
    ),
    ("In March 31 people died; 12 may come; Of 12 May be, of 12 May 2016, on 12 May we met", &["31", "12", "12"]),
    ("Loans fell in the first quarter and rose in the third, and in the fourth.", &[]),
    ("In the first quarter a third came back, the third of them; rose in the third", &["third", "third"]),
    ("Loans rose in the third.", &["third"]),
    ("Corfe 2016, Wareham 1,950 and Swanage 2040; Corfe 2016, Wareham 2015", &["2016", "1,950", "2040"]),
    ("All 2016 who answered, the 2016 who came, registered in 2016 who live here", &["2016", "2016"]),
    ("rose by 2016 to 4,000; of 2016 who came; by 2016 to most of them", &["2016", "4,000", "2016"]),
    ("{{ \u{1a} 2016", &[]),
];

#[test]
fn each_number_of_a_phrase_is_what_it_is() {
    let wrong: Vec<String> = PHRASES
        .iter()
        .filter(|(text, expected)| asked(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  is {:?}\n  not {expected:?}", asked(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What public bodies write every day has no figure in it.
#[test]
fn everyday_phrases_ask_for_nothing() {
    for line in include_str!("everyday.txt").lines() {
        assert_eq!(asked(line), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn names_that_hide_a_figure_are_none() {
    for name in
        ["97%", "97", "£5m fund", "97 patients", "five million", "97 Patients", "Ward", "ninety-seven", "Five", "2015"]
    {
        assert!(hides_a_figure(name).is_some(), "{name}");
    }
    for name in ["NHS 111", "The 97 Club", "Ward 7", "Route 66", "Annual Operating Plan 2017-19", "One Dorset 2020"] {
        assert_eq!(hides_a_figure(name), None, "{name}");
    }
}

#[test]
fn each_shipped_name_has_a_number() {
    let names = include_str!("names.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let without = names.filter(|line| !line.contains(['<', '|']) && numbers(line).is_empty()).collect::<Vec<_>>();
    assert_eq!(without, Vec::<&str>::new(), "these hold no number");
}

#[test]
fn a_whole_number_has_a_value() {
    let value = |text: &str| numbers(text)[0].value;
    assert_eq!(value("1,234 people"), Some(1234));
    assert_eq!(value("Twenty‑one people"), Some(21));
    assert_eq!(value("two-thirds"), None);
}

proptest! {
    /// A figure of money or a percentage is asked for wherever it stands.
    #[test]
    fn no_percentage_is_passed_over(before in "(Section|Band|aged|NHS|in|the|third|ISO|call|Q|2016|,|\\.| ){0,4}", number in "[1-9][0-9]{0,2}") {
        let text = format!("{before} {number}% of it");
        prop_assert!(asked(&text).iter().any(|one| one.ends_with('%')), "{}", text);
        let text = format!("{before} £{number}");
        prop_assert!(asked(&text).iter().any(|one| one.starts_with('£')), "{}", text);
    }

    /// Numbers stand in their order and do not overlap, in any text.
    #[test]
    fn numbers_are_apart(text in "([0-9]{1,4}|one|two|third|Band|May|2016|per cent|NHS|£|%|/|-|–|:|\\.|, | |\u{a0}|@|#|é|½|\u{1a}){0,14}") {
        let mut end = 0;
        for (one, _) in reader().asked_as(&text, &period(), Wording::english()) {
            prop_assert!(one.at.start >= end && one.at.end > one.at.start && text.get(one.at.clone()).is_some());
            end = one.at.end;
        }
    }
}
