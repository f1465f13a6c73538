//! The program's own verbs, and a document that takes over its reader: no file is known that does it to this press, so
//! these words stand for one.

use std::{hint::black_box, io::Read as _};

use server::{
    copies, import,
    sandbox::child::{Answer, ChildIo, Stop, Verb},
};

pub(crate) const VERBS: &[Verb] =
    &[import::VERB, Verb { name: copies::BUILD.name, work: build }, copies::CHECK, copies::VIEW];

/// Found in a document by a reader that is then no longer ours.
pub(crate) const OVERFLOWS: &str = "overflows the stack of its reader";
pub(crate) const PANICS: &str = "panics its reader";
pub(crate) const HOARDS: &str = "takes all the memory there is";

fn build(io: &ChildIo) -> Result<Answer, Stop> {
    for number in 0..u32::try_from(io.source_count()).unwrap_or_default() {
        let mut bytes = Vec::new();
        if let Some(mut source) = io.source(number) {
            source.read_to_end(&mut bytes)?;
        }
        let holds = |words: &str| bytes.windows(words.len()).any(|window| window == words.as_bytes());
        if holds(OVERFLOWS) {
            return Answer::of(&recurse(1));
        }
        assert!(!holds(PANICS), "{PANICS}");
        if holds(HOARDS) {
            hoard();
        }
    }
    (copies::BUILD.work)(io)
}

fn recurse(depth: u64) -> u64 {
    let frame = black_box([depth; 1000]);
    if black_box(depth) == 0 { 0 } else { recurse(depth + 1) + frame[usize::try_from(depth % 1000).unwrap_or(0)] }
}

fn hoard() {
    let mut hoard = Vec::new();
    loop {
        hoard.push(black_box(vec![1_u8; 10_000_000]));
    }
}
