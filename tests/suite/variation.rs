//! Figures over time: limits and special causes as NHS England's tools find them, and what is bound of them.

use proptest::prelude::*;
use rust_decimal::Decimal;
use scraper::{Html, Selector};
use tally::build::{list_facts, trace_fact};
use tally::diagnostic::Findings;
use tally::fact::{Assurance, CalculationError, Change, Effect, Lines, Pattern, Rule, Side, Stretch, facts};
use tally::model::values::Better;
use tally::wording::Wording;

use crate::parts::texts;
use crate::support::pdf::TaggedPdf;
use crate::support::{Sandbox, root};

/// Figures as they are typed, with a space between them; `-` is a gap.
fn points(text: &str) -> Vec<Option<Decimal>> {
    text.split_whitespace().map(|word| (word != "-").then(|| word.parse().unwrap())).collect()
}

fn read(points: &[Option<Decimal>], better: Better) -> Stretch {
    Stretch::of(points, 0..points.len(), None, better).unwrap()
}

/// The stretch of figures of which higher is better.
fn of(text: &str) -> Stretch {
    read(&points(text), Better::Higher)
}

/// Lower limit, mean and upper limit, rounded.
fn lines(stretch: &Stretch, decimals: u32) -> [String; 3] {
    let limits = stretch.limits().expect("there are limits");
    [limits.lower(), limits.mean(), limits.upper()].map(|line| line.round_dp(decimals).normalize().to_string())
}

/// The places of the figures that are special causes by a rule, from 1.
fn special(stretch: &Stretch, rule: Rule) -> Vec<usize> {
    let by_rule = |cause: &tally::fact::SpecialCause| cause.rules.iter().any(|(one, _)| *one == rule);
    let causes = stretch.causes.iter().enumerate();
    causes.filter(|(_, cause)| cause.as_ref().is_some_and(by_rule)).map(|(place, _)| place + 1).collect()
}

/// The places of all special causes, from 1.
fn all_special(stretch: &Stretch) -> Vec<usize> {
    let causes = stretch.causes.iter().enumerate();
    causes.filter(|(_, cause)| cause.is_some()).map(|(place, _)| place + 1).collect()
}

/// The tests of the NHS Python Community's `nhspy-plotthedots` (tests/unittests/test_limits_calculations.py), those with
/// twelve figures and more.
#[test]
fn limits_are_those_of_nhspy_plotthedots() {
    let twenty: Vec<String> = (0..20).map(|number| number.to_string()).collect();
    let mixed = "1 2 3 2 1 2 3 4 5 6 7 4 3 2 1 2";
    for (figures, expected) in [
        (twenty.join(" ").as_str(), ["6.84", "9.5", "12.16"]),
        (mixed, ["-0.014666666667", "3", "6.014666666667"]),
        (&mixed.replace(' ', " -").replacen('1', "-1", 1), ["-6.014666666667", "-3", "0.014666666667"]),
    ] {
        assert_eq!(lines(&of(figures), 12), expected, "{figures}");
    }
    // What its docstrings call near limits: 0.9902222222222221 and 5.009777777777778.
    let limits = of(mixed).limits().unwrap();
    let is_far_out = |text: &str| limits.is_far_out(text.parse().unwrap());
    assert!(is_far_out("0.99022") && !is_far_out("0.99023") && is_far_out("5.00978") && !is_far_out("5.00977"));
}

/// The example of NHS England's video on its SPC tool (england.nhs.uk/statistical-process-control-tool), as
/// `nhspy-plotthedots` tests it: mean 76.67, limits 57 and 96, and the twelfth figure alone is special.
#[test]
fn the_example_of_nhs_england_comes_out_as_in_its_tool() {
    let stretch = of("89 86 75 77 81 74 72 78 76 82 77 54 66 77 86");
    assert_eq!(lines(&stretch, 2)[1], "76.67");
    assert_eq!(lines(&stretch, 0), ["57", "77", "96"]);
    assert_eq!(all_special(&stretch), [12]);
    assert_eq!(special(&stretch, Rule::OutsideLimit), [12]);
    assert_eq!(stretch.causes[11].as_ref().unwrap().effect, Effect::Worse);
}

/// The snapshots of NHSRplotthedots (tests/testthat/_snaps/ptd_spc_standard.md and ptd_spc.md), for the twenty figures of
/// R's `set.seed(123); rnorm(20)`: mean 0.142, limits -3.01 and 3.29, all common cause.
#[test]
fn limits_are_those_of_nhsrplotthedots() {
    let stretch = of(
        "-0.56047565 -0.23017749 1.55870831 0.07050839 0.12928774 1.71506499 0.46091621 -1.26506123 -0.68685285 -0.44566197 1.22408180 0.35981383 0.40077145 0.11068272 -0.55584113 1.78691314 0.49785048 -1.96661716 0.70135590 -0.47279141",
    );
    let limits = stretch.limits().unwrap();
    assert_eq!(limits.mean().round_dp(3).to_string(), "0.142");
    assert_eq!([limits.lower(), limits.upper()].map(|line| line.round_dp(2).to_string()), ["-3.01", "3.29"]);
    assert!(all_special(&stretch).is_empty());
}

/// The sample data of NHS England's “SPC Charts SQL Query” v2.6, whose annotations say what each shows.
#[test]
fn special_causes_are_where_the_sample_of_nhs_england_says() {
    // TOTAL: “Below lower process limit” on 8 March, “Above upper process limit” on 31 May.
    let total = of(
        "0.922 0.928 0.93 0.926 0.926 0.923 0.921 0.918 0.925 0.91 0.92 0.924 0.923 0.92 0.925 0.928 0.927 0.921 0.918 0.921 0.925 0.939 0.929 0.927 0.925 0.926",
    );
    assert_eq!(special(&total, Rule::OutsideLimit), [10, 22]);
    let effects = [9, 21].map(|place: usize| total.causes[place].as_ref().unwrap().effect);
    assert_eq!(effects, [Effect::Worse, Effect::Better]);
    // Department A: “Start of seven points below mean” on 22 February, “above mean” on 10 May.
    let a = of(
        "0.972 0.965 0.966 0.974 0.97 0.971 0.977 0.97 0.97 0.968 0.965 0.96 0.967 0.97 0.981 0.977 0.976 0.97 0.973 0.975 0.977 0.98 0.978 0.98 0.973 0.97",
    );
    let runs: Vec<_> = a.runs.iter().filter(|run| run.rule == Rule::Run).collect();
    assert_eq!(
        runs.iter().map(|run| (run.rows.clone(), run.side)).collect::<Vec<_>>(),
        [(7..14, Side::Low), (18..25, Side::High)]
    );
    // Department B: “Start of seven points increasing” on 1 February, “decreasing” on 19 April.
    let b = of(
        "0.965 0.956 0.963 0.952 0.947 0.951 0.956 0.958 0.962 0.965 0.967 0.961 0.958 0.947 0.952 0.963 0.961 0.96 0.957 0.956 0.955 0.952 0.959 0.963 0.954 0.956",
    );
    let trends: Vec<_> = b.runs.iter().filter(|run| run.rule == Rule::Trend).collect();
    assert_eq!(
        trends.iter().map(|run| (run.rows.clone(), run.side)).collect::<Vec<_>>(),
        [(4..11, Side::High), (15..22, Side::Low)]
    );
    // Department C: “Two out of three points beyond two-sigma with the other point on the same side of the mean” on 22
    // March, “Three out of three points beyond two-sigma” on 14 June.
    let c = of(
        "0.913 0.911 0.912 0.909 0.912 0.923 0.905 0.923 0.912 0.905 0.905 0.898 0.901 0.915 0.91 0.905 0.912 0.91 0.907 0.915 0.912 0.909 0.92 0.923 0.924 0.923",
    );
    assert_eq!(special(&c, Rule::TwoOfThree), [12, 13, 24, 25, 26]);
    // Department D: “Start of decrease (concern) while still above mean (improvement)” on 1 March, “Start of increase
    // (improvement) while still below mean (concern)” on 26 April; the sample lets the concern prevail.
    let d = of(
        "0.971 0.973 0.978 0.979 0.981 0.985 0.987 0.991 0.993 0.987 0.982 0.98 0.979 0.972 0.964 0.962 0.958 0.96 0.961 0.963 0.964 0.965 0.966 0.968 0.97 0.972",
    );
    let effect = |place: usize| d.causes[place].as_ref().map(|cause| cause.effect);
    assert_eq!(effect(7), Some(Effect::Better), "rising above the mean");
    assert_eq!([effect(8), effect(10), effect(18)], [Some(Effect::Worse); 3], "what is worse prevails");
    assert!(d.causes[10].as_ref().unwrap().rules.iter().any(|(_, side)| *side == Side::High), "both rules are told");
}

/// Figures about 10, of which none is special.
const QUIET: &str = "9 11 9 11 9 11 9 11 9 11 9 11";

#[test]
fn seven_on_one_side_are_a_run_and_six_are_none() {
    let six = format!("{QUIET} 8 11 12 11 12 11 12 8 9");
    assert!(all_special(&of(&six)).is_empty());
    let seven = of(&format!("{QUIET} 8 11 12 11 12 11 12 11 8 9"));
    assert_eq!(special(&seven, Rule::Run), [14, 15, 16, 17, 18, 19, 20]);
    // A figure on the mean ends a run, and so does a gap.
    let eight = of(&format!("{QUIET} 11 11 11 11 11 11 11 8 8 7"));
    let on_the_mean = of(&format!("{QUIET} 11 11 11 10 11 11 11 8 8 8"));
    assert_eq!((lines(&eight, 2)[1].as_str(), lines(&on_the_mean, 2)[1].as_str()), ("10", "10"));
    assert_eq!(special(&eight, Rule::Run), [12, 13, 14, 15, 16, 17, 18, 19]);
    assert!(special(&on_the_mean, Rule::Run).is_empty());
    let gap = of(&format!("{QUIET} 8 11 12 11 12 - 11 12 11 8 9"));
    assert!(special(&gap, Rule::Run).is_empty());
}

#[test]
fn six_that_rise_are_a_trend_and_five_are_none_nor_is_one_that_stands_still() {
    assert!(of(&format!("{QUIET} 8 9 10 11 12 9")).runs.is_empty());
    let rising = of(&format!("{QUIET} 8 9 10 11 12 12.5 9"));
    assert_eq!(special(&rising, Rule::Trend), [13, 14, 15, 16, 17, 18]);
    assert!(of(&format!("{QUIET} 8 9 10 10 11 12 12.5 9")).runs.is_empty());
    assert!(of(&format!("{QUIET} 8 9 10 - 11 12 12.5 9")).runs.is_empty(), "a gap ends it");
    let falling = of(&format!("{QUIET} 12.5 12 11 10 9 8 9"));
    assert_eq!((falling.runs[0].shown(Wording::english()).as_str(), falling.runs[0].rows.clone()), ("falling", 12..18));
}

#[test]
fn what_the_latest_figure_means_depends_on_what_is_better() {
    let figures = points(&format!("{QUIET} {QUIET} 30"));
    for (better, shown) in [
        (Better::Higher, "Better: higher than expected"),
        (Better::Lower, "Worse: higher than expected"),
        (Better::Neither, "Higher than expected"),
    ] {
        assert_eq!(read(&figures, better).change(&figures).unwrap().shown(Wording::english()), shown);
    }
    // A special cause that is over says nothing of the latest figure; a gap after it is none.
    let over = points(&format!("{QUIET} 30 {QUIET} -"));
    let stretch = read(&over, Better::Higher);
    assert_eq!(special(&stretch, Rule::OutsideLimit), [13]);
    assert_eq!(stretch.change(&over), Some(Change::None));
}

#[test]
fn a_target_is_likely_met_where_the_whole_of_the_limits_is_on_its_better_side() {
    let figures = points(QUIET);
    let assurance = |target: &str, better| {
        let stretch = read(&figures, better);
        stretch.assurance(&figures, target.parse().unwrap(), better).unwrap()
    };
    // Mean 10, average moving range 2: limits 4.68 and 15.32, which count as NHS England's tool counts them.
    let expected = [("4.68", "met"), ("4.69", "open"), ("15.31", "open"), ("15.32", "missed")];
    for (target, outcome) in expected {
        let (higher, lower) = match outcome {
            "met" => (Assurance::LikelyToMeet, Assurance::LikelyToMiss),
            "missed" => (Assurance::LikelyToMiss, Assurance::LikelyToMeet),
            _ => (Assurance::MayMeetOrMiss, Assurance::MayMeetOrMiss),
        };
        assert_eq!(assurance(target, Better::Higher), Some(higher), "{target}");
        assert_eq!(assurance(target, Better::Lower), Some(lower), "{target}");
        assert_eq!(assurance(target, Better::Neither), None);
    }
}

#[test]
fn equal_figures_have_their_limits_on_the_mean_and_nothing_is_special() {
    let figures = points("7.3 7.3 7.3 7.3 7.3 7.3 7.3 7.3 7.3 7.3 7.3 7.3 7.3");
    let stretch = read(&figures, Better::Higher);
    assert_eq!(lines(&stretch, 1), ["7.3", "7.3", "7.3"]);
    assert!(all_special(&stretch).is_empty());
    let met = |target: &str| stretch.assurance(&figures, target.parse().unwrap(), Better::Higher).unwrap().unwrap();
    assert_eq!(
        [met("7.3"), met("7.2"), met("7.4")],
        [Assurance::LikelyToMeet, Assurance::LikelyToMeet, Assurance::LikelyToMiss]
    );
}

#[test]
fn a_gap_has_no_moving_range_on_either_side() {
    // Without the gap the step from 9 to 19 would be a moving range of 10.
    let stretch = of("9 11 9 11 9 11 - 21 19 21 19 21 19");
    assert_eq!(stretch.limits().unwrap().average_moving_range(), Decimal::TWO);
    assert_eq!(lines(&stretch, 2), ["9.68", "15", "20.32"]);
}

#[test]
fn fewer_than_twelve_figures_have_a_median_and_nothing_more() {
    let figures = points("4.2 3.6 4.4 3.9 - 4.6 3.4 4.0 4.5 3.7 4.1 90");
    let stretch = read(&figures, Better::Lower);
    assert_eq!(stretch.lines, Some(Lines::Median("4.1".parse().unwrap())));
    assert_eq!((all_special(&stretch), stretch.runs.len(), stretch.change(&figures)), (vec![], 0, None));
    assert_eq!(stretch.assurance(&figures, Decimal::ONE, Better::Lower), Ok(None));
    assert_eq!(
        of("1 2 3 4").lines,
        Some(Lines::Median("2.5".parse().unwrap())),
        "half-way between the two in the middle"
    );
    assert_eq!(of("- -").lines, None);
    // Figures that never follow each other say nothing of how they move.
    assert!(matches!(of(&"5 - ".repeat(12)).lines, Some(Lines::Median(_))));
}

#[test]
fn a_step_begins_anew_and_a_baseline_makes_the_limits_of_all_its_stretch() {
    let figures = points(&format!("{QUIET} 19 21 19 21 19 21 19 21 19 21 19 21"));
    let (before, after) = (
        Stretch::of(&figures, 0..12, None, Better::Higher).unwrap(),
        Stretch::of(&figures, 12..24, None, Better::Higher).unwrap(),
    );
    assert_eq!(
        (lines(&before, 2), lines(&after, 2)),
        (["4.68", "10", "15.32"].map(str::to_owned), ["14.68", "20", "25.32"].map(str::to_owned))
    );
    assert!(all_special(&before).is_empty() && all_special(&after).is_empty());
    let from_baseline = Stretch::of(&figures, 0..24, Some(0..12), Better::Higher).unwrap();
    assert_eq!(from_baseline.limits(), before.limits());
    assert_eq!(special(&from_baseline, Rule::OutsideLimit), (13..25).collect::<Vec<_>>());
    let run = from_baseline.latest(Rule::Run).unwrap();
    assert_eq!(
        (run.rows.clone(), run.shown(Wording::english()).as_str()),
        (11..24, "above the mean"),
        "the last before the step lies above it too"
    );
    // Places of runs are those among all rows.
    let figures = points(&format!("{QUIET} {QUIET} 12 13 12 13 12 13 12 8 7"));
    let later = Stretch::of(&figures, 12..33, None, Better::Higher).unwrap();
    assert_eq!(later.latest(Rule::Run).unwrap().rows, 23..31);
}

#[test]
fn figures_of_more_digits_than_can_be_kept_are_refused() {
    let large = points(&"123456789012345678.1234567 ".repeat(12));
    assert_eq!(Stretch::of(&large, 0..12, None, Better::Higher).err(), Some(CalculationError::TooLarge));
}

/// Whether a figure is special, by the words of the rules, in whole numbers.
fn is_special(figures: &[i64], place: usize) -> bool {
    let count = figures.len() as i64;
    let sum: i64 = figures.iter().sum();
    let moves = count - 1;
    let ranges: i64 = figures.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
    // Distances from the mean and from mean to limit, both times 300 × figures × moves.
    let distance = |at: usize| (figures[at] * count - sum) * moves * 300;
    let limit = 798 * ranges * count;
    let window = |length: usize| {
        let starts = (place + 1).saturating_sub(length)..=place;
        starts.filter(move |start| start + length <= figures.len()).map(move |start| start..start + length)
    };
    let on_one_side = |mut at: std::ops::Range<usize>| {
        let side = distance(at.start).signum();
        side != 0 && at.all(|at| distance(at).signum() == side)
    };
    let is_far_out = |at: usize| 3 * distance(at).abs() > 2 * limit;
    distance(place).abs() > limit
        || window(7).any(on_one_side)
        || window(6).any(|at| {
            let moves: Vec<i64> = figures[at].windows(2).map(|pair| (pair[1] - pair[0]).signum()).collect();
            moves[0] != 0 && moves.iter().all(|one| *one == moves[0])
        })
        || window(3)
            .any(|at| is_far_out(place) && on_one_side(at.clone()) && at.filter(|at| is_far_out(*at)).count() >= 2)
}

proptest! {
    /// A figure is special where one of the rules says so, and nowhere else.
    #[test]
    fn a_figure_is_special_where_a_rule_says_so(figures in proptest::collection::vec(-9_i64..9, 12..40)) {
        let points: Vec<Option<Decimal>> = figures.iter().map(|figure| Some((*figure).into())).collect();
        let stretch = read(&points, Better::Higher);
        for place in 0..figures.len() {
            prop_assert_eq!(stretch.causes[place].is_some(), is_special(&figures, place), "{} of {:?}", place, figures);
        }
    }

    /// Limits move and grow with the figures, and what is special stays so; turned over, high is low.
    #[test]
    fn limits_move_and_grow_with_the_figures(
        figures in proptest::collection::vec(-999_i64..999, 12..40), by in -9999_i64..9999, times in 1_i64..99,
    ) {
        let points = |change: &dyn Fn(Decimal) -> Decimal| -> Vec<Option<Decimal>> {
            figures.iter().map(|figure| Some(change(Decimal::new(*figure, 2)))).collect()
        };
        let (by, times) = (Decimal::new(by, 3), Decimal::new(times, 1));
        let stretch = read(&points(&|figure| figure), Better::Higher);
        let moved = read(&points(&|figure| figure * times + by), Better::Higher);
        prop_assert_eq!(&stretch.causes, &moved.causes);
        let (limits, moved) = (stretch.limits().unwrap(), moved.limits().unwrap());
        for (one, other) in [(limits.mean(), moved.mean()), (limits.upper(), moved.upper()), (limits.lower(), moved.lower())] {
            prop_assert_eq!((one * times + by).round_dp(18).normalize(), other.round_dp(18).normalize());
        }
        let turned = read(&points(&|figure| -figure), Better::Lower);
        let effects = |stretch: &Stretch| -> Vec<Option<Effect>> {
            stretch.causes.iter().map(|cause| cause.as_ref().map(|cause| cause.effect)).collect()
        };
        prop_assert_eq!(effects(&stretch), effects(&turned));
        prop_assert_eq!(limits.upper(), -turned.limits().unwrap().lower());
    }
}

/// A table of months whose columns are watched, and a text that names what follows.
fn visits() -> Sandbox {
    Sandbox::of(&root().join("tests/fixtures/cases/visits-month-by-month/content"))
}

#[test]
fn what_is_worked_out_has_addresses_and_is_printed_as_its_column_is() {
    let pattern = Pattern::parse("visits.variation.**").unwrap();
    let (_, facts) = list_facts(&visits().options(), Some(&pattern));
    let facts: Vec<(&str, &str)> = facts
        .iter()
        .map(|fact| (fact.address.strip_prefix("example.visits.variation.").unwrap(), fact.value.as_str()))
        .collect();
    let of = |address: &str| facts.iter().find(|(one, _)| *one == address).map(|(_, value)| *value);
    for (address, value) in [
        // With the decimals that the column says, or one more than its figures have.
        ("visits.mean", "497"),
        ("visits.lower-limit", "317"),
        ("visits.upper-limit", "677"),
        ("visits.special-causes", "11"),
        ("visits.run.length", "11"),
        ("visits.run.from", "January 2023"),
        ("visits.run.to", "November 2023"),
        ("visits.run.is", "above the mean"),
        ("visits.variation", "No special change"),
        ("on-time.1.mean", "89.5%"),
        ("on-time.1.upper-limit", "101.6%"),
        ("on-time.mean", "70.9%"),
        ("on-time.average-moving-range", "5.3%"),
        ("on-time.trend.from", "May 2023"),
        ("on-time.trend.to", "October 2023"),
        ("on-time.trend.is", "falling"),
        ("on-time.target", "95%"),
        ("on-time.variation", "Worse: lower than expected"),
        ("on-time.assurance", "Likely to miss target"),
        ("wait.median", "4.0 weeks"),
    ] {
        assert_eq!(of(address), Some(value), "{address}");
    }
    // What is not so has no address, so that a text that claims it is refused.
    for address in
        ["visits.target", "visits.assurance", "visits.trend.from", "on-time.median", "wait.mean", "wait.variation"]
    {
        assert_eq!(of(address), None, "{address}");
    }
}

#[test]
fn a_trace_and_the_schedule_say_how_a_limit_was_made() {
    let sandbox = visits();
    let (_, traces) = trace_fact(&sandbox.options(), "example.visits.variation.visits.upper-limit");
    let trace = &traces[0];
    let base = "example.visits.variation.visits";
    assert_eq!(trace.formula.as_deref(), Some(&*format!("{base}.mean + 2.66 * {base}.average-moving-range")));
    assert_eq!(trace.from.len(), 2);
    let (_, traces) = trace_fact(&sandbox.options(), &format!("{base}.mean"));
    let mean = "mean of example.visits.april-2022.visits to example.visits.march-2023.visits";
    assert_eq!((traces[0].formula.as_deref(), traces[0].from.len()), (Some(mean), 12));
    let sandbox = sandbox.built();
    let schedule = sandbox.text("example/data/figures.csv");
    let line = |address: &str| schedule.lines().find(|line| line.contains(&format!(",{address},"))).unwrap_or_default();
    assert!(line("visits.variation.visits.run.from").contains("January 2023"), "{schedule}");
    assert!(line("visits.variation.visits.mean").contains(mean), "{schedule}");
    assert!(sandbox.text("example/index.html").contains("Visits rose in"));
}

/// A title that claims a run is wrong once the figures have none.
#[test]
fn a_text_that_names_a_run_is_refused_when_there_is_none() {
    let sandbox = visits();
    sandbox.replace("example/visits.yaml", "values: 625 | 79% | 4.2 weeks", "values: 425 | 79% | 4.2 weeks");
    let messages = sandbox.messages(&sandbox.check());
    assert!(messages.contains("there is no figure `visits.variation.visits.run.from`"), "{messages}");
}

#[test]
fn a_target_may_stand_elsewhere() {
    let sandbox = visits();
    sandbox.replace("example/visits.yaml", "target: 95%", "target: \"{{ visits.september-2022.on-time }}\"");
    let pattern = Pattern::parse("visits.variation.on-time.target").unwrap();
    let (_, facts) = list_facts(&sandbox.options(), Some(&pattern));
    assert_eq!(facts[0].value, "94%");
    sandbox.replace("example/visits.yaml", "visits.september-2022", "visits.septembr-2022");
    let messages = sandbox.messages(&sandbox.check());
    assert!(messages.contains("example/visits.yaml:15:13"), "{messages}");
    assert!(messages.contains("there is no figure `visits.septembr-2022.on-time`"), "{messages}");
    // What follows from it is not told too.
    assert_eq!(messages.matches("error[").count(), 1, "{messages}");
}

/// What a chart is drawn from: every point with its figure and its special cause, and every stretch with what was said
/// of it.
#[test]
fn a_chart_finds_all_that_it_is_drawn_from() {
    let sandbox = visits();
    let (tree, _) = tally::source::read(&sandbox.content());
    let mut findings = Findings::new();
    let project = tally::model::load(&tree, &mut findings).unwrap();
    let facts = facts(&project, &tree.sources, &mut findings);
    let variation = facts.variation_of("example", "visits", "on-time").unwrap();
    let shown = |fact: Option<tally::fact::FactId>| fact.map(|fact| facts.shown(fact));
    assert_eq!((variation.points.len(), variation.stretches.len(), variation.facts.len()), (24, 2, 2));
    assert_eq!(shown(variation.points[23].map(|(fact, _)| fact)).as_deref(), Some("54% (p)"));
    let last = variation.stretches[1].causes.last().unwrap().as_ref().unwrap();
    assert_eq!((last.rules[0], last.effect), ((Rule::OutsideLimit, Side::Low), Effect::Worse));
    let said = &variation.watched.stretches[1];
    assert_eq!(said.reason.as_ref().map(|reason| reason.value.as_str()), Some("A new timetable"));
    assert_eq!(said.rows, variation.stretches[1].rows);
    assert_eq!(shown(variation.facts[0].mean).as_deref(), Some("89.5%"));
    assert_eq!((shown(variation.facts[1].run), shown(variation.facts[1].trend)), (None, Some("6".to_owned())));
    assert_eq!(variation.assurance.map(|(_, assurance)| assurance), Some(Assurance::LikelyToMiss));
    let baseline = &facts.variation_of("example", "visits", "visits").unwrap().watched.stretches[0].baseline;
    assert_eq!(baseline.as_ref().map(|baseline| baseline.rows.clone()), Some(0..12));
    assert!(facts.variation_of("example", "visits", "month").is_none());
}

/// A file of one indicator whose rating follows something of the table.
fn rated(follows: &str, rating: &str, ratings: &str) -> String {
    format!(
        "source: library-returns\ncaption: Library indicators\nperiods: Q1 to Q4\nratings: {ratings}\ncalled: {{groups: {{one: van, many: vans}}}}\ngroups:\n  - id: \
         van\n    name: The van\n    indicators:\n      - id: on-time\n        name: Visits on time\n        columns: \
         [percentage]\n        series: each-period\n        percentage-is: not-derived\n        percentage-because: As \
         counted\n        figures: [74%, 69%, 70%, 55%]\n        target: 60%\n        aim: at-least\n        rating: \
         {rating}\n        rating-follows: {follows}\n        note: The new timetable does not hold.\n"
    )
}

#[test]
fn a_rating_can_follow_how_likely_a_target_is_met() {
    let usual = "{green: On target, amber: Slightly behind, red: Behind, no-target: No target}";
    let assurance = "visits.variation.on-time.assurance";
    let messages = |follows: &str, rating: &str, ratings: &str| {
        let sandbox = visits();
        sandbox.write("example/on-time.yaml", rated(follows, rating, ratings));
        sandbox.replace(
            "example/report.yaml",
            "- table: visits.yaml",
            "- table: visits.yaml\n      - dashboard: on-time.yaml",
        );
        let messages = sandbox.messages(&sandbox.check());
        let mut told: Vec<String> =
            messages.lines().filter(|line| line.starts_with("error[")).map(str::to_owned).collect();
        told.retain(|line| !line.contains("unused"));
        told
    };
    let none: [&str; 0] = [];
    // It is held against what the figures of the table say, and not against its own target.
    assert_eq!(messages(assurance, "red", usual), none);
    assert_eq!(
        messages(assurance, "green", usual),
        [
            "error[rating-follows-target]: the rating is green, but what it follows gives red: it is “Likely to miss target”"
        ]
    );
    assert_eq!(
        messages("visits.variation.on-time.assurrance", "red", usual),
        ["error[unknown-fact]: there is no figure `visits.variation.on-time.assurrance`"]
    );
    assert_eq!(
        messages("visits.variation.on-time.mean", "red", usual),
        ["error[wrong-type]: a rating does not follow `visits.variation.on-time.mean`, which is 70.9%"]
    );
    let own = "\n  - {id: good, name: Good, means: On target, mark: green}\n  - {id: poor, name: Poor, means: Behind, mark: amber}";
    assert_eq!(
        messages(assurance, "good", own),
        [
            "error[rating-follows-target]: what it follows gives red, but no rating has that mark: it is “Likely to miss target”"
        ]
    );
}

/// What the drawing says of figures over time is said to who does not see it: mean, limits and target, what is special,
/// and why a stretch begins; the lines before a step, which the drawing does not name, to everybody.
#[test]
fn a_listener_is_told_what_a_chart_of_figures_over_time_shows() {
    let sandbox = visits().built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    let boxes = Selector::parse(".plot[role=img]").unwrap();
    let said: Vec<&str> = page.select(&boxes).map(|one| one.attr("aria-label").unwrap()).collect();
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
    let alternatives: Vec<&str> = pdf.root.all("Figure").iter().filter_map(|one| one.alt.as_deref()).collect();
    for (place, words) in [
        (0, "; mean 497, limits 317 to 677; Better: higher than expected: January 2023 to November 2023."),
        (
            1,
            "; April 2022 to March 2023: mean 89.5%, limits 77.4% to 101.6%; no special causes; April 2023: A new timetable; April 2023 to March 2024: mean 70.9%, limits 56.9% to 84.9%; Worse: lower than expected: May 2023 to October 2023, March 2024; target 95%.",
        ),
        (2, "; median 4.0 weeks."),
    ] {
        assert!(said[place].ends_with(words), "{:#?}", said);
        assert!(alternatives.iter().any(|one| one.ends_with(words)), "{alternatives:#?}");
    }
    let earlier = "April 2022 to March 2023: mean 89.5%, limits 77.4% to 101.6%";
    assert!(texts(&page, ".chart-note").contains(&earlier.to_owned()), "{:?}", texts(&page, ".chart-note"));
    assert!(pdf.root.text.contains(earlier));
}

/// A reason that has no room beside its step stands below the chart, for everybody.
#[test]
fn a_reason_without_room_stands_below() {
    let reason = "A new timetable, with a stop in every village of the county and a second van on market days";
    let sandbox = visits();
    sandbox.replace("example/visits.yaml", "reason: A new timetable}", &format!("reason: \"{reason}\"}}"));
    let sandbox = sandbox.built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    assert_eq!(texts(&page, ".plot .reason"), Vec::<String>::new());
    let note = format!("April 2023: {reason}");
    assert_eq!(texts(&page, ".chart-note").iter().filter(|one| **one == note).count(), 1);
    assert!(
        TaggedPdf::read(&sandbox.bytes("example/example.pdf")).root.text.contains("April 2023: A new timetable, with")
    );
}

/// The signs say by their shape what they say in words: a disc for the better, a square for the worse, a ring for neither;
/// and their dots stand on the side of the target on which the figures are expected.
#[test]
fn signs_have_the_shape_of_what_they_say() {
    for (better, target, shape, words, of_target) in [
        ("higher", "95%", "of-square", "Worse: lower than expected", "Likely to miss target"),
        ("lower", "95%", "of-disc", "Better: lower than expected", "Likely to meet target"),
        ("higher", "70%", "of-square", "Worse: lower than expected", "May meet or miss target"),
    ] {
        let sandbox = visits();
        let from = "  - column: on-time\n    better: higher\n    target: 95%";
        let to = format!("  - column: on-time\n    better: {better}\n    target: {target}");
        sandbox.replace("example/visits.yaml", from, &to);
        let outcome = sandbox.build();
        let messages = sandbox.messages(&outcome);
        assert!(outcome.manifest.is_some(), "{messages}");
        let page = Html::parse_document(&sandbox.text("example/index.html"));
        let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf")).root.text;
        let signs = Selector::parse(".signs").unwrap();
        let list = page.select(&signs).nth(1).unwrap();
        let parts: Vec<(String, String, Vec<f64>)> = list
            .select(&Selector::parse("li").unwrap())
            .map(|sign| {
                let of = |selector: &str| Selector::parse(selector).unwrap();
                let class = sign.select(&of("svg")).next().unwrap().attr("class").unwrap().to_owned();
                let dots = sign.select(&of(".dot")).map(|dot| dot.attr("cy").unwrap().parse().unwrap()).collect();
                (class, sign.text().collect::<String>().trim().to_owned(), dots)
            })
            .collect();
        assert_eq!((parts[0].0.as_str(), parts[0].1.as_str()), (&*format!("sign {shape}"), words));
        assert!(pdf.contains(words));
        let (class, said, dots) = &parts[1];
        assert_eq!(said, of_target);
        assert!(pdf.contains(of_target));
        let sides = (dots.iter().all(|dot| *dot < 20.0), dots.iter().all(|dot| *dot > 20.0));
        let (shape, expected) = match of_target {
            "Likely to meet target" => ("sign of-disc", (true, false)),
            "Likely to miss target" => ("sign of-square", (false, true)),
            _ => ("sign of-ring", (false, false)),
        };
        assert_eq!((class.as_str(), sides), (shape, expected));
    }
}
