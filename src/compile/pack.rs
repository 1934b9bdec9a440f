//! Makes a PDF small without loss.
//!
//! In: a PDF as the layout writes it: one object after the other, and at its end a table of their places in plain text.
//! Out: the same objects with the same numbers. Those that hold no data of their own, most of them tags, stand together
//! in deflated streams, and the table is deflated too. Data are small already and stay as they are. A file that is
//! built in any other way is given back as it was.
//!
//! Objects are found by the table and copied as they stand; nothing is read into a tree, however long the report.

use std::io::Write;
use std::mem;

use flate2::Compression;
use flate2::write::ZlibEncoder;

const VERSION: &[u8] = b"%PDF-1.7\n";
const TABLE: &[u8] = b"xref\n0 ";
const START: &[u8] = b"startxref\n";
const LENGTH: &[u8] = b"<</Length ";
const STREAM: &[u8] = b">>\nstream\n";
const STREAM_END: &[u8] = b"\nendstream";
/// Bytes of an entry of the table; its first ten digits are the place of the object.
const ENTRY: usize = 20;
const DIGITS: usize = 10;
/// What a trailer says of files that are encrypted or were added to.
const REFUSED: [&[u8]; 3] = [b"/Encrypt", b"/Prev", b"/XRefStm"];

/// Objects to a stream. To see one object a reader counts through all of its stream, so that what shows a page has few
/// companions; the tags, which are read once and in order, save more the more of them stand together.
const TOGETHER: usize = 50;
const TAGS_TOGETHER: usize = 500;
const TAG: &[u8] = b"<</Type/StructElem";
/// How fonts, opacities and colour spaces begin. Readers look them up with every text and line that is drawn, and find
/// them at once where they stand alone. (The widths and outlines of a font are read once.)
const LOOKED_UP: [&[u8]; 3] = [b"<</Type/Font/Subtype/Type0", b"<</Type/ExtGState", b"[/"];

/// Bytes of a row of the new table: the kind, the place or the stream, and the object's position in the stream.
const ROW: usize = 7;
const FREE: [u8; ROW] = [0, 0, 0, 0, 0, 0xff, 0xff];
const AT_PLACE: u8 = 1;
const IN_STREAM: u8 = 2;
/// The PNG filter that keeps the difference to the row above.
const UP: u8 = 2;

/// The level of zlib-rs for what is put together here. Level 8 makes a report one hundredth smaller (9 does not), and
/// takes three times as long for this.
const LEVEL: u32 = 6;

/// The PDF with its objects packed.
pub fn packed(pdf: Vec<u8>) -> Vec<u8> {
    Document::read(&pdf).and_then(Packer::pack).unwrap_or(pdf)
}

/// A PDF whose objects have been found.
struct Document<'p> {
    header: &'p [u8],
    /// What stands in each object, by its number, in the order of the file.
    objects: Vec<(usize, &'p [u8])>,
    /// One more than the highest number.
    size: usize,
    /// The entries of the trailer without the size.
    trailer: &'p [u8],
}

impl<'p> Document<'p> {
    fn read(pdf: &'p [u8]) -> Option<Self> {
        let start = pdf.windows(START.len()).rposition(|window| window == START)? + START.len();
        let (table, _) = leading_number(&pdf[start..])?;
        let (size, rows) = leading_number(pdf.get(table..start)?.strip_prefix(TABLE)?)?;
        let (entries, trailer) = rows.strip_prefix(b"\n")?.split_at_checked(size.checked_mul(ENTRY)?)?;

        let mut places = places(entries)?;
        places.sort_unstable();
        let header = pdf.get(..places.first()?.0)?;
        let ends = places.iter().skip(1).map(|(place, _)| *place).chain([table]);
        let objects = places
            .iter()
            .zip(ends)
            .map(|((place, number), end)| Some((*number, contents(*number, pdf.get(*place..end)?)?)));
        Some(Document {
            header: header.starts_with(VERSION).then_some(header)?,
            objects: objects.collect::<Option<_>>()?,
            size,
            trailer: rest_of_trailer(trailer, size)?,
        })
    }
}

/// Place and number of every object that is in use.
fn places(entries: &[u8]) -> Option<Vec<(usize, usize)>> {
    let mut places = Vec::with_capacity(entries.len() / ENTRY);
    for (number, entry) in entries.chunks(ENTRY).enumerate() {
        let (place, rest) = entry.split_at(DIGITS);
        match rest.trim_ascii() {
            b"00000 n" => places.push((leading_number(place)?.0, number)),
            b"65535 f" => {}
            _ => return None,
        }
    }
    Some(places)
}

/// What stands between `obj` and `endobj`.
fn contents(number: usize, object: &[u8]) -> Option<&[u8]> {
    let (named, rest) = leading_number(object)?;
    let contents = rest.strip_prefix(b" 0 obj\n")?.trim_ascii_end().strip_suffix(b"endobj")?;
    (named == number).then_some(contents)
}

/// The trailer's entries after its size, which comes first.
fn rest_of_trailer(trailer: &[u8], size: usize) -> Option<&[u8]> {
    let (stated, rest) = leading_number(trailer.strip_prefix(b"trailer\n<</Size ")?)?;
    let rest = rest.strip_suffix(START)?.trim_ascii_end().strip_suffix(b">>")?;
    (stated == size && !REFUSED.iter().any(|name| holds(rest, name))).then_some(rest)
}

/// Writes the new file.
struct Packer<'p> {
    file: Vec<u8>,
    /// The new table, by the numbers of the objects.
    rows: Vec<[u8; ROW]>,
    /// Objects that wait for their stream: tags, and all others.
    tags: Vec<Waiting<'p>>,
    others: Vec<Waiting<'p>>,
}

/// The number of an object and what stands in it.
type Waiting<'p> = (usize, &'p [u8]);

impl<'p> Packer<'p> {
    fn pack(document: Document<'p>) -> Option<Vec<u8>> {
        let (file, rows) = (document.header.to_vec(), vec![FREE; document.size]);
        let mut packer = Packer { file, rows, tags: Vec::new(), others: Vec::new() };
        for (number, contents) in document.objects {
            let contents = contents.trim_ascii_end();
            match contents.ends_with(STREAM_END) || LOOKED_UP.iter().any(|start| contents.starts_with(start)) {
                true => packer.write(number, contents)?,
                false => packer.wait(number, contents)?,
            }
        }
        for waiting in [mem::take(&mut packer.tags), mem::take(&mut packer.others)] {
            packer.write_together(&waiting)?;
        }
        packer.write_table(document.trailer)?;
        Some(packer.file)
    }

    fn wait(&mut self, number: usize, contents: &'p [u8]) -> Option<()> {
        let is_tag = contents.starts_with(TAG);
        let (waiting, most) = if is_tag { (&mut self.tags, TAGS_TOGETHER) } else { (&mut self.others, TOGETHER) };
        waiting.push((number, contents));
        if waiting.len() < most {
            return Some(());
        }
        let waiting = mem::take(waiting);
        self.write_together(&waiting)
    }

    /// Writes a stream of objects: first their numbers and where they begin, then they themselves.
    fn write_together(&mut self, waiting: &[Waiting]) -> Option<()> {
        if waiting.is_empty() {
            return Some(());
        }
        let own_number = self.rows.len();
        self.rows.push(FREE);
        let (mut index, mut objects) = (Vec::new(), Vec::new());
        for (position, (number, contents)) in waiting.iter().enumerate() {
            write!(index, "{number} {} ", objects.len()).ok()?;
            objects.extend_from_slice(contents);
            objects.push(b'\n');
            self.rows[*number] = row(IN_STREAM, own_number, position)?;
        }
        let entries = format!("/Type/ObjStm/N {}/First {}/Filter/FlateDecode", waiting.len(), index.len());
        index.extend(objects);
        self.write_stream(own_number, entries.as_bytes(), &deflated_once(&index)?)
    }

    /// Writes the new table, in which every row is the difference to the row above.
    fn write_table(&mut self, trailer: &[u8]) -> Option<()> {
        let (number, start) = (self.rows.len(), self.file.len());
        self.rows.push(row(AT_PLACE, start, 0)?);
        let mut table = Vec::with_capacity(self.rows.len() * (ROW + 1));
        let mut above = [0; ROW];
        for row in &self.rows {
            table.push(UP);
            table.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
            above = *row;
        }
        let mut entries = format!("/Type/XRef/Size {}/W[1 4 2]", self.rows.len()).into_bytes();
        write!(entries, "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {ROW}>>").ok()?;
        entries.extend_from_slice(trailer);
        self.write_stream(number, &entries, &deflated(&table)?)?;
        write!(self.file, "startxref\n{start}\n%%EOF").ok()
    }

    fn write_stream(&mut self, number: usize, entries: &[u8], data: &[u8]) -> Option<()> {
        let length = data.len().to_string();
        let parts = [LENGTH, length.as_bytes(), entries, STREAM, data, STREAM_END];
        self.write(number, &parts.concat())
    }

    /// Writes an object. A carriage return at the end of its data and the line feed behind it would read as one line
    /// end, and the data as one byte shorter than they are; a line end of its own keeps them apart.
    fn write(&mut self, number: usize, contents: &[u8]) -> Option<()> {
        self.rows[number] = row(AT_PLACE, self.file.len(), 0)?;
        writeln!(self.file, "{number} 0 obj").ok()?;
        match contents.strip_suffix(STREAM_END).filter(|head| ends_in_a_return(head)) {
            Some(head) => [head, b"\r", STREAM_END].iter().for_each(|part| self.file.extend_from_slice(part)),
            None => self.file.extend_from_slice(contents),
        }
        self.file.extend_from_slice(b"\nendobj\n");
        Some(())
    }
}

/// Whether the data of a stream end in a carriage return. One that does not count as data is of the line end.
fn ends_in_a_return(stream: &[u8]) -> bool {
    let data = || Some(&stream[stream.windows(STREAM.len()).position(|window| window == STREAM)? + STREAM.len()..]);
    let length = || Some(leading_number(stream.strip_prefix(LENGTH)?)?.0);
    stream.ends_with(b"\r") && data().map(<[u8]>::len) == length()
}

fn row(kind: u8, place: usize, position: usize) -> Option<[u8; ROW]> {
    let [a, b, c, d] = u32::try_from(place).ok()?.to_be_bytes();
    let [e, f] = u16::try_from(position).ok()?.to_be_bytes();
    Some([kind, a, b, c, d, e, f])
}

/// The same, kept: most tags of a report stay as they were when a word changes.
#[comemo::memoize]
fn deflated_once(data: &[u8]) -> Option<Vec<u8>> {
    deflated(data)
}

fn deflated(data: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
    encoder.write_all(data).ok()?;
    encoder.finish().ok()
}

fn holds(text: &[u8], words: &[u8]) -> bool {
    text.windows(words.len()).any(|window| window == words)
}

/// The number that the text begins with, and the text behind it.
fn leading_number(text: &[u8]) -> Option<(usize, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = text.split_at(digits);
    Some((str::from_utf8(number).ok()?.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use lopdf::{Document, Object, ObjectId};
    use proptest::prelude::*;

    use super::*;

    /// A PDF of these objects, numbered from one, with its table; the first is the catalogue.
    fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
        let mut pdf = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f\r\n", objects.len() + 1);
        for (position, object) in objects.iter().enumerate() {
            table += &format!("{:010} 00000 n\r\n", pdf.len());
            pdf.extend(format!("{} 0 obj\n", position + 1).bytes());
            pdf.extend_from_slice(object);
            pdf.extend_from_slice(b"\nendobj\n");
        }
        let start = pdf.len();
        let size = objects.len() + 1;
        let trailer = format!("trailer\n<</Size {size}/Root 1 0 R/ID[(one)(two)]>>\nstartxref\n{start}\n%%EOF");
        [pdf, table.into_bytes(), trailer.into_bytes()].concat()
    }

    fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
        [format!("<</Length {}{entries}>>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
    }

    /// A catalogue, pages without a page, and these streams.
    fn with_streams(streams: &[Vec<u8>]) -> Vec<u8> {
        let plain = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"];
        pdf(&[plain.map(|object| object.as_bytes().to_vec()).to_vec(), streams.to_vec()].concat())
    }

    fn with_data(data: &[u8]) -> Vec<u8> {
        with_streams(&[stream("", data)])
    }

    /// What another reader finds in the file: plain objects as they are, streams as their inflated data.
    fn objects(pdf: &[u8]) -> BTreeMap<ObjectId, Vec<u8>> {
        let document = Document::load_mem(pdf).unwrap();
        let objects = document.objects.iter().filter(|(_, object)| {
            !object.as_stream().is_ok_and(|stream| stream.dict.has_type(b"ObjStm") || stream.dict.has_type(b"XRef"))
        });
        let contents = |object: &Object| match object {
            Object::Stream(stream) => stream.get_plain_content().unwrap(),
            plain => format!("{plain:?}").into_bytes(),
        };
        objects.map(|(id, object)| (*id, contents(object))).collect()
    }

    /// Whether every stream stands in the file with its exact length and a line end that is not part of it.
    fn has_plain_ends(pdf: &[u8]) -> bool {
        Document::load_mem(pdf).unwrap().objects.values().filter_map(|object| object.as_stream().ok()).all(|stream| {
            let end: &[u8] = if stream.content.ends_with(b"\r") { b"\r\nendstream\n" } else { b"\nendstream\n" };
            let length = stream.dict.get(b"Length").unwrap().as_i64().unwrap() as usize;
            length == stream.content.len() && holds(pdf, &[b">>\nstream\n", stream.content.as_slice(), end].concat())
        })
    }

    #[test]
    fn another_reader_finds_the_same_objects_in_less_space() {
        let tags = (0..5_000).map(|number| format!("<</Type/StructElem/S/P/K[{number}]>>").into_bytes());
        let before = pdf(&[vec![b"<</Type/Catalog>>".to_vec()], tags.collect()].concat());
        let after = packed(before.clone());
        assert_eq!(objects(&after), objects(&before));
        assert!(after.len() * 5 < before.len(), "{} of {}", after.len(), before.len());
        // The tags in streams of so many each, and one stream for what is no tag.
        assert_eq!(after.windows(7).filter(|window| *window == b"/ObjStm").count(), 5_000 / TAGS_TOGETHER + 1);
    }

    #[test]
    fn header_and_trailer_are_kept() {
        let after = packed(with_data(b"data"));
        assert!(after.starts_with(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"));
        assert!(holds(&after, b"/Root 1 0 R/ID[(one)(two)]>>\nstream\n"));
        assert!(after.ends_with(b"%%EOF"));
    }

    #[test]
    fn data_keep_their_line_ends() {
        for data in ["", "a", "a\r", "a\n", "a\r\n", "a\n\r", "\r", "\nendstream", "a\r\nendstream\nendobj\n"] {
            let before = with_data(data.as_bytes());
            let after = packed(before.clone());
            assert_ne!(after, before);
            assert_eq!(objects(&after)[&(3, 0)], data.as_bytes());
            assert!(has_plain_ends(&after), "{data:?}");
        }
    }

    #[test]
    fn a_carriage_return_of_the_line_end_is_no_data() {
        let before = with_streams(&[b"<</Length 1>>\nstream\na\r\nendstream".to_vec()]);
        assert_eq!(objects(&packed(before))[&(3, 0)], b"a");
    }

    #[test]
    fn what_is_looked_up_with_every_text_and_line_stands_alone() {
        let plain: [&str; 5] = [
            "<</Type/Catalog>>",
            "<</Type/Font/Subtype/Type0>>",
            "<</Type/ExtGState/ca 0.5>>",
            "[/ICCBased 1 0 R]",
            "[1 0 R/XYZ 42 54 0]",
        ];
        let before = pdf(&plain.map(|object| object.as_bytes().to_vec()));
        let after = packed(before.clone());
        assert_eq!(objects(&after), objects(&before));
        for (number, object) in (1..).zip(plain) {
            let stands_alone = holds(&after, format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
            assert_eq!(stands_alone, (2..=4).contains(&number), "{object}");
        }
    }

    /// The file with some words replaced by others of the same length, so that its places stay right.
    fn changed(pdf: &[u8], from: &str, to: &str) -> Vec<u8> {
        let at = pdf.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
        assert_eq!(from.len(), to.len());
        [&pdf[..at], to.as_bytes(), &pdf[at + from.len()..]].concat()
    }

    #[test]
    fn other_files_stay_as_they_are() {
        let good = with_data(b"data");
        let files = [
            Vec::new(),
            b"no PDF".to_vec(),
            b"startxref\n99999999999999999999999\n".to_vec(),
            b"xref\n0 9\nstartxref\n0\n".to_vec(),
            packed(good.clone()),
            changed(&good, "%PDF-1.7", "%PDF-1.4"),
            changed(&good, "/ID[(one)(two)]", "/Encrypt 2 0 R "),
            changed(&good, "/ID[(one)(two)]", "/Prev 8        "),
            changed(&good, "/Size 4", "/Size 5"),
            changed(&good, "00000 n", "00001 n"),
            changed(&good, "00000 n", "00000 f"),
            changed(&good, "2 0 obj", "7 0 obj"),
            changed(&good, "endobj", "endobi"),
        ];
        for file in files {
            assert_eq!(packed(file.clone()), file, "{}", String::from_utf8_lossy(&file));
        }
    }

    #[test]
    fn a_file_that_is_cut_off_stays_as_it_is() {
        let good = with_data(b"data");
        let start = good.windows(START.len()).position(|window| window == START).unwrap();
        for end in 0..=start + START.len() {
            assert_eq!(packed(good[..end].to_vec()), good[..end]);
        }
    }

    proptest! {
        #[test]
        fn data_of_any_kind_come_out_as_they_went_in(
            data in prop::collection::vec(any::<u8>(), 0..300), times in 1_usize..20, end in "[\\r\\n]{0,3}"
        ) {
            let data = [data.repeat(times), end.into_bytes()].concat();
            let after = packed(with_data(&data));
            prop_assert_eq!(&objects(&after)[&(3, 0)], &data);
            prop_assert!(has_plain_ends(&after));
        }

        #[test]
        fn a_file_with_a_wrong_byte_harms_nothing(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut file = with_data(b"data");
            let at = place.index(file.len());
            file[at] = byte;
            prop_assert!(!packed(file).is_empty());
        }
    }
}
