//! A staff survey: who answered over the years, and what they said.

use super::values::{Count, Percent};
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
