//! What each kind of record is called: to patients, on every page and in every letter, and by clerks.

use super::{Said, said};
use crate::document::Category;

/// The names of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CategoryWords {
    pub patient: Said,
    pub clerk: Said,
}

pub const fn category(category: Category) -> CategoryWords {
    let (patient, clerk) = match category {
        Category::VisitNote => {
            (said("Visit notes", "Notas de consultas"), said("Progress notes", "Notas de evolución"))
        }
        Category::Summary => (
            said("Summary of the record", "Resumen del expediente"),
            said("Continuity-of-care documents", "Documentos de continuidad de la atención"),
        ),
        Category::DischargeSummary => (
            said("Hospital stay summaries", "Resúmenes de hospitalización"),
            said("Discharge summaries", "Resúmenes de alta"),
        ),
        Category::AdmissionPaper => (
            said("Admission papers", "Documentos de ingreso"),
            said("History and physical, face sheet", "Historia clínica y hoja de ingreso"),
        ),
        Category::SurgeryReport => (
            said("Surgery reports", "Informes de cirugía"),
            said("Operative and anesthesia reports", "Informes quirúrgicos y de anestesia"),
        ),
        Category::SpecialistLetter => (
            said("Specialist letters", "Cartas de especialistas"),
            said("Consults and referrals", "Interconsultas y referencias"),
        ),
        Category::EmergencyVisit => (
            said("Emergency visits", "Visitas a emergencias"),
            said("Emergency department notes", "Notas de urgencias"),
        ),
        Category::Lab => {
            (said("Lab results", "Resultados de laboratorio"), said("Laboratory reports", "Informes de laboratorio"))
        }
        Category::Pathology => (
            said("Tissue and cell tests (pathology)", "Pruebas de tejidos y células (patología)"),
            said("Pathology reports", "Informes de patología"),
        ),
        Category::ImagingReport => (
            said("X-ray and scan reports", "Informes de radiografías y otras imágenes"),
            said("Imaging reports", "Informes de imagenología"),
        ),
        Category::Medication => (said("Medicines", "Medicinas"), said("Medications", "Medicamentos")),
        Category::Allergy => {
            (said("Allergies", "Alergias"), said("Allergies and intolerances", "Alergias e intolerancias"))
        }
        Category::Vaccine => (said("Vaccines", "Vacunas"), said("Immunizations", "Inmunizaciones")),
        Category::VitalSign => (
            said("Blood pressure, weight and other measurements", "Presión, peso y otras mediciones"),
            said("Vital signs", "Signos vitales"),
        ),
        Category::Problem => (
            said("Health problems and diagnoses", "Problemas de salud y diagnósticos"),
            said("Problem list", "Lista de problemas"),
        ),
        Category::CarePlan => {
            (said("Treatment plans", "Planes de tratamiento"), said("Care plans", "Planes de atención"))
        }
        Category::Procedure => {
            (said("Treatments and procedures", "Tratamientos y procedimientos"), said("Procedures", "Procedimientos"))
        }
        Category::Questionnaire => (
            said("Questionnaires and screening", "Cuestionarios y evaluaciones"),
            said("Surveys and screening", "Encuestas y tamizaje"),
        ),
        Category::NursingNote => (
            said("Nursing notes", "Notas de enfermería"),
            said("Nursing notes, orders, flowsheets", "Notas de enfermería, órdenes, hojas de flujo"),
        ),
        Category::Billing => (
            said("Bills", "Facturas"),
            said(
                "Itemized bills, claims, explanations of benefits",
                "Facturas detalladas, reclamos, explicaciones de beneficios",
            ),
        ),
        Category::Insurance => (
            said("Insurance and registration papers", "Documentos de seguro y registro"),
            said("Coverage, registration, consents", "Cobertura, registro, consentimientos"),
        ),
        Category::Message => (
            said("Messages with the care team", "Mensajes con el equipo médico"),
            said("Patient communications", "Comunicaciones con el paciente"),
        ),
        Category::OutsideRecord => (
            said("Records we got from others", "Documentos que recibimos de otros"),
            said("Outside records", "Registros externos"),
        ),
        Category::Other => (said("Other records", "Otros documentos"), said("Unclassified", "Sin clasificar")),
    };
    CategoryWords { patient, clerk }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_does_not_speak_of_records_as_its_own() {
        for kind in Category::ALL {
            let Said { en, es } = category(kind).patient;
            let own = |said: &str| said.split_whitespace().any(|word| matches!(word, "my" | "mi" | "mis"));
            assert!(!own(en) && !own(es), "{en}, {es}");
        }
    }
}
