//! Notices written out. They say nothing about health and nothing about what was asked for.

use super::{Said, date, said};
use crate::{
    ask::DeliveryMethod,
    language::Language,
    notice::{Message, Notice, NoticeFrame},
};

#[expect(clippy::too_many_lines, reason = "the text of each notice in one place, both languages side by side")]
pub fn message(notice: &Notice, frame: &NoticeFrame, language: Language) -> Message {
    let (about, paragraphs, act) = match notice {
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
                    said(
                        "Next, we check that it is really you. You do not need to do anything now.",
                        "Ahora comprobaremos que es usted. Por el momento no tiene que hacer nada.",
                    ),
                    language,
                ),
            ],
            said(
                "To follow your request, change it or take it back, sign in:",
                "Para seguir, cambiar o retirar su solicitud, inicie sesión:",
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
        ),
        Notice::Ready { delivery } => (
            said("Your copy is ready", "Su copia está lista"),
            vec![match delivery {
                DeliveryMethod::Portal => plain(
                    said(
                        "The copy you asked for is ready. You can open it after you sign in.",
                        "La copia que pidió está lista. Puede abrirla después de iniciar sesión.",
                    ),
                    language,
                ),
                DeliveryMethod::PickUp => plain(
                    said(
                        "The copy you asked for is ready. You can pick it up at our desk. Bring an ID with your photo.",
                        "La copia que pidió está lista. Puede recogerla en nuestra ventanilla. Traiga una identificación con foto.",
                    ),
                    language,
                ),
            }],
            match delivery {
                DeliveryMethod::Portal => said("To open it, sign in:", "Para abrirla, inicie sesión:"),
                DeliveryMethod::PickUp => {
                    said("To see when and where, sign in:", "Para ver cuándo y dónde, inicie sesión:")
                }
            },
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
        ),
    };
    write(about, &paragraphs, act, frame, language)
}

fn write(about: Said, paragraphs: &[String], act: Said, frame: &NoticeFrame, language: Language) -> Message {
    let number = said("Request number:", "Número de solicitud:").to(language);
    let help = said("Questions? Call", "¿Preguntas? Llame al").to(language);
    let unasked = said(
        "If you did not make this request, call us right away.",
        "Si usted no hizo esta solicitud, llámenos de inmediato.",
    )
    .to(language);
    let NoticeFrame { facility, number: of, sign_in, help: line } = frame;
    Message {
        subject: format!("{} ({of})", about.to(language)),
        body: format!(
            "{facility}\n\n{number} {of}\n\n{}\n\n{}\n{sign_in}\n\n{help} {line}.\n{unasked}\n",
            paragraphs.join("\n\n"),
            act.to(language),
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
    use crate::{document::Category, number::RequestNumber, words::category};
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

    fn frame() -> NoticeFrame {
        NoticeFrame {
            facility: "Riverside Hospital".to_owned(),
            number: RequestNumber::from_payload(482_173_905).unwrap(),
            sign_in: "https://records.example.org/sign-in".to_owned(),
            help: "555 010 4477, Monday to Friday".to_owned(),
        }
    }

    #[test]
    fn a_notice_says_what_is_next_and_where_and_nothing_about_health() {
        const HEALTH: [&str; 10] =
            ["lab", "diagnos", "medic", "doctor", "clinic", "patient", "paciente", "treatment", "result", ".pdf"];
        for notice in every_notice() {
            for language in Language::ALL {
                let Message { subject, body } = message(&notice, &frame(), *language);
                let text = format!("{subject}\n{body}").to_lowercase();
                assert!(
                    text.contains("482 173 905")
                        && text.contains("records.example.org")
                        && text.contains("555 010 4477")
                );
                assert!(!text.contains('{') && !subject.contains('\n'));
                assert!(!HEALTH.iter().any(|word| text.contains(word)), "{text}");
                for kind in Category::ALL {
                    assert!(!text.contains(&category(kind).patient.to(*language).to_lowercase()), "{text}");
                }
            }
        }
    }

    #[test]
    fn the_acknowledgement_carries_the_date_of_the_law() {
        let [first, ..] = every_notice();
        let english = message(&first, &frame(), Language::English);
        assert!(english.subject.starts_with("We have your request (482 173 905"));
        assert!(english.body.contains("By law you get an answer by April 2, 2026."));
        assert!(message(&first, &frame(), Language::Spanish).body.contains("a más tardar el 2 de abril de 2026."));
    }
}
