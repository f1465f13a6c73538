//! Children that speak the protocol wrong on purpose, as one does that a document has taken over.

use super::*;
use crate::sandbox::{CHUNK, Limits};
use std::time::Duration;

const READY: (Kind, &[u8]) = (Kind::Ready, b"[]");

fn frame((kind, payload): (Kind, &[u8])) -> Vec<u8> {
    [&header(kind, payload.len()).unwrap()[..], payload].concat()
}

/// Plays the child that says `said` and closes its pipe.
async fn hear(said: &[u8]) -> Result<Answer, Ending> {
    let limits = Limits { memory: 0, processor_seconds: 1, time: Duration::MAX, output: 10 };
    let job = Job::new("x", &(), limits).unwrap();
    let sources = vec![Bytes::from_static(b"0123456789")];
    talk(&job, sources, vec![Vec::new()], tokio::io::sink(), said).await
}

async fn hear_frames(said: &[(Kind, &[u8])]) -> Result<Answer, Ending> {
    hear(&said.iter().flat_map(|said| frame(*said)).collect::<Vec<u8>>()).await
}

fn ask(source: u32, offset: u64, at_most: u32) -> [u8; Ask::SIZE] {
    Ask { source, offset, at_most }.to_bytes()
}

#[tokio::test]
async fn a_child_that_keeps_to_the_protocol_is_understood() {
    let (ask, output) = (ask(0, 2, 8), [&[0, 0, 0, 0][..], b"copied"].concat());
    let said = [READY, (Kind::Ask, &ask), (Kind::Output, &output), (Kind::Result, b"7")];
    let answer = hear_frames(&said).await.ok().unwrap();
    assert_eq!((&answer.result[..], answer.written, answer.gaps), (&b"7"[..], 6, vec![]));
}

#[tokio::test]
async fn gaps_are_reported() {
    let answer = hear_frames(&[(Kind::Ready, br#"["files"]"#), (Kind::Result, b"0")]).await.ok().unwrap();
    assert_eq!(answer.gaps, [Gap::Files]);
}

#[tokio::test]
async fn a_child_that_is_not_ready_first_gets_no_request() {
    for first in [(Kind::Result, &b"7"[..]), (Kind::Output, b"\0\0\0\0x"), (Kind::Ready, b"gibberish")] {
        assert!(matches!(hear_frames(&[first, READY]).await, Err(Ending::Nonsense)));
    }
}

#[tokio::test]
async fn wishes_outside_the_sources_are_nonsense() {
    let largest = u32::try_from(CHUNK).unwrap();
    for wish in [ask(1, 0, 1), ask(0, 10, 1), ask(0, 9, 2), ask(0, 0, 0), ask(0, u64::MAX, 1), ask(0, 0, largest + 1)] {
        let said = [READY, (Kind::Ask, &wish[..]), (Kind::Result, b"7")];
        assert!(matches!(hear_frames(&said).await, Err(Ending::Nonsense)));
    }
}

#[tokio::test]
async fn the_parents_own_frames_and_short_ones_are_nonsense() {
    for said in [
        (Kind::Ready, &b"[]"[..]),
        (Kind::Bytes, b"x"),
        (Kind::Request, b"{}"),
        (Kind::Output, b"\0\0"),
        (Kind::Ask, b""),
    ] {
        assert!(matches!(hear_frames(&[READY, said]).await, Err(Ending::Nonsense)));
    }
}

#[tokio::test]
async fn an_invented_length_reserves_no_memory() {
    let said = [&frame(READY)[..], &[0xFF, 0xFF, 0xFF, 0x7F, 6]].concat();
    assert!(matches!(hear(&said).await, Err(Ending::Nonsense)));
}

#[tokio::test]
async fn a_child_that_ends_in_the_middle_of_a_frame_is_gone() {
    let whole = [frame(READY), frame((Kind::Result, b"12345"))].concat();
    for cut in 0..whole.len() {
        assert!(matches!(hear(&whole[..cut]).await, Err(Ending::Gone)), "cut at {cut}");
    }
    assert!(hear(&whole).await.is_ok());
}

#[tokio::test]
async fn output_above_the_limit_and_refusals_in_words_are_stopped() {
    let output = [0; 4 + 11];
    assert!(matches!(hear_frames(&[READY, (Kind::Output, &output)]).await, Err(Ending::TooMuchOutput)));
    assert!(matches!(hear_frames(&[READY, (Kind::Refused, b"Jane Doe")]).await, Err(Ending::Nonsense)));
    assert!(
        matches!(hear_frames(&[READY, (Kind::Refused, b"no-pages")]).await, Err(Ending::Refused(code)) if code == "no-pages")
    );
}
