//! Which rows of a table a total adds up, and which are said to be some of another.

use super::{RowKind, TableFile};

impl TableFile {
    /// The rows whose sum a row says that it is, by what stands above it or under it; none where it says nothing.
    pub fn added_up_by(&self, row: usize) -> Option<Vec<usize>> {
        match self.rows[row].kind {
            RowKind::Total => Some(self.above(row)),
            RowKind::Whole => Some(self.parts_of(row).flat_map(|part| self.contribution(part)).collect()),
            RowKind::Figures | RowKind::Heading => None,
        }
    }

    /// The rows that are some of what a row consists of.
    pub fn some_of(&self, row: usize) -> Vec<usize> {
        self.under(Some(row)).filter(|part| self.rows[*part].is_some_of_above).collect()
    }

    /// The rows right under another, or those under none.
    fn under(&self, above: Option<usize>) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.rows.len()).filter(move |place| self.rows[*place].above == above)
    }

    fn parts_of(&self, row: usize) -> impl Iterator<Item = usize> + use<'_> {
        self.under(Some(row)).filter(|part| !self.rows[*part].is_some_of_above)
    }

    /// What a row adds to a total under it: itself; a heading, what stands under it since its last total, and that.
    fn contribution(&self, row: usize) -> Vec<usize> {
        if !self.rows[row].is_heading() {
            return vec![row];
        }
        let under: Vec<usize> = self.under(Some(row)).collect();
        let from = under.iter().rposition(|one| self.rows[*one].is_total()).unwrap_or_default();
        under[from..].iter().flat_map(|one| self.contribution(*one)).collect()
    }

    /// The rows that a total adds up: those beside it since the last total, or the totals where it follows one.
    fn above(&self, total: usize) -> Vec<usize> {
        let (mut above, mut totals) = (Vec::new(), Vec::new());
        for row in self.under(self.rows[total].above).take_while(|row| *row < total) {
            if self.rows[row].is_total() {
                // A grand total ends what it adds up.
                if above.is_empty() {
                    totals.clear();
                }
                above.clear();
                totals.push(row);
            } else {
                above.extend(self.contribution(row));
            }
        }
        if above.is_empty() { totals } else { above }
    }
}
