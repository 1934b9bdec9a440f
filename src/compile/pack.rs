//! Makes a PDF small without loss.
//!
//! In: a PDF as the layout writes it: one object after the other, and at its end a table of their places in plain text.
//! Out: the same objects with the same numbers. All that hold no data of their own, most of them tags, stand together
//! in deflated streams; the table is deflated too, and so are data that become smaller by it. The end of every stream
//! is plain, as PDF/A asks. A file that is built in any other way is given back as it was.
//!
//! Objects are found by the table and copied as they stand; nothing is read into a tree, however long the report.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::mem;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

const VERSION: &[u8] = b"%PDF-1.7\n";
const TABLE: &[u8] = b"xref\n0 ";
const START: &[u8] = b"startxref\n";
/// Bytes of an entry of the table; its first ten digits are the place of the object.
const ENTRY: usize = 20;
const DIGITS: usize = 10;
/// What a trailer says of files that are encrypted or were added to.
const REFUSED: [&[u8]; 3] = [b"/Encrypt", b"/Prev", b"/XRefStm"];

/// Objects to a stream. To see one object a reader counts through all of its stream, so that what shows a page has few
/// companions; the tags, which are read once and in order, save more the more of them stand together.
const TOGETHER: usize = 50;
const TAGS_TOGETHER: usize = 2_000;
const TAG: &[u8] = b"<</Type/StructElem";
/// Bytes that share a code of deflate. Fewer cost more codes, more fit one worse.
const SHARED: usize = 20_000;

/// Bytes of a row of the new table: the kind, the place or the stream, and the object's position in the stream.
const ROW: usize = 7;
const FREE: [u8; ROW] = [0, 0, 0, 0, 0, 0xff, 0xff];
const AT_PLACE: u8 = 1;
const IN_STREAM: u8 = 2;
/// The PNG filter that keeps the difference to the row above.
const UP: u8 = 2;

/// The level of zlib-rs that deflates such files best: even the highest does worse.
const LEVEL: u32 = 8;
const DEFLATED: &[u8] = b"/Filter/FlateDecode";

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

/// The data of an object and the entries that describe them, without their length.
struct Stream<'p> {
    entries: &'p [u8],
    data: &'p [u8],
}

enum Object<'p> {
    Plain(&'p [u8]),
    Stream(Stream<'p>),
}

impl<'p> Object<'p> {
    fn read(contents: &'p [u8]) -> Option<Self> {
        match contents.trim_ascii_end().strip_suffix(b"\nendstream") {
            Some(stream) => Stream::read(stream).map(Object::Stream),
            None => Some(Object::Plain(contents)),
        }
    }
}

impl<'p> Stream<'p> {
    /// Only the length tells whether a carriage return at the end is of the data or of the line end.
    fn read(stream: &'p [u8]) -> Option<Self> {
        let (length, rest) = leading_number(stream.strip_prefix(b"<</Length ")?)?;
        [Some(rest), rest.strip_suffix(b"\r")].into_iter().flatten().find_map(|rest| {
            let (head, data) = rest.split_at_checked(rest.len().checked_sub(length)?)?;
            let entries = head.strip_suffix(b">>\nstream\n")?;
            (entries.is_empty() || entries.starts_with(b"/")).then_some(Stream { entries, data })
        })
    }

    /// Entries and data after deflating anew, if that saves anything. Metadata stay plain, as PDF/A asks, and data
    /// under any other filter are small already.
    fn deflated(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let is_deflated = holds(self.entries, DEFLATED);
        if [b"/Metadata".as_slice(), b"/DecodeParms"].iter().any(|name| holds(self.entries, name))
            || holds(self.entries, b"/Filter") != is_deflated
        {
            return None;
        }
        let data = deflated_anew(self.data, is_deflated)?;
        let entries = [self.entries, if is_deflated { b"" } else { DEFLATED }].concat();
        (entries.len() + data.len() < self.entries.len() + self.data.len()).then_some((entries, data))
    }
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
            match Object::read(contents)? {
                Object::Plain(contents) => packer.wait(number, contents)?,
                Object::Stream(stream) => match stream.deflated() {
                    Some((entries, data)) => packer.write(number, &entries, &data)?,
                    None => packer.write(number, stream.entries, stream.data)?,
                },
            }
        }
        for waiting in [mem::take(&mut packer.tags), mem::take(&mut packer.others)] {
            packer.write_together(&waiting)?;
        }
        packer.write_table(document.trailer)?;
        Some(packer.file)
    }

    fn wait(&mut self, number: usize, contents: &'p [u8]) -> Option<()> {
        let is_tag = contents.trim_ascii_start().starts_with(TAG);
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
            objects.extend_from_slice(contents.trim_ascii_end());
            objects.push(b'\n');
            self.rows[*number] = row(IN_STREAM, own_number, position)?;
        }
        let entries = format!("/Type/ObjStm/N {}/First {}/Filter/FlateDecode", waiting.len(), index.len());
        let data = deflated([index.as_slice()].into_iter().chain(objects.chunks(SHARED)))?;
        self.write(own_number, entries.as_bytes(), &data)
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
        self.write(number, &entries, &deflated([table.as_slice()])?)?;
        write!(self.file, "startxref\n{start}\n%%EOF").ok()
    }

    /// Writes an object with data. A carriage return at their end and a line feed behind it would read as one line
    /// end, and the data as one byte shorter than they are; a line end of its own keeps them apart.
    fn write(&mut self, number: usize, entries: &[u8], data: &[u8]) -> Option<()> {
        self.rows[number] = row(AT_PLACE, self.file.len(), 0)?;
        write!(self.file, "{number} 0 obj\n<</Length {}", data.len()).ok()?;
        let end: &[u8] = if data.ends_with(b"\r") { b"\r\n" } else { b"\n" };
        for part in [entries, b">>\nstream\n", data, end, b"endstream\nendobj\n"] {
            self.file.extend_from_slice(part);
        }
        Some(())
    }
}

fn row(kind: u8, place: usize, position: usize) -> Option<[u8; ROW]> {
    let [a, b, c, d] = u32::try_from(place).ok()?.to_be_bytes();
    let [e, f] = u16::try_from(position).ok()?.to_be_bytes();
    Some([kind, a, b, c, d, e, f])
}

/// The parts deflated one after the other, each with codes of its own.
fn deflated<'d>(parts: impl IntoIterator<Item = &'d [u8]>) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
    for (number, part) in parts.into_iter().enumerate() {
        if number > 0 {
            encoder.flush().ok()?;
        }
        encoder.write_all(part).ok()?;
    }
    encoder.finish().ok()
}

/// Data of one stream, deflated. Most streams of a report stay as they were when a word changes, and are kept.
#[comemo::memoize]
fn deflated_anew(data: &[u8], is_deflated: bool) -> Option<Vec<u8>> {
    let plain = if is_deflated { Cow::Owned(inflated(data)?) } else { Cow::Borrowed(data) };
    deflated([plain.as_ref()])
}

fn inflated(data: &[u8]) -> Option<Vec<u8>> {
    let mut inflated = Vec::new();
    ZlibDecoder::new(data).read_to_end(&mut inflated).ok()?;
    Some(inflated)
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
        assert_eq!(after.windows(7).filter(|window| *window == b"/ObjStm").count(), 4);
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
    fn only_data_that_become_smaller_are_deflated() {
        let long = [b'a'; 400];
        let flat = ZlibEncoder::new(Vec::new(), Compression::none());
        let stored = [flat].map(|mut flat| flat.write_all(&long).and_then(|()| flat.finish()).unwrap());
        for (entries, data, is_smaller) in [
            ("", long.as_slice(), true),
            ("", b"short", false),
            ("/Filter/FlateDecode", &stored[0], true),
            ("/Type/Metadata/Subtype/XML", &long, false),
            ("/Filter/DCTDecode", &long, false),
            ("/Filter[/ASCIIHexDecode/FlateDecode]", &long, false),
            ("/Filter/FlateDecode", &long, false),
        ] {
            let after = packed(with_streams(&[stream(entries, data)]));
            assert_eq!(!holds(&after, data), is_smaller, "{entries}");
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
            changed(&good, "/Length 4", "/Length 5"),
            changed(&good, "<</Length 4", "</Length  4"),
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
