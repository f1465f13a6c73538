//! What is asked, how it came, how it goes out and how it ended.

use super::{Said, said};
use crate::{
    ask::{DeliveryMethod, Part, STATEMENT_IN_USE, Scope},
    question::{QuestionReason, WayToAnswer},
    request::{Channel, Outcome},
    status::Step,
};

/// The five steps of the status page.
pub const fn step(step: Step) -> Said {
    match step {
        Step::GotIt => said("We got it", "La recibimos"),
        Step::CheckingWho => said("Checking who you are", "Comprobamos quién es usted"),
        Step::Finding => said("Finding your records", "Buscamos sus expedientes"),
        Step::FinalCheck => said("Final check", "Revisión final"),
        Step::Ready => said("Ready", "Respuesta lista"),
    }
}

pub const fn outcome(outcome: Outcome) -> Said {
    match outcome {
        Outcome::Fulfilled => said("You got your records.", "Usted recibió sus expedientes."),
        Outcome::NoRecords => said(
            "We looked and found no records for what you asked. Our letter says where we looked.",
            "Buscamos y no encontramos expedientes de lo que pidió. Nuestra carta dice dónde buscamos.",
        ),
        Outcome::Referred => said(
            "We do not have what you asked for, but we know who does. Our letter says where to ask.",
            "No tenemos lo que pidió, pero sabemos quién lo tiene. Nuestra carta dice dónde pedirlo.",
        ),
        Outcome::Withdrawn => said("You took this request back.", "Usted retiró esta solicitud."),
    }
}

pub const fn channel(channel: Channel) -> Said {
    match channel {
        Channel::Portal => said("online", "en línea"),
        Channel::InPerson => said("in person", "en persona"),
        Channel::Phone => said("by phone", "por teléfono"),
        Channel::Paper => said("on paper", "en papel"),
    }
}

pub const fn delivery_method(method: DeliveryMethod) -> Said {
    match method {
        DeliveryMethod::Portal => said("Download it here as a PDF", "Descargarla aquí en PDF"),
        DeliveryMethod::PickUp => said("Pick up a printed copy", "Recoger una copia impresa"),
    }
}

pub const fn scope(scope: &Scope) -> Said {
    scope_choice(matches!(scope, Scope::Everything))
}

/// The two ways to answer which records.
pub const fn scope_choice(everything: bool) -> Said {
    if everything {
        said("Everything you hold about me", "Todo lo que tienen sobre mí")
    } else {
        said("Only the kinds I choose", "Solo los tipos que elijo")
    }
}

/// A question of the form, as a list of what is missing names it.
pub const fn draft_part(part: Part) -> Said {
    match part {
        Part::Records => said("Which records", "Qué expedientes"),
        Part::Dates => said("From which dates", "De qué fechas"),
        Part::Name => said("Your name", "Su nombre"),
        Part::BirthDate => said("Your date of birth", "Su fecha de nacimiento"),
        Part::Contact => said("How to reach you", "Cómo comunicarnos con usted"),
        Part::Delivery => said("How to get your copy", "Cómo recibir su copia"),
    }
}

/// What we need from the patient, as it follows "We need one thing from you:".
pub const fn question_reason(reason: QuestionReason) -> Said {
    match reason {
        QuestionReason::IdUnreadable => {
            said("a clearer picture of your ID", "una imagen más clara de su identificación")
        }
        QuestionReason::IdMismatch => said(
            "help with your ID, which does not fit what you wrote",
            "ayuda con su identificación, que no coincide con lo que escribió",
        ),
        QuestionReason::SignatureMissing => said("your signature", "su firma"),
        QuestionReason::ScopeUnclear => {
            said("to know which records you mean", "que nos diga a qué expedientes se refiere")
        }
        QuestionReason::RecipientUnclear => {
            said("to know who should get the copy", "que nos diga quién debe recibir la copia")
        }
        QuestionReason::PatientNotMatched => said(
            "more about you, so that we find the right records",
            "más datos sobre usted, para encontrar los expedientes correctos",
        ),
    }
}

pub const fn way_to_answer(way: WayToAnswer) -> Said {
    match way {
        WayToAnswer::SendPhoto => said("Send a photo from your phone", "Enviar una foto desde su teléfono"),
        WayToAnswer::WriteHere => said("Write your answer here", "Escribir su respuesta aquí"),
        WayToAnswer::ComeIn => said("Come to our desk", "Venir a nuestra ventanilla"),
        WayToAnswer::CallUs => said("Call us", "Llamarnos"),
        WayToAnswer::WeCallYou => said("Wait for our call", "Esperar nuestra llamada"),
    }
}

/// The text under which somebody signs, by its versioned id; None for an id that never was.
pub fn statement(id: &str) -> Option<Said> {
    (id == STATEMENT_IN_USE).then_some(said(
        "I am the person whose records I ask for, and what I wrote here is true. I ask for a copy of these records. By \
         typing my full name I sign this request, just as if I signed it on paper.",
        "Soy la persona cuyos expedientes pido, y lo que escribí aquí es verdad. Pido una copia de estos expedientes. Al \
         escribir mi nombre completo firmo esta solicitud, igual que si la firmara en papel.",
    ))
}
