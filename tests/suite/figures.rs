//! Figures that prove themselves: what is found in the shipped reports, what a slip would change, what is read back.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use insta::assert_snapshot;
use proptest::prelude::*;
use scraper::{Html, Selector};
use tally::build::{Outcome, mutate_content};
use tally::diagnostic::Code;
use tally::mutate::{Score, SlipKind, Unnoticed};

use crate::support::pdf::TaggedPdf;
use crate::support::{Published, Sandbox, files, root};

/// Each error of the published report is found and stands with its reason; nothing else is found.
#[test]
fn the_findings_of_the_shipped_reports_are_all_acknowledged() {
    let sandbox = Sandbox::shipped();
    let outcome = sandbox.check();
    assert!(outcome.findings.is_empty(), "{}", sandbox.messages(&outcome));
    let mut told = String::new();
    for one in &outcome.acknowledged {
        let address = one.finding.about.as_ref().map_or("", |about| about.address.as_str());
        let code = one.finding.code.name();
        let _ = writeln!(told, "{code} at {address}\n  {}\n  stands: {}\n", one.finding.message, one.reason);
    }
    assert_snapshot!("shipped-findings", told);
    assert_eq!(outcome.coverage.percentage(), 100);
    assert_eq!(outcome.coverage.loose, 0);
}

/// Of the slips that a typist could make in the shipped reports nearly all are noticed.
#[test]
fn a_slip_in_a_figure_is_noticed() {
    let (_, report) = mutate_content(&Sandbox::shipped().options(), 2, 0);
    let tenths = |kind: SlipKind| report.by_kind[&kind].tenths_of_percent();
    SlipKind::ALL
        .into_iter()
        .filter(|kind| kind.is_of_one_figure())
        .for_each(|kind| assert_eq!(tenths(kind), 1000, "{kind:?}"));
    SlipKind::ALL.into_iter().for_each(|kind| assert!(tenths(kind) >= 900, "{kind:?}"));
    assert!(report.overall().tenths_of_percent() >= 980);
    let line = |name: &str, score: Score| {
        let Score { figures, changes, noticed, by_digest } = score;
        format!("{name}: {noticed} of {changes} changes in {figures} places, {by_digest} of them by digest\n")
    };
    let kinds = SlipKind::ALL.iter().filter_map(|kind| Some(line(kind.shown(), *report.by_kind.get(kind)?)));
    let unnoticed = report
        .unnoticed
        .iter()
        .map(|one| format!("unnoticed: {} {}, {} to {}\n", one.address, one.change.shown(), one.from, one.to));
    let told: String = kinds.chain([line("overall", report.overall())]).chain(unnoticed).collect();
    assert_snapshot!("mutation-score", told);
}

/// Figures that stand beside their supplier's file need no control total.
#[test]
fn a_slip_in_a_figure_that_its_supplier_gave_is_noticed() {
    let sandbox = Sandbox::of(&root().join("tests/fixtures/cases/visits-month-by-month/content"));
    let (_, report) = mutate_content(&sandbox.options(), 2, 0);
    assert!(report.by_kind[&SlipKind::Tables].changes > 200);
    // The target of a watched column stands in no cell.
    let of_cells = |one: &&Unnoticed| one.kind == SlipKind::Tables && !one.address.contains(".variation.");
    let unnoticed: Vec<&Unnoticed> = report.unnoticed.iter().filter(of_cells).collect();
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}

/// What only the rules over structure tell of is noticed as well: a period of the edition before that is not there.
#[test]
fn a_slip_in_the_name_of_a_period_is_noticed() {
    let sandbox = Sandbox::of(&root().join("tests/fixtures/cases/two-editions/content"));
    assert!(
        fs::read_to_string(sandbox.content().join("library-2025-26/indicators.yaml")).unwrap().contains("last: q4")
    );
    let (_, report) = mutate_content(&sandbox.options(), 2, 0);
    assert!(report.by_kind[&SlipKind::Numbers].changes > 5);
    let unnoticed: Vec<&Unnoticed> = report.unnoticed.iter().filter(|one| one.address.ends_with("(last)")).collect();
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}

/// The number of threads changes nothing, another seed makes other changes.
#[test]
fn the_same_seed_makes_the_same_changes() {
    let sandbox = Sandbox::of(&root().join("tests/fixtures/cases/figures-as-published/content"));
    let score = |jobs, seed| mutate_content(&sandbox.options(), jobs, seed).1;
    let (one, three) = (score(1, 7), score(3, 7));
    assert_eq!((one.overall(), &one.unnoticed), (three.overall(), &three.unnoticed));
    assert_ne!(score(2, 8).unnoticed, one.unnoticed);
}

/// What is found first after some words of a file were replaced.
fn found(path: &str, from: &str, to: &str) -> Vec<(Code, String)> {
    let sandbox = Sandbox::shipped();
    sandbox.replace(path, from, to);
    sandbox.check().findings.into_iter().map(|finding| (finding.code, finding.message)).collect()
}

/// The errors that this tool was asked for, each put back as it was published and without its acknowledgement.
#[test]
fn the_errors_of_the_published_report_are_told_in_plain_words() {
    let without = |address: &str| {
        let checks = fs::read_to_string(root().join("content/css-annual-report/checks.yaml")).unwrap();
        let start = checks.find(&format!("    address: {address}\n")).expect("it is acknowledged");
        let start = checks[..start].rfind("  - rule: ").unwrap();
        let end = checks[start + 1..].find("  - rule: ").map_or(checks.len(), |end| start + 1 + end);
        found("css-annual-report/checks.yaml", &checks[start..end], "")
    };
    let growth = without("indicators.hin-members.q4.percentage");
    assert!(growth[0].1.starts_with("22% is printed, but 8% follows"), "{growth:?}");
    let rounded = without("indicators.control-accounts.q4.percentage");
    assert!(rounded[0].1.contains("only because it is rounded: it is 99.8%"), "{rounded:?}");
    let policies = without("relations.policies-outstanding");
    assert!(policies[0].1.contains("the left side is 6, the right side 5"), "{policies:?}");
}

#[test]
fn a_figure_that_changes_voids_its_acknowledgement() {
    let found = found("css-annual-report/indicators.yaml", "[21, 20, 96%]", "[21, 20, 97%]");
    let codes: Vec<Code> = found.iter().map(|(code, _)| *code).collect();
    assert!(codes.contains(&Code::AcknowledgementVoid) && codes.contains(&Code::RatioAgrees), "{found:?}");
    assert!(codes.contains(&Code::ControlTotalAgrees), "the control total guards it as well");
}

#[test]
fn prose_that_says_another_count_is_found() {
    let found = found(
        "css-annual-report/indicators-after.md",
        "Overall, the {{ indicators.count }} KPIs",
        "Overall, the 38 KPIs",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, found[0].1.as_str()), (Code::CountsAgree, "the text says 38 kpis, but the report has 39"));
}

/// Places for texts in the small project, each with a placeholder that leads nowhere.
const TEXTS: &[(&str, &str, &str)] = &[
    ("example/report.yaml", "title: Library Service", "title: Library {{ nowhere }}"),
    ("example/welcome.md", "Reading is for everybody", "Reading is {{ nowhere }}"),
    ("example/welcome.md", "*as promised*", "*as {{ nowhere }}*"),
    ("example/survey.yaml", "heading: ", "heading: \"{{ nowhere }}\" #"),
    ("example/survey.yaml", "statement: of staff like books", "statement: \"of {{ nowhere }}\""),
    ("example/indicators.yaml", "name: Loans returned on time", "name: Loans {{ nowhere }}"),
    ("example/indicators.yaml", "function: Front desk", "function: Front {{ nowhere }}"),
    ("example/indicators.yaml", "green: Complete or on target", "green: Complete {{ nowhere }}"),
    ("example/plan.yaml", "caption: ", "caption: \"{{ nowhere }}\" #"),
    ("example/costs.yaml", "caption: ", "caption: \"{{ nowhere }}\" #"),
    ("example/loans.yaml", "caption: ", "caption: \"{{ nowhere }}\" #"),
    ("example/loans.yaml", "rows-are: ", "rows-are: \"{{ nowhere }}\" #"),
];

/// A figure is bound in every text, so that a slip in any of them is found and none is printed with its braces.
#[test]
fn no_text_is_passed_over() {
    for (path, from, to) in TEXTS {
        let sandbox = Sandbox::full();
        sandbox.replace(path, from, to);
        let outcome = sandbox.check();
        let unknown = outcome.findings.iter().filter(|finding| finding.code == Code::UnknownFact).count();
        assert_eq!(unknown, 1, "{path}: {to}\n{}", sandbox.messages(&outcome));
    }
}

/// Builds with a component of the user's own in place of a built-in one.
fn with_component(path: &str, from: &str, to: &str) -> (Sandbox, Outcome) {
    with_template(Sandbox::full(), path, from, to)
}

/// What a project comes to with one template in which something else stands.
pub fn with_template(sandbox: Sandbox, path: &str, from: &str, to: &str) -> (Sandbox, Outcome) {
    let component = root().join("templates").join(path);
    let text = fs::read_to_string(component).unwrap();
    assert!(text.contains(from), "{path} does not contain {from}");
    let own = sandbox.path().join("templates").join(path);
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    fs::write(own, text.replacen(from, to, 1)).unwrap();
    let outcome = sandbox.build();
    (sandbox, outcome)
}

/// A template that prints another figure, drops one or exchanges two stops the publication, in either format.
#[test]
fn figures_are_read_back_from_the_finished_files() {
    let words = "{{ piece.text | line_ends }}</span>";
    let figure = "{{<Amount cell={figure} />}}";
    let in_pdf = "{{ figure.words.text }}";
    for (path, from, to, says) in [
        ("components/words/words.html", words, "{{ piece.text | line_ends }}0</span>", "in the page of example"),
        ("components/costs/costs.html", figure, "", "in the page of example"),
        ("components/costs/costs.typ", in_pdf, "{{ line.figures[2].words.text }}", "in the PDF of example"),
        ("components/costs/costs.typ", in_pdf, "\"\"", "in the PDF of example"),
        (
            "components/survey/survey.typ",
            "{{ response.figure.text }}",
            "{{ response.figure.text }} + \"0\"",
            "in the PDF of example",
        ),
    ] {
        let (sandbox, outcome) = with_component(path, from, to);
        let messages = sandbox.messages(&outcome);
        assert!(outcome.findings.iter().any(|finding| finding.code == Code::ReadBack), "{path}: {to}\n{messages}");
        assert!(messages.contains(says), "{messages}");
        assert!(outcome.manifest.is_none() && !sandbox.output().exists(), "it was published");
    }
}

/// Lengths, heights and places in charts are those of the figures, and the axis says so: a template that draws anything
/// else stops the publication, and the message says which figure is drawn as which.
#[test]
fn charts_are_read_back_from_the_finished_files() {
    let page = "components/chart/chart.html";
    let (pdf, plot) = ("components/chart/chart.typ", "pdf/lib/plot.typ");
    let places = "cx=\"{{ one.x }}%\" cy=\"{{ one.y }}%\"";
    let exchanged = |of: &str| {
        let from = |place: u8| format!("{{{{ plot.dots[{place}].{of} }}}}");
        format!(
            "{{% if loop.index == 1 and not loop.last %}}{}{{% elif loop.index == 2 %}}{}{{% else %}}{{{{ one.{of} }}}}{{% endif %}}",
            from(1),
            from(0)
        )
    };
    let (other_heights, other_places) = (
        format!("cx=\"{{{{ one.x }}}}%\" cy=\"{}%\"", exchanged("y")),
        format!("cx=\"{}%\" cy=\"{{{{ one.y }}}}%\"", exchanged("x")),
    );
    let third = "{% if loop.index == 3 %}20{% else %}{{ one.y }}{% endif %}";
    let column_of_page = "x=\"{{ one.x }}%\" y=\"{{ one.y }}%\" width=\"{{ one.width }}%\" height=\"{{ one.height }}%\"/>{% endfor -%}\n{% if plot.nought";
    let column_of_pdf = "y: {{ one.y }}, width: {{ one.width }}, height: {{ one.height }}, fill";
    let dots = "for one in plot.dots {";
    let level_of_page = "<line data-draws={{ one.draws }} class=\"{{ one.kind }}\" x1=\"{{ one.x }}%\" x2=\"{{ one.x + one.width }}%\" y1=\"{{ one.y }}%\" y2=\"{{ one.y }}%\"/>";
    let band_of_page = "<rect data-draws={{ one.draws }} class=\"field\" x=\"{{ one.x }}%\" y=\"{{ one.y }}%\" width=\"{{ one.width }}%\" height=\"{{ one.height }}%\"/>";
    let level_of_pdf = "levels: ({% for one in plot.levels %}(x: {{ one.x }}, y: {{ one.y }}, width: {{ one.width }}";
    let swap = |of: &str| {
        format!(
            "for one in (if plot.dots.len() > 1 {{ (plot.dots.at(0) + ({of}: plot.dots.at(1).{of}), plot.dots.at(1) + ({of}: plot.dots.at(0).{of})) + plot.dots.slice(2) }} else {{ plot.dots }}) {{"
        )
    };
    for (path, from, to, says) in [
        // All bars are as long as the longest.
        (
            page,
            "width=\"{{ one.bar.reach }}%\" aria-hidden",
            "width=\"100%\" aria-hidden",
            "in the page of example `spending.raising-funds.now` in section `money` should be drawn as `276`, but is drawn as `746`",
        ),
        (
            page,
            "<svg class=\"{{ one.fill }}\" width=\"{{ one.bar.reach }}%\">",
            "<svg class=\"{{ one.fill }}\" width=\"100%\">",
            "`spending.governance.now` in section `money` should be drawn as `16`, but is drawn as `1293`",
        ),
        (
            plot,
            "let reach = track * one.bar.reach / 100",
            "let reach = track",
            "in the PDF of example `spending.raising-funds.now` in section `money` on page 5 should be drawn as `276`, but is drawn as",
        ),
        // A column has another height, is left out, or is drawn twice.
        (
            page,
            column_of_page,
            &column_of_page.replacen("{{ one.y }}", third, 1),
            "in the page of example `visits.june.now` in section `visits` should be drawn as `566`, but is drawn as `640`",
        ),
        (
            page,
            "{% for one in plot.columns %}<rect",
            "{% for one in plot.columns %}{% if loop.first %}{% continue %}{% endif %}<rect",
            "in the page of example `visits.april.now` in section `visits` should be drawn as `552`, but is not drawn",
        ),
        (
            page,
            "{% for one in plot.columns %}<rect",
            "{% for one in plot.columns %}{% if loop.first %}<rect data-draws={{ one.draws }} width=\"9%\"/>{% endif %}<rect",
            "in the page of example `visits.april.now` in section `visits` should not be drawn here, or not so often",
        ),
        (
            pdf,
            column_of_pdf,
            &column_of_pdf.replacen("{{ one.y }}", third, 1),
            "in the PDF of example `visits.june.now` in section `visits` on page 3 should be drawn as `566`, but is drawn as `640`",
        ),
        (
            plot,
            "for one in plot.columns {",
            "for one in plot.columns.slice(calc.min(1, plot.columns.len())) {",
            "in the PDF of example `visits.april.now` in section `visits` should be drawn as `552`, but is not drawn",
        ),
        (
            plot,
            "for one in plot.columns {",
            "for one in plot.columns + plot.columns.slice(0, calc.min(1, plot.columns.len())) {",
            "in the PDF of example `visits.april.now` in section `visits` on page 3 should not be drawn here, or not so often",
        ),
        // What was before stands across the column at another height.
        (
            pdf,
            "levels: ({% for one in plot.levels %}(x: {{ one.x }}, y: {{ one.y }}",
            "levels: ({% for one in plot.levels %}(x: {{ one.x }}, y: {{ one.y + 2 }}",
            "in the PDF of example `visits.april.before` in section `visits` on page 3 should be drawn as `393`, but is drawn as `377`",
        ),
        // Two points are exchanged, in height or along the axis.
        (
            page,
            places,
            &other_heights,
            "in the page of example `measures.answered.q1.percentage` in section `measures` should be drawn as `72%`, but is drawn as `86`",
        ),
        (
            page,
            places,
            &other_places,
            "in the page of example `measures.answered.q2.percentage` in section `measures` is drawn as `86%` in the place of another figure",
        ),
        (
            plot,
            dots,
            &swap("y"),
            "in the PDF of example `emissions.waste.y2021` in section `emissions` on page 6 should be drawn as `113.46`, but is drawn as `344`",
        ),
        (plot, dots, &swap("x"), "in the PDF of example `visits.april.now` in section `visits` on page 3"),
        // All points stand at one height.
        (
            page,
            places,
            "cx=\"{{ one.x }}%\" cy=\"90%\"",
            "in the page of example `days.day-1.centre` in section `many` should be drawn as `113`, but is drawn as `30`",
        ),
        // A line passes a point by.
        (
            page,
            "y1=\"{{ one.from[1] }}%\"",
            "y1=\"{{ one.from[1] + 3 }}%\"",
            "in the page of example `visits.april.now` in section `visits` is drawn as `552`, but a line beside it goes elsewhere",
        ),
        (
            pdf,
            "from: ({{ one.from[0] }}, {{ one.from[1] }})",
            "from: ({{ one.from[0] }}, {{ one.from[1] + 3 }})",
            "in the PDF of example `visits.april.now` in section `visits` on page 3 is drawn as `552`, but a line beside it goes elsewhere",
        ),
        // The target stands at another height, or over other places.
        (
            page,
            level_of_page,
            &level_of_page
                .replace("y1=\"{{ one.y }}%\" y2=\"{{ one.y }}%\"", "y1=\"{{ one.y + 5 }}%\" y2=\"{{ one.y + 5 }}%\""),
            "in the page of example `measures.answered.target` in section `measures` should be drawn as `90%`, but is drawn as `85`",
        ),
        (
            page,
            level_of_page,
            &level_of_page.replace("one.x + one.width", "one.x + one.width / 2"),
            "in the page of example `measures.answered.target` in section `measures` is drawn as `90%` in the place of another figure",
        ),
        (
            pdf,
            level_of_pdf,
            &level_of_pdf.replace("{{ one.y }}", "{{ one.y + 5 }}"),
            "in the PDF of example `measures.answered.target` in section `measures` on page 8 should be drawn as `90%`, but is drawn as `85`",
        ),
        (
            pdf,
            level_of_pdf,
            &level_of_pdf.replace("{{ one.width }}", "{{ one.width / 2 }}"),
            "in the PDF of example `measures.answered.target` in section `measures` on page 8 should be drawn as `90%`, but is drawn as `0`",
        ),
        // A range of targets is higher than it should be, is left out, or is drawn twice.
        (
            page,
            band_of_page,
            &band_of_page.replace("height=\"{{ one.height }}%\"", "height=\"{{ one.height + 5 }}%\""),
            "in the page of example `measures.on-time.target.high` in section `measures` should be drawn as `95%`, but",
        ),
        (
            page,
            band_of_page,
            "",
            "in the page of example `measures.on-time.target.high` in section `measures` should be drawn as `95%`, but is not drawn",
        ),
        (
            pdf,
            "bands: ({% for one in plot.bands %}(x: {{ one.x }}, y: {{ one.y }}",
            "bands: ({% for one in plot.bands %}(x: {{ one.x }}, y: {{ one.y + 5 }}",
            "in the PDF of example `measures.on-time.target.high` in section `measures` on page 8 should be drawn as `95%`, but",
        ),
        (
            plot,
            "for one in plot.bands {",
            "for one in plot.bands.slice(calc.min(1, plot.bands.len())) {",
            "in the PDF of example `measures.on-time.target.high` in section `measures` should be drawn as `95%`, but is not drawn",
        ),
        (
            plot,
            "for one in plot.bands {",
            "for one in plot.bands + plot.bands {",
            "in the PDF of example `measures.on-time",
        ),
        // The axis says another number.
        (
            page,
            "dy=\"0.35em\">{{ one.figure }}",
            "dy=\"0.35em\">{% if loop.index == 2 %}250{% else %}{{ one.figure }}{% endif %}",
            "in the page of example `visits.april.now` in section `visits` stands beside an axis that should read `200`, but reads `250`",
        ),
        (
            pdf,
            "(y: {{ one.y }}, figure: {{ one.figure }})",
            "(y: {{ one.y }}, figure: {% if loop.index == 2 %}\"250\"{% else %}{{ one.figure }}{% endif %})",
            "in the PDF of example `visits.april.now` in section `visits` on page 3 stands beside an axis that should read `200`, but reads `250`",
        ),
    ] {
        let case = Sandbox::of(&root().join("tests/fixtures/cases/charts-of-every-form/content"));
        let (sandbox, outcome) = with_template(case, path, from, to);
        let messages = sandbox.messages(&outcome);
        assert!(messages.contains(says), "{path}: {to}\n{says}\n\n{messages}");
        assert!(outcome.manifest.is_none() && !sandbox.output().exists(), "it was published");
    }
}

/// So are means, limits and the field between them.
#[test]
fn limits_are_read_back_from_the_finished_files() {
    let (page, pdf) = ("components/chart/chart.html", "components/chart/chart.typ");
    let of_page = "y1=\"{{ one.y }}%\" y2=\"{{ one.y }}%\"/>{% endfor -%}\n{% for one in plot.steps";
    let of_pdf = "levels: ({% for one in plot.levels %}(x: {{ one.x }}, y: {{ one.y }}";
    let field = "bands: ({% for one in plot.bands %}(x: {{ one.x }}, y: {{ one.y }}";
    for (path, from, to, says) in [
        (
            page,
            of_page,
            of_page.replace("{{ one.y }}", "{{ one.y / 2 }}"),
            "the page of example `visits.variation.visits.mean`",
        ),
        (
            page,
            of_page,
            of_page.replace("{{ one.y }}", "{{ one.y / 2 }}"),
            "the page of example `visits.variation.visits.lower-limit`",
        ),
        (
            pdf,
            of_pdf,
            of_pdf.replace("{{ one.y }}", "{{ one.y / 2 }}"),
            "the PDF of example `visits.variation.visits.mean`",
        ),
        (
            pdf,
            field,
            field.replace("{{ one.y }}", "{{ one.y + 3 }}"),
            "the PDF of example `visits.variation.visits.upper-limit`",
        ),
    ] {
        let case = Sandbox::of(&root().join("tests/fixtures/cases/visits-month-by-month/content"));
        let (sandbox, outcome) = with_template(case, path, from, &to);
        let messages = sandbox.messages(&outcome);
        assert!(messages.contains(says), "{path}: {to}\n{says}\n\n{messages}");
        assert!(outcome.manifest.is_none() && !sandbox.output().exists(), "it was published");
    }
}

/// So are bars beside costs, and those of a survey.
#[test]
fn bars_that_stand_beside_figures_are_read_back_from_the_page() {
    for (path, from, to) in [
        ("components/bars/bars.html", "width=\"{{ bar.bar.reach }}%\"", "width=\"100%\""),
        (
            "components/costs/costs.html",
            "<rect height=100% data-draws={{ amount.pieces[0].fact }} width=\"{{ bar.reach }}%\"/>",
            "",
        ),
        ("components/survey/survey.html", "height=\"{{ response.height }}%\"", "height=\"50%\""),
        ("components/survey/survey.html", "width=\"{{ result.width }}%\"", "width=\"100%\""),
    ] {
        let (sandbox, outcome) = with_component(path, from, to);
        let messages = sandbox.messages(&outcome);
        assert!(messages.contains("should be drawn as"), "{path}: {to}\n{messages}");
        assert!(outcome.manifest.is_none() && !sandbox.output().exists(), "it was published");
    }
}

/// The schedule lists what the page prints, figure for figure.
#[test]
fn the_tie_out_schedule_traces_every_printed_figure() {
    let sandbox = Sandbox::shipped().built();
    for report in ["css-annual-report", "od-progress-summary"] {
        let page = Html::parse_document(&sandbox.text(&format!("{report}/index.html")));
        let mut printed: BTreeMap<String, usize> = BTreeMap::new();
        for figure in page.select(&Selector::parse("[data-fact]").unwrap()) {
            *printed.entry(figure.attr("data-fact").unwrap().to_owned()).or_default() += 1;
        }
        let mut listed: BTreeMap<String, usize> = BTreeMap::new();
        let mut reader = csv::Reader::from_path(sandbox.output().join(report).join("data/figures.csv")).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        for row in rows.iter().filter(|row| !row[2].is_empty()) {
            *listed.entry(row[2].to_owned()).or_default() += 1;
            assert!(!row[3].is_empty(), "{row:?} has no address");
            assert!(!row[5].is_empty() && (row[5] != *"computed" || !row[7].is_empty()), "{row:?} has no origin");
        }
        assert_eq!(listed, printed, "{report}");
        let statements = rows.iter().filter(|row| row[2].is_empty()).collect::<Vec<_>>();
        assert!(statements.iter().all(|row| !row[6].is_empty()), "statements have their sources");
        // The progress summary states no figure that is not bound.
        assert_eq!(statements.is_empty(), report == "od-progress-summary");
    }
    let line = |sandbox: &Sandbox| {
        let figures = sandbox.text("css-annual-report/data/figures.csv");
        let is_it = |line: &&str| line.contains(",96%,") && line.contains(",indicators.mp-letters.q4.percentage");
        figures.lines().find(is_it).unwrap().to_owned()
    };
    let row = line(&sandbox);
    assert!(row.contains(",typed,") && row.contains("ratio-agrees"), "{row}");
    // Where it was typed and why a finding stands is for those who make the report.
    let internal = [".yaml", ".md:", "20 of 21 is 95%", "2025-"];
    for (path, bytes) in files(&sandbox.output()) {
        let is_list =
            path.ends_with("figures.csv") || path.ends_with("figures.json") || path.ends_with("manifest.json");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!is_list || internal.iter().all(|word| !text.contains(word)), "{path} tells what is internal");
    }
    let outcome = tally::build::build(&tally::build::Options { review: true, ..sandbox.options() }, &|_| ());
    assert!(outcome.manifest.is_some_and(|manifest| manifest.inputs.contains_key("css-annual-report")));
    let row = line(&sandbox);
    assert!(row.contains("css-annual-report/indicators.yaml:") && row.contains("20 of 21 is 95%"), "{row}");
    assert!(Sandbox::built(sandbox).text("manifest.json").find("content/").is_none(), "what was internal stays");
}

/// Only a review build has the appendix, which is as accessible as the rest.
#[test]
fn a_review_build_has_the_schedule_in_its_pdf() {
    let sandbox = Sandbox::full();
    let options = tally::build::Options { review: true, ..sandbox.options() };
    let outcome = tally::build::build(&options, &|_| ());
    assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
    let bytes = sandbox.bytes("example/example.pdf");
    let pdf = TaggedPdf::read(&bytes);
    assert!(pdf.outline.contains(&"For review".to_owned()));
    assert!(pdf.attachments.iter().any(|file| file.name == "data/figures.csv"));
    let text = &pdf.root.text;
    for words in ["costs.novels.total", "Acknowledged: unit-mixed", "totals-add-up", "returns for 2025/26"] {
        let plain = text.replace('\u{200b}', "");
        assert!(plain.contains(words), "{words} is not in the appendix");
    }
    crate::pdf::assert_conforms(&bytes);
    let plain = TaggedPdf::read(Published::full().bytes("example/example.pdf"));
    assert!(!plain.outline.contains(&"For review".to_owned()));
}

/// A cost tree of random depth: a total and its parts.
#[derive(Debug, Clone)]
struct Tree {
    total: i64,
    parts: Vec<Tree>,
}

impl Tree {
    fn sum(&self) -> i64 {
        self.parts.iter().map(|part| part.total).sum()
    }

    /// How much more its total says than its parts come to.
    fn out_by(&self) -> i64 {
        if self.parts.is_empty() { 0 } else { self.total - self.sum() }
    }

    /// How many totals are not the sums of their parts, but for those that are right again with the right part.
    fn wrong(&self) -> usize {
        usize::from(is_wrong(self.out_by(), &self.parts)) + self.parts.iter().map(Tree::wrong).sum::<usize>()
    }

    fn yaml(&self, name: &str, indent: &str, out: &mut String) {
        let _ = write!(out, "{indent}- name: {name}\n{indent}  values: {} | n/a | n/a\n", self.total);
        if !self.parts.is_empty() {
            let _ = writeln!(out, "{indent}  rows:");
            for (place, part) in self.parts.iter().enumerate() {
                part.yaml(&format!("{name} {}", "ABCDEFGH".chars().nth(place).unwrap()), &format!("{indent}    "), out);
            }
        }
    }
}

/// Whether a total is out by itself: not only because one of its parts is out by as much the other way.
fn is_wrong(out_by: i64, parts: &[Tree]) -> bool {
    out_by != 0 && !parts.iter().any(|part| part.out_by() == -out_by)
}

/// Trees whose totals are right, but for a slip here and there.
fn tree(depth: u32) -> BoxedStrategy<Tree> {
    let slip = prop_oneof![4 => Just(0_i64), 1 => -3_i64..=3];
    let leaf = (1_i64..5_000).prop_map(|total| Tree { total, parts: Vec::new() });
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = (prop::collection::vec(tree(depth - 1), 1..4), slip).prop_map(|(parts, slip)| {
        let sum: i64 = parts.iter().map(|part| part.total).sum();
        Tree { total: (sum + slip).max(0), parts }
    });
    prop_oneof![leaf, inner].boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Casting holds if and only if the sums do.
    #[test]
    fn a_cost_tree_casts_if_and_only_if_its_sums_do(lines in prop::collection::vec(tree(2), 1..5), slips in [-1_i64..=1, -1..=1]) {
        let sum: i64 = lines.iter().map(|line| line.total).sum();
        let subtotal = (sum + slips[0]).max(0);
        let total = (subtotal + 100 + slips[1]).max(0);
        let mut yaml = String::from(
            "caption: Costs\nrows-are: Service\ncolumns:\n  - {id: total, name: Costs, type: money}\n  \
             - {id: per-head, name: Per head, type: money}\n  - {id: share, name: Share, type: percentage}\nrows:\n",
        );
        for (place, line) in lines.iter().enumerate() {
            line.yaml("ABCDEFGH".get(place..=place).unwrap(), "  ", &mut yaml);
        }
        let _ = write!(yaml, "  - {{name: Spent, total: yes, values: [{subtotal}, n/a, n/a]}}\n  - {{name: Saved, values: [100, n/a, n/a]}}\n  - {{name: Given, total: yes, is: spent + saved, values: [{total}, n/a, n/a]}}\n");
        let (spent, given) = (subtotal - sum, total - subtotal - 100);
        let expected = lines.iter().map(Tree::wrong).sum::<usize>()
            + usize::from(is_wrong(spent, &lines))
            + usize::from(given != 0 && given != -spent);

        let sandbox = Sandbox::full();
        sandbox.write("example/costs.yaml", &yaml);
        let outcome = sandbox.check();
        let found = outcome.findings.iter().filter(|finding| finding.code == Code::TotalsAddUp).count();
        prop_assert_eq!(found, expected, "{}", yaml);
    }
}

/// Where several sums disagree, the one figure that would put them right is told first; where two are wrong, none is.
#[test]
fn the_figure_that_would_settle_everything_is_told_first() {
    let told = |slips: &[(&str, &str)]| {
        let sandbox = Sandbox::shipped();
        for (from, to) in slips {
            sandbox.replace("css-annual-report/running-costs.yaml", from, to);
        }
        let outcome = sandbox.check();
        sandbox
            .messages(&outcome)
            .lines()
            .filter(|line| line.contains("if this "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for (right, wrong) in [("3,427,250", "3,427,520"), ("120,117", "102,117")] {
        let told = told(&[(right, wrong)]);
        assert!(told.iter().any(|line| line.contains(&format!("if this were {right}, all would agree"))), "{told:?}");
        let first = format!("running-costs.yaml:{}", if right == "120,117" { 28 } else { 19 });
        assert!(told.iter().any(|line| line.contains("look at ") && line.contains(&first)), "{told:?}");
    }
    assert_eq!(told(&[("120,117", "102,117"), ("152,568", "125,568")]), Vec::<String>::new());
}

/// Two sums say the same of the lines that have no share, so that each of these could be the one that is wrong.
#[test]
fn where_several_figures_could_be_meant_none_is_told() {
    let table = {
        let rows: String = (1..=7)
            .map(|row| {
                let number = if row == 7 { "110" } else { "100" };
                let share = if row < 5 { "10.0%" } else { "n/a" };
                format!("  - {{id: p{row}, name: Part {row}, values: \"{number} | {share}\"}}\n")
            })
            .collect();
        format!(
            "source: library-returns\ncaption: Parts\nrows-are: Part\ncolumns:\n  - {{id: total, name: Total, type: count}}\n  - {{id: share, name: Share, type: percentage, is: total / 1000}}\nrows:\n{rows}  - {{id: all, name: All, total: yes, values: \"700 | n/a\"}}\n  - {{id: again, name: All again, is: p1 + p2 + p3 + p4 + p5 + p6 + p7, values: \"700 | n/a\"}}\n"
        )
    };
    let sandbox = Sandbox::full();
    sandbox.replace(
        "example/report.yaml",
        "sections:\n",
        "sections:\n  - {id: parts, title: Parts, parts: [{table: parts.yaml}]}\n",
    );
    sandbox.write("example/parts.yaml", table);
    let outcome = sandbox.check();
    let messages = sandbox.messages(&outcome);
    assert_eq!(messages.matches("its parts come to 710").count(), 2, "{messages}");
    assert!(!messages.contains("if this "), "{messages}");
}
