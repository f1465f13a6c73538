use domain::{caller::Side, language::Language};
use office::{
    Seat,
    sign_in::{Registration, SignInError},
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

#[tokio::test]
async fn an_account_opens_by_its_link_and_by_no_other() {
    let hospital = Hospital::new().await;
    let desk = hospital.desk();
    desk.register(&hospital.passwords, asks("ana@mail.example", PASSWORD), "10.0.0.0/24").await.unwrap();
    let attempt = hospital.attempt_of("ana@mail.example").await;

    let before = desk.verify_password(&hospital.passwords, "ana@mail.example", PASSWORD, "10.0.0.0/24").await;
    assert!(matches!(before, Err(SignInError::Wrong)), "there is no account until its link is used");
    assert!(matches!(desk.open_account(attempt, "0123456789abcdef0123456789abcdef").await, Err(SignInError::Wrong)));

    desk.open_account(attempt, &desk.link_code(attempt)).await.unwrap();
    assert!(desk.verify_password(&hospital.passwords, "ana@mail.example", PASSWORD, "10.0.0.0/24").await.is_ok());
    assert!(
        matches!(desk.open_account(attempt, &desk.link_code(attempt)).await, Err(SignInError::Wrong)),
        "a link opens once"
    );
}

#[tokio::test]
async fn whoever_registers_somebody_elses_address_first_gains_nothing() {
    let hospital = Hospital::new().await;
    let desk = hospital.desk();
    desk.register(&hospital.passwords, asks("ana@mail.example", "stranger's own long words"), "10.0.0.0/24")
        .await
        .unwrap();
    let strangers = hospital.attempt_of("ana@mail.example").await;
    desk.register(&hospital.passwords, asks("ana@mail.example", PASSWORD), "10.0.0.0/24").await.unwrap();
    let anas = hospital.attempt_of("ana@mail.example").await;
    desk.open_account(anas, &desk.link_code(anas)).await.unwrap();

    assert!(matches!(desk.open_account(strangers, &desk.link_code(strangers)).await, Err(SignInError::Wrong)));
    let theirs =
        desk.verify_password(&hospital.passwords, "ana@mail.example", "stranger's own long words", "10.0.0.0/24").await;
    assert!(matches!(theirs, Err(SignInError::Wrong)));
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
}

#[tokio::test]
async fn the_eleventh_wrong_password_is_not_looked_at() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let desk = hospital.desk();
    for n in 0..10 {
        let tried = desk
            .verify_password(&hospital.passwords, "ana.ruiz@mail.example", "wrong", &format!("10.0.{n}.0/24"))
            .await;
        assert!(matches!(tried, Err(SignInError::Wrong)), "try {n}");
    }
    let right = desk.verify_password(&hospital.passwords, "ana.ruiz@mail.example", PASSWORD, "10.9.9.0/24").await;
    assert!(matches!(right, Err(SignInError::Limited)), "the right one waits too, or trying would tell");
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
