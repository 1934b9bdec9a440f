//! Makes the end of every stream of a PDF plain.
//!
//! A stream ends with a line end that is no part of it. Where the data happen to end with a carriage return, that and
//! the line feed behind it read as one line end, and the stream as one byte shorter than it says, which PDF/A forbids.
//! The line end of such a stream becomes a carriage return and a line feed of its own.

/// What follows the data of a stream that ends with a carriage return.
const AMBIGUOUS: &[u8] = b"\r\nendstream\nendobj";
const TABLE: &[u8] = b"xref\n";
const START: &[u8] = b"startxref\n";
/// Bytes of an entry of the table of objects; its first ten digits are the place of the object.
const ENTRY: usize = 20;
const DIGITS: usize = 10;

/// The PDF with plain ends. A file without a table of objects in plain text is given back as it is.
pub fn with_plain_ends(pdf: Vec<u8>) -> Vec<u8> {
    let ends: Vec<usize> =
        (0..pdf.len()).filter(|at| pdf[*at] == b'\r' && pdf[*at..].starts_with(AMBIGUOUS)).map(|at| at + 1).collect();
    if ends.is_empty() { pdf } else { moved(&pdf, &ends).unwrap_or(pdf) }
}

/// Puts a carriage return at each of the places, and moves what the table says of all that follows.
fn moved(pdf: &[u8], ends: &[usize]) -> Option<Vec<u8>> {
    let later = |place: usize| place + ends.iter().filter(|end| **end < place).count();
    let start = pdf.windows(START.len()).rposition(|window| window == START)? + START.len();
    let table: usize = number(pdf[start..].split(|byte| *byte == b'\n').next()?)?;
    let head = pdf.get(table..)?.strip_prefix(TABLE)?;
    let count: usize = number(head.split(|byte| *byte == b'\n').next()?.strip_prefix(b"0 ")?)?;
    let first = table + TABLE.len() + head.iter().position(|byte| *byte == b'\n')? + 1;
    let entries = pdf.get(first..first + count * ENTRY)?;

    let mut out = Vec::with_capacity(pdf.len() + ends.len());
    let mut from = 0;
    for end in ends {
        out.extend_from_slice(&pdf[from..*end]);
        out.push(b'\r');
        from = *end;
    }
    out.extend_from_slice(&pdf[from..first]);
    for entry in entries.chunks(ENTRY) {
        out.extend(format!("{:010}", later(number(&entry[..DIGITS])?)).bytes());
        out.extend_from_slice(&entry[DIGITS..]);
    }
    out.extend_from_slice(&pdf[first + entries.len()..start]);
    out.extend(format!("{}\n%%EOF", later(table)).bytes());
    Some(out)
}

fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF of two streams, with its table of objects.
    fn pdf(first: &str, second: &str) -> Vec<u8> {
        let mut text = String::from("%PDF-1.7\n");
        let mut places = Vec::new();
        for (number, data) in [first, second].iter().enumerate() {
            places.push(text.len());
            text += &format!("{} 0 obj\n<</Length {}>>\nstream\n{data}\nendstream\nendobj\n", number + 1, data.len());
        }
        let table = text.len();
        text += "xref\n0 3\n0000000000 65535 f \n";
        places.iter().for_each(|place| text += &format!("{place:010} 00000 n \n"));
        text += &format!("trailer\n<</Size 3>>\nstartxref\n{table}\n%%EOF");
        text.into_bytes()
    }

    /// The data of the streams, found by the table and ended by a line end of either kind.
    fn streams(pdf: &[u8]) -> Vec<String> {
        let text = String::from_utf8(pdf.to_vec()).unwrap();
        let table: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        let entries = text[table..].lines().skip(3).take(2).map(|line| line[..10].parse::<usize>().unwrap());
        let data = entries.map(|place| {
            let (head, rest) = text[place..].split_once("stream\n").unwrap();
            let data = rest.split_once("endstream").unwrap().0;
            let data = data.strip_suffix("\r\n").or_else(|| data.strip_suffix('\n')).unwrap();
            assert!(head.contains(&format!("/Length {}>>", data.len())), "{head} {data:?}");
            data.to_owned()
        });
        data.collect()
    }

    #[test]
    fn a_stream_that_ends_with_a_carriage_return_keeps_it() {
        for (first, second) in [("a\r", "b"), ("a", "b\r"), ("a\r", "b\r"), ("a\r\n", "b\r")] {
            assert_eq!(streams(&with_plain_ends(pdf(first, second))), [first, second].map(str::to_owned));
        }
    }

    #[test]
    fn other_files_stay_as_they_are() {
        for bytes in [
            pdf("a", "b\n"),
            b"\r\nendstream\nendobj".to_vec(),
            b"startxref\n9\n\r\nendstream\nendobj".to_vec(),
            Vec::new(),
        ] {
            assert_eq!(with_plain_ends(bytes.clone()), bytes);
        }
    }
}
