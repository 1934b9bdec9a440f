//! Findings that the team lets stand: `acknowledgements` in checks.yaml.

use std::collections::{HashMap, HashSet};

use super::levels::{rule_named, with_rules};
use super::{Checks, Subject, check_files};
use crate::diagnostic::{About, Code, Diagnostic, Findings, Offered, Span, nearest};
use crate::model::{Acknowledgement, Report};
use crate::yaml::{Text, in_quotation_marks as quoted};

/// A finding that stands, and why.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    pub finding: Diagnostic,
    pub reason: String,
    pub by: String,
    /// As it is printed.
    pub date: String,
}

/// Takes the findings out that are acknowledged. An acknowledgement whose figures have changed, or that matches
/// nothing, is a finding itself.
pub fn apply(subject: &Subject, findings: &mut Findings) -> Vec<Acknowledged> {
    if !subject.project.states_everything() {
        // Without the acknowledgements nobody could tell what is new.
        findings.retain(|finding| finding.about.is_none());
        return Vec::new();
    }
    let mut found = Found::new(std::mem::take(findings));
    let mut acknowledged = Vec::new();
    let mut faults = Findings::new();
    for Checks { file, scopes } in check_files(subject) {
        for one in file.acknowledgements.iter().flatten() {
            let Some(code) = rule_named(&one.rule.value) else {
                let finding = Diagnostic::error(
                    Code::UnknownReference,
                    one.rule.at,
                    format!("there is no rule `{}`", one.rule.value),
                );
                faults.push(with_rules(finding, &one.rule.value));
                continue;
            };
            // What stands in the folder of a group holds for each of its reports; one that needs it is enough.
            let meant = found.meant(code, &one.address.value, &scopes);
            faults.extend([&one.reason, &one.by].into_iter().filter_map(says_nothing));
            let stands = found.standing(one, &meant);
            match (stands.is_empty(), found.nearest(one, &meant)) {
                (false, _) => acknowledged.extend(stands.into_iter().map(|place| Acknowledged {
                    finding: found.take(place),
                    reason: one.reason.value.clone(),
                    by: one.by.value.clone(),
                    date: one.date.to_string(),
                })),
                (true, Some(finding)) => faults.push(void(one, finding)),
                (true, None) if subject.project.whole => faults.push(unused(one)),
                (true, None) => {}
            }
        }
    }
    *findings = found.left();
    let reports = subject.project.by_id();
    let groups = subject.project.groups.iter().map(|group| group.folder.as_str()).collect();
    findings.iter_mut().for_each(|finding| offer(&reports, &groups, finding));
    findings.extend(faults);
    acknowledged
}

/// The findings by what they are about, so that a thousand reports are not searched for each acknowledgement.
struct Found {
    all: Findings,
    /// By address.
    places: HashMap<String, Vec<usize>>,
    taken: Vec<bool>,
}

impl Found {
    fn new(all: Findings) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, finding) in all.iter().enumerate() {
            let about = finding.about.iter();
            about.for_each(|about| places.entry(about.address.clone()).or_default().push(place));
        }
        Self { taken: vec![false; all.len()], all, places }
    }

    /// The findings of a rule at an address, as seen from each scope, that nobody has taken.
    fn meant(&self, code: Code, address: &str, scopes: &[&str]) -> Vec<usize> {
        let own = scopes.iter().filter(|scope| !scope.is_empty()).map(|scope| format!("{scope}.{address}"));
        let addresses = own.chain([address.to_owned()]);
        let places = addresses.filter_map(|address| self.places.get(&address)).flatten().copied();
        let mut meant: Vec<usize> =
            places.filter(|place| !self.taken[*place] && self.all[*place].code == code).collect();
        meant.sort();
        meant
    }

    /// Those of the findings that an acknowledgement holds for. Of numbers in one sentence it holds for one, in all
    /// reports that share it.
    fn standing(&self, one: &Acknowledgement, meant: &[usize]) -> Vec<usize> {
        let sentence = one.sentence.as_ref().map(|sentence| sentence.value.as_str());
        let mut first: HashMap<&str, Option<Span>> = HashMap::new();
        let holds = |place: &&usize| {
            let finding = &self.all[**place];
            finding.about.as_ref().is_some_and(|about| {
                let is_this = has_figures(about, one) && about.sentence.as_deref() == sentence;
                is_this && (sentence.is_none() || *first.entry(&about.address).or_insert(finding.at) == finding.at)
            })
        };
        meant.iter().filter(holds).copied().collect()
    }

    /// The finding that an acknowledgement was probably for, though it is another now.
    fn nearest(&self, one: &Acknowledgement, meant: &[usize]) -> Option<&Diagnostic> {
        let is_near = |about: &About| about.sentence.is_none() || has_figures(about, one);
        let near = meant.iter().map(|place| &self.all[*place]);
        let near: Vec<&Diagnostic> = near.filter(|finding| finding.about.as_ref().is_some_and(is_near)).collect();
        let sentence = |finding: &&Diagnostic| finding.about.as_ref()?.sentence.as_deref().map(str::to_owned);
        let sentences: Vec<String> = near.iter().filter_map(sentence).collect();
        let alike = one.sentence.as_ref().and_then(|one| nearest(&one.value, sentences.iter().map(String::as_str)));
        let found = near.iter().find(|finding| alike.is_some() && sentence(finding).as_deref() == alike);
        found.or(near.first()).copied()
    }

    fn take(&mut self, place: usize) -> Diagnostic {
        self.taken[place] = true;
        self.all[place].clone()
    }

    fn left(self) -> Findings {
        self.all.into_iter().zip(self.taken).filter(|(_, taken)| !taken).map(|(finding, _)| finding).collect()
    }
}

fn has_figures(about: &About, one: &Acknowledgement) -> bool {
    about.figures.iter().eq(one.figures.value.iter().map(|figure| &figure.value))
}

/// A text that gives no reason and names nobody.
fn says_nothing(text: &Text) -> Option<Diagnostic> {
    const NOTHING: &[&str] = &["tbc", "tba", "tbd", "todo", "xx", "xxx", "none", "reason", "name"];
    let small = text.value.to_lowercase();
    let mut words = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // Nothing but dots is told as every text is that still has to be written.
    let is_told = text.value.chars().all(|c| matches!(c, '.' | '…' | '?'));
    (!is_told && (small.trim() == "n/a" || words.all(|word| NOTHING.contains(&word)))).then(|| {
        let message = format!("`{}` tells a reviewer nothing", text.value);
        Diagnostic::error(Code::WrongValue, text.at, message)
            .help("say why the finding stands, and who says so: that is all that a reviewer will know")
    })
}

fn void(one: &Acknowledgement, finding: &Diagnostic) -> Diagnostic {
    let (rule, address) = (&one.rule.value, &one.address.value);
    if let Some(about) = finding.about.as_ref().filter(|about| has_figures(about, one)) {
        let at = one.sentence.as_ref().map_or(one.figures.at, |sentence| sentence.at);
        let Some(now) = about.sentence.as_deref().map(quoted) else {
            let message = format!("{rule} is about no sentence of {address}");
            return Diagnostic::error(Code::AcknowledgementVoid, at, message).help("leave out the line `sentence: …`");
        };
        let message = match one.sentence {
            Some(_) => format!("the sentence in {address} has changed since {rule} was acknowledged"),
            None => format!("it is not said in which sentence of {address} the number stands"),
        };
        return Diagnostic::error(Code::AcknowledgementVoid, at, message)
            .help(format!("mend the finding, or acknowledge it anew with `sentence: {now}`"));
    }
    let message = format!("the figures of {address} have changed since {rule} was acknowledged");
    let fault = Diagnostic::error(Code::AcknowledgementVoid, one.figures.at, message);
    let now = finding.about.as_ref().map(|about| yaml_list(&about.figures));
    now.into_iter().fold(fault, |fault, now| {
        fault.help(format!("the figures are now {now}; mend the finding, or acknowledge it anew"))
    })
}

fn unused(one: &Acknowledgement) -> Diagnostic {
    let message = format!("{} finds nothing at {} to acknowledge", one.rule.value, one.address.value);
    Diagnostic::error(Code::AcknowledgementUnused, one.address.at, message)
        .help("remove the acknowledgement if the finding was mended, or mend its rule or address")
}

/// Tells how to let a finding stand, and in which report of a group it is.
fn offer(reports: &HashMap<&str, &Report>, groups: &HashSet<&str>, finding: &mut Diagnostic) {
    let Some(about) = &finding.about else { return };
    let local = about.address.split_once('.').and_then(|(id, local)| Some((*reports.get(id)?, local.to_owned())));
    if let Some((report, _)) = &local {
        report.mark(std::slice::from_mut(finding));
    }
    let Some(about) = &finding.about else { return };
    let (folder, address) = match local {
        Some((report, local)) => (format!("{}/", report.folder), local),
        None => {
            // The figures of all rows are their folder's.
            let group = about.address.split_once('.').map(|(group, _)| group).filter(|group| groups.contains(group));
            (group.map_or_else(String::new, |group| format!("{group}/")), about.address.clone())
        }
    };
    let sentence = about.sentence.as_deref().map(|sentence| format!("sentence: {}", quoted(sentence)));
    let lines: Vec<String> = [
        format!("rule: {}", finding.code.name()),
        format!("address: {address}"),
        format!("figures: {}", yaml_list(&about.figures)),
    ]
    .into_iter()
    .chain(sentence)
    .collect();
    finding.help.push(format!(
        "to let it stand, acknowledge it in {folder}checks.yaml: {{{}, reason: …, by: …, date: …}}",
        lines.join(", ")
    ));
    let offered = Offered { file: format!("{folder}checks.yaml"), address, lines };
    finding.about.iter_mut().for_each(|about| about.offered = Some(offered.clone()));
}

/// Figures as a YAML list.
pub fn yaml_list(figures: &[String]) -> String {
    let plain = |figure: &String| {
        let begins = figure.starts_with(|c: char| c.is_alphanumeric() || c == '£');
        begins && figure.chars().all(|c| c.is_alphanumeric() || " .%£-".contains(c))
    };
    let quote = |figure: &String| if plain(figure) { figure.clone() } else { quoted(figure) };
    format!("[{}]", figures.iter().map(quote).collect::<Vec<_>>().join(", "))
}
