//! A number that tells files apart by what they hold.

use lopdf::{Dictionary, Object};

/// FNV-1a over 128 bits. It does not keep forgers out, and an ID (14.4) does not either; it is even, and the same everywhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fingerprint(u128);

impl Fingerprint {
    /// Of nothing.
    pub(super) const fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Of the bytes so far and these.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013B;
        // The length first, so that one string cannot pass for two.
        for &byte in bytes.len().to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(PRIME);
        }
    }

    /// Of what was taken in so far and an object.
    pub(super) fn object(&mut self, object: &Object) {
        match object {
            Object::Null => self.bytes(b"n"),
            Object::Boolean(value) => self.bytes(if *value { b"t" } else { b"f" }),
            Object::Integer(value) => self.bytes(&value.to_le_bytes()),
            Object::Real(value) => self.bytes(&value.to_bits().to_le_bytes()),
            Object::Name(bytes) | Object::String(bytes, _) => self.bytes(bytes),
            Object::Array(items) => {
                self.bytes(b"[");
                for item in items {
                    self.object(item);
                }
                self.bytes(b"]");
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary),
            Object::Stream(stream) => {
                self.dictionary(&stream.dict);
                self.bytes(&stream.content);
            }
            Object::Reference((number, generation)) => {
                self.bytes(&number.to_le_bytes());
                self.bytes(&generation.to_le_bytes());
            }
        }
    }

    fn dictionary(&mut self, dictionary: &Dictionary) {
        self.bytes(b"<<");
        for (key, value) in dictionary {
            self.bytes(key);
            self.object(value);
        }
        self.bytes(b">>");
    }

    /// Sixteen bytes.
    pub(super) const fn finish(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// Six capital letters: the tag of a subset's name (9.6.4).
    pub(super) fn tag(self) -> String {
        let mut rest = self.0;
        let letter = |_| {
            let letter = char::from(b'A' + (rest % 26) as u8);
            rest /= 26;
            letter
        };
        (0..6).map(letter).collect()
    }
}
