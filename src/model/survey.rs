//! A staff survey: who answered over the years, and what they said.

use super::values::{Count, Id, Percent};
use crate::record;
use crate::yaml::{At, Text};

record! {
    /// A survey.
    SurveyFile "a survey file" {
        required caption: Text,
        /// Latest year first.
        required responses: Vec<Response>,
        required positive: SurveyGroup,
        required negative: SurveyGroup,
        /// Id of the source that the figures and statements are taken from.
        optional source: At<Id>,
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
        required heading: Text,
        required results: Vec<SurveyResult>,
    }
}

record! {
    /// One result.
    SurveyResult "a result" {
        required percentage: At<Percent>,
        required statement: Text,
    }
}
