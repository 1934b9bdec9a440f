//! per-head-agrees: a cost per head follows from its amount and the population at the printed precision.

use super::{Audit, Subject, share_agrees};
use crate::diagnostic::Code;
use crate::fact::ProportionKind;

pub fn check(subject: &Subject, audit: &mut Audit) {
    share_agrees::proportions(subject, audit, ProportionKind::PerHead, Code::PerHeadAgrees, "the cost per head of");
}
