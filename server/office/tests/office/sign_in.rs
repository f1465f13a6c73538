use domain::{
    caller::{Role, Side},
    language::Language,
};
use office::{
    Seat,
    operator::Voided,
    sign_in::{Opening, Registration, SignInError, Verified},
};

use crate::people::{Hospital, PASSWORD};

fn asks(email: &str, password: &str) -> Registration {
    Registration {
        name: "Ana Ruiz".into(),
        email: email.into(),
        password: password.into(),
        language: Language::Spanish,
    }
}

async fn tries(hospital: &Hospital, password: &str, origin: &str) -> Result<Verified, SignInError> {
    hospital.desk().verify_password(&hospital.passwords, "ana.ruiz@mail.example", password, origin).await
}

#[tokio::test]
async fn an_account_opens_by_its_link_and_by_no_other() {
    let hospital = Hospital::new().await;
    let desk = hospital.desk();
    desk.register(&hospital.passwords, asks("ana@mail.example", PASSWORD), "10.0.0.0/24").await.unwrap();
    let attempt = hospital.attempt_of("ana@mail.example").await;

    let before = desk.verify_password(&hospital.passwords, "ana@mail.example", PASSWORD, "10.0.0.0/24").await;
    assert!(matches!(before, Err(SignInError::Wrong)), "there is no account until its link is used");
    let made_up = "0123456789abcdef0123456789abcdef";
    let opened = desk.open_account(&hospital.passwords, attempt, made_up, PASSWORD).await.unwrap();
    assert_eq!(opened, Opening::LinkOver);

    assert_eq!(hospital.open_account(attempt, PASSWORD).await, Opening::Opened);
    assert!(desk.verify_password(&hospital.passwords, "ana@mail.example", PASSWORD, "10.0.0.0/24").await.is_ok());
    assert_eq!(hospital.open_account(attempt, PASSWORD).await, Opening::LinkOver, "a link opens once");
}

#[tokio::test]
async fn whoever_registers_somebody_elses_address_first_gains_nothing() {
    let hospital = Hospital::new().await;
    let desk = hospital.desk();
    desk.register(&hospital.passwords, asks("ana@mail.example", "stranger's own long words"), "10.0.0.0/24")
        .await
        .unwrap();
    let strangers = hospital.attempt_of("ana@mail.example").await;
    assert_eq!(
        hospital.open_account(strangers, PASSWORD).await,
        Opening::WrongPassword,
        "Ana uses the stranger's link"
    );
    let opened = "select count(*)::text from auth.account where email = 'ana@mail.example'";
    assert_eq!(hospital.at.says("postgres", opened).await.unwrap(), ["0"]);
    desk.register(&hospital.passwords, asks("ana@mail.example", PASSWORD), "10.0.0.0/24").await.unwrap();
    let anas = hospital.attempt_of("ana@mail.example").await;
    assert_eq!(hospital.open_account(anas, PASSWORD).await, Opening::Opened);

    assert_eq!(hospital.open_account(strangers, "stranger's own long words").await, Opening::LinkOver);
    let theirs =
        desk.verify_password(&hospital.passwords, "ana@mail.example", "stranger's own long words", "10.0.0.0/24").await;
    assert!(matches!(theirs, Err(SignInError::Wrong)));
}

#[tokio::test]
async fn a_link_that_was_tried_ten_times_with_other_passwords_is_over() {
    let hospital = Hospital::new().await;
    hospital.desk().register(&hospital.passwords, asks("ana@mail.example", PASSWORD), "10.0.0.0/24").await.unwrap();
    let attempt = hospital.attempt_of("ana@mail.example").await;
    for n in 0..10 {
        assert_eq!(hospital.open_account(attempt, "not the right words 1").await, Opening::WrongPassword, "try {n}");
    }
    assert_eq!(hospital.open_account(attempt, PASSWORD).await, Opening::LinkOver);
}

#[tokio::test]
async fn a_verified_password_makes_one_session_and_a_wrong_one_none() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let desk = hospital.desk();
    let wrong = desk
        .verify_password(&hospital.passwords, "ana.ruiz@mail.example", "not the right words 1", "10.0.0.0/24")
        .await;
    assert!(matches!(wrong, Err(SignInError::Wrong)));

    let verified =
        desk.verify_password(&hospital.passwords, "ana.ruiz@mail.example", PASSWORD, "10.0.0.0/24").await.unwrap();
    let seat = Seat::of_cookie("one");
    desk.open_session(verified.attempt, Side::Patient, &seat).await.unwrap();
    assert!(desk.session_lives(&seat).await.unwrap());
    let again = desk.open_session(verified.attempt, Side::Patient, &Seat::of_cookie("two")).await;
    assert!(matches!(again, Err(SignInError::Wrong)), "an attempt is used once");
    assert!(!desk.session_lives(&Seat::of_cookie("two")).await.unwrap());

    desk.end_session(&seat).await.unwrap();
    assert!(!desk.session_lives(&seat).await.unwrap(), "signed out is signed out");
}

#[tokio::test]
async fn a_session_says_after_how_long_it_ends_by_itself() {
    let hospital = Hospital::new().await;
    let desk = hospital.desk();
    let ana = hospital.patient("Ana Ruiz").await.seat;
    let sam = hospital.staff("Sam Super", Role::Supervisor).await.seat;
    assert_eq!(desk.idle_seconds(&ana).await.unwrap(), Some(900));
    assert_eq!(desk.idle_seconds(&sam).await.unwrap(), Some(600), "a supervisor sees more, so it is shorter");
    desk.end_session(&ana).await.unwrap();
    assert_eq!(desk.idle_seconds(&ana).await.unwrap(), None);
}

#[tokio::test]
async fn a_patient_makes_no_session_of_the_staffs_side() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let verified = hospital
        .desk()
        .verify_password(&hospital.passwords, "ana.ruiz@mail.example", PASSWORD, "10.0.0.0/24")
        .await
        .unwrap();
    let opened = hospital.desk().open_session(verified.attempt, Side::Staff, &Seat::of_cookie("x")).await;
    assert!(matches!(opened, Err(SignInError::NoRole)));
    let entries =
        "select count(*)::text from audit.event where act = 'sign_in' and outcome = 'no_role' and actor is not null";
    assert_eq!(hospital.at.says("postgres", entries).await.unwrap(), ["1"]);
}

#[tokio::test]
async fn the_eleventh_wrong_password_from_one_network_is_not_looked_at() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    for n in 0..10 {
        assert!(matches!(tries(&hospital, "wrong", "10.5.5.0/24").await, Err(SignInError::Wrong)), "try {n}");
    }
    for n in 0..3 {
        let right = tries(&hospital, PASSWORD, "10.5.5.0/24").await;
        assert!(matches!(right, Err(SignInError::Limited)), "{n}: the right one waits too, or trying would tell");
    }
    assert!(tries(&hospital, PASSWORD, "10.9.9.0/24").await.is_ok(), "a stranger keeps nobody out from elsewhere");

    // a quarter of an hour later, however often somebody went on trying
    let passed = "update auth.attempt set at = at - interval '15 minutes' where not limited";
    hospital.at.says("postgres", passed).await.unwrap();
    assert!(tries(&hospital, PASSWORD, "10.5.5.0/24").await.is_ok());
    let entries = "select count(*)::text from audit.event where act = 'sign_in' and outcome = 'too_many_attempts'";
    assert_eq!(hospital.at.says("postgres", entries).await.unwrap(), ["1"], "it is on the trail, once");
}

#[tokio::test]
async fn an_address_is_limited_over_all_networks_too() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let tried = "insert into auth.attempt (id, what, email, origin)
        select gen_random_uuid(), 'sign_in', 'ana.ruiz@mail.example', '10.1.' || n || '.0/24' from generate_series(1, 50) n";
    hospital.at.says("postgres", tried).await.unwrap();
    assert!(matches!(tries(&hospital, PASSWORD, "10.9.9.0/24").await, Err(SignInError::Limited)));
}

#[tokio::test]
async fn a_password_that_failed_a_hundred_times_in_a_row_is_void_until_the_address_is_proven_again() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let failed = async |times: u32| {
        hospital.at.says("postgres", &format!("update auth.account set failures = {times}")).await.unwrap();
    };
    failed(99).await;
    assert!(tries(&hospital, PASSWORD, "10.5.5.0/24").await.is_ok(), "the hundredth was right: the count begins anew");
    let count = "select failures::text from auth.account";
    assert_eq!(hospital.at.says("postgres", count).await.unwrap(), ["0"]);

    failed(99).await;
    assert!(matches!(tries(&hospital, "wrong", "10.5.5.0/24").await, Err(SignInError::Wrong)));
    assert!(matches!(tries(&hospital, PASSWORD, "10.9.9.0/24").await, Err(SignInError::Wrong)), "it is void");

    let new_words = "lantern 7 orchard pebble moss";
    let again = asks("ana.ruiz@mail.example", new_words);
    hospital.desk().register(&hospital.passwords, again, "10.0.0.0/24").await.unwrap();
    let attempt = hospital.attempt_of("ana.ruiz@mail.example").await;
    assert_eq!(hospital.open_account(attempt, new_words).await, Opening::Opened);
    assert!(!hospital.desk().session_lives(&ana.seat).await.unwrap(), "what the old one opened is over");
    let verified = tries(&hospital, new_words, "10.9.9.0/24").await.unwrap();
    let person = hospital.desk().open_session(verified.attempt, Side::Patient, &Seat::of_cookie("new")).await.unwrap();
    assert_eq!(person, ana.person, "the same account");
}

#[tokio::test]
async fn a_forgotten_password_is_made_void_with_all_that_it_opened_and_bound_anew_by_the_mailed_link() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let under_way = tries(&hospital, PASSWORD, "10.5.5.0/24").await.unwrap();
    let email = "ana.ruiz@mail.example";
    let voided = hospital.desk().void_password(email).await.unwrap();
    assert_eq!(voided, Some(Voided { person: ana.person, staff: false }));

    assert!(!hospital.desk().session_lives(&ana.seat).await.unwrap());
    let late = hospital.desk().open_session(under_way.attempt, Side::Patient, &Seat::of_cookie("late")).await;
    assert!(matches!(late, Err(SignInError::Wrong)), "what was verified before opens nothing");
    assert!(matches!(tries(&hospital, PASSWORD, "10.9.9.0/24").await, Err(SignInError::Wrong)));
    let entries = "select login || ' ' || outcome || ' ' || shown::text from audit.event where act = 'void_password'";
    let entry = format!("operator done {{{}}}", ana.person);
    assert_eq!(hospital.at.says("postgres", entries).await.unwrap(), [entry]);

    let new_words = "lantern 7 orchard pebble moss";
    hospital.desk().register(&hospital.passwords, asks(email, new_words), "10.0.0.0/24").await.unwrap();
    let attempt = hospital.attempt_of(email).await;
    assert_eq!(hospital.open_account(attempt, new_words).await, Opening::Opened);
    assert!(tries(&hospital, new_words, "10.9.9.0/24").await.is_ok());
}

#[tokio::test]
async fn nothing_is_made_void_of_an_address_without_an_account_and_a_member_of_staff_is_told_apart() {
    let hospital = Hospital::new().await;
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    assert_eq!(hospital.desk().void_password("nobody@mail.example").await.unwrap(), None);
    let voided = hospital.desk().void_password("carla.clerk@riverside.example").await.unwrap();
    assert_eq!(voided, Some(Voided { person: carla.person, staff: true }));
    let entries = "select count(*)::text from audit.event where act = 'void_password'";
    assert_eq!(hospital.at.says("postgres", entries).await.unwrap(), ["1"]);
}

#[tokio::test]
async fn a_member_of_staffs_void_password_is_bound_anew_by_the_operator_alone() {
    let hospital = Hospital::new().await;
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    hospital.at.says("postgres", "update auth.account set failures = 100").await.unwrap();
    let email = "carla.clerk@riverside.example";
    hospital.desk().register(&hospital.passwords, asks(email, PASSWORD), "10.0.0.0/24").await.unwrap();
    let attempt = hospital.attempt_of(email).await;
    assert_eq!(hospital.open_account(attempt, PASSWORD).await, Opening::LinkOver);
    assert_eq!(hospital.staff("Carla Clerk", Role::Clerk).await.person, carla.person);
}

#[tokio::test]
async fn a_registration_is_limited_before_its_password_is_looked_at() {
    let hospital = Hospital::new().await;
    let tried = "insert into auth.attempt (id, what, email, origin)
        select gen_random_uuid(), 'register', n || '@mail.example', '10.0.0.0/24' from generate_series(1, 20) n";
    hospital.at.says("postgres", tried).await.unwrap();
    let common = asks("ana@mail.example", "passwordpassword");
    let limited = hospital.desk().register(&hospital.passwords, common, "10.0.0.0/24").await;
    assert!(matches!(limited, Err(SignInError::Limited)));
}

#[tokio::test]
async fn a_password_from_the_list_or_made_of_the_name_is_refused_with_its_field() {
    let hospital = Hospital::new().await;
    for password in ["passwordpassword", "ana ruiz ana ruiz", "qwertyuiopasdfgh"] {
        let refused =
            hospital.desk().register(&hospital.passwords, asks("ana.ruiz@mail.example", password), "10.0.0.0/24").await;
        let Err(SignInError::Office(office::Error::Form(problems))) = refused else { panic!("{password} was taken") };
        assert_eq!(problems[0].field, "password");
    }
}

#[tokio::test]
async fn a_session_ends_after_a_shift_and_a_patients_or_a_supervisors_sooner() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    hospital.staff("Carla Clerk", Role::Clerk).await;
    hospital.staff("Sue Supervisor", Role::Supervisor).await;
    let hours = "select p.name || ' ' || extract(epoch from s.abs_until - s.created_at)::int / 3600
        from auth.session s join app.person p on p.id = s.person_id order by 1";
    let sessions = hospital.at.says("postgres", hours).await.unwrap();
    assert_eq!(sessions, ["Ana Ruiz 8", "Carla Clerk 12", "Sue Supervisor 8"]);
}

#[tokio::test]
async fn of_forms_that_came_after_their_session_ran_out_the_last_twenty_are_kept() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let mut last = None;
    for n in 0..25_u8 {
        last = hospital.desk().keep_form_late(&ana.seat, &[n]).await.unwrap();
    }
    let kept = "select count(*)::text from auth.flash";
    assert_eq!(hospital.at.says("postgres", kept).await.unwrap(), ["20"]);
    assert!(hospital.desk().kept_form(&ana.seat, last.unwrap()).await.unwrap().is_some());
}
