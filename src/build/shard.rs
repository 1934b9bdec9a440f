//! A share of the reports, for one of several machines.

use std::str::FromStr;

use crate::publish::digest;

/// Share `number` of `of`, both counted from 1.
///
/// A report belongs to the same share on every machine and in every build: the share follows from its name alone, so
/// that a report that is added or dropped moves no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: u64,
    of: u64,
}

impl Shard {
    /// Whether a report belongs to this share.
    pub fn holds(self, report: &str) -> bool {
        let digest = digest(report.as_bytes());
        let leading = u64::from_str_radix(&digest[..16], 16).unwrap_or(0);
        leading % self.of == self.number - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((number, of)) if 1 <= number && number <= of => Ok(Self { number, of }),
            _ => Err("write the share and the number of shares, such as 2/5".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_report_belongs_to_one_share_and_shares_are_alike() {
        let shards: Vec<Shard> = (1..=5).map(|number| Shard { number, of: 5 }).collect();
        let mut sizes = [0; 5];
        for report in (0..1_000).map(|number| format!("practices-practice-{number}")) {
            let holding: Vec<usize> = (0..5).filter(|place| shards[*place].holds(&report)).collect();
            assert_eq!(holding.len(), 1, "{report}");
            sizes[holding[0]] += 1;
        }
        assert!(sizes.iter().all(|size| (150..250).contains(size)), "{sizes:?}");
    }

    #[test]
    fn a_share_that_is_none_is_refused() {
        for text in ["", "1", "0/5", "6/5", "1/0", "-1/5", "a/b", "1/5/5"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
        assert_eq!("2/5".parse(), Ok(Shard { number: 2, of: 5 }));
    }
}
