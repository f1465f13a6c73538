//! What whoever runs the program counts on: that the verification says what nobody signed, that the balancer hears of a
//! login that may too much and of nothing else's long work, and that a silent connection is given up.

use rustix::process::Signal;

use crate::{
    browser::Browser,
    house::{House, signal, until},
};

#[test]
fn entries_that_nobody_signed_are_named_and_several_servers_files_are_one() {
    let house = House::open();
    until("the first entries to be linked", || house.says("select count(*) > 0 from audit.link") == ["t"]);
    house.portal(&["verify-audit"]);
    let bare = house.checkpoints().with_extension("bare");
    std::fs::write(&bare, "").unwrap();
    let [bare, signed] = [bare, house.checkpoints()].map(|file| file.display().to_string());
    let said = house.refused(&["verify-audit", "--checkpoints", &bare]);
    assert!(said.contains("were never signed"), "{said}");
    house.portal(&["verify-audit", "--checkpoints", &bare, &signed]);

    let said = house.refused(&["person", "void-password", "--email", "nobody@mail.example"]);
    assert!(said.contains("no account has this address"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_that_may_too_much_is_told_and_a_silent_connection_is_replaced() {
    let house = House::open();
    let listening = "select pid from pg_stat_activity where usename = 'worker' and query ilike 'listen%portal%'";
    tokio::task::block_in_place(|| until("the program to listen", || house.says(listening).len() == 1));
    let silent = house.says(listening).remove(0);
    // as when its host is gone: the connection stays open and answers nothing
    signal(silent.parse().unwrap(), Signal::STOP);

    let health = async || Browser::new(house.port, 1).get("/health").await.unwrap().status;
    assert_eq!(health().await, 200);
    house.says("alter role web_staff createrole");
    assert_eq!(health().await, 503);
    house.says("alter role web_staff nocreaterole; alter role audit_reader createrole");
    assert_eq!(health().await, 200, "no page needs it");

    tokio::task::block_in_place(|| {
        until("another connection to listen", || house.says(listening).iter().any(|pid| *pid != silent));
    });
    signal(silent.parse().unwrap(), Signal::CONT);
}
