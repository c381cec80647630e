//! The longest row of pairs in one order: what stayed in place while the rest was moved.

/// The row of pairs that weighs most, in which both numbers rise; the pairs come sorted by the first.
pub(super) fn heaviest_rise(pairs: &[(usize, usize)], weights: &[u64]) -> Vec<(usize, usize)> {
    // For each second number the heaviest row that ends below it, as a tree of maxima: the weight and the last pair.
    let size = pairs.iter().map(|p| p.1 + 1).max().unwrap_or(0);
    let mut best: Vec<(u64, Option<usize>)> = vec![(0, None); size + 1];
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    let mut heaviest: (u64, Option<usize>) = (0, None);
    for (at, &(_, j)) in pairs.iter().enumerate() {
        let (mut weight, mut place) = (0, j);
        while place > 0 {
            if best[place].0 > weight {
                (weight, before[at]) = best[place];
            }
            place -= place & place.wrapping_neg();
        }
        let row = (weight + weights[at], Some(at));
        if row.0 > heaviest.0 {
            heaviest = row;
        }
        let mut place = j + 1;
        while place <= size {
            if row.0 > best[place].0 {
                best[place] = row;
            }
            place += place & place.wrapping_neg();
        }
    }
    let mut row = Vec::new();
    let mut at = heaviest.1;
    while let Some(index) = at {
        row.push(pairs[index]);
        at = before[index];
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::heaviest_rise;

    #[test]
    fn the_heaviest_row_stays_in_place() {
        let pairs = [(0, 1), (1, 0), (2, 2)];
        assert_eq!(heaviest_rise(&pairs, &[1, 1, 1]), [(0, 1), (2, 2)]);
        assert_eq!(heaviest_rise(&pairs, &[1, 2, 1]), [(1, 0), (2, 2)]);
        assert_eq!(heaviest_rise(&[(0, 2), (1, 0), (2, 1)], &[1, 1, 1]), [(1, 0), (2, 1)]);
        assert!(heaviest_rise(&[], &[]).is_empty());
    }
}
