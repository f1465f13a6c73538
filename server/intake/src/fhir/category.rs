//! Which category a note or a report is asked for by, from the codes that its source gives it.

use domain::document::Category;

use super::{chart::Encounter, element::Concept};

/// A note by its type codes, then by where it was written.
///
/// A history and physical note (LOINC 34117-2) is admission paper in a hospital stay; sources also use it for
/// ordinary visits, and there people look for it among the visit notes.
pub(super) fn of_note<'a>(
    concepts: impl IntoIterator<Item = &'a Concept> + Clone,
    encounter: Option<&Encounter>,
) -> Option<Category> {
    let found = codes(concepts).find_map(of_loinc)?;
    if found != Category::AdmissionPaper {
        return Some(found);
    }
    Some(match encounter.and_then(|encounter| encounter.class.as_deref()) {
        Some("IMP" | "ACUTE" | "NONAC" | "OBSENC" | "SS") | None => Category::AdmissionPaper,
        Some("EMER") => Category::EmergencyVisit,
        Some(_) => Category::VisitNote,
    })
}

/// A report by its category codes (HL7 v2 table 0074 or LOINC parts).
pub(super) fn of_report<'a>(concepts: impl IntoIterator<Item = &'a Concept> + Clone) -> Option<Category> {
    codes(concepts).find_map(|code| {
        Some(match code {
            "LAB" | "laboratory" | "HM" | "CH" | "MB" | "BLB" | "CG" | "GE" | "IMM" | "MCB" | "MYC" | "PAR" | "SR"
            | "TX" | "VR" | "BG" | "LP29693-6" => Category::Lab,
            "SP" | "CP" | "CY" | "OTH-PATH" | "PAT" | "LP7839-6" => Category::Pathology,
            "RAD" | "RX" | "CT" | "NMR" | "NMS" | "XRC" | "RUS" | "OUS" | "VUS" | "CUS" | "IMG" | "imaging"
            | "LP29684-5" | "LP29708-2" => Category::ImagingReport,
            _ => return None,
        })
    })
}

fn codes<'a>(concepts: impl IntoIterator<Item = &'a Concept>) -> impl Iterator<Item = &'a str> {
    concepts.into_iter().flat_map(Concept::codes)
}

/// LOINC document types, by the categories that people ask by.
fn of_loinc(code: &str) -> Option<Category> {
    Some(match code {
        "11506-3" | "51847-2" | "34108-1" | "51848-0" | "10164-2" => Category::VisitNote,
        "34133-9" | "60591-5" => Category::Summary,
        "18842-5" | "28655-9" | "11490-0" | "34106-5" => Category::DischargeSummary,
        "34117-2" | "47039-3" | "34763-3" => Category::AdmissionPaper,
        "11504-8" | "34137-0" => Category::SurgeryReport,
        "11488-4" | "57133-1" | "34140-4" | "34099-2" | "34104-0" => Category::SpecialistLetter,
        "34111-5" | "34878-9" | "51846-4" => Category::EmergencyVisit,
        "11502-2" | "26436-6" => Category::Lab,
        "11526-1" | "60567-5" | "11529-5" => Category::Pathology,
        "18748-4" | "18726-0" | "18782-3" | "18755-9" | "18760-9" | "11525-3" => Category::ImagingReport,
        "10160-0" | "29549-3" | "56445-0" | "57828-6" => Category::Medication,
        "48765-2" => Category::Allergy,
        "11369-6" | "82593-5" => Category::Vaccine,
        "8716-3" => Category::VitalSign,
        "11450-4" => Category::Problem,
        "18776-5" | "52521-2" | "42348-3" | "84095-9" => Category::CarePlan,
        "28570-0" | "18751-8" => Category::Procedure,
        "74465-6" => Category::Questionnaire,
        "34746-8" | "28651-8" => Category::NursingNote,
        "64291-2" | "48768-6" | "52034-6" | "59284-0" | "64293-8" => Category::Insurance,
        _ => return None,
    })
}
