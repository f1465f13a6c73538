//! From the first form to an open page that hears of its request.

use std::time::Duration;

use office::Seat;

use crate::{
    browser::Browser,
    house::{House, attempt_in, until},
};

const SOON: Duration = Duration::from_secs(10);
const PASSWORD: &str = "harbor wren velvet 42 sundial";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn someone_registers_opens_the_account_by_mail_signs_in_and_hears_of_changes() {
    let mut house = House::open();
    let mut ana = Browser::new(house.port, 1);
    let fields =
        [("name", "Ana Ruiz"), ("email", "ana@mail.example"), ("password", PASSWORD), ("password_again", PASSWORD)];
    assert_eq!(ana.post("/register", "/register", &fields).await.unwrap().location, "/register/sent");
    tokio::task::block_in_place(|| until("the mail", || !house.mails().is_empty()));
    let (to, mail) = house.mails().remove(0);
    assert_eq!(to, "ana@mail.example");
    let (attempt, code) = attempt_in(&mail);

    let page = format!("/account/open?attempt={attempt}&code={code}");
    let fields = |password| [("attempt", attempt), ("code", code), ("password", password)];
    let wrong = ana.post(&page, "/account/open", &fields("somebody else's long words")).await.unwrap();
    assert_ne!(wrong.location, "/account/opened", "whoever does not know the password opens nothing");
    let opened = ana.post(&page, "/account/open", &fields(PASSWORD)).await.unwrap();
    assert_eq!(opened.location, "/account/opened");
    let in_ = [("email", "ana@mail.example"), ("password", PASSWORD), ("side", "patient"), ("next", "/")];
    assert_eq!(ana.post("/sign-in", "/sign-in", &in_).await.unwrap().location, "/");

    let seat = Seat::of_cookie(ana.session().unwrap());
    let number = domain::number::RequestNumber::from_payload(482_173_905).unwrap().digits();
    let facility = house.says("select id from app.facility").remove(0);
    let asked = house.says(&format!(
        "set session authorization web_patient; begin;
         select 'seated' from auth.take_seat('{}', true);
         insert into app.request (facility_id, id, requester_id, number, status, channel, language)
           values ('{facility}', '{facility}', auth.person_id(), '{number}', 'draft', 'portal', 'en');
         select audit.append('{facility}', 'try', 'done'); commit;",
        seat.as_str()
    ));
    assert_eq!(asked, ["seated", ""]);
    let id = uuid::Uuid::try_parse(&facility).unwrap();
    let request = domain::ids::RequestId { facility: domain::ids::FacilityId(id), id };
    let touch = |fields: &str| {
        format!(
            "set session authorization worker; select audit.append('{facility}', 'try', 'done', '{facility}', fields => {fields});"
        )
    };

    let live = format!("/live/{request}");
    let read_now = || house.says("select pg_snapshot_xmin(pg_current_snapshot())").remove(0);
    let read = read_now();
    house.says(&touch("null"));
    let mut events = ana.listen(&format!("{live}?as_of={read}")).await.unwrap();
    assert!(events.hears("x-accel-buffering: no", SOON).await, "a proxy is told not to hold events back");
    assert!(events.hears("event: opened", SOON).await);
    house.says(&touch("null"));
    assert!(!events.hears("data: changed", Duration::from_secs(2)).await, "a look changes nothing");
    house.says(&touch("'{status}'"));
    assert!(events.hears("data: changed", SOON).await);
    let mut late = ana.listen(&format!("{live}?as_of={read}")).await.unwrap();
    assert!(late.hears("data: changed", SOON).await, "what changed before a page could listen is told when it does");
    let mut fresh = ana.listen(&format!("{live}?as_of={}", read_now())).await.unwrap();
    assert!(
        !fresh.hears("data: changed", Duration::from_secs(2)).await,
        "a page that shows it already is told nothing"
    );
    for unread in ["?as_of=", "?as_of=-1", "?as_of=x", "?as_of=99999999999999999999"] {
        let mut odd = ana.listen(&format!("{live}{unread}")).await.unwrap();
        assert!(odd.hears("data: changed", SOON).await, "{unread}");
    }
    drop((late, fresh));

    let mut nobody = Browser::new(house.port, 2).listen(&live).await.unwrap();
    assert!(nobody.hears("HTTP/1.1 401", SOON).await);
    let mut other =
        ana.listen(&format!("/live/{}", domain::ids::RequestId { id: uuid::Uuid::nil(), ..request })).await.unwrap();
    assert!(other.hears("HTTP/1.1 404", SOON).await, "what is not there and what is not hers answer alike");
    let mut back = ana.listen(&live).await.unwrap();
    assert!(back.hears("data: changed", SOON).await, "whoever comes back is told that something may have been missed");

    // the listening connection is lost: whoever has a page open hears that something may have been missed
    house.says("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'worker' and query ilike 'listen%portal%'");
    assert!(events.hears("data: changed", SOON).await);
    house.says(&touch("'{status}'"));
    assert!(events.hears("data: changed", SOON).await, "and hears of the next change too");

    let idle = "select extract(epoch from idle_until - now()) < 880 from auth.session";
    house.says("update auth.session set idle_until = now() + interval '10 minutes'");
    let mut quiet = ana.listen(&live).await.unwrap();
    assert!(quiet.hears("event: opened", SOON).await);
    assert_eq!(house.says(idle), ["t"], "a stream is nobody's activity");
    drop(quiet);

    assert_eq!(ana.post("/sign-in", "/sign-out", &[]).await.unwrap().location, "/signed-out");
    house.says(&touch("'{status}'"));
    assert!(events.hears("data: changed", SOON).await, "the page finds out that it is signed out");
    assert!(events.ends(SOON).await && back.ends(SOON).await);
    let (took, well) = house.end();
    assert!(well && took < Duration::from_secs(20), "{took:?}");
}
