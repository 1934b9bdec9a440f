//! Packs the parts of an office file, without a clock: each has the first day that a package knows.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The part that says of a package what it is. It stands first and as it is, so that programs find it without unpacking.
pub const KIND_PART: &str = "mimetype";

/// Packs parts by their names; nothing where a part is too large for a package.
pub fn packed(parts: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    written(parts).unwrap_or_default()
}

fn written(parts: impl Iterator<Item = (String, Vec<u8>)>) -> zip::result::ZipResult<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default();
        let is_kind = name == KIND_PART;
        package
            .start_file(name, if is_kind { options.compression_method(CompressionMethod::Stored) } else { options })?;
        package.write_all(&bytes)?;
    }
    Ok(package.finish()?.into_inner())
}
