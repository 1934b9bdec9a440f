//! What templates misprint is found by reading the finished files back: a list of changes to templates, each of which a
//! team could make by mistake in templates of its own, and of which nothing wrong may be published.

use std::fs;

use tally::build::{Formats, Options, build};
use tally::diagnostic::Code;

use crate::support::{Sandbox, root};

/// A template, what stands in it, and what stands there instead.
type Misprint = (&'static str, &'static str, &'static str);

/// Numbers that the content does not have: in words, in rows that are made up, in descriptions and titles.
const INVENTED: &[Misprint] = &[
    ("components/table/table.html", "{{<Words words={part.caption} />}}", "{{<Words words={part.caption} />}} 97"),
    ("components/costs/costs.html", "{{<Words words={part.caption} />}}", "{{<Words words={part.caption} />}} 97"),
    ("components/survey/survey.html", "{{<Words words={part.caption} />}}", "{{<Words words={part.caption} />}} 97"),
    ("components/survey/survey.html", "{{<Words words={group.heading} />}}", "{{<Words words={group.heading} />}} 97"),
    (
        "components/dashboard/dashboard.html",
        "{{<Words words={group.summary} />}}",
        "{{<Words words={group.summary} />}} 97",
    ),
    (
        "components/ratings/ratings.html",
        "{{<Words words={part.chart.total} />}}",
        "{{<Words words={part.chart.total} />}} of 97",
    ),
    ("components/cycle/cycle.html", "{{<Words words={part.summary} />}}", "{{<Words words={part.summary} />}} of 97"),
    ("components/board/board.html", "{{<Words words={part.total} />}}", "{{<Words words={part.total} />}} of 97"),
    ("components/matrix/matrix.html", "{{<Words words={part.caption} />}}", "{{<Words words={part.caption} />}} 97"),
    ("components/picture/picture.html", "{{<Words words={part.caption} />}}", "{{<Words words={part.caption} />}} 97"),
    (
        "components/case-study/case-study.html",
        "{{<Words words={part.title} />}}",
        "{{<Words words={part.title} />}} 97",
    ),
    ("components/pull-out/pull-out.html", "{{<Words words={part.words} />}}", "{{<Words words={part.words} />}} 97%"),
    ("components/glossary/glossary.html", "{{<Words words={one.means} />}}", "{{<Words words={one.means} />}} 97"),
    (
        "components/quotation/quotation.html",
        "{{<Words words={part.speaker} />}}",
        "{{<Words words={part.speaker} />}}, 97",
    ),
    (
        "components/key-figures/key-figures.html",
        "{{<Words words={one.label} />}}",
        "{{<Words words={one.label} />}} 97",
    ),
    (
        "components/key-figures/key-figures.html",
        "{{<Words words={one.detail} />}}",
        "{{<Words words={one.detail} />}} 97",
    ),
    ("components/list-of/list-of.html", "{{ one.words | line_ends }}", "{{ one.words | line_ends }} 97"),
    (
        "components/prose/prose.html",
        "<p>{{<Inlines inlines={block.inlines} />}}</p>",
        "<p>{{<Inlines inlines={block.inlines} />}} 97</p>",
    ),
    ("components/prose/prose.html", "<li>", "<li>97 "),
    ("components/chart/chart.html", "{{<Words words={part.title} />}}", "{{<Words words={part.title} />}} 97"),
    (
        "components/table/table.html",
        "{% endif %}{% endfor %}</tbody></table></div>",
        "{% endif %}{% endfor %}<tr><th scope=row>Other<td>97</tr></tbody></table></div>",
    ),
    (
        "components/costs/costs.html",
        "{% for line in part.sums %}",
        "<tr><th scope=row>Other<td>97{% for line in part.sums %}",
    ),
    ("components/cycle/cycle.html", "{% endfor %}</tbody>", "{% endfor %}<tr><th scope=row>Other<td>97</tbody>"),
    ("components/ratings/ratings.html", "{% endfor %}</tbody>", "{% endfor %}<tr><th scope=row>Other<td>97</tbody>"),
    ("components/matrix/matrix.html", "{% endfor %}</tbody>", "{% endfor %}<tr><th scope=row>Other<td>97</tbody>"),
    ("components/board/board.html", "{% endfor %}</tbody>", "{% endfor %}<tr><th scope=row>Other<td>97</tbody>"),
    (
        "components/survey/survey.html",
        "{% endfor %}</ul></div>",
        "{% endfor %}<li><strong>97%</strong> are happy</li></ul></div>",
    ),
    ("components/glossary/glossary.html", "{% endfor %}</dl>", "{% endfor %}<div><dt>Other<dd>97</div></dl>"),
    ("components/picture/picture.html", "alt=\"", "alt=\"97 people: "),
    ("components/cycle/cycle.html", "aria-label=\"", "aria-label=\"97 indicators: "),
    ("components/chart/chart.html", "aria-label=\"", "aria-label=\"97 visits: "),
    ("html/report.html", "{% block title %}{{ ", "{% block title %}97 {{ "),
    (
        "html/report.html",
        "{% block description %}{{ description.text }}",
        "{% block description %}{{ description.text }} 97",
    ),
    ("html/report.html", "{{<Words words={subtitle} />}}", "{{<Words words={subtitle} />}} 97"),
    ("html/report.html", "{{<Words words={period} />}}", "{{<Words words={period} />}}, 97"),
    ("html/report.html", "{{ section.title.text | line_ends }}</a>", "{{ section.title.text | line_ends }} 97</a>"),
    ("html/report.html", "{{ pdf.pages }}", "9{{ pdf.pages }}"),
    ("html/report.html", "| say }} <time", "| say }} 97 <time"),
    ("html/section.html", "{{<Words words={section.standfirst} />}}", "{{<Words words={section.standfirst} />}} 97"),
    (
        "html/section.html",
        "{{<Words words={section.standfirst} />}}",
        "{{<Words words={section.standfirst} />}} ninety-seven",
    ),
    (
        "html/report.html",
        "{{ structured_data | safe }}",
        "{{ structured_data | replace(from=\"1\", to=\"7\") | safe }}",
    ),
    ("html/base.css", "content: \" (\" attr(href) \")\"", "content: \" (97: \" attr(href) \")\""),
    ("pdf/report.typ", "subtitle=subtitle.text) }}),", "subtitle=subtitle.text) }} + \" 97\"),"),
    (
        "pdf/lib/page.typ",
        "outlined: false, bookmarked: true, say(\"report.contents\")",
        "outlined: false, bookmarked: true, say(\"report.contents\") + \" 97\"",
    ),
];

/// A figure that is hidden, beside another that is seen; and figures with more or fewer digits than they have.
const ALTERED: &[Misprint] = &[
    (
        "components/words/words.html",
        ">{{ piece.text | line_ends }}</span>\n{%- elif piece.source",
        " hidden>{{ piece.text | line_ends }}</span>97\n{%- elif piece.source",
    ),
    (
        "components/words/words.html",
        "{{ piece.text | line_ends }}</span>\n{%- elif piece.source",
        "{{ piece.text | line_ends }}0</span>\n{%- elif piece.source",
    ),
    (
        "components/words/words.html",
        "{{ piece.text | line_ends }}</span>\n{%- elif piece.source",
        "{{ piece.text | line_ends }}</span>.97\n{%- elif piece.source",
    ),
    (
        "components/words/words.html",
        "{{ piece.text | line_ends }}</span>\n{%- elif piece.source",
        "{{ piece.text | replace(from=\"1\", to=\"7\") }}</span>\n{%- elif piece.source",
    ),
    (
        "components/words/words.html",
        "{{ piece.text | line_ends }}</span>\n{%- elif piece.source",
        "</span>\n{%- elif piece.source",
    ),
    ("components/words/words.html", "<span data-fact={{ piece.fact }}", "<span data-fact=1"),
    ("components/words/words.html", "<span data-fact={{ piece.fact }}", "<span hidden data-fact={{ piece.fact }}"),
    ("components/costs/costs.css", ".costs td > svg { display: none; }", ".costs td { display: none; }"),
    ("components/costs/costs.css", ".costs td > svg { display: none; }", ".costs td { color: transparent; }"),
    ("html/base.css", ".crumbs, .foot,", "main { direction: rtl; } .crumbs, .foot,"),
    ("pdf/report.typ", "\"/\" + {{ file.csv }}", "\"/\" + {{ file.csv }} + \"-metadata.json\""),
    ("components/words/words.html", "<span data-fact={{ piece.fact }}", "<span data-fact={{ piece.fact }}1"),
    ("components/dashboard/dashboard.html", "{{ words.text }}</b>", "{{ words.text }}</b>97"),
    (
        "components/costs/costs.html",
        "{{<Words words={line.name} />}}{% if line.part_of",
        "{{<Words words={line.name} />}} 97{% if line.part_of",
    ),
];

/// Rows, columns and entries in another order, alike in both formats.
const EXCHANGED: &[Misprint] = &[
    ("components/table/table.html", "for row in part.rows", "for row in part.rows | reverse"),
    ("components/table/table.html", "for cell in row.cells", "for cell in row.cells | reverse"),
    (
        "components/table/table.html",
        "{{<Words words={part.rows_are} />}} {% for column in part.columns %}",
        "{{<Words words={part.rows_are} />}} {% for column in part.columns | reverse %}",
    ),
    ("components/costs/costs.html", "for line in part.lines", "for line in part.lines | reverse"),
    ("components/costs/costs.html", "for column in part.columns", "for column in part.columns | reverse"),
    ("components/survey/survey.html", "for result in group.results", "for result in group.results | reverse"),
    ("components/survey/survey.html", "for response in part.responses", "for response in part.responses | reverse"),
    (
        "components/cycle/cycle.html",
        "<tbody>\n{% for area in part.wheel.areas %}",
        "<tbody>\n{% for area in part.wheel.areas | reverse %}",
    ),
    (
        "components/ratings/ratings.html",
        "for count in part.chart.counts %}<tr>",
        "for count in part.chart.counts | reverse %}<tr>",
    ),
    (
        "components/ratings/ratings.html",
        "for count in part.chart.counts %}<th",
        "for count in part.chart.counts | reverse %}<th",
    ),
    ("components/board/board.html", "for theme in part.themes", "for theme in part.themes | reverse"),
    ("components/board/board.html", "for one in part.counts %}<tr>", "for one in part.counts | reverse %}<tr>"),
    ("components/matrix/matrix.html", "for theme in part.themes %}<tr>", "for theme in part.themes | reverse %}<tr>"),
    (
        "components/dashboard/dashboard.html",
        "for indicator in group.indicators",
        "for indicator in group.indicators | reverse",
    ),
    (
        "components/dashboard/dashboard.html",
        "for figure in indicator.figures",
        "for figure in indicator.figures | reverse",
    ),
    ("components/key-figures/key-figures.html", "for one in part.figures", "for one in part.figures | reverse"),
    ("components/glossary/glossary.html", "for one in part.terms", "for one in part.terms | reverse"),
];

/// Names that stand at the figures of others, and figures at the names of others.
const MISNAMED: &[Misprint] = &[
    (
        "components/table/table.html",
        "class=long{% endif %}>{{<Words words={row.name} />}}",
        "class=long{% endif %}>{{<Words words={part.rows[0].name} />}}",
    ),
    (
        "components/costs/costs.html",
        "<th scope=row>{{<Words words={line.name} />}}",
        "<th scope=row>{{<Words words={part.lines[0].name} />}}",
    ),
    (
        "components/survey/survey.html",
        "{{<Words words={result.statement} />}}",
        "{{<Words words={group.results[0].statement} />}}",
    ),
    ("components/survey/survey.html", "<span>{{ response.name }}</span>", "<span>{{ part.responses[0].name }}</span>"),
    (
        "components/ratings/ratings.html",
        "<th scope=row>{{ group.name }} <td>",
        "<th scope=row>{{ part.by_group.groups[0].name }} <td>",
    ),
    (
        "components/cycle/cycle.html",
        "{{<Words words={area.name} />}}",
        "{{<Words words={part.wheel.areas[0].name} />}}",
    ),
    (
        "components/key-figures/key-figures.html",
        "{{<Words words={one.label} />}}",
        "{{<Words words={part.figures[0].label} />}}",
    ),
    (
        "components/dashboard/dashboard.html",
        "{{ indicator.name | line_ends }}",
        "{{ group.indicators[0].name | line_ends }}",
    ),
    (
        "components/directorates/directorates.html",
        "<strong>{{ directorate.name }}</strong>",
        "<strong>{{ part.directorates[0].name }}</strong>",
    ),
    ("components/table/table.html", "for cell in row.cells", "for cell in part.rows[0].cells"),
    ("components/costs/costs.html", "for figure in line.figures", "for figure in part.lines[0].figures"),
    (
        "components/survey/survey.html",
        "{{<Words words={result.percentage} />}}",
        "{{<Words words={group.results[0].percentage} />}}",
    ),
    (
        "components/dashboard/dashboard.html",
        "for figure in indicator.figures",
        "for figure in group.indicators[0].figures",
    ),
    (
        "components/key-figures/key-figures.html",
        "{{<Words words={one.figure} />}}",
        "{{<Words words={part.figures[0].figure} />}}",
    ),
    ("components/matrix/matrix.html", "{{<Counted count={group.count}", "{{<Counted count={theme.groups[0].count}"),
];

/// Whether nothing is published of a project where one of its templates is misprinted.
fn is_caught((template, from, to): &Misprint) -> bool {
    // The full project has one result of its survey.
    let sandbox = if template.contains("survey") { Sandbox::shipped() } else { Sandbox::full() };
    let own = sandbox.path().join("templates").join(template);
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    let text = fs::read_to_string(root().join("templates").join(template)).unwrap();
    let misprinted = text.replace(from, to);
    assert_ne!(text, misprinted, "{template} has no {from}");
    fs::write(&own, misprinted).unwrap();
    let formats = Formats { html: true, pdf: to.contains("pdf.pages") || template.ends_with(".typ") };
    let outcome = build(&Options { formats, ..sandbox.options() }, &|_| ());
    outcome.findings.iter().any(|finding| finding.code == Code::ReadBack)
}

#[test]
fn misprints_of_templates_are_found() {
    let all: Vec<&Misprint> = [INVENTED, ALTERED, EXCHANGED, MISNAMED].into_iter().flatten().collect();
    assert!(all.len() >= 71);
    let missed: Vec<&&Misprint> = all.iter().filter(|misprint| !is_caught(misprint)).collect();
    let told: Vec<String> = missed.iter().map(|(file, from, to)| format!("{file}: {from} -> {to}")).collect();
    assert!(missed.len() * 20 <= all.len(), "{} of {} are missed:\n{}", missed.len(), all.len(), told.join("\n"));
}
