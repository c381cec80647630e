//! Streams of a compound file ([MS-CFB]): a file system within a file.

/// Marks of the table of sectors from which on they name no sector.
const LAST: u32 = 0xffff_fffa;

/// A compound file with its table of sectors.
struct Compound<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u32>,
}

/// The first stream that has one of these names.
pub(super) fn stream(bytes: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    if !bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return None;
    }
    let size = match short(bytes, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let mut file = Compound { bytes, size, next: Vec::new() };
    file.next = file.table()?;
    let folder = file.chain(long(bytes, 48)?)?;
    let entries = folder.chunks_exact(128);
    let root = entries.clone().next()?;
    let named = |entry: &&[u8]| names.iter().any(|wanted| name(entry).eq_ignore_ascii_case(wanted));
    let entry = entries.clone().find(named)?;
    let (start, length) = (long(entry, 116)?, usize::try_from(long(entry, 120)?).ok()?);
    let mut found = if length < usize::try_from(long(bytes, 56)?).ok()? {
        let small = file.chain(long(root, 116)?)?;
        let next: Vec<u32> = file.chain(long(bytes, 60)?)?.chunks_exact(4).filter_map(|c| long(c, 0)).collect();
        Compound { bytes: &small, size: 64, next }.small_chain(start)?
    } else {
        file.chain(start)?
    };
    found.truncate(length);
    Some(found)
}

impl Compound<'_> {
    /// The sector that follows each.
    fn table(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.size + 1;
        let mut places: Vec<u32> = (0..109).filter_map(|at| long(self.bytes, 76 + at * 4)).collect();
        let mut more = long(self.bytes, 68)?;
        let mut seen = 0;
        while more < LAST {
            seen += 1;
            if seen > most {
                return None;
            }
            let sector = self.sector(more)?;
            let mut listed: Vec<u32> = sector.chunks_exact(4).filter_map(|c| long(c, 0)).collect();
            more = listed.pop()?;
            places.extend(listed);
        }
        let mut next = Vec::new();
        for place in places.into_iter().filter(|place| *place < LAST).take(most) {
            next.extend(self.sector(place)?.chunks_exact(4).filter_map(|c| long(c, 0)));
        }
        Some(next)
    }

    fn sector(&self, index: u32) -> Option<&[u8]> {
        self.part((usize::try_from(index).ok()? + 1).checked_mul(self.size)?)
    }

    /// A sector from a place on; the last of a file may be short.
    fn part(&self, start: usize) -> Option<&[u8]> {
        let end = start.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|part| !part.is_empty())
    }

    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        self.follow(first, |index| self.sector(index))
    }

    /// A chain of sectors of a file that has no head.
    fn small_chain(&self, first: u32) -> Option<Vec<u8>> {
        self.follow(first, |index| self.part(usize::try_from(index).ok()?.checked_mul(self.size)?))
    }

    fn follow<'s>(&'s self, first: u32, sector: impl Fn(u32) -> Option<&'s [u8]>) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        let mut at = first;
        while at < LAST {
            // A chain that comes back to itself.
            if found.len() > self.bytes.len() {
                return None;
            }
            found.extend_from_slice(sector(at)?);
            at = *self.next.get(usize::try_from(at).ok()?)?;
        }
        Some(found)
    }
}

fn name(entry: &[u8]) -> String {
    let length = usize::from(short(entry, 64).unwrap_or(0)).saturating_sub(2).min(62);
    let units = entry[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('?')).collect()
}

/// A number of two bytes.
pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// A number of four bytes.
pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
