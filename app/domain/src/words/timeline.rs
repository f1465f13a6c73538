//! Each entry of the timeline as a sentence. To the patient "you" are the patient and "we" the office; staff read the same.

use super::{category, channel, date, outcome, pages, question_reason, said};
use crate::{document::Category, language::Language, notice::NoticeKind, package::LeaveOutReason, timeline::Entry};

pub fn entry(entry: &Entry, language: Language) -> String {
    let fixed = match entry {
        Entry::Drafted => said("You began this request.", "Usted empezó esta solicitud."),
        Entry::Submitted => said("You sent this request.", "Usted envió esta solicitud."),
        Entry::Assigned => said("We began to work on your request.", "Empezamos a trabajar en su solicitud."),
        Entry::TakenOver { .. } => said("Another clerk took the request over.", "Otro empleado tomó la solicitud."),
        Entry::Unclaimed { .. } => {
            said("The request went back to the queue.", "La solicitud volvió a la lista de espera.")
        }
        Entry::EvidenceReceived => said("We got the picture of your ID.", "Recibimos la imagen de su identificación."),
        Entry::IdentityVerified { .. } => said("We checked that it is really you.", "Comprobamos que es usted."),
        Entry::IdentityWithdrawn => {
            said("The identity check was taken back.", "Se retiró la comprobación de identidad.")
        }
        Entry::PatientMatched => said("The chart was chosen.", "Se eligió el expediente."),
        Entry::PatientUnmatched => said("The chart was taken off again.", "Se quitó el expediente elegido."),
        Entry::QuestionAnswered { by_desk: false, .. } => {
            said("You answered our question.", "Usted contestó nuestra pregunta.")
        }
        Entry::QuestionAnswered { by_desk: true, .. } => {
            said("You answered our question, and we wrote it down.", "Usted contestó nuestra pregunta y la anotamos.")
        }
        Entry::ItemReopened { .. } => said("A decision was reopened.", "Se reabrió una decisión."),
        Entry::DocumentLeftOut { reason: LeaveOutReason::AnotherPerson, .. } => {
            said("A document was left out: it is another person's.", "Se dejó fuera un documento: es de otra persona.")
        }
        Entry::DocumentLeftOut { reason: LeaveOutReason::Duplicate, .. } => said(
            "A document was left out: it is in the copy already.",
            "Se dejó fuera un documento: ya está en la copia.",
        ),
        Entry::DocumentTakenIn { .. } => said(
            "A document that was left out goes in again.",
            "Un documento que se había dejado fuera vuelve a entrar.",
        ),
        Entry::Decided => said("We finished looking for your records.", "Terminamos de buscar sus expedientes."),
        Entry::PackageFailed { .. } => said("The copy could not be built.", "No se pudo armar la copia."),
        Entry::PackageSetAside { .. } => {
            said("The copy was set aside before its check.", "La copia se apartó antes de su revisión.")
        }
        Entry::HandedOver { .. } => said(
            "We put our answer together. A second person checks it now.",
            "Preparamos nuestra respuesta. Ahora la revisa otra persona.",
        ),
        Entry::CheckFailed { .. } => said(
            "The check found something to put right, so we are making our answer again.",
            "La revisión encontró algo que corregir, así que haremos nuestra respuesta de nuevo.",
        ),
        Entry::Opened => said("You opened our answer.", "Usted abrió nuestra respuesta."),
        Entry::Collected => said("You picked up our answer.", "Usted recogió nuestra respuesta."),
        Entry::NoticeFailed { .. } => {
            said("A message to you could not be sent.", "No se pudo enviar un mensaje para usted.")
        }
        Entry::Withdrawn => said("You took this request back.", "Usted retiró esta solicitud."),
        Entry::WithdrawalUndone => said(
            "You changed your mind, and we go on with this request.",
            "Usted cambió de opinión y seguimos con esta solicitud.",
        ),
        Entry::Note { .. } => said("A note was written.", "Se escribió una nota."),
        _ => return told(entry, language),
    };
    fixed.to(language).to_owned()
}

/// The entries whose sentence carries a value.
fn told(entry: &Entry, language: Language) -> String {
    let english = language == Language::English;
    match entry {
        Entry::EnteredOnBehalf { channel: way, received_on } => {
            let (way, day) = (channel(*way).to(language), date(*received_on, language));
            if english {
                format!("We got your request {way} on {day}.")
            } else {
                format!("Recibimos su solicitud {way} el {day}.")
            }
        }
        Entry::QuestionAsked { reason, .. } => {
            let what = question_reason(*reason).to(language);
            if english { format!("We asked for one thing: {what}.") } else { format!("Le pedimos algo: {what}.") }
        }
        Entry::ItemsExpanded { found } => match (english, found) {
            (true, 1) => "We found 1 kind of record.".to_owned(),
            (true, found) => format!("We found {found} kinds of records."),
            (false, 1) => "Encontramos 1 tipo de documento.".to_owned(),
            (false, found) => format!("Encontramos {found} tipos de documentos."),
        },
        Entry::ItemLocated { category, .. } => about(Some(*category), "We found this:", "Encontramos esto:", language),
        Entry::ItemApproved { category, .. } => about(Some(*category), "Approved:", "Aprobado:", language),
        Entry::ItemNotFound { category, .. } => about(
            *category,
            "We looked and found nothing for this:",
            "Buscamos y no encontramos nada de esto:",
            language,
        ),
        Entry::ItemHeldElsewhere { category, .. } => about(
            *category,
            "Somebody else has this, and our letter will say who:",
            "Otra institución tiene esto, y nuestra carta dirá cuál:",
            language,
        ),
        Entry::PackageBuilt { pages: count, .. } => {
            let count = pages(*count, language);
            if english { format!("The copy was built: {count}.") } else { format!("La copia se armó: {count}.") }
        }
        Entry::FindingOverridden { page, .. } => {
            if english {
                format!("Page {page} was kept, with a reason.")
            } else {
                format!("La página {page} se dejó, con un motivo.")
            }
        }
        Entry::Released { pages: count, .. } => {
            let count = pages(*count, language);
            if english {
                format!("Our answer is ready: {count}.")
            } else {
                format!("Nuestra respuesta está lista: {count}.")
            }
        }
        Entry::NoticeSent { kind } => {
            let about = notice_about(*kind, language);
            if english {
                format!("We sent you a message: {about}.")
            } else {
                format!("Le enviamos un mensaje: {about}.")
            }
        }
        Entry::NoticePrintable { kind, .. } => {
            let about = notice_about(*kind, language);
            if english {
                format!("A message is to be printed and put in the mail: {about}.")
            } else {
                format!("Hay que imprimir un mensaje y enviarlo por correo: {about}.")
            }
        }
        Entry::NoticeMailed { kind } => {
            let about = notice_about(*kind, language);
            if english {
                format!("We printed a letter for you and mailed it or gave it to you: {about}.")
            } else {
                format!("Imprimimos una carta para usted y se la enviamos o entregamos: {about}.")
            }
        }
        Entry::Closed { outcome: how } => {
            let how = outcome(*how).to(language);
            if english { format!("The request was closed. {how}") } else { format!("La solicitud se cerró. {how}") }
        }
        // The others have one fixed sentence and never come here; an empty one is caught by the test below.
        _ => String::new(),
    }
}

fn about(of: Option<Category>, english: &str, spanish: &str, language: Language) -> String {
    let lead = if language == Language::English { english } else { spanish };
    let what =
        of.map_or(said("the rest of what we could hold", "lo demás que podríamos tener"), |of| category(of).patient);
    format!("{lead} {}.", what.to(language))
}

const fn notice_about(kind: NoticeKind, language: Language) -> &'static str {
    match kind {
        NoticeKind::Received => said("we have your request", "tenemos su solicitud"),
        NoticeKind::ActionNeeded => said("we need something from you", "necesitamos algo de usted"),
        NoticeKind::Continuing => said("thank you, we go on", "gracias, seguimos"),
        NoticeKind::Ready => said("our answer is ready", "nuestra respuesta está lista"),
        NoticeKind::Withdrawn => said("your request is taken back", "su solicitud está retirada"),
    }
    .to(language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{BlobId, DocumentId, ItemId, NoticeId, PackageId, QuestionId},
        package::{FailReason, PageCheck},
        question::QuestionReason,
        request::{Channel, Outcome},
        verification::VerificationMethod,
    };
    use jiff::civil::date;
    use uuid::Uuid;

    fn every_entry() -> Vec<Entry> {
        let id = Uuid::from_u128(1);
        let (blob, item, package, question) = (BlobId(id), ItemId(id), PackageId(id), QuestionId(id));
        let document = DocumentId(id);
        vec![
            Entry::Drafted,
            Entry::Submitted,
            Entry::EnteredOnBehalf { channel: Channel::Paper, received_on: date(2026, 3, 3) },
            Entry::Assigned,
            Entry::TakenOver { reason: blob },
            Entry::Unclaimed { reason: None },
            Entry::EvidenceReceived,
            Entry::IdentityVerified { method: VerificationMethod::PhotoCompared },
            Entry::IdentityWithdrawn,
            Entry::PatientMatched,
            Entry::PatientUnmatched,
            Entry::QuestionAsked { question, reason: QuestionReason::ScopeUnclear, message: blob },
            Entry::QuestionAnswered { question, by_desk: false, answer: Some(blob) },
            Entry::QuestionAnswered { question, by_desk: true, answer: None },
            Entry::ItemsExpanded { found: 1 },
            Entry::ItemsExpanded { found: 3 },
            Entry::ItemLocated { item, category: Category::Lab },
            Entry::ItemApproved { item, category: Category::Lab },
            Entry::ItemNotFound { item, category: None },
            Entry::ItemHeldElsewhere { item, category: Some(Category::Lab) },
            Entry::ItemReopened { item },
            Entry::DocumentLeftOut { document, reason: LeaveOutReason::AnotherPerson },
            Entry::DocumentLeftOut { document, reason: LeaveOutReason::Duplicate },
            Entry::DocumentTakenIn { document },
            Entry::Decided,
            Entry::PackageBuilt { package, pages: 1 },
            Entry::PackageFailed { package, reason: FailReason::Stopped },
            Entry::FindingOverridden { package, page: 3, check: PageCheck::Blank, reason: blob },
            Entry::PackageSetAside { package, errors: vec![] },
            Entry::HandedOver { package },
            Entry::CheckFailed { package, errors: vec![] },
            Entry::Released { package, pages: 12 },
            Entry::Opened,
            Entry::Collected,
            Entry::NoticeSent { kind: NoticeKind::Ready },
            Entry::NoticeFailed { kind: NoticeKind::Ready },
            Entry::NoticePrintable { kind: NoticeKind::Received, notice: NoticeId(id) },
            Entry::NoticeMailed { kind: NoticeKind::Received },
            Entry::Withdrawn,
            Entry::WithdrawalUndone,
            Entry::Closed { outcome: Outcome::Referred },
            Entry::Note { text: blob },
        ]
    }

    #[test]
    fn every_entry_is_a_sentence_in_both_languages_and_survives_its_row() {
        let mut kinds = std::collections::BTreeSet::new();
        for it in every_entry() {
            let [english, spanish] = [Language::English, Language::Spanish].map(|language| entry(&it, language));
            for text in [&english, &spanish] {
                assert!(text.ends_with('.') && text.len() > 5, "{it:?}: {text}");
            }
            assert_ne!(english, spanish);
            let wire = serde_json::to_value(&it).unwrap();
            kinds.insert(wire["entry"].as_str().unwrap().to_owned());
            assert_eq!(serde_json::from_value::<Entry>(wire).unwrap(), it);
        }
        assert_eq!(kinds.len(), 39, "a new entry belongs into the list above");
    }

    #[test]
    fn the_patient_does_not_read_notes_or_how_the_office_divides_its_work() {
        let hidden: Vec<_> = every_entry().into_iter().filter(|entry| !entry.for_patient()).collect();
        assert!(hidden.contains(&Entry::PatientMatched) && hidden.iter().any(|it| matches!(it, Entry::Note { .. })));
        assert!(every_entry().iter().any(|it| it.for_patient() && matches!(it, Entry::Released { .. })));
    }

    #[test]
    fn a_count_agrees_with_its_word() {
        let package = PackageId(Uuid::nil());
        assert_eq!(entry(&Entry::Released { package, pages: 1 }, Language::English), "Our answer is ready: 1 page.");
        assert_eq!(
            entry(&Entry::Released { package, pages: 2 }, Language::Spanish),
            "Nuestra respuesta está lista: 2 páginas."
        );
    }

    #[test]
    fn what_was_checked_or_released_may_be_the_letter_alone_and_is_not_called_records() {
        let answer = every_entry().into_iter().filter(|it| {
            matches!(
                it,
                Entry::HandedOver { .. }
                    | Entry::CheckFailed { .. }
                    | Entry::Released { .. }
                    | Entry::Opened
                    | Entry::Collected
                    | Entry::NoticeSent { .. }
            )
        });
        for it in answer {
            let said = Language::ALL.iter().map(|language| entry(&it, *language)).collect::<String>().to_lowercase();
            assert!(!said.contains("records") && !said.contains("expedientes") && !said.contains("cop"), "{said}");
        }
    }
}
