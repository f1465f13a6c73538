//! Chance that is the same every time: `SplitMix64` (Steele, Lea and Flood, 2014). Nothing secret is ever made of it.

pub(super) struct Seed(u64);

impl Seed {
    /// A chain of its own for each name, so that one more patient changes nobody else's record.
    pub(super) fn of(name: &str) -> Self {
        // FNV-1a: the standard library's hasher may differ from one version to the next
        let start = name
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i32, most: i32) -> i32 {
        let span = u64::from(most.abs_diff(least)) + 1;
        i32::try_from(self.next() % span).map_or(least, |step| least.saturating_add(step))
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let last = i32::try_from(of.len()).unwrap_or(i32::MAX) - 1;
        &of[usize::try_from(self.between(0, last)).unwrap_or_default()]
    }
}

#[cfg(test)]
mod tests {
    use super::Seed;

    #[test]
    fn the_same_name_has_the_same_fate() {
        let of = |name| {
            let mut seed = Seed::of(name);
            (0..20).map(|_| seed.between(-3, 3)).collect::<Vec<_>>()
        };
        assert_eq!(of("ana"), of("ana"));
        assert_ne!(of("ana"), of("eva"));
        assert!(of("ana").iter().all(|n| (-3..=3).contains(n)));
        assert!(of("ana").contains(&3) || of("ana").contains(&-3));
    }
}
