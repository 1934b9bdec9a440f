//! Letters as XML has them.

/// A text or the value of an attribute. What XML cannot hold is left out.
pub fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\t' | '\n' | '\r' => written.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() && (letter as u32) < 0x20 => {}
            letter => written.push(letter),
        }
    }
    written
}
