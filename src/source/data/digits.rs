//! Numbers as they are written: signs, digits, points and exponents.

/// Sign, digits before and after the point, and exponent of a number as people write it.
pub(super) fn parts(text: &str) -> Option<(bool, &str, &str, &str)> {
    let (negative, bare) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (mantissa, exponent) = match bare.find(['e', 'E']) {
        Some(at) => (&bare[..at], &bare[at + 1..]),
        None => (bare, ""),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let bare_exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let written = (!whole.is_empty() || !fraction.is_empty())
        && digits(whole)
        && digits(fraction)
        && digits(bare_exponent)
        && mantissa.len() + usize::from(!bare_exponent.is_empty()) * (1 + exponent.len()) == bare.len();
    written.then_some((negative, whole, fraction, exponent))
}

/// Digits and decimals of a number that has no exponent and few digits: with a sign and a point where it has them.
pub(super) fn short(text: &[u8]) -> Option<(i64, u8)> {
    let (negative, bare) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    };
    // With the point; 17 digits fit, and `COMPACT` holds more.
    if bare.len() > 18 || bare.is_empty() || bare == b"." {
        return None;
    }
    let (mut digits, mut scale, mut behind) = (0_i64, 0_u8, false);
    for byte in bare {
        match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + i64::from(byte - b'0');
                scale += u8::from(behind);
            }
            b'.' if !behind => behind = true,
            _ => return None,
        }
    }
    Some((if negative { -digits } else { digits }, scale))
}

/// Digits with a sign and a point before the last so many of them, and a zero before a point that has none.
pub(super) fn pointed(negative: bool, mut digits: String, places: usize) -> String {
    if digits.len() <= places {
        digits.insert_str(0, &"0".repeat(places + 1 - digits.len()));
    }
    if places > 0 {
        digits.insert(digits.len() - places, '.');
    }
    if negative {
        digits.insert(0, '-');
    }
    digits
}
