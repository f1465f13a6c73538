//! What each kind of record holds, in a line, for somebody who chooses among them.

use domain::document::Category;

use crate::words::Language;

pub const fn kind_hint(category: Category, language: Language) -> &'static str {
    let (english, spanish) = match category {
        Category::VisitNote => {
            ("What your doctors and nurses wrote at each visit", "Lo que se escribió en cada consulta")
        }
        Category::Summary => ("A short overview of your health", "Un resumen breve de su salud"),
        Category::DischargeSummary => {
            ("Why you were in the hospital and what was done", "Por qué estuvo en el hospital y qué se hizo")
        }
        Category::AdmissionPaper => ("What was written when you came in", "Lo que se escribió cuando ingresó"),
        Category::SurgeryReport => ("How an operation went", "Cómo fue una operación"),
        Category::SpecialistLetter => {
            ("What specialists wrote to your doctor", "Lo que los especialistas escribieron a su médico")
        }
        Category::EmergencyVisit => ("Notes from the emergency room", "Notas de la sala de emergencias"),
        Category::Lab => ("Blood tests and other samples", "Análisis de sangre y otras muestras"),
        Category::Pathology => ("What was seen under the microscope", "Lo que se vio en el microscopio"),
        Category::ImagingReport => (
            "What doctors saw on X-ray, CT, MRI or ultrasound",
            "Lo que los médicos vieron en radiografías, tomografías, resonancias magnéticas o ultrasonidos",
        ),
        Category::Medication => ("What you take or took, and how much", "Lo que toma o tomó, y cuánto"),
        Category::Allergy => ("What you do not tolerate", "Lo que no tolera"),
        Category::Vaccine => ("Which ones you got, and when", "Cuáles recibió y cuándo"),
        Category::VitalSign => ("Numbers that were measured at visits", "Los números que se midieron en las consultas"),
        Category::Problem => ("The list of your conditions", "La lista de sus padecimientos"),
        Category::CarePlan => ("What was planned for your care", "Lo que se planeó para su atención"),
        Category::Procedure => ("What was done besides surgery", "Lo que se hizo además de cirugías"),
        Category::Questionnaire => {
            ("Forms about your health that you filled in", "Formularios sobre su salud que llenó")
        }
        Category::NursingNote => ("What nurses wrote during a stay", "Lo que escribió enfermería durante una estancia"),
        Category::Billing => ("What was charged, and to whom", "Lo que se cobró y a quién"),
        Category::Insurance => ("Your coverage and the forms you signed", "Su cobertura y los formularios que firmó"),
        Category::Message => {
            ("What you and your care team wrote to each other", "Lo que usted y su equipo médico se escribieron")
        }
        Category::OutsideRecord => (
            "Papers that other clinics and hospitals sent us",
            "Documentos que otras clínicas y hospitales nos enviaron",
        ),
        Category::Other => ("What fits nowhere else", "Lo que no cabe en otro lugar"),
    };
    match language {
        Language::English => english,
        Language::Spanish => spanish,
    }
}
