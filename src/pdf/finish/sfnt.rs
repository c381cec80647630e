//! TrueType programs with the tables that a PDF uses (9.9): the others, names for people and for PostScript, are left out.

/// The tables that stay, beside those that instruct the rasterizer.
const TABLES: [&[u8; 4]; 9] = [b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"];

const HEADER: usize = 12;
const RECORD: usize = 16;

/// The program with those tables alone; None where it is none of tables.
pub(super) fn lean(program: &[u8]) -> Option<Vec<u8>> {
    let count = usize::from(u16::from_be_bytes(program.get(4..6)?.try_into().ok()?));
    let records = program.get(HEADER..HEADER + count * RECORD)?;
    let long = |record: &[u8], at: usize| -> Option<usize> {
        usize::try_from(u32::from_be_bytes(record.get(at..at + 4)?.try_into().ok()?)).ok()
    };
    let mut kept = Vec::new();
    for record in records.chunks_exact(RECORD) {
        if TABLES.iter().any(|tag| record.starts_with(*tag)) {
            let (start, length) = (long(record, 8)?, long(record, 12)?);
            kept.push((record, program.get(start..start.checked_add(length)?)?));
        }
    }
    let number = u16::try_from(kept.len()).ok()?;
    // The header holds the greatest power of two that is not above the count (searchRange), its logarithm, and the rest.
    let power = number.checked_ilog2()?;
    let range = 16u16 << power;
    let mut out = program.get(..4)?.to_vec();
    for field in [number, range, power as u16, number * 16 - range] {
        out.extend(field.to_be_bytes());
    }
    let mut at = HEADER + kept.len() * RECORD;
    for (record, table) in &kept {
        out.extend(record.get(..8)?);
        out.extend(u32::try_from(at).ok()?.to_be_bytes());
        out.extend(record.get(12..)?);
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in &kept {
        out.extend(*table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    Some(out)
}
