//! Children that misbehave, each in one way.

use server::sandbox::child::{Answer, ChildIo, Stop, Verb};
use std::{
    fs,
    hint::black_box,
    io::{self, Read, Seek, SeekFrom, Write},
    net::{TcpListener, UdpSocket},
    os::unix::{net::UnixStream, process::CommandExt},
    process::Command,
    thread,
    time::Duration,
};

pub(crate) const ALL: &[Verb] = &[
    Verb { name: "echo", work: echo },
    Verb { name: "read-backwards", work: read_backwards },
    Verb { name: "in-turns", work: in_turns },
    Verb { name: "surroundings", work: surroundings },
    Verb { name: "touch-files", work: touch_files },
    Verb { name: "listen", work: |_| Answer::of(&TcpListener::bind("127.0.0.1:0").is_ok()) },
    Verb { name: "connect-unix", work: |_| Answer::of(&UnixStream::connect("/run/x").is_ok()) },
    Verb { name: "send-datagram", work: |_| Answer::of(&UdpSocket::bind("127.0.0.1:0").is_ok()) },
    Verb { name: "become-another", work: |_| Err(Command::new("/bin/true").exec().into()) },
    Verb { name: "start-another", work: |_| Answer::of(&Command::new("/bin/true").status().is_ok()) },
    Verb { name: "threads", work: threads },
    Verb { name: "rewrite-pdf", work: rewrite_pdf },
    Verb { name: "hoard", work: |_| hoard() },
    Verb { name: "hoard-in-threads", work: hoard_in_threads },
    Verb { name: "use-some", work: use_some },
    Verb { name: "spin", work: |_| spin() },
    Verb { name: "sleep", work: |_| sleep() },
    Verb { name: "panic", work: |_| panic!("Jane Doe, born 1970-01-01") },
    Verb { name: "recurse", work: |_| Answer::of(&recurse(1)) },
    Verb { name: "refuse", work: |_| Err(Stop::Refused("password-protected")) },
    Verb { name: "refuse-in-words", work: |_| Err(Stop::Refused("Jane Doe has no record")) },
    Verb { name: "flood", work: flood },
    Verb { name: "print", work: print },
    Verb { name: "complain", work: complain },
    Verb { name: "tell-its-id-and-sleep", work: tell_its_id_and_sleep },
];

fn echo(io: &ChildIo) -> Result<Answer, Stop> {
    let request: String = io.request()?;
    let mut source = io.source(0).ok_or(Stop::Refused("no-source"))?;
    let copied = io::copy(&mut source, &mut io.output(0))?;
    assert!(io.source(1).is_none());
    Answer::of(&(request, copied))
}

fn read_backwards(io: &ChildIo) -> Result<Answer, Stop> {
    let mut source = io.source(0).ok_or(Stop::Refused("no-source"))?;
    let mut read = Vec::new();
    for place in [SeekFrom::End(-5), SeekFrom::Start((1 << 20) + 7), SeekFrom::Start(0), SeekFrom::Start(2 << 20)] {
        source.seek(place)?;
        let mut five = vec![0; 5];
        source.read_exact(&mut five)?;
        read.push(five);
    }
    let mut rest = Vec::new();
    source.seek(SeekFrom::End(-300_000))?;
    assert_eq!(source.read_to_end(&mut rest)?, 300_000);
    assert_eq!(source.read(&mut [0; 8])?, 0, "the end stays the end");
    source.seek(SeekFrom::End(100))?;
    assert_eq!(source.read(&mut [0; 8])?, 0, "and beyond it is nothing");
    Answer::of(&read)
}

fn in_turns(io: &ChildIo) -> Result<Answer, Stop> {
    let mut outputs: Vec<_> = (0..3).map(|number| (number, io.output(u32::from(number)))).collect();
    for _ in 0..100 {
        for (number, output) in &mut outputs {
            output.write_all(&[*number; 3000])?;
        }
    }
    Answer::of(&())
}

fn surroundings(_: &ChildIo) -> Result<Answer, Stop> {
    Answer::of(&(std::env::vars_os().count(), std::env::args().collect::<Vec<_>>()))
}

fn touch_files(_: &ChildIo) -> Result<Answer, Stop> {
    let refusals = [
        fs::read("/etc/passwd").err(),
        fs::read("/proc/self/environ").err(),
        fs::read_dir("/").err(),
        fs::write("/tmp/sandbox-should-refuse", "x").err(),
        fs::remove_file("/tmp/sandbox-should-refuse").err(),
    ];
    Answer::of(&refusals.map(|refusal| refusal.map_or("done".to_owned(), |error| format!("{:?}", error.kind()))))
}

fn threads(_: &ChildIo) -> Result<Answer, Stop> {
    let all: Vec<_> = (0..16)
        .map(|number| {
            thread::Builder::new()
                .name(format!("reader {number}"))
                .spawn(|| (0..1000_u64).collect::<Vec<_>>().iter().sum::<u64>())
        })
        .collect::<Result<_, _>>()?;
    let sums: Vec<u64> = all.into_iter().map(|one| one.join().unwrap_or_default()).collect();
    Answer::of(&sums)
}

/// The library reads objects on all processors, which is what the walls must leave room for.
fn rewrite_pdf(io: &ChildIo) -> Result<Answer, Stop> {
    let mut bytes = Vec::new();
    io.source(0).ok_or(Stop::Refused("no-source"))?.read_to_end(&mut bytes)?;
    let mut pdf = lopdf::Document::load_mem(&bytes).map_err(|_| Stop::Refused("not-a-pdf"))?;
    pdf.compress();
    pdf.save_to(&mut io.output(0))?;
    Answer::of(&pdf.get_pages().len())
}

fn hoard() -> Result<Answer, Stop> {
    let mut hoard = Vec::new();
    loop {
        hoard.push(black_box(vec![1_u8; 100_000]));
    }
}

fn hoard_in_threads(_: &ChildIo) -> Result<Answer, Stop> {
    let all: Vec<_> = (0..4).map(|_| thread::spawn(hoard)).collect();
    for one in all {
        drop(one.join());
    }
    Answer::of(&())
}

fn use_some(_: &ChildIo) -> Result<Answer, Stop> {
    let some = black_box(vec![1_u8; 64 << 20]);
    Answer::of(&some.iter().map(|byte| u64::from(*byte)).sum::<u64>())
}

fn spin() -> Result<Answer, Stop> {
    let mut turns = 0_u64;
    loop {
        turns = black_box(turns.wrapping_add(1));
    }
}

fn sleep() -> Result<Answer, Stop> {
    loop {
        thread::sleep(Duration::from_hours(1));
    }
}

fn recurse(depth: u64) -> u64 {
    let frame = black_box([depth; 1000]);
    if black_box(depth) == 0 { 0 } else { recurse(depth + 1) + frame[usize::try_from(depth % 1000).unwrap_or(0)] }
}

fn flood(io: &ChildIo) -> Result<Answer, Stop> {
    let mut output = io.output(0);
    loop {
        output.write_all(&[0; 10_000])?;
    }
}

#[expect(clippy::print_stdout, reason = "printing is the misbehaviour")]
fn print(_: &ChildIo) -> Result<Answer, Stop> {
    println!("a library says hello");
    io::stdout().flush()?;
    Answer::of(&"still understood")
}

fn complain(_: &ChildIo) -> Result<Answer, Stop> {
    for _ in 0..1000 {
        io::stderr().write_all(&[b'!'; 10_000])?;
    }
    Answer::of(&"done")
}

fn tell_its_id_and_sleep(io: &ChildIo) -> Result<Answer, Stop> {
    let mut output = io.output(0);
    output.write_all(&std::process::id().to_le_bytes())?;
    output.flush()?;
    sleep()
}
