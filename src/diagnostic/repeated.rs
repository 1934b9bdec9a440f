//! An address that leads nowhere, named in several places, is one finding: it is mended where it should lead, or it is
//! mistyped everywhere alike.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Findings, SourceMap};

/// So many places are named.
const MOST_NAMED: usize = 3;

/// Gathers findings, which are in order, of addresses that lead nowhere: the first is told with the places of the others.
pub fn gather(findings: &mut Findings, sources: &SourceMap) {
    // An address is seen from the folder of its report.
    let mut others: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let key = |finding: &Diagnostic| {
        let path = sources.file(finding.at.filter(|_| finding.code == Code::UnknownFact)?.file).path.clone();
        Some((path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(), finding.message.clone()))
    };
    findings.retain(|finding| {
        let (Some(at), Some(key)) = (finding.at, key(finding)) else { return true };
        let place = format!("{}:{}", sources.file(at.file).path, sources.line_column(at).0);
        match others.get_mut(&key) {
            Some(places) => {
                places.push(place);
                false
            }
            None => others.insert(key, Vec::new()).is_none(),
        }
    });
    for finding in findings.iter_mut() {
        if let Some(places) = key(finding).and_then(|key| others.remove(&key)).filter(|places| !places.is_empty()) {
            finding.help.push(also_named(&places));
        }
    }
}

fn also_named(places: &[String]) -> String {
    let named = places.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match places.len().saturating_sub(MOST_NAMED) {
        0 => format!("it is named in {named}, too"),
        1 => format!("it is named in {named} and in one more place, too"),
        more => format!("it is named in {named} and in {more} more places, too"),
    }
}
