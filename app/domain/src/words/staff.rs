//! What only staff read: where a request stands, roles, evidence, checks and what can be wrong with a copy.

use super::{Said, said};
use crate::{
    ask::DeliveryMethod,
    caller::Role,
    item::{ItemState, OffSite},
    matching::{Closeness, Lookalike},
    package::{ErrorCode, FailReason, LeaveOutReason, PageCheck},
    status::Headline,
    verification::{EvidenceKind, Identifier, VerificationMethod},
};

pub const fn role(role: Role) -> Said {
    match role {
        Role::FrontDesk => said("Front desk", "Recepción"),
        Role::Clerk => said("Records clerk", "Empleado de registros"),
        Role::Supervisor => said("Supervisor", "Supervisión"),
        Role::PrivacyOfficer => said("Privacy officer", "Oficial de privacidad"),
        Role::Auditor => said("Auditor", "Auditoría"),
        Role::Administrator => said("Administrator", "Administración"),
    }
}

/// The headline as the office speaks of it. What the front desk reads aloud stays the patient's sentence.
pub const fn headline(headline: Headline) -> Said {
    match headline {
        Headline::Draft => said("Not sent yet", "Sin enviar"),
        Headline::Received => said("Not begun yet", "Sin empezar"),
        Headline::Verifying => said("Checking who asks", "Comprobando quién pide"),
        Headline::ActionNeeded => said("Waiting on the patient", "Espera al paciente"),
        Headline::Gathering => said("Finding the records", "Buscando los expedientes"),
        Headline::Preparing => said("Making the copy", "Preparando la copia"),
        Headline::QualityCheck => said("To be checked", "Por revisar"),
        Headline::Ready => said("Released", "Liberada"),
        Headline::Delivered => said("Delivered", "Entregada"),
        Headline::Closed => said("Closed", "Cerrada"),
    }
}

pub const fn evidence_kind(kind: EvidenceKind) -> Said {
    match kind {
        EvidenceKind::DriverLicense => said("Driver license", "Licencia de conducir"),
        EvidenceKind::Passport => said("Passport", "Pasaporte"),
        EvidenceKind::StateId => said("State ID card", "Identificación estatal"),
        EvidenceKind::MilitaryId => said("Military ID", "Identificación militar"),
        EvidenceKind::TribalId => said("Tribal ID", "Identificación tribal"),
        EvidenceKind::ResidentCard => said("Permanent resident card", "Tarjeta de residente permanente"),
        EvidenceKind::Other => said("Something else", "Otro documento"),
    }
}

pub const fn identifier(identifier: Identifier) -> Said {
    match identifier {
        Identifier::Name => said("Name", "Nombre"),
        Identifier::BirthDate => said("Date of birth", "Fecha de nacimiento"),
        Identifier::Address => said("Address", "Dirección"),
        Identifier::Phone => said("Phone", "Teléfono"),
        Identifier::Email => said("E-mail", "Correo electrónico"),
        Identifier::RecordNumber => said("Record number", "Número de expediente"),
    }
}

pub const fn method(method: VerificationMethod) -> Said {
    match method {
        VerificationMethod::PhotoCompared => said("Photo of the ID compared", "Foto de la identificación comparada"),
        VerificationMethod::SeenInPerson => said("Seen in person", "Vista en persona"),
    }
}

pub const fn delivery_method(method: DeliveryMethod) -> Said {
    match method {
        DeliveryMethod::Portal => said("Download from the portal", "Descarga en el portal"),
        DeliveryMethod::PickUp => said("Pick up at the desk", "Recoger en el mostrador"),
    }
}

pub const fn off_site(off_site: OffSite) -> Said {
    match off_site {
        OffSite::Searched => said("Off-site storage was searched", "Se buscó en el archivo externo"),
        OffSite::NoneStored => {
            said("Nothing is stored off site for these years", "No hay archivo externo de estos años")
        }
    }
}

pub const fn item_state(state: &ItemState) -> Said {
    match state {
        ItemState::Pending => said("To be found", "Por buscar"),
        ItemState::Located { .. } => said("Found", "Encontrado"),
        ItemState::Approved { .. } => said("Approved", "Aprobado"),
        ItemState::NotFound { .. } => said("Not found", "No encontrado"),
        ItemState::HeldElsewhere { .. } => said("Held elsewhere", "Lo tiene otra institución"),
    }
}

pub const fn page_check(check: PageCheck) -> Said {
    match check {
        PageCheck::Confirmed => said("Names this patient", "Nombra a este paciente"),
        PageCheck::CannotConfirm => {
            said("No text to read: look at it yourself", "Sin texto legible: mírela usted mismo")
        }
        PageCheck::AnotherPerson => said("Names another person", "Nombra a otra persona"),
        PageCheck::NotDrawn => said(
            "Parts of it cannot be shown here: open the file itself",
            "Partes de ella no se pueden mostrar aquí: abra el archivo mismo",
        ),
        PageCheck::Blank => said("Blank page", "Página en blanco"),
        PageCheck::Duplicate => said("The same as another page", "Igual a otra página"),
    }
}

pub const fn leave_out_reason(reason: LeaveOutReason) -> Said {
    match reason {
        LeaveOutReason::AnotherPerson => said("It is another person's", "Es de otra persona"),
        LeaveOutReason::Duplicate => said("It is in the copy already", "Ya está en la copia"),
    }
}

pub const fn error_code(code: ErrorCode) -> Said {
    match code {
        ErrorCode::WrongPatient => said("A page of another patient", "Una página de otro paciente"),
        ErrorCode::OutOfRange => said("Outside what was asked for", "Fuera de lo pedido"),
        ErrorCode::Missing => said("Something is missing", "Falta algo"),
        ErrorCode::WrongRecipient => said("Goes to the wrong person", "Va a la persona equivocada"),
        ErrorCode::SensitiveWithoutAuthority => {
            said("Specially protected, without permission", "Con protección especial, sin permiso")
        }
        ErrorCode::WrongFormat => said("Not in the form asked for", "No está en el formato pedido"),
        ErrorCode::Illegible => said("Cannot be read", "No se puede leer"),
        ErrorCode::TakenBack => said("A record that its source took back", "Un documento que su origen retiró"),
    }
}

pub const fn fail_reason(reason: FailReason) -> Said {
    match reason {
        FailReason::UnreadableDocument => said("A document could not be read", "Un documento no se pudo leer"),
        FailReason::TooLarge => said("The copy is too large", "La copia es demasiado grande"),
        FailReason::TookTooLong => said("Building it took too long", "Armarla tardó demasiado"),
        FailReason::Stopped => said("Building it was stopped", "Se detuvo al armarla"),
    }
}

/// How two values are alike that are not the same.
pub const fn closeness(how: Closeness) -> Said {
    match how {
        Closeness::MoreNames => said("One has more names", "Uno tiene más nombres"),
        Closeness::FormerName => said("Another name of theirs", "Otro de sus nombres"),
        Closeness::OtherSpelling => said("Spelled in another way", "Escrito de otra manera"),
        Closeness::PartOfName => said("Only a part of the name agrees", "Solo coincide una parte del nombre"),
        Closeness::SwappedDayAndMonth => said("Day and month are swapped", "El día y el mes están intercambiados"),
        Closeness::PartOfDate => said("A part of the date differs", "Una parte de la fecha es distinta"),
        Closeness::PartOfAddress => said("A part of the address agrees", "Coincide una parte de la dirección"),
    }
}

pub const fn lookalike(how: Lookalike) -> Said {
    match how {
        Lookalike::SameNameAndBirthDate => said(
            "Another chart has the same name and date of birth.",
            "Otro expediente tiene el mismo nombre y la misma fecha de nacimiento.",
        ),
        Lookalike::PerhapsTwins => said(
            "Another chart has the same date of birth and family name or address: perhaps a twin.",
            "Otro expediente tiene la misma fecha de nacimiento y el mismo apellido o domicilio: quizá un gemelo.",
        ),
    }
}
