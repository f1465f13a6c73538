//! What is measured: three rows of the table, each with the programs that do the same, the portal first, then with ever
//! less around the work.

use domain::ids::{FacilityId, RequestId};
use serde_json::json;
use server::command::Failure;
use sqlx::{PgPool, Row as _};
use uuid::Uuid;

use crate::{
    bare::Sent,
    data,
    measure::{Asked, SENDS, Target},
    running::{self, Serving},
    world::{BORN, NAME, World, random},
};

/// What must hold, and what good looks like.
pub(crate) struct Bar {
    pub(crate) share: (f64, f64),
    /// CPU milliseconds of the best product that does the nearest job, and by how many times less it is to be done.
    pub(crate) peer: (&'static str, f64),
    pub(crate) less: (f64, f64),
}

pub(crate) struct Row<'a> {
    pub(crate) name: &'static str,
    pub(crate) bar: Bar,
    /// The one to compare with is the last.
    pub(crate) targets: Vec<Target<'a>>,
    /// One of each, with what the answer must show.
    tried: Vec<(Vec<u8>, String)>,
    /// What was sent is sent.
    sent: Vec<Uuid>,
}

impl Row<'_> {
    /// Before anything is measured: every program gives the right answer.
    pub(crate) async fn check(&self) -> Result<(), Failure> {
        for (target, (request, shows)) in self.targets.iter().zip(&self.tried) {
            running::shows(target.program.port, request, target.status, shows)
                .await
                .map_err(|error| format!("{}, {}: {error}", self.name, target.name))?;
        }
        Ok(())
    }

    /// A form that leads back to its page is answered like one that is done.
    pub(crate) async fn was_done(&self, admin: &PgPool) -> Result<(), Failure> {
        let open: i64 = sqlx::query("select count(*) from app.request where id = any ($1) and status = 'open'")
            .bind(&self.sent)
            .fetch_one(admin)
            .await?
            .try_get(0)?;
        if usize::try_from(open)? < self.sent.len() {
            return Err(format!("{}: of {} sent {open} are open", self.name, self.sent.len()).into());
        }
        Ok(())
    }
}

/// What a browser says that it can read.
const BROWSER: &str = "gzip, deflate, br";

pub(crate) fn all(world: &World) -> Result<Vec<Row<'_>>, Failure> {
    Ok(vec![detail(world), queue(world), submit(world)?])
}

const LESS: [&str; 3] =
    ["the act alone, answered in JSON", "… without the trail's entry", "… without row-level security"];

/// The desk's programs, with ever less in their databases.
fn through_desk(world: &World, asked: impl Fn() -> Asked) -> impl Iterator<Item = Target<'_>> {
    world.beside.iter().zip(LESS).enumerate().map(move |(n, (program, name))| Target {
        name,
        program,
        status: 200,
        // the portal's relay serves the first database alone
        leaves_work: n == 0,
        asked: asked(),
    })
}

fn target<'a>(name: &'static str, program: &'a Serving, status: u16, leaves_work: bool, asked: Asked) -> Target<'a> {
    Target { name, program, status, leaves_work, asked }
}

fn pages<'a>(
    world: &'a World,
    path: &str,
    person: &running::Person,
    desk: &str,
    bare: &str,
    shows: [&str; 3],
) -> (Vec<Target<'a>>, Vec<(Vec<u8>, String)>) {
    let desk = running::bare_get(desk, person.session());
    let bare = running::bare_get(bare, "");
    let [page, act, plain] = shows.map(str::to_owned);
    let mut tried = vec![(person.get(path, ""), page.clone()), (person.get(path, ""), page)];
    tried.extend(world.beside.iter().map(|_| (desk.clone(), act.clone())));
    tried.push((bare.clone(), plain));
    let asked = |request: Vec<u8>| Asked::page(request);
    let mut targets = vec![
        target("the portal", &world.portal, 200, true, asked(person.get(path, BROWSER))),
        target("… not compressed", &world.portal, 200, true, asked(person.get(path, ""))),
    ];
    targets.extend(through_desk(world, || asked(desk.clone())));
    targets.extend(world.beside.first().map(|program| target("the bare program", program, 200, false, asked(bare))));
    (targets, tried)
}

fn detail(world: &World) -> Row<'_> {
    let (facility, id) = (world.facility, world.request);
    let request = RequestId { facility: FacilityId(facility), id };
    let number = &world.number;
    let said = number.parse().map_or_else(
        |_| number.clone(),
        |number: domain::number::RequestNumber| number.to_string().replace(' ', "\u{a0}"),
    );
    let (path, desk) = (format!("/requests/{request}"), format!("/desk/detail/{request}"));
    let (targets, tried) =
        pages(world, &path, &world.reader, &desk, &format!("/detail/{facility}/{id}"), [&said, number, number]);
    Row {
        name: "Status page of a request",
        bar: Bar { share: (0.3, 0.5), peer: ("django-helpdesk", 28.9), less: (30.0, 50.0) },
        targets,
        tried,
        sent: Vec::new(),
    }
}

fn queue(world: &World) -> Row<'_> {
    let (id, clerk) = &world.clerk;
    let bare = format!("/queue/{}/{id}", world.facility);
    let (targets, tried) =
        pages(world, "/worklist", clerk, "/desk/queue", &bare, ["/worklist/", "\"headline\"", "\"headline\""]);
    Row {
        name: "First page of the queue",
        bar: Bar { share: (0.3, 0.5), peer: ("Redmine 5", 171.0), less: (150.0, 250.0) },
        targets,
        tried,
        sent: Vec::new(),
    }
}

fn submit(world: &World) -> Result<Row<'_>, Failure> {
    // turn by turn, so that all who sign are busy
    let longest = world.owners.iter().map(|(_, _, drafts)| drafts.len()).max().unwrap_or_default();
    let all: Vec<_> = (0..longest)
        .flat_map(|n| world.owners.iter().filter_map(move |(id, person, its)| Some((*id, person, *its.get(n)?))))
        .collect();
    let request = |id| RequestId { facility: FacilityId(world.facility), id }.to_string();
    let version = world.version.to_string();
    let portal = |(_, person, draft): &(Uuid, &running::Person, Uuid)| {
        let (key, request) = (random()?.to_string(), request(*draft));
        let fields = [("key", key.as_str()), ("request", &request), ("version", &version), ("signed_name", NAME)];
        Ok::<_, Failure>(person.post("/api/requests/submit", &format!("/requests/{request}/ask/check"), &fields))
    };
    let desk = |(_, person, draft): &(Uuid, &running::Person, Uuid)| {
        let body = json!({ "request": request(*draft), "version": version, "signed_name": NAME, "key": random()? });
        running::bare_post("/desk/submit", person.session(), &body)
    };
    let home = json!({ "line1": "2 Prairie Lane", "line2": null, "city": "Chicago", "state": "IL", "zip": "60601" });
    let bare = |path: &'static str, n: usize, (person, _, draft): &(Uuid, &running::Person, Uuid)| {
        let sent = Sent {
            facility: world.facility,
            request: *draft,
            person: *person,
            number: data::number(1_000_000 + u32::try_from(n)?).ok_or("no number")?,
            name: NAME.to_owned(),
            born: BORN.to_owned(),
            email: "robin-0@mail.example".to_owned(),
            phone: "+13125550188".to_owned(),
            postal: home.clone(),
        };
        running::bare_post(path, "", &serde_json::to_value(sent)?)
    };
    // of the shared database the portal has the first part, the desk the second; where there are copies, the first
    let own = world.sends + SENDS;
    let (first, second) = (all.get(..own).ok_or("too few drafts")?, all.get(own..).ok_or("too few drafts")?);
    let mut tried = Vec::new();
    let mut forms = |mut requests: Vec<Vec<u8>>, shows: &str| {
        tried.push((requests.pop().unwrap_or_default(), shows.to_owned()));
        Asked::forms(requests)
    };
    let mut targets = Vec::new();
    let sent = first.iter().map(portal).collect::<Result<_, _>>()?;
    targets.push(target("the portal", &world.portal, 302, true, forms(sent, "/sent")));
    for ((n, program), name) in world.beside.iter().enumerate().zip(LESS) {
        let part = if n == 0 { second } else { first };
        let sent = part.iter().map(desk).collect::<Result<_, _>>()?;
        targets.push(target(name, program, 200, n == 0, forms(sent, "\"facility\"")));
    }
    let beside = world.beside.first().ok_or("no bare program")?;
    for (name, path) in [("three inserts and a commit", "/three"), ("the bare program", "/submit")] {
        let sent = first.iter().enumerate().map(|(n, one)| bare(path, n, one)).collect::<Result<_, _>>()?;
        targets.push(target(name, beside, 200, false, forms(sent, "-")));
    }
    // what is sent in rounds, watched and tried
    let sent_by_portal = first.iter().rev().take(world.sends + 1).map(|(_, _, draft)| *draft).collect();
    Ok(Row {
        name: "Sending a request",
        bar: Bar { share: (0.5, 0.8), peer: ("django-helpdesk", 24.9), less: (10.0, 20.0) },
        targets,
        tried,
        sent: sent_by_portal,
    })
}
