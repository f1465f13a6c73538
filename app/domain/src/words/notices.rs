//! Notices written out. They say nothing about health and nothing about what was asked for, and lead nobody to a sign-in
//! who has no account.

use super::{
    Said, date, said,
    status::{BRING_ID, SEND_ID},
};
use crate::{
    ask::DeliveryMethod,
    language::Language,
    notice::{Answering, Message, Notice, NoticeFrame},
};

#[expect(clippy::too_many_lines, reason = "the text of each notice in one place, both languages side by side")]
pub fn message(notice: &Notice, frame: &NoticeFrame, language: Language) -> Message {
    let (about, paragraphs, signing_in, calling) = match notice {
        Notice::Received { received_on, due_on } => (
            said("We have your request", "Tenemos su solicitud"),
            vec![
                on(said("We got your request on {}.", "Recibimos su solicitud el {}."), *received_on, language),
                on(
                    said("By law you get an answer by {}.", "Por ley tendrá respuesta a más tardar el {}."),
                    *due_on,
                    language,
                ),
                plain(
                    match frame.answering {
                        Answering::SignIn { .. } => SEND_ID,
                        Answering::CallOrCome => BRING_ID,
                    },
                    language,
                ),
            ],
            said(
                "To send a photo, follow your request or take it back, sign in:",
                "Para enviar una foto, seguir su solicitud o retirarla, inicie sesión:",
            ),
            said(
                "To hear where your request stands, call us or come to our desk, and say your request number.",
                "Para saber en qué punto está su solicitud, llámenos o venga a nuestra ventanilla y diga su número de solicitud.",
            ),
        ),
        Notice::ActionNeeded { due_on } => (
            said("We need one thing from you", "Necesitamos algo de usted"),
            vec![
                plain(
                    said(
                        "We need one thing from you to go on with your request.",
                        "Necesitamos algo de usted para seguir con su solicitud.",
                    ),
                    language,
                ),
                on(
                    said("Your answer date has not changed: {}.", "Su fecha de respuesta no ha cambiado: {}."),
                    *due_on,
                    language,
                ),
            ],
            said("To see what it is and how to answer, sign in:", "Para ver qué es y cómo contestar, inicie sesión:"),
            said(
                "To hear what it is and to answer, call us or come to our desk, and say your request number.",
                "Para saber qué es y contestar, llámenos o venga a nuestra ventanilla y diga su número de solicitud.",
            ),
        ),
        Notice::Continuing { due_on } => (
            said("Thank you, we go on with your request", "Gracias, seguimos con su solicitud"),
            vec![
                plain(
                    said(
                        "We got your answer and go on with your request.",
                        "Recibimos su respuesta y seguimos con su solicitud.",
                    ),
                    language,
                ),
                on(
                    said("By law you get an answer by {}.", "Por ley tendrá respuesta a más tardar el {}."),
                    *due_on,
                    language,
                ),
            ],
            said("To follow your request, sign in:", "Para seguir su solicitud, inicie sesión:"),
            said(
                "To hear where your request stands, call us or come to our desk, and say your request number.",
                "Para saber en qué punto está su solicitud, llámenos o venga a nuestra ventanilla y diga su número de solicitud.",
            ),
        ),
        Notice::Ready { delivery } => (
            // the same for a copy and for our letter alone: that nothing was found is about their health too
            said("Our answer is ready", "Nuestra respuesta está lista"),
            vec![plain(
                match delivery {
                    DeliveryMethod::Portal => {
                        said("Our answer to your request is ready.", "Nuestra respuesta a su solicitud está lista.")
                    }
                    // when this is written, nobody has printed it yet
                    DeliveryMethod::PickUp => said(
                        "Our answer to your request is ready. We print it for you: come to our desk to pick it up, and bring an ID with your photo.",
                        "Nuestra respuesta a su solicitud está lista. La imprimimos para usted: venga a nuestra ventanilla a recogerla y traiga una identificación con foto.",
                    ),
                },
                language,
            )],
            match delivery {
                DeliveryMethod::Portal => {
                    said("To open and download it, sign in:", "Para abrirla y descargarla, inicie sesión:")
                }
                DeliveryMethod::PickUp => {
                    said("To see where it stands, sign in:", "Para ver en qué punto está, inicie sesión:")
                }
            },
            said(
                "If you cannot come, call us. When you call or come to our desk, say your request number.",
                "Si no puede venir, llámenos. Cuando llame o venga a nuestra ventanilla, diga su número de solicitud.",
            ),
        ),
        Notice::Withdrawn { withdrawn_on } => (
            said("Your request is taken back", "Su solicitud está retirada"),
            vec![
                on(
                    said(
                        "You took your request back on {}. We have stopped working on it.",
                        "Usted retiró su solicitud el {}. Dejamos de trabajar en ella.",
                    ),
                    *withdrawn_on,
                    language,
                ),
                plain(
                    said(
                        "If that was not you, call us. You can make a new request at any time.",
                        "Si no fue usted, llámenos. Puede hacer una nueva solicitud en cualquier momento.",
                    ),
                    language,
                ),
            ],
            said("To make a new request, sign in:", "Para hacer una nueva solicitud, inicie sesión:"),
            said(
                "To make a new request, call us or come to our desk, and say your request number.",
                "Para hacer una nueva solicitud, llámenos o venga a nuestra ventanilla y diga su número de solicitud.",
            ),
        ),
    };
    let act = match &frame.answering {
        Answering::SignIn { address } => format!("{}\n{address}", signing_in.to(language)),
        Answering::CallOrCome => plain(calling, language),
    };
    write(about, &paragraphs, &act, frame, language)
}

fn write(about: Said, paragraphs: &[String], act: &str, frame: &NoticeFrame, language: Language) -> Message {
    let number = said("Request number:", "Número de solicitud:").to(language);
    let help = said("Questions? Call", "¿Preguntas? Llame al").to(language);
    let unasked = said(
        "If you did not make this request, call us right away.",
        "Si usted no hizo esta solicitud, llámenos de inmediato.",
    )
    .to(language);
    let NoticeFrame { facility, number: of, help: line, .. } = frame;
    Message {
        subject: format!("{} ({of})", about.to(language)),
        body: format!(
            "{facility}\n\n{number} {of}\n\n{}\n\n{act}\n\n{help} {line}.\n{unasked}\n",
            paragraphs.join("\n\n"),
        ),
    }
}

fn plain(sentence: Said, language: Language) -> String {
    sentence.to(language).to_owned()
}

fn on(sentence: Said, day: jiff::civil::Date, language: Language) -> String {
    sentence.to(language).replacen("{}", &date(day, language), 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Category, number::RequestNumber, request::Channel, words::category};
    use jiff::civil::date as day;

    fn every_notice() -> [Notice; 6] {
        let (received_on, due_on) = (day(2026, 3, 3), day(2026, 4, 2));
        [
            Notice::Received { received_on, due_on },
            Notice::ActionNeeded { due_on },
            Notice::Continuing { due_on },
            Notice::Ready { delivery: DeliveryMethod::Portal },
            Notice::Ready { delivery: DeliveryMethod::PickUp },
            Notice::Withdrawn { withdrawn_on: received_on },
        ]
    }

    const SIGN_IN: &str = "https://records.example.org/sign-in";

    fn frame(channel: Channel) -> NoticeFrame {
        NoticeFrame {
            facility: "Riverside Hospital".to_owned(),
            number: RequestNumber::from_payload(482_173_905).unwrap(),
            answering: Answering::of(channel, SIGN_IN),
            help: "555 010 4477, Monday to Friday".to_owned(),
        }
    }

    #[test]
    fn a_notice_says_what_is_next_and_where_and_nothing_about_health() {
        const HEALTH: [&str; 10] =
            ["lab", "diagnos", "medic", "doctor", "clinic", "patient", "paciente", "treatment", "result", ".pdf"];
        for notice in every_notice() {
            for language in Language::ALL {
                for channel in Channel::ALL {
                    let Message { subject, body } = message(&notice, &frame(*channel), *language);
                    let text = format!("{subject}\n{body}").to_lowercase();
                    assert!(text.contains("482 173 905") && text.contains("555 010 4477"), "{text}");
                    assert!(!text.contains('{') && !subject.contains('\n'));
                    assert!(!HEALTH.iter().any(|word| text.contains(word)), "{text}");
                    for kind in Category::ALL {
                        assert!(!text.contains(&category(kind).patient.to(*language).to_lowercase()), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn who_has_an_account_is_led_to_it_and_who_has_none_to_the_telephone_and_the_desk() {
        for notice in every_notice() {
            for (language, sign_in, desk, number) in [
                (Language::English, "sign in", "our desk", "say your request number"),
                (Language::Spanish, "inicie sesión", "nuestra ventanilla", "diga su número de solicitud"),
            ] {
                for channel in Channel::ALL {
                    let Message { body, .. } = message(&notice, &frame(*channel), language);
                    let online = *channel == Channel::Portal;
                    assert_eq!(body.contains(sign_in), online, "{channel:?}: {body}");
                    assert_eq!(body.lines().any(|line| line == SIGN_IN), online, "{channel:?}: {body}");
                    assert_eq!(body.contains(number), !online, "{channel:?}: {body}");
                    assert!(online || (body.contains(desk) && !body.contains("example.org")), "{channel:?}: {body}");
                }
            }
        }
    }

    #[test]
    fn the_acknowledgement_asks_for_the_id_and_offers_nothing_that_cannot_be_done() {
        let [first, ..] = every_notice();
        let online = message(&first, &frame(Channel::Portal), Language::English).body;
        assert!(online.contains("You can send a photo of it now, or show it at our desk."), "{online}");
        let by_phone = message(&first, &frame(Channel::Phone), Language::English).body;
        assert!(by_phone.contains("bring it to our desk") && !by_phone.contains("photo"), "{by_phone}");
        for text in [online, by_phone] {
            assert!(!text.contains("do not need to do anything") && !text.contains("change"), "{text}");
        }
    }

    #[test]
    fn the_mail_says_that_the_answer_is_ready_and_not_whether_records_were_found() {
        for delivery in DeliveryMethod::ALL {
            let ready = Notice::Ready { delivery: *delivery };
            for (language, answer, not) in [
                (Language::English, "our answer", ["record", "copy", "letter"]),
                (Language::Spanish, "nuestra respuesta", ["expediente", "copia", "carta"]),
            ] {
                for channel in Channel::ALL {
                    let Message { subject, body } = message(&ready, &frame(*channel), language);
                    let text = format!("{subject}\n{}", body.replace(SIGN_IN, "")).to_lowercase();
                    assert!(text.contains(answer) && !not.iter().any(|word| text.contains(word)), "{text}");
                }
            }
        }
    }

    #[test]
    fn an_answer_to_pick_up_is_not_said_to_be_printed() {
        let ready = Notice::Ready { delivery: DeliveryMethod::PickUp };
        for channel in Channel::ALL {
            let text = message(&ready, &frame(*channel), Language::English).body;
            assert!(text.contains("We print it for you") && !text.contains("printed"), "{text}");
        }
    }

    #[test]
    fn the_acknowledgement_carries_the_date_of_the_law() {
        let [first, ..] = every_notice();
        let english = message(&first, &frame(Channel::Portal), Language::English);
        assert!(english.subject.starts_with("We have your request (482 173 905"));
        assert!(english.body.contains("By law you get an answer by April 2, 2026."));
        let spanish = message(&first, &frame(Channel::Portal), Language::Spanish);
        assert!(spanish.body.contains("a más tardar el 2 de abril de 2026."));
    }
}
