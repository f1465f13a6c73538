//! The mail that answers whoever asked for an account. It says nothing of what they typed: somebody else may have typed
//! their address.

use super::{Said, said};
use crate::{
    language::Language,
    notice::{AccountFrame, AccountMail, Message},
};

pub fn account_mail(mail: &AccountMail, frame: &AccountFrame, language: Language) -> Message {
    const UNASKED: Said = said(
        "If you did not ask for this, do nothing. Nothing changes.",
        "Si usted no pidió esto, no haga nada. Nada cambia.",
    );
    const QUESTIONS: Said = said("Questions? Call", "¿Preguntas? Llame al");
    let AccountFrame { facility, help } = frame;
    let (about, why, act, link, after) = match mail {
        AccountMail::Open { link } => (
            said("Open your account", "Abra su cuenta"),
            said(
                "Somebody asked for an account with this e-mail address to ask for a copy of their records.",
                "Alguien pidió una cuenta con este correo electrónico. Con una cuenta, cada persona puede pedir una copia de sus propios expedientes.",
            ),
            said("If it was you, open your account here:", "Si fue usted, abra su cuenta aquí:"),
            link,
            said(
                "The link works once, for one day, with the password that you chose.",
                "El enlace funciona una vez, durante un día, con la contraseña que eligió.",
            ),
        ),
        AccountMail::There { sign_in } => (
            said("You have an account already", "Usted ya tiene una cuenta"),
            said(
                "Somebody asked for an account with this e-mail address. There is one already, and it was not changed.",
                "Alguien pidió una cuenta con este correo electrónico. Ya existe una y no se cambió.",
            ),
            said("If it was you, sign in here:", "Si fue usted, inicie sesión aquí:"),
            sign_in,
            said(
                "Use the password of that account. If you do not know it any more, call us: we can help you set a new password, or take your request by phone.",
                "Use la contraseña de esa cuenta. Si ya no la recuerda, llámenos: podemos ayudarle a poner una contraseña nueva o tomar su solicitud por teléfono.",
            ),
        ),
    };
    let [why, act, after, unasked, questions] = [why, act, after, UNASKED, QUESTIONS].map(|said| said.to(language));
    Message {
        subject: format!("{}: {facility}", about.to(language)),
        body: format!("{facility}\n\n{why}\n\n{act}\n{link}\n\n{after}\n\n{unasked}\n{questions} {help}.\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Category, words::category};

    const LINK: &str = "https://records.example.org/account/open?attempt=1&code=2";

    fn every_mail() -> [AccountMail; 2] {
        [
            AccountMail::Open { link: LINK.to_owned() },
            AccountMail::There { sign_in: "https://records.example.org/sign-in".to_owned() },
        ]
    }

    #[test]
    fn who_forgot_the_password_reads_what_a_call_brings_them() {
        let frame = AccountFrame { facility: "Riverside Hospital".to_owned(), help: "555 010 4477".to_owned() };
        for (language, password, phone) in [
            (Language::English, "set a new password", "by phone"),
            (Language::Spanish, "una contraseña nueva", "por teléfono"),
        ] {
            let [_, there] = every_mail().map(|mail| account_mail(&mail, &frame, language));
            assert!(there.body.contains(password) && there.body.contains(phone), "{}", there.body);
        }
    }

    #[test]
    fn the_link_stands_on_a_line_of_its_own_in_both_languages() {
        let frame = AccountFrame { facility: "Riverside Hospital".to_owned(), help: "555 010 4477".to_owned() };
        for language in Language::ALL {
            let [open, there] = every_mail().map(|mail| account_mail(&mail, &frame, *language));
            assert_eq!(open.body.lines().filter(|line| *line == LINK).count(), 1, "{}", open.body);
            assert!(!there.body.contains("attempt") && there.body.contains("\nhttps://records.example.org/sign-in\n"));
            for Message { subject, body } in [open, there] {
                let text = format!("{subject}\n{body}").to_lowercase();
                assert!(!subject.contains('\n') && text.contains("555 010 4477"));
                for kind in Category::ALL {
                    assert!(!text.contains(&category(kind).patient.to(*language).to_lowercase()), "{text}");
                }
            }
        }
    }
}
