//! Quotation marks, brackets and braces that a line opens and does not close.

/// The quotation mark that a line opens and does not close.
pub fn open_quotation(line: &str) -> Option<(usize, char)> {
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (place, letter) in line.char_indices() {
        match open {
            Some((_, mark)) if letter == mark && (mark == '\'' || before != '\\') => open = None,
            None if matches!(letter, '"' | '\'') && (matches!(before, ' ' | '[' | '{' | ',') || place == 0) => {
                open = Some((place, letter));
            }
            None if letter == '#' && before == ' ' => return None,
            _ => {}
        }
        before = letter;
    }
    open
}

/// The first bracket that a line opens and does not close, outside of quotation marks.
pub fn open_bracket(line: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let (mut quotation, mut before) = (None, ' ');
    for (place, letter) in line.char_indices() {
        match (quotation, letter) {
            (Some(mark), _) if letter == mark => quotation = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => quotation = Some(letter),
            (None, '#') if before == ' ' => break,
            (None, '[' | '{') => open.push((place, letter)),
            (None, ']' | '}') => drop(open.pop()),
            _ => {}
        }
        before = letter;
    }
    open.pop()
}
