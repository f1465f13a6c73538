//! Prints how fast blobs are sealed and opened on this machine, as a stream: nothing is kept.

use std::time::{Duration, Instant};
use uuid::Uuid;
use vault::{CHUNK, Opener, Sealer, VaultError};

const MEBIBYTES: u32 = 1024;
const CHUNKS_IN_A_MEBIBYTE: u32 = 16;

#[expect(clippy::print_stdout, reason = "printing is what the example is for")]
fn main() -> Result<(), VaultError> {
    let piece = vec![0x5A; CHUNK];
    let (key, mut sealer) = Sealer::begin(Uuid::nil())?;
    let opener = Opener::new(&key, Uuid::nil());
    let (mut sealing, mut opening) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..MEBIBYTES * CHUNKS_IN_A_MEBIBYTE {
        let start = Instant::now();
        let chunks = sealer.push(&piece)?;
        let between = Instant::now();
        for chunk in chunks {
            opener.open(chunk.number, chunk.is_last, chunk.bytes)?;
        }
        sealing += between - start;
        opening += between.elapsed();
    }
    let speed = |elapsed: Duration| f64::from(MEBIBYTES) / elapsed.as_secs_f64();
    println!("sealed {:.0} MiB/s, opened {:.0} MiB/s", speed(sealing), speed(opening));
    Ok(())
}
