//! Reports of any size, to see whether everything in them can be read.

use std::fmt::Write;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::Sandbox;

/// How much of everything a report holds.
#[derive(Debug, Clone)]
pub struct Sizes {
    pub themes: usize,
    pub deliverables: usize,
    pub indicators: usize,
    pub areas: usize,
    pub columns: usize,
    pub rows: usize,
    /// Letters of a name at most, and characters of a figure.
    pub letters: usize,
    pub figure: usize,
    pub pictures: usize,
    pub years: usize,
    pub cost_lines: usize,
    /// Where names and figures begin, so that they differ.
    pub seed: usize,
}

/// So many sizes, always the same ones.
pub fn sizes(count: usize) -> Vec<Sizes> {
    let many = (1..=24_usize, 1..=6_usize, 1..=200_usize, 1..=30_usize);
    let table = (1..=12_usize, 1..=30_usize, 3..=300_usize, 1..=16_usize);
    let rest = (0..=12_usize, 2..=12_usize, 1..=20_usize, 0..10_000_usize);
    let strategy = (many, table, rest).prop_map(|(many, table, rest)| {
        let ((themes, deliverables, indicators, areas), (columns, rows, letters, figure)) = (many, table);
        let (pictures, years, cost_lines, seed) = rest;
        // Reports with little of everything are as common as those with much.
        let some = |number: usize, most: usize| if seed % 3 == 0 { number } else { 1 + number % most };
        Sizes {
            themes: some(themes, 6),
            deliverables,
            indicators: some(indicators, 12),
            areas: some(areas, 9),
            columns: some(columns, 7),
            rows,
            letters: if seed % 4 == 0 { letters } else { 3 + letters % 40 },
            figure,
            pictures: if seed % 2 == 0 { 0 } else { pictures },
            years,
            cost_lines,
            seed,
        }
    });
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut next = || strategy.new_tree(&mut runner).expect("sizes can always be made").current();
    (0..count).map(|_| next()).collect()
}

/// A report of these sizes, ready to be built.
pub fn report(sizes: &Sizes) -> Sandbox {
    let sandbox = Sandbox::empty();
    let mut writer = Writer { sizes, next: sizes.seed };
    sandbox.write("organisation.yaml", ORGANISATION).write("facts.yaml", SOURCES);
    sandbox.write("example/indicators.yaml", writer.indicators());
    sandbox.write("example/plan.yaml", writer.plan());
    sandbox.write("example/table.yaml", writer.table());
    sandbox.write("example/survey.yaml", writer.survey());
    sandbox.write("example/costs.yaml", writer.costs());
    sandbox.write("example/words.md", writer.prose());
    let (text, heading, item) = (writer.name(0), writer.name(50), writer.name(2));
    sandbox.write("example/story.md", format!("{text}.\n\n### {heading}\n\n- {item}.\n"));
    sandbox.write("example/report.yaml", writer.report());
    for picture in 0..sizes.pictures {
        sandbox.write(&format!("example/picture-{picture}.svg"), drawing(picture));
    }
    sandbox
}

const SOURCES: &str = "sources:\n  - {id: returns, title: Returns}\n";

const ORGANISATION: &str = "\
name: Exampleshire Libraries
short-name: Libraries
address: [1 High Street, Exampletown]
telephone: 01234 567890
email: hello@example.org
population: {people: \"100,000\", source: Census}
chief-officer: Chief Librarian
directorates:
  - {id: lending, name: Lending}
  - {id: learning, name: Learning}
";

const SYLLABLES: [&str; 16] =
    ["lo", "ans", "re", "turn", "ed", "time", "branch", "ing", "li", "brar", "y", "ser", "vice", "plan", "ner", "al"];

struct Writer<'a> {
    sizes: &'a Sizes,
    next: usize,
}

impl Writer<'_> {
    /// Another number below so many.
    fn below(&mut self, most: usize) -> usize {
        self.next = self.next.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.next >> 33) % most
    }

    /// A name of so many letters at most, unlike all others: words of up to four syllables, now and then a longer one.
    fn name(&mut self, place: usize) -> String {
        let length = 3 + self.below(self.sizes.letters.max(4) - 2);
        let mut name = String::new();
        while name.len() < length {
            if !name.is_empty() {
                name.push(' ');
            }
            let syllables = if self.below(60) == 0 { 14 } else { 1 + self.below(4) };
            (0..syllables).for_each(|_| name.push_str(SYLLABLES[self.below(SYLLABLES.len())]));
        }
        name.truncate(length);
        let letter = |place: usize| char::from(b'a' + u8::try_from(place % 26).unwrap_or_default());
        let mark: String = [place / 26 % 26, place % 26].into_iter().map(letter).collect();
        format!("{}{} {mark}", name.remove(0).to_uppercase(), name.trim_end())
    }

    /// An amount of about so many characters: `£1,234.56`, or `-£1,234`.
    fn amount(&mut self) -> String {
        let length = self.sizes.figure.clamp(2, 16);
        let digits = (length.saturating_sub(1) * 3 / 4).clamp(1, 12);
        let mut number: String =
            (0..digits).map(|_| char::from(b'1' + u8::try_from(self.below(9)).unwrap_or(0))).collect();
        let mut place = number.len();
        while place > 3 {
            place -= 3;
            number.insert(place, ',');
        }
        let sign = if self.below(4) == 0 { "-" } else { "" };
        format!("{sign}£{number}")
    }

    fn percentage(&mut self) -> String {
        match self.sizes.figure {
            0..5 => format!("{}%", self.below(101)),
            _ => format!("{}.{:02}%", self.below(100), 1 + self.below(99)),
        }
    }

    /// Half of the reports number what they show, and refer to it.
    fn is_numbered(&self) -> bool {
        self.sizes.seed % 2 == 1
    }

    /// A reference to a file, in a report that numbers.
    fn see(&self, file: &str) -> String {
        if self.is_numbered() { format!("; see {{{{ see {file} }}}}") } else { String::new() }
    }

    fn indicators(&mut self) -> String {
        let Sizes { areas, indicators, .. } = *self.sizes;
        let (count, periods) = [
            (4, "Q1 to Q4"),
            (4, "Q1 to Q4"),
            (1, "2025/26"),
            (3, "[Autumn, Spring, Summer]"),
            (5, "2021/22 to 2025/26"),
            (8, "2018 to 2025"),
            (12, "April to March"),
        ][self.below(7)];
        let mut text = format!(
            "source: returns\ncaption: Indicators\nperiods: {periods}\nratings: {{green: On target, amber: Slightly behind, \
             red: Behind, no-target: No target}}\ncalled:\n  groups: {{one: directorate, many: directorates}}\n  \
             areas: {{one: area, many: areas}}\n  functions: {{one: functional area, many: functional areas}}\nareas:\n"
        );
        for area in 1..=areas {
            let name = self.name(area);
            writeln!(text, "  - {{number: {area}, name: {name}}}").unwrap();
        }
        text.push_str("groups:\n");
        let directorates = ["lending", "learning"];
        let each = indicators.div_ceil(2).max(1);
        for (directorate, places) in directorates.iter().zip((0..indicators).collect::<Vec<_>>().chunks(each)) {
            writeln!(text, "  - id: {directorate}\n    indicators:").unwrap();
            for place in places {
                let (name, area) = (self.name(*place), 1 + self.below(areas));
                let is_money = place % 3 == 0;
                let figures: Vec<String> = (0..count)
                    .map(|_| format!("\"{}\"", if is_money { self.amount() } else { self.percentage() }))
                    .collect();
                let (columns, meaning) = match is_money {
                    true => ("number", ""),
                    false => {
                        ("percentage", "\n        percentage-is: not-derived\n        percentage-because: Weighted.")
                    }
                };
                writeln!(
                    text,
                    "      - id: i{place}\n        name: {name}\n        function: Desk\n        areas: [{area}]\n        \
                     measures: quantity\n        columns: [{columns}]\n        series: each-period\n        figures: [{}]\n        \
                     target: n/a\n        frequency: quarterly\n        rating: no-target{meaning}",
                    figures.join(", ")
                )
                .unwrap();
                if self.below(5) == 0 {
                    let note = self.name(*place);
                    writeln!(text, "        note: {note} was late.").unwrap();
                }
            }
        }
        text
    }

    fn plan(&mut self) -> String {
        let mut text = "source: returns\ncaption: Plans by theme\nthemes:\n".to_owned();
        for theme in 1..=self.sizes.themes {
            let (title, outcome) = (self.name(theme), self.name(theme));
            writeln!(text, "  - {{id: t{theme}, number: {theme}, title: {title}, outcomes: [{outcome} comes true]}}")
                .unwrap();
        }
        let all = self.sizes.themes * self.sizes.deliverables;
        let groups = 1 + self.below(all.min(6));
        text.push_str("groups:\n");
        for group in 0..groups {
            let (name, means) = (self.name(group), self.name(group * 3));
            writeln!(text, "  - {{id: g{group}, name: {name}, means: {means}}}").unwrap();
        }
        let marks =
            ["red, late: yes", "amber, late: yes", "no-target, late: yes", "blue, late: yes", "green, done: yes"];
        text.push_str("statuses:\n");
        for (status, mark) in marks.iter().enumerate() {
            let (name, means) = (self.name(status), self.name(status * 5));
            writeln!(text, "  - {{id: s{status}, name: {name}, means: {means}, mark: {mark}}}").unwrap();
        }
        text.push_str("deliverables:\n");
        for theme in 1..=self.sizes.themes {
            for one in 0..self.sizes.deliverables {
                let place = (theme - 1) * self.sizes.deliverables + one;
                let (key, words) = (self.name(theme * 7 + one), self.name(one * 31 + theme));
                let (group, status) = (place % groups, self.below(marks.len()));
                writeln!(
                    text,
                    "  - {{id: d{theme}-{one}, themes: [t{theme}], group: g{group}, status: s{status}, key: {key}, text: {words} was done.{}}}",
                    self.progress(place)
                )
                .unwrap();
            }
        }
        text
    }

    /// What some deliverables have besides: a day, an owner, a note.
    fn progress(&mut self, place: usize) -> String {
        let mut fields = String::new();
        if self.below(3) > 0 {
            write!(fields, ", due: 2025-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28)).unwrap();
        }
        if self.below(3) > 0 {
            write!(fields, ", owner: {}", self.name(place)).unwrap();
        }
        if self.below(4) == 0 {
            write!(fields, ", note: {} is late.", self.name(place)).unwrap();
        }
        fields
    }

    fn table(&mut self) -> String {
        let mut text = "source: returns\ncaption: Movements of the year\nrows-are: Kind\ncolumns:\n".to_owned();
        let is_text = |place: usize| place % 5 == 4;
        for column in 0..self.sizes.columns {
            let (name, kind) = (self.name(column), if is_text(column) { "text" } else { "money" });
            writeln!(text, "  - {{id: c{column}, name: {name}, type: {kind}}}").unwrap();
        }
        text.push_str("rows:\n");
        for row in 0..self.sizes.rows {
            let name = self.name(row);
            let cell = |writer: &mut Self, column| if is_text(column) { writer.name(row) } else { writer.amount() };
            let values: Vec<String> =
                (0..self.sizes.columns).map(|column| format!("\"{}\"", cell(self, column))).collect();
            writeln!(text, "  - {{name: {name}, values: [{}]}}", values.join(", ")).unwrap();
        }
        text
    }

    fn survey(&mut self) -> String {
        let see = self.see("costs.yaml");
        let mut text = format!("source: returns\ncaption: \"Staff who answered the survey{see}\"\nresponses:\n");
        for year in 0..self.sizes.years {
            let percentage = self.percentage();
            writeln!(text, "  - {{year: {}, percentage: {percentage}}}", 2025 - year).unwrap();
        }
        for (heading, group) in [("Going well", "positive"), ("To improve", "negative")] {
            writeln!(text, "{group}:\n  heading: {heading}\n  results:").unwrap();
            for place in 0..1 + self.below(6) {
                let (percentage, statement) = (self.percentage(), self.name(place));
                writeln!(text, "    - {{percentage: {percentage}, statement: {statement} {group}}}").unwrap();
            }
        }
        text
    }

    fn costs(&mut self) -> String {
        // Whole amounts for each head, so that every sum comes out.
        let lines = self.sizes.cost_lines;
        let heads: Vec<usize> =
            (0..lines).map(|_| 1 + self.below(10_usize.pow(1 + (self.sizes.figure / 4) as u32))).collect();
        let all: usize = heads.iter().sum();
        let share = |heads: usize| format!("{:.4}%", 100.0 * heads as f64 / all as f64);
        let mut text = "source: returns\ncaption: Running costs\nrows-are: Service\ncolumns:\n  \
             - {id: total, name: Total, type: money, unit: £}\n  \
             - {id: per-head, name: Per head, type: money, unit: £, is: total / organisation.population}\n  \
             - {id: share, name: Share, type: percentage, is: total / subtotal.total}\nrows:\n"
            .to_owned();
        for (place, heads) in heads.iter().enumerate() {
            let (name, per_head, share) = (self.name(place), grouped(*heads), share(*heads));
            let total = grouped(heads * 100_000);
            writeln!(text, "  - {{id: c{place}, name: {name}, values: \"{total} | £{per_head}.00 | {share}\"}}")
                .unwrap();
        }
        let (whole, per_head) = (grouped(all * 100_000), grouped(all));
        writeln!(
            text,
            "  - {{id: subtotal, name: What we spent, total: yes, values: \"{whole} | £{per_head}.00 | 100%\"}}\n  \
             - {{name: Saved, values: 0 | n/a | n/a}}\n  \
             - {{name: What we were given, total: yes, is: subtotal + saved, values: \"{whole} | n/a | n/a\"}}"
        )
        .unwrap();
        text.push_str("rounding-note: Shares are rounded and may not add up.\n");
        text
    }

    fn prose(&mut self) -> String {
        let mut text = String::new();
        for place in 0..6 {
            let sentence: Vec<String> = (0..4).map(|next| self.name(place * 4 + next).to_lowercase()).collect();
            writeln!(text, "We saw {} in the year.\n", sentence.join(" and ")).unwrap();
            if place % 3 == 1 {
                let heading = self.name(place);
                writeln!(text, "## {heading}\n").unwrap();
            }
        }
        text
    }

    fn report(&mut self) -> String {
        let (title, subtitle) = (self.name(0), self.name(1));
        let pictures: String = (0..self.sizes.pictures)
            .map(|place| {
                let caption = self.name(place);
                format!(
                    "      - figure: {{caption: {caption}, alt: Bars of some height, picture: picture-{place}.svg}}\n"
                )
            })
            .collect();
        let (heading, standfirst, words, person) = (self.name(2), self.name(3), self.name(4), self.name(5));
        let see = self.see("survey.yaml");
        let lists = match self.is_numbered() {
            true => {
                "  - id: lists\n    title: What is where\n    appendix: yes\n    parts:\n      - list-of: tables\n      - list-of: charts\nnumbered: yes\n"
            }
            false => "",
        };
        format!(
            "title: {title}\nsubtitle: {subtitle}\ndescription: What the library service did.\nlanguage: en-GB\n\
             period: {{from: 2025-04-01, to: 2026-03-31}}\npublished: 2026-06-30\ncover: blue\nsections:\n  \
             - id: glance\n    title: {heading}\n    standfirst: {standfirst:.90}.\n    parts:\n      - prose: words.md\n      \
             - pull-out: {words}.\n      - signatory: {{name: {person}, role: Chief Librarian, organisation: Exampleshire Libraries}}\n{pictures}      \
             - case-study: {{label: Case study, title: {heading}, figure: {words:.40}, detail: {standfirst}, text: story.md}}\n      \
             - quotation: {{words: {words}, speaker: {person}, role: {heading}}}\n      \
             - glossary:\n          - {{term: {heading}, means: \"{words}{see}\"}}\n          - {{term: {person}, means: {standfirst}}}\n  \
             - id: indicators\n    title: Indicators\n    parts:\n      - directorates: indicators.yaml\n      - cycle: indicators.yaml\n      \
             - ratings: indicators.yaml\n      - key: indicators.yaml\n      - dashboard: indicators.yaml\n  \
             - id: people\n    title: People\n    parts:\n      - survey: survey.yaml\n  - id: money\n    title: Money\n    parts:\n      \
             - table: table.yaml\n      - costs: costs.yaml\n  - id: plan\n    title: Plan\n    parts:\n      - matrix: plan.yaml\n      \
             - themes: plan.yaml\n      - board: plan.yaml\n  - id: reach-us\n    title: Reach us\n    parts:\n      - contacts: organisation\n{lists}"
        )
    }
}

/// A number with a comma before every three digits.
fn grouped(number: usize) -> String {
    let mut text = number.to_string();
    let mut place = text.len();
    while place > 3 {
        place -= 3;
        text.insert(place, ',');
    }
    text
}

fn drawing(place: usize) -> String {
    let (width, height) = (100 + place * 90, 60 + place * 37 % 300);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/><rect x=\"10\" y=\"10\" width=\"40\" height=\"30\" fill=\"#005eb8\"/></svg>"
    )
}
