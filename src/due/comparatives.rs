//! Figures of a time that was over in the edition before: they are what that published, or restated.

use super::Editions;
use super::figures::is_over;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::fact::{LAST, Origin};

/// The figures that both editions have typed, and not alike.
pub fn findings(editions: &Editions) -> Findings {
    let Editions { subject, report, before } = editions;
    let facts = subject.facts;
    let is_typed = |origin: &Origin| matches!(origin, Origin::Typed(_));
    let own = facts.within(&report.id).map(|(_, id)| (facts.local(&report.id, id), id));
    own.filter(|(address, id)| is_typed(&facts.get(*id).origin) && is_over(editions, address))
        .filter_map(|(address, id)| {
            let former = facts.find("", &format!("{}.{address}", before.id))?;
            let known = facts.restated(&report.id, former).unwrap_or(former);
            let (is, was) = (facts.get(id), facts.get(known));
            if !is_typed(&facts.get(former).origin) || is.value == was.value {
                return None;
            }
            let published = facts.printed(&before.id, former);
            let message = format!("{} published {published}, and this is {}", before.id, facts.printed(&report.id, id));
            Some(
                Diagnostic::error(Code::NotAsPublished, is.at, message)
                    .also(facts.get(former).at, "published here")
                    .help(format!(
                        "mend it; or restate it in facts.yaml: {{of: {LAST}.{address}, is: …, reason: …, by: …, date: …}}"
                    )),
            )
        })
        .collect()
}
