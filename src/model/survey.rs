//! A staff survey: who answered over the years, and what they said.

use super::values::{Count, Id, Percent};
use crate::record;
use crate::yaml::{At, Text};

record! {
    /// A survey.
    SurveyFile "a survey file" {
        /// What the survey is, as it stands over it.
        required caption: Text,
        /// Latest year first.
        required responses: Vec<Response>,
        required positive: SurveyGroup,
        required negative: SurveyGroup,
        /// Id of the source that the figures and statements are taken from.
        optional source: At<Id>,
    }
}

impl SurveyFile {
    /// Whether there are more years than have room beside each other on a phone.
    pub fn has_many_years(&self) -> bool {
        self.responses.len() > 4
    }
}

record! {
    /// The share of staff who answered in a year.
    Response "a response" {
        required year: At<Count>,
        required percentage: At<Percent>,
    }
}

record! {
    /// Results under one heading.
    SurveyGroup "a group of results" {
        /// What stands over the results.
        required heading: Text,
        /// What staff said, in the order of print.
        required results: Vec<SurveyResult>,
    }
}

record! {
    /// One result.
    SurveyResult "a result" {
        required percentage: At<Percent>,
        /// The statement that so many agreed with.
        required statement: Text,
    }
}
