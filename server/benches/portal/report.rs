//! The figures of a run, as a table that reads well at the terminal and in `docs/performance.md`. What people wrote
//! above the mark there stays.

use std::{fmt::Write as _, fs};

use server::command::Failure;
use sqlx::{PgPool, Row as _};

use crate::{
    Places, data,
    load::CONNECTIONS,
    measure::Figures,
    rows::{Bar, Row},
    statements::Statements,
};

const MARK: &str = "<!-- What follows is written by ./dev bench. -->";

pub(crate) struct Measured {
    name: &'static str,
    share: (f64, f64),
    peer: (&'static str, f64),
    less: (f64, f64),
    figures: Vec<(&'static str, Figures)>,
    account: Vec<Statements>,
}

impl Measured {
    pub(crate) fn of(row: &Row<'_>, figures: &[Figures], account: Vec<Statements>) -> Self {
        let Bar { share, peer, less } = row.bar;
        let figures = row.targets.iter().map(|target| target.name).zip(figures.iter().copied()).collect();
        Self { name: row.name, share, peer, less, figures, account }
    }

    fn portal(&self) -> Figures {
        self.figures.first().map(|(_, figures)| *figures).unwrap_or_default()
    }

    fn bare(&self) -> Figures {
        self.figures.last().map(|(_, figures)| *figures).unwrap_or_default()
    }

    fn row(&self, text: &mut String) -> std::fmt::Result {
        let (portal, bare) = (self.portal(), self.bare());
        let share = portal.per_second / bare.per_second;
        let (peer, peer_cpu) = self.peer;
        let (bar, target) = (peer_cpu / self.less.0, peer_cpu / self.less.1);
        writeln!(
            text,
            "| {} | {:.0} | {:.0} | **{share:.2}** ({}; {:.1}, {:.1}) | **{:.2}** ({}; {bar:.2}, {target:.2}: {peer} {peer_cpu} ÷ {:.0}, {:.0}) | {:.2} | {:.2} | {:.2} | {:.1} / {:.1} |",
            self.name,
            portal.per_second,
            bare.per_second,
            judged(share >= self.share.0, share >= self.share.1),
            self.share.0,
            self.share.1,
            portal.cpu(),
            judged(portal.cpu() <= bar, portal.cpu() <= target),
            self.less.0,
            self.less.1,
            portal.program,
            portal.serving + portal.afterwards,
            bare.cpu(),
            portal.p50,
            portal.p99,
        )
    }

    /// From the bare program up to the portal: what each layer adds.
    fn layers(&self, text: &mut String) -> std::fmt::Result {
        writeln!(text, "\n### {}\n", self.name)?;
        writeln!(
            text,
            "| program | requests/s | of the bare program | CPU ms: all | the program | PostgreSQL | … afterwards | p50 / p99 ms |"
        )?;
        writeln!(text, "|---|---|---|---|---|---|---|---|")?;
        for (name, figures) in self.figures.iter().rev() {
            writeln!(
                text,
                "| {name} | {:.0} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.1} / {:.1} |",
                figures.per_second,
                figures.per_second / self.bare().per_second,
                figures.cpu(),
                figures.program,
                figures.serving,
                figures.afterwards,
                figures.p50,
                figures.p99
            )?;
        }
        writeln!(text, "\n| PostgreSQL, by its own account of one request | statements | ms planning | ms running |")?;
        writeln!(text, "|---|---|---|---|")?;
        for kind in &self.account {
            writeln!(text, "| {} | {:.1} | {:.3} | {:.3} |", kind.what, kind.calls, kind.planned, kind.ran)?;
        }
        Ok(())
    }
}

const fn judged(bar: bool, target: bool) -> &'static str {
    match (bar, target) {
        (_, true) => "target met",
        (true, false) => "bar met",
        (false, false) => "short",
    }
}

/// Writes the figures below the mark.
pub(crate) async fn write(admin: &PgPool, places: &Places, measured: &[Measured]) -> Result<String, Failure> {
    let row = sqlx::query("select current_date::text as day, current_setting('server_version') as version, current_setting('fsync') as fsync")
        .fetch_one(admin)
        .await?;
    let (day, version): (String, String) = (row.try_get("day")?, row.try_get("version")?);
    let fsync: String = row.try_get("fsync")?;
    let waiting: i64 =
        sqlx::query("select count(*) from app.notice where status = 'waiting'").fetch_one(admin).await?.try_get(0)?;
    let mut text = String::new();
    writeln!(text, "\n## The figures of {day}\n")?;
    writeln!(
        text,
        "{}; PostgreSQL {version}, fsync {fsync}; {CONNECTIONS} connections, {} requests at the facility, medians of {} rounds in turns. \
         Load of the machine at the end (1, 5, 15 minutes): {}.\n",
        machine(),
        data::REQUESTS,
        places.rounds,
        fs::read_to_string("/proc/loadavg")?.split(' ').take(3).collect::<Vec<_>>().join(", "),
    )?;
    writeln!(
        text,
        "| | portal, requests/s | bare program | share (bar, target) | CPU ms a request, all (bar, target) | of it the program | of it PostgreSQL | bare program's CPU ms | p50 / p99 ms |"
    )?;
    writeln!(text, "|---|---|---|---|---|---|---|---|---|")?;
    for row in measured {
        row.row(&mut text)?;
    }
    for row in measured {
        row.layers(&mut text)?;
    }
    writeln!(text, "\nAt the end {waiting} mails of sent requests wait to be sent; their cost is not in the figures.")?;
    let page = fs::read_to_string(&places.report)?;
    let (kept, _) = page.split_once(MARK).ok_or("the page of figures has lost its mark")?;
    fs::write(&places.report, format!("{kept}{MARK}\n{text}"))?;
    Ok(text)
}

fn machine() -> String {
    let said = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = said.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores ({})", model.unwrap_or("unknown"))
}
