//! Words of a copy that is ready, in both languages.

use domain::package::FileRole;

#[derive(Debug)]
pub struct Copy {
    pub heading: &'static str,
    pub open: &'static str,
    pub records: &'static str,
    pub letter: &'static str,
    pub manifest: &'static str,
    pub shared_computer: &'static str,
    /// On which day and at what time it was first opened.
    pub opened: fn(&str, &str) -> String,
    pub close_heading: &'static str,
    pub close: &'static str,
    pub close_otherwise: &'static str,
}

impl Copy {
    /// What a file is; a document beside the copy goes by its own name.
    pub const fn role(&self, role: FileRole) -> Option<&'static str> {
        match role {
            FileRole::Copy => Some(self.records),
            FileRole::Letter => Some(self.letter),
            FileRole::Manifest => Some(self.manifest),
            FileRole::Beside | FileRole::Index => None,
        }
    }
}

pub(super) const ENGLISH: Copy = Copy {
    heading: "Your copy is ready",
    open: "Open and download",
    records: "Your records",
    letter: "The letter about your records",
    manifest: "The list of what is in your copy",
    shared_computer: "If other people use this computer or phone, they can see the files you save on it: delete them when you are done, and sign out here.",
    opened: |day, time| format!("You first opened it on {day} at {time}. You can open it again."),
    close_heading: "Is everything there?",
    close: "Everything is there, close my request",
    close_otherwise: "If you do nothing, your request closes by itself 14 days after you first opened your copy. If something is missing or wrong, call us before then.",
};

pub(super) const SPANISH: Copy = Copy {
    heading: "Su copia está lista",
    open: "Abrir y descargar",
    records: "Sus expedientes",
    letter: "La carta sobre sus expedientes",
    manifest: "La lista de lo que contiene su copia",
    shared_computer: "Si otras personas usan esta computadora o este teléfono, pueden ver los archivos que guarde aquí: bórrelos cuando termine y cierre la sesión.",
    opened: |day, time| format!("La abrió por primera vez el {day} a las {time} Puede abrirla otra vez."),
    close_heading: "¿Está todo?",
    close: "Está todo, cerrar mi solicitud",
    close_otherwise: "Si no hace nada, su solicitud se cierra sola 14 días después de que abrió su copia por primera vez. Si falta algo o algo está mal, llámenos antes.",
};
