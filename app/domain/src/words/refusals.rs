//! What each refusal says: what is so, and what to do.

use super::{Said, said};
use crate::refusal::Refusal;

#[expect(clippy::too_many_lines, reason = "one sentence for each refusal, side by side; splitting would hide a gap")]
pub const fn refusal(refusal: Refusal) -> Said {
    match refusal {
        Refusal::NotFound => said(
            "There is nothing here that you can see. Check the address or the number, or call us.",
            "Aquí no hay nada que usted pueda ver. Revise la dirección o el número, o llámenos.",
        ),
        Refusal::NotAllowed => said(
            "Your work here does not include this. Ask your supervisor if it should.",
            "Su trabajo aquí no incluye esto. Pregunte a su supervisor si debería incluirlo.",
        ),
        Refusal::SignInAgain => said(
            "To do this, sign in once more. What you typed is kept.",
            "Para hacer esto, inicie sesión otra vez. Guardamos lo que escribió.",
        ),
        Refusal::StrongerSignInNeeded => said(
            "To do this, sign in with a second step. What you typed is kept.",
            "Para hacer esto, inicie sesión con un segundo paso. Guardamos lo que escribió.",
        ),
        Refusal::TooMuchToday => said(
            "That is more than we can take in one day. Try again tomorrow, or call us.",
            "Es más de lo que podemos recibir en un día. Inténtelo mañana o llámenos.",
        ),
        Refusal::MovedOn => said(
            "Somebody else changed this while you were working. What you typed is kept: look at both and decide again.",
            "Otra persona cambió esto mientras usted trabajaba. Guardamos lo que escribió: compare y decida de nuevo.",
        ),
        Refusal::BeingVerified => said(
            "The trail is being verified already. Wait until that is done, and then verify it again if you need to.",
            "El registro ya se está verificando. Espere a que termine y verifíquelo de nuevo si hace falta.",
        ),
        Refusal::OwnRequest => said(
            "This is your own request, so somebody else must work on it. Leave it to another clerk.",
            "Esta es su propia solicitud, así que otra persona debe atenderla. Déjela a otro empleado.",
        ),
        Refusal::Incomplete => said(
            "Some answers are still missing. Go through the list and fill them in.",
            "Todavía faltan respuestas. Revise la lista y complételas.",
        ),
        Refusal::NoAddress => said(
            "We need a way to write to you. Add an e-mail or a mailing address.",
            "Necesitamos una dirección a la que escribirle. Agregue un correo electrónico o una dirección postal.",
        ),
        Refusal::SignatureDiffers => said(
            "The name you signed is not the name you gave. Type your full name as you gave it.",
            "El nombre con que firmó no es el que nos dio. Escriba su nombre completo como nos lo dio.",
        ),
        Refusal::StatementChanged => said(
            "The text to sign has changed. Read it again and sign.",
            "El texto que se firma cambió. Léalo de nuevo y firme.",
        ),
        Refusal::AlreadySent => said(
            "You have already sent this request. You can follow it on its page.",
            "Ya envió esta solicitud. Puede seguirla en su página.",
        ),
        Refusal::NotSent => said(
            "This request has not been sent yet. Send it first.",
            "Esta solicitud todavía no se ha enviado. Envíela primero.",
        ),
        Refusal::RequestClosed => said(
            "This request is closed, so it can no longer be changed. Make a new one if you need more.",
            "Esta solicitud está cerrada y ya no se puede cambiar. Haga una nueva si necesita algo más.",
        ),
        Refusal::ReceivedInFuture => said(
            "The date received is in the future. Enter the day it really arrived.",
            "La fecha de llegada está en el futuro. Escriba el día en que llegó de verdad.",
        ),
        Refusal::LateEntryReasonNeeded => said(
            "It arrived more than one business day ago. Write why it is entered only now.",
            "Llegó hace más de un día hábil. Escriba por qué se registra apenas ahora.",
        ),
        Refusal::FormMissing => said(
            "A request on paper needs its form. Scan it and attach it.",
            "Una solicitud en papel necesita su formulario. Escanéelo y adjúntelo.",
        ),
        Refusal::NotYours => said(
            "Another clerk has this request. Take it over with a reason, or choose another.",
            "Otro empleado tiene esta solicitud. Tómela con un motivo, o elija otra.",
        ),
        Refusal::NotClaimed => said(
            "Nobody has this request. Claim it before you work on it.",
            "Nadie tiene esta solicitud. Tómela antes de trabajar en ella.",
        ),
        Refusal::ReasonNeeded => said("This needs a reason. Write one.", "Esto necesita un motivo. Escríbalo."),
        Refusal::NotAClerk => said(
            "That person is not a clerk here. Choose somebody who is.",
            "Esa persona no es empleada de registros aquí. Elija a alguien que lo sea.",
        ),
        Refusal::TooFewIdentifiers => said(
            "At least two things must agree, such as name and date of birth. Compare one more.",
            "Deben coincidir al menos dos datos, como el nombre y la fecha de nacimiento. Compare uno más.",
        ),
        Refusal::AlreadyVerified => said(
            "Who this is has been checked already. Take that back first if it was wrong.",
            "La identidad ya se comprobó. Retire esa decisión primero si fue un error.",
        ),
        Refusal::NoPicture => said(
            "Nobody has sent a photo of an ID for this request. Choose how the ID was really seen, or ask for a photo.",
            "Nadie ha enviado una foto de la identificación para esta solicitud. Elija cómo se vio de verdad, o pida una foto.",
        ),
        Refusal::EnoughPictures => said(
            "We have enough photos for this request. Call us if you need to send another.",
            "Ya tenemos suficientes fotos para esta solicitud. Llámenos si necesita enviar otra.",
        ),
        Refusal::IdentityNotVerified => said(
            "It is not known yet who is asking. Check their identity first.",
            "Todavía no se sabe quién pide. Compruebe primero su identidad.",
        ),
        Refusal::AlreadyMatched => said(
            "A chart is already chosen. Take it off first if it was the wrong one.",
            "Ya se eligió un expediente. Quítelo primero si era el equivocado.",
        ),
        Refusal::NoMatch => said(
            "No chart is chosen yet. Choose the one chart that is this person's.",
            "Todavía no se ha elegido un expediente. Elija el único que es de esta persona.",
        ),
        Refusal::TooLittleAgrees => said(
            "Too little agrees between this chart and the request. Two things must, and the name or the record number must be \
             one of them; twins share the rest. Ask the person if you are not sure.",
            "Este expediente y la solicitud coinciden en muy poco. Deben coincidir dos datos, y uno debe ser el nombre o el \
             número de expediente; los gemelos comparten lo demás. Pregunte a la persona si no está seguro.",
        ),
        Refusal::AlreadyDecided => said(
            "This part has its decision. Reopen it if it must change.",
            "Esta parte ya tiene su decisión. Reábrala si debe cambiar.",
        ),
        Refusal::NotDecided => said(
            "This part has no decision yet, so there is nothing to reopen. Decide it when you are ready.",
            "Esta parte todavía no tiene decisión, así que no hay nada que reabrir. Decida cuando pueda.",
        ),
        Refusal::NotLocated => said(
            "Nothing has been found for this part yet. Find its records first.",
            "Todavía no se ha encontrado nada para esta parte. Busque primero sus documentos.",
        ),
        Refusal::NothingLocated => said(
            "Nothing was found. Record the search instead.",
            "No se encontró nada. Registre la búsqueda en su lugar.",
        ),
        Refusal::RecordsFound => said(
            "The chart has records for a part, so it cannot be called not found or held elsewhere. Reopen its decision if it has one and approve the records, or leave out each one that is not this patient's.",
            "El expediente tiene documentos para una parte, así que no se puede decir que no se encontró nada ni que los tiene otra institución. Reabra su decisión si la tiene y apruebe los documentos, o deje fuera los que no sean de este paciente.",
        ),
        Refusal::NotInChart => said(
            "That document is not in the chart that was chosen, or a newer one took its place. Look at the list again.",
            "Ese documento no está en el expediente elegido, o uno más nuevo ocupó su lugar. Mire la lista otra vez.",
        ),
        Refusal::NotExpanded => said(
            "This part asks for everything, so it is decided kind by kind. Choose the kinds of records that were found.",
            "Esta parte pide todo, así que se decide tipo por tipo. Elija los tipos de documentos que se encontraron.",
        ),
        Refusal::UndecidedItems => said(
            "Some parts have no decision yet. Decide each one first.",
            "Algunas partes todavía no tienen decisión. Decida primero cada una.",
        ),
        Refusal::QuestionOpen => said(
            "A question to the patient is still open. Wait for the answer, or log it if they called.",
            "Una pregunta al paciente sigue abierta. Espere la respuesta, o regístrela si llamó.",
        ),
        Refusal::QuestionClosed => said(
            "This question has been answered already. You do not need to do anything.",
            "Esta pregunta ya fue contestada. No tiene que hacer nada.",
        ),
        Refusal::TooFewWays => said(
            "Offer at least two ways to answer. Tick one more.",
            "Ofrezca al menos dos maneras de contestar. Marque una más.",
        ),
        Refusal::WayNeedsAccount => said(
            "This person has no account, so they cannot send a photo or write an answer here. Offer other ways.",
            "Esta persona no tiene cuenta, así que no puede enviar una foto ni escribir aquí. Ofrezca otras maneras.",
        ),
        Refusal::PackageUnderWay => said(
            "A copy is already being put together or is released. Set it aside first, or wait for its check.",
            "Ya se está preparando una copia o ya se entregó. Apártela primero, o espere su revisión.",
        ),
        Refusal::EmptyPackage => said(
            "A part to be given has no document yet. Add at least one, or reopen that part.",
            "Una parte que se va a entregar no tiene ningún documento. Agregue al menos uno, o reabra esa parte.",
        ),
        Refusal::DocumentNotApproved => said(
            "A document belongs to a part that is not approved. Take it out, or approve that part.",
            "Un documento es de una parte que no está aprobada. Quítelo, o apruebe esa parte.",
        ),
        Refusal::DocumentTwice => {
            said("A document is in there twice. Take one out.", "Un documento está dos veces. Quite uno.")
        }
        Refusal::PackageNotBuilding => said(
            "This copy is no longer being built. Load the page again to see how it stands.",
            "Esta copia ya no se está armando. Cargue la página de nuevo para ver cómo está.",
        ),
        Refusal::PackageNotBuilt => said(
            "This copy is not ready for that. Load the page again to see how it stands.",
            "Esta copia no está lista para eso. Cargue la página de nuevo para ver cómo está.",
        ),
        Refusal::PackageNotChecking => said(
            "This copy is not being checked now. Load the page again to see how it stands.",
            "Esta copia no se está revisando ahora. Cargue la página de nuevo para ver cómo está.",
        ),
        Refusal::NoSuchPage => said(
            "The copy has no such page. Check the page number.",
            "La copia no tiene esa página. Revise el número de página.",
        ),
        Refusal::NoSuchFinding => said(
            "That page check is no longer there. Load the page again.",
            "Esa revisión de página ya no existe. Cargue la página de nuevo.",
        ),
        Refusal::NotBuilder => said(
            "Only the person who put this copy together can do this. Ask them, or set it aside and make a new one.",
            "Solo quien preparó esta copia puede hacer esto. Pídaselo, o apártela y haga una nueva.",
        ),
        Refusal::PageCheckOpen => said(
            "Some pages are not confirmed as this patient's. Look at each, and write why it may stay or set the copy aside.",
            "No está confirmado que algunas páginas sean de este paciente. Mire cada una y escriba por qué puede quedarse, o aparte la copia.",
        ),
        Refusal::SamePerson => said(
            "You had a hand in this copy, so a second person must check it. Leave it to another clerk.",
            "Usted participó en esta copia, así que otra persona debe revisarla. Déjela a otro empleado.",
        ),
        Refusal::UnseenPages => said(
            "You have not seen every page. Look at the pages that are left.",
            "No ha visto todas las páginas. Mire las que faltan.",
        ),
        Refusal::UnseenFiles => said(
            "You have not opened every file that goes beside the copy. Open the ones that are left.",
            "No ha abierto todos los archivos que acompañan la copia. Abra los que faltan.",
        ),
        Refusal::AnotherChart => said(
            "Something in this copy is not from the chart that was chosen. Send it back.",
            "Algo en esta copia no es del expediente elegido. Devuélvala.",
        ),
        Refusal::DecisionsChanged => said(
            "A decision changed after this copy was built, or the source of a record in it took that record back. Set the copy aside or send it back, so that it is built anew.",
            "Una decisión cambió después de armar esta copia, o el origen de un documento que contiene lo retiró. Aparte la copia o devuélvala, para que se arme de nuevo.",
        ),
        Refusal::RecordsCame => said(
            "Since this copy was built, records came in that its letter calls not found or held elsewhere. Set the copy aside or send it back, so that they are decided on.",
            "Después de armar esta copia llegaron documentos que su carta da por no encontrados o en otra institución. Aparte la copia o devuélvala, para que se decida sobre ellos.",
        ),
        Refusal::NotReleased => said(
            "This copy has not been checked and released yet. Wait for the check.",
            "Esta copia todavía no se ha revisado ni liberado. Espere la revisión.",
        ),
        Refusal::AnotherDelivery => said(
            "This copy goes out another way. Look on the request's page for how.",
            "Esta copia se entrega de otra manera. Vea en la página de la solicitud cómo.",
        ),
        Refusal::NotPrinted => said(
            "The copy has not been printed yet. Ask a records clerk to print it first.",
            "La copia todavía no se ha impreso. Pida primero a un empleado de registros que la imprima.",
        ),
        Refusal::AlreadyCollected => said(
            "This copy has been picked up already. If it may have gone to the wrong person, tell the privacy officer now.",
            "Esta copia ya se recogió. Si pudo llegar a otra persona, avise ahora al oficial de privacidad.",
        ),
        Refusal::NotDelivered => said(
            "The copy has not been opened or picked up yet. The request stays open until then.",
            "La copia todavía no se ha abierto ni recogido. La solicitud sigue abierta hasta entonces.",
        ),
        Refusal::TooSoonToClose => said(
            "The request stays open for 14 days after delivery. Wait until they are over.",
            "La solicitud sigue abierta 14 días después de la entrega. Espere a que pasen.",
        ),
        Refusal::NotWithdrawable => said(
            "Our answer is already ready, so the request can no longer be taken back. Call us if something is wrong.",
            "Nuestra respuesta ya está lista, así que la solicitud ya no se puede retirar. Llámenos si algo está mal.",
        ),
        Refusal::NotWithdrawn => said(
            "This request was not taken back, so there is nothing to undo. You do not need to do anything.",
            "Esta solicitud no se retiró, así que no hay nada que deshacer. No tiene que hacer nada.",
        ),
        Refusal::UndoOver => said(
            "The 15 minutes to undo are over. Make a new request if you still want your records.",
            "Pasaron los 15 minutos para deshacer. Haga una nueva solicitud si todavía quiere sus expedientes.",
        ),
    }
}
