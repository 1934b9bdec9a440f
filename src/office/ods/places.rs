//! Places as this format writes them: `$'My sheet'.$A$1:.$C$12`.

use crate::office::sheet::{Block, DefinedName, Position};
use crate::office::tags::Tag;

/// The sheet and the block that an address means.
pub fn block(address: &str) -> Option<(String, Block)> {
    let (sheet, first) = split(address)?;
    let rest = &address[address.len() - first.len()..];
    let (first, last) = match rest.split_once(':') {
        Some((first, last)) => (first, split(last).map_or(last, |(_, cell)| cell)),
        None => (rest, rest),
    };
    let block = Block::read(&format!("{}:{}", Position::read(first)?, Position::read(last)?))?;
    Some((sheet, block))
}

/// The name of a sheet, and what stands behind it.
fn split(address: &str) -> Option<(String, &str)> {
    let bare = address.trim().trim_start_matches('$');
    if let Some(quoted) = bare.strip_prefix('\'') {
        let end = quoted.rfind("'.").filter(|end| !quoted[..*end].contains(':')).or_else(|| quoted.find("'."))?;
        return Some((quoted[..end].replace("''", "'"), &quoted[end + 2..]));
    }
    let (sheet, rest) = bare.split_once('.')?;
    Some((sheet.to_owned(), rest))
}

/// The blocks of a list of addresses, whose sheets are known.
pub fn blocks(addresses: &str) -> Vec<Block> {
    // A blank may stand in the name of a sheet, but not behind its last point.
    let pieces = addresses.split(' ').filter_map(|piece| {
        let cells = piece.split(':').map(|half| half.rsplit('.').next().unwrap_or(half));
        let cells: Vec<&str> = cells.collect();
        Block::read(&cells.join(":"))
    });
    pieces.collect()
}

/// A name for cells; none if it stands for something else.
pub fn name(tag: &Tag, of_sheet: Option<&str>) -> Option<DefinedName> {
    let (sheet, block) = block(&tag.attribute("cell-range-address")?)?;
    Some(DefinedName { name: tag.attribute("name")?.into_owned(), of_sheet: of_sheet.map(str::to_owned), sheet, block })
}

/// A block with a name; those without have one that the program gave.
pub fn table(tag: &Tag) -> Option<(String, String, Block)> {
    let name = tag.attribute("name").filter(|name| !name.starts_with("__Anonymous"))?;
    let (sheet, block) = block(&tag.attribute("target-range-address")?)?;
    Some((sheet, name.into_owned(), block))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_sheets_and_blocks() {
        for (address, sheet, place) in [
            ("$Staff.$A$1:.$C$12", "Staff", "A1:C12"),
            ("$'My ''own'' sheet.1'.$B$2", "My 'own' sheet.1", "B2"),
            ("Staff.A1:Staff.B2", "Staff", "A1:B2"),
        ] {
            let (found, block) = block(address).unwrap();
            assert_eq!((found.as_str(), block.to_string().as_str()), (sheet, place));
        }
        assert_eq!(block("#REF!"), None);
        let found: Vec<String> = blocks("Staff.A1:Staff.B2 'My sheet'.C3").iter().map(Block::to_string).collect();
        assert_eq!(found, ["A1:B2", "C3"]);
    }
}
