//! Quotation marks, brackets and braces that stand open behind some lines.

/// What stands open behind the letters that were read.
#[derive(Default)]
pub struct Open {
    /// The quotation mark: where it stands, and which it is.
    pub quotation: Option<(usize, char)>,
    /// Brackets and braces, in their order.
    pub brackets: Vec<(usize, char)>,
}

impl Open {
    /// What a line opens and does not close.
    pub fn after(line: &str) -> Self {
        let mut open = Self::default();
        open.read(line);
        open
    }

    pub fn is_any(&self) -> bool {
        self.quotation.is_some() || !self.brackets.is_empty()
    }

    /// Reads one more line, and gives where its comment begins, or where it ends.
    pub fn read(&mut self, line: &str) -> usize {
        let (mut before, mut sign, mut is_escaped) = (' ', ':', false);
        for (place, letter) in line.char_indices() {
            match (self.quotation, letter) {
                (Some((_, mark)), _) => {
                    if letter == mark && !is_escaped {
                        self.quotation = None;
                    }
                    is_escaped = mark == '"' && letter == '\\' && !is_escaped;
                }
                (None, '#') if before == ' ' => return line[..place].trim_end().len(),
                (None, '"') if matches!(before, ' ' | '[' | '{' | ',') => self.quotation = Some((place, letter)),
                // Two single quotation marks within a text are one.
                (None, '\'') if matches!(before, ' ' | '[' | '{' | ',' | '\'') => {
                    self.quotation = Some((place, letter));
                }
                // Within words a bracket is a letter.
                (None, '[' | '{') if !self.brackets.is_empty() || matches!(sign, ':' | '-') => {
                    self.brackets.push((place, letter));
                }
                (None, ']' | '}') => drop(self.brackets.pop()),
                _ => {}
            }
            before = letter;
            sign = if letter == ' ' { sign } else { letter };
        }
        line.len()
    }

    /// What closes the brackets and braces, the last first.
    pub fn closing(&self) -> String {
        self.brackets.iter().rev().map(|(_, bracket)| closing(*bracket)).collect()
    }
}

/// What closes a bracket or brace.
pub fn closing(bracket: char) -> char {
    if bracket == '[' { ']' } else { '}' }
}
