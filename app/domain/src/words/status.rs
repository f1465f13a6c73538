//! The status sentence: where it is, what happens next and by when. Patient page, queue, front desk, notices and
//! letters all print this and nothing of their own.

use super::{Said, capital, date, days, outcome, question_reason, said};
use crate::{
    ask::DeliveryMethod,
    clock::ClockState,
    language::Language,
    request::Outcome,
    status::{Headline, Next, Status},
};

/// What a status says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StatusText {
    /// A word or two, for a tag or a column.
    pub tag: String,
    /// Where it is.
    pub sentence: String,
    /// What happens next and who does it; empty where nothing does.
    pub next: String,
    /// By when the law wants an answer, or how late it is; None where no deadline runs or it has been met in time.
    pub clock: Option<String>,
}

impl StatusText {
    /// All of it in one breath, as the front desk reads it to a caller.
    pub fn aloud(&self) -> String {
        [Some(&self.sentence), Some(&self.next), self.clock.as_ref()]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// `typical_days`: in about how many days most people get theirs, only where the office's own history says so.
pub fn status_sentence(status: &Status, typical_days: Option<i32>, language: Language) -> StatusText {
    StatusText {
        tag: headline(status.headline).to(language).to_owned(),
        sentence: sentence(status, language),
        next: next(status, typical_days, language),
        clock: clock_text(status, language),
    }
}

/// The headline in a word or two.
pub const fn headline(headline: Headline) -> Said {
    match headline {
        Headline::Draft => said("Not sent yet", "Sin enviar"),
        Headline::Received => said("We got it", "Recibida"),
        Headline::Verifying => said("Checking who you are", "Comprobando identidad"),
        Headline::ActionNeeded => said("We need something from you", "Necesitamos algo de usted"),
        Headline::Gathering => said("Finding your records", "Buscando expedientes"),
        Headline::Preparing => said("Putting our answer together", "Preparando nuestra respuesta"),
        Headline::QualityCheck => said("Final check", "Revisión final"),
        Headline::Ready => said("Ready", "Respuesta lista"),
        Headline::Delivered => said("You have our answer", "Ya tiene nuestra respuesta"),
        Headline::Closed => said("Closed", "Cerrada"),
    }
}

fn sentence(status: &Status, language: Language) -> String {
    let since = |with: Said, without: Said, day| dated(with, without, day, language);
    match status.headline {
        Headline::Draft => {
            said("You have not sent this yet.", "Todavía no ha enviado esta solicitud.").to(language).to_owned()
        }
        Headline::Received => since(
            said("We got your request on {}.", "Recibimos su solicitud el {}."),
            said("We got your request.", "Recibimos su solicitud."),
            status.received_on,
        ),
        Headline::Verifying => said(
            "We are making sure that we have the right person and the right records.",
            "Nos aseguramos de que sea la persona correcta y de que los expedientes sean los suyos.",
        )
        .to(language)
        .to_owned(),
        Headline::ActionNeeded => {
            let what = status.reason.map_or("", |reason| question_reason(reason).to(language));
            let lead = said("We need one thing from you:", "Necesitamos algo de usted:").to(language);
            format!("{lead} {what}.")
        }
        Headline::Gathering => gathering(status, language),
        Headline::Preparing if status.letter_alone => {
            said("We are writing our answer to you.", "Estamos escribiendo nuestra respuesta para usted.")
                .to(language)
                .to_owned()
        }
        Headline::Preparing => {
            said("We are putting your copy together.", "Estamos preparando su copia.").to(language).to_owned()
        }
        Headline::QualityCheck if status.letter_alone => said(
            "A second person is checking our answer to you.",
            "Otra persona está revisando nuestra respuesta para usted.",
        )
        .to(language)
        .to_owned(),
        Headline::QualityCheck => said(
            "A second person is checking that every page is yours.",
            "Otra persona está revisando que todas las páginas sean de usted.",
        )
        .to(language)
        .to_owned(),
        Headline::Ready => ready(status, language),
        Headline::Delivered => delivered(status, language),
        Headline::Closed => {
            let closed = since(
                said("This request was closed on {}.", "Esta solicitud se cerró el {}."),
                said("This request is closed.", "Esta solicitud está cerrada."),
                status.since,
            );
            let how = status.outcome.map_or("", |how| outcome(how).to(language));
            format!("{closed} {how}").trim_end().to_owned()
        }
    }
}

fn ready(status: &Status, language: Language) -> String {
    let (with, without) = if status.letter_alone {
        (
            said(
                "Our answer has been ready since {}. We found no records that we can give you; our letter says why.",
                "Nuestra respuesta está lista desde el {}. No encontramos expedientes que podamos darle; nuestra carta dice por qué.",
            ),
            said(
                "Our answer is ready. We found no records that we can give you; our letter says why.",
                "Nuestra respuesta está lista. No encontramos expedientes que podamos darle; nuestra carta dice por qué.",
            ),
        )
    } else {
        (
            said("Your records have been ready since {}.", "Sus expedientes están listos desde el {}."),
            said("Your records are ready.", "Sus expedientes están listos."),
        )
    };
    dated(with, without, status.released_on, language)
}

fn delivered(status: &Status, language: Language) -> String {
    let (with, without) = match (status.delivery, status.letter_alone) {
        (DeliveryMethod::Portal, false) => (
            said("You opened your records on {}.", "Usted abrió sus expedientes el {}."),
            said("You opened your records.", "Usted abrió sus expedientes."),
        ),
        (DeliveryMethod::PickUp, false) => (
            said("You picked up your records on {}.", "Usted recogió sus expedientes el {}."),
            said("You picked up your records.", "Usted recogió sus expedientes."),
        ),
        (DeliveryMethod::Portal, true) => (
            said("You opened our letter on {}.", "Usted abrió nuestra carta el {}."),
            said("You opened our letter.", "Usted abrió nuestra carta."),
        ),
        (DeliveryMethod::PickUp, true) => (
            said("You picked up our letter on {}.", "Usted recogió nuestra carta el {}."),
            said("You picked up our letter.", "Usted recogió nuestra carta."),
        ),
    };
    dated(with, without, status.since, language)
}

fn gathering(status: &Status, language: Language) -> String {
    let lead = said("We are finding your records.", "Estamos buscando sus expedientes.").to(language);
    match (status.parts.done, status.parts.of) {
        (_, 0 | 1) => lead.to_owned(),
        (done, of) => match language {
            Language::English => format!("{lead} {done} of {of} parts {} done.", if done == 1 { "is" } else { "are" }),
            Language::Spanish if done == 1 => format!("{lead} 1 de {of} partes está lista."),
            Language::Spanish => format!("{lead} {done} de {of} partes están listas."),
        },
    }
}

/// Also in the notice of receipt.
pub(super) const SEND_ID: Said = said(
    "To check that it is really you, we need to see your ID. You can send a photo of it now, or show it at our desk.",
    "Para comprobar que es usted, necesitamos ver su identificación. Puede enviar una foto ahora, o mostrarla en nuestra ventanilla.",
);
pub(super) const BRING_ID: Said = said(
    "To check that it is really you, we need to see your ID. If we have not seen it yet, bring it to our desk.",
    "Para comprobar que es usted, necesitamos ver su identificación. Si todavía no la hemos visto, tráigala a nuestra ventanilla.",
);

fn next(status: &Status, typical_days: Option<i32>, language: Language) -> String {
    let fixed = match status.next {
        Next::YouSend => said("Finish it and send it when you are ready.", "Termínela y envíela cuando quiera."),
        Next::WeStart => said(
            "Next, we check that it is really you. You do not need to do anything now.",
            "Ahora comprobaremos que es usted. Por el momento no tiene que hacer nada.",
        ),
        Next::WeCheckIdentity => said(
            "Next, we find your records. You do not need to do anything now.",
            "Después buscaremos sus expedientes. Por el momento no tiene que hacer nada.",
        ),
        Next::YouSendId => SEND_ID,
        Next::YouBringId => BRING_ID,
        Next::YouAnswer => said(
            "Once you answer, we go on. Your answer date has not changed.",
            "Cuando nos conteste, seguiremos. Su fecha de respuesta no ha cambiado.",
        ),
        Next::WeFind => said(
            "Next, we put your copy together. You do not need to do anything now.",
            "Después prepararemos su copia. Por el momento no tiene que hacer nada.",
        ),
        Next::WePrepare => said(
            "Next, a second person checks every page. You do not need to do anything now.",
            "Después otra persona revisará cada página. Por el momento no tiene que hacer nada.",
        ),
        Next::WeCheckPages => said(
            "After that, our answer is ready for you. You do not need to do anything now.",
            "Después, nuestra respuesta estará lista para usted. Por el momento no tiene que hacer nada.",
        ),
        Next::YouOpen if status.letter_alone => said("Sign in to open it.", "Inicie sesión para abrirla."),
        Next::YouOpen => said("Sign in to open them.", "Inicie sesión para abrirlos."),
        Next::YouPickUp if status.letter_alone => said(
            "We print it for you: come to our desk to pick it up, and bring an ID with your photo.",
            "La imprimimos para usted: venga a nuestra ventanilla a recogerla y traiga una identificación con foto.",
        ),
        Next::YouPickUp => said(
            "We print them for you: come to our desk to pick them up, and bring an ID with your photo.",
            "Los imprimimos para usted: venga a nuestra ventanilla a recogerlos y traiga una identificación con foto.",
        ),
        Next::WeClose if status.letter_alone => said(
            "If something is wrong, tell us. Otherwise we close this request two weeks after you got our letter.",
            "Si algo está mal, avísenos. Si no, cerraremos esta solicitud dos semanas después de que recibió nuestra carta.",
        ),
        Next::WeClose => said(
            "If something is missing or wrong, tell us. Otherwise we close this request two weeks after you got your copy.",
            "Si falta algo o algo está mal, avísenos. Si no, cerraremos esta solicitud dos semanas después de que recibió su copia.",
        ),
        Next::Nothing => match status.outcome {
            Some(Outcome::Withdrawn) => said(
                "If you still want your records, make a new request.",
                "Si todavía quiere sus expedientes, haga una nueva solicitud.",
            ),
            _ => said("If you need more, make a new request.", "Si necesita algo más, haga una nueva solicitud."),
        },
    };
    let fixed = fixed.to(language);
    match (typical_days, status.next) {
        (Some(count), Next::WeStart | Next::WeCheckIdentity | Next::YouSendId | Next::YouBringId | Next::WeFind)
            if count > 0 =>
        {
            let count = days(count, language);
            match language {
                Language::English => format!("{fixed} Most people get theirs in about {count}."),
                Language::Spanish => format!("{fixed} La mayoría recibe la suya en unos {count}."),
            }
        }
        _ => fixed.to_owned(),
    }
}

/// What the clock says to a person; None where no deadline runs, or it was met in time.
pub fn clock_text(status: &Status, language: Language) -> Option<String> {
    let (clock, due) = (status.clock?, date(status.due_on?, language));
    Some(match (clock, language) {
        (ClockState::Met, _) => return None,
        (ClockState::OnTrack { .. }, Language::English) => format!("By law you get an answer by {due}."),
        (ClockState::OnTrack { .. }, Language::Spanish) => format!("Por ley tendrá respuesta a más tardar el {due}."),
        (ClockState::DueSoon { days_left }, _) => {
            let left = days(days_left, language);
            match language {
                Language::English => format!("By law you get an answer by {due}, in {left}."),
                Language::Spanish => format!("Por ley tendrá respuesta a más tardar el {due}, en {left}."),
            }
        }
        (ClockState::DueToday, Language::English) => format!("By law you get an answer today, {due}."),
        (ClockState::DueToday, Language::Spanish) => format!("Por ley tendrá respuesta hoy, {due}."),
        (ClockState::Overdue { days_late }, Language::English) => {
            let late = days(days_late, language);
            format!(
                "We are late by {late}: by law you should have had an answer by {due}. We are sorry. Call us, and you can complain."
            )
        }
        (ClockState::Overdue { days_late }, Language::Spanish) => {
            let late = days(days_late, language);
            format!(
                "Llevamos {late} de retraso: por ley debía tener respuesta a más tardar el {due}. Lo sentimos. Llámenos; también puede presentar una queja."
            )
        }
        (ClockState::MetLate { days_late }, Language::English) => {
            format!("Your answer was {} late. We are sorry.", days(days_late, language))
        }
        (ClockState::MetLate { days_late }, Language::Spanish) => {
            format!("Su respuesta llegó con {} de retraso. Lo sentimos.", days(days_late, language))
        }
    })
}

/// The sentence with its date, or the one that needs none.
fn dated(with: Said, without: Said, day: Option<jiff::civil::Date>, language: Language) -> String {
    day.map_or_else(
        || without.to(language).to_owned(),
        |day| capital(&with.to(language).replacen("{}", &date(day, language), 1)),
    )
}

#[cfg(test)]
mod tests;
