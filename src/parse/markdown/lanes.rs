//! Eight bytes of ASCII in one number, the first one lowest. What is asked of each byte is answered
//! by its high bit.

/// One in each byte.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The high bit of each byte.
pub const HIGH: u64 = 0x80 * EACH;

/// Letters and digits.
pub fn letters(bytes: u64) -> u64 {
    // Of ASCII, this bit alone parts capitals from small letters.
    let small = bytes | (0x20 * EACH);
    (between(small, b'a', b'z') | between(bytes, b'0', b'9')) & HIGH
}

/// Signs that join words.
pub fn joiners(bytes: u64) -> u64 {
    let other = differs(bytes, b'\'') & differs(bytes, b'-') & differs(bytes, b'_');
    !other & HIGH
}

/// What is in a word: letters, and joiners behind them.
pub fn in_word(letters: u64, joiners: u64, before: bool) -> u64 {
    if joiners == 0 {
        return letters;
    }
    // A sum carries through joiners that stand side by side, from one behind a letter on.
    let whole = (joiners >> 7) * 0xff;
    let first = behind(letters, before) & joiners;
    letters | joiners & !whole.wrapping_add(first >> 7)
}

/// What stands behind a byte of some kind; `before` says whether one stands before all of them.
pub fn behind(bytes: u64, before: bool) -> u64 {
    bytes << 8 | u64::from(before) << 7
}

/// The sum of numbers below 256.
pub fn sum(bytes: u64) -> u32 {
    const EVEN: u64 = 0x00ff * PAIRS;
    const PAIRS: u64 = 0x0001_0001_0001_0001;
    let pairs = (bytes & EVEN) + (bytes >> 8 & EVEN);
    (pairs.wrapping_mul(PAIRS) >> 48) as u32
}

/// What is printed, and spaces.
pub fn printed(bytes: u64) -> u64 {
    between(bytes, b' ', b'~') & HIGH
}

/// Spaces.
pub fn spaces(bytes: u64) -> u64 {
    !differs(bytes, b' ') & HIGH
}

// No sum of two bytes below 128 leaves its place.

fn differs(bytes: u64, byte: u8) -> u64 {
    (bytes ^ (u64::from(byte) * EACH)) + 0x7f * EACH
}

fn between(bytes: u64, first: u8, last: u8) -> u64 {
    let from_first = bytes + u64::from(0x80 - first) * EACH;
    let behind_last = bytes + u64::from(0x7f - last) * EACH;
    from_first & !behind_last
}
