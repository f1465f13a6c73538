//! Words of a copy that is ready, in both languages.

use domain::package::FileRole;

#[derive(Debug)]
pub struct Copy {
    pub records: Contents,
    /// Where nothing could be given.
    pub letter_alone: Contents,
    pub open: &'static str,
    pub shared_computer: &'static str,
    /// On which day and at what time it was first opened.
    pub opened: fn(&str, &str) -> String,
}

/// What the page calls what is ready, by what is in it.
#[derive(Debug)]
pub struct Contents {
    pub heading: &'static str,
    pub copy: &'static str,
    pub letter: &'static str,
    pub manifest: &'static str,
    pub close_heading: &'static str,
    pub close: &'static str,
    pub close_otherwise: &'static str,
}

impl Copy {
    pub const fn of(&self, letter_alone: bool) -> &Contents {
        if letter_alone { &self.letter_alone } else { &self.records }
    }
}

impl Contents {
    /// What a file is; a document beside the copy goes by its own name.
    pub const fn role(&self, role: FileRole) -> Option<&'static str> {
        match role {
            FileRole::Copy => Some(self.copy),
            FileRole::Letter => Some(self.letter),
            FileRole::Manifest => Some(self.manifest),
            FileRole::Beside | FileRole::Index => None,
        }
    }
}

pub(super) const ENGLISH: Copy = Copy {
    records: Contents {
        heading: "Your copy is ready",
        copy: "Your records",
        letter: "The letter about your records",
        manifest: "The list of what is in your copy",
        close_heading: "Is everything there?",
        close: "Everything is there, close my request",
        close_otherwise: "If you do nothing, your request closes by itself 14 days after you first opened your copy. If something is missing or wrong, call us before then.",
    },
    letter_alone: Contents {
        heading: "Our letter is ready",
        copy: "Our letter",
        letter: "Our letter, for screen readers",
        manifest: "The list of documents: there are none",
        close_heading: "Have you read our letter?",
        close: "I have read it, close my request",
        close_otherwise: "If you do nothing, your request closes by itself 14 days after you first opened our letter. If something is wrong, call us before then.",
    },
    open: "Open and download",
    shared_computer: "If other people use this computer or phone, they can see the files you save on it: delete them when you are done, and sign out here.",
    opened: |day, time| format!("You first opened it on {day} at {time}. You can open it again."),
};

pub(super) const SPANISH: Copy = Copy {
    records: Contents {
        heading: "Su copia está lista",
        copy: "Sus expedientes",
        letter: "La carta sobre sus expedientes",
        manifest: "La lista de lo que contiene su copia",
        close_heading: "¿Está todo?",
        close: "Está todo, cerrar mi solicitud",
        close_otherwise: "Si no hace nada, su solicitud se cierra sola 14 días después de que abrió su copia por primera vez. Si falta algo o algo está mal, llámenos antes.",
    },
    letter_alone: Contents {
        heading: "Nuestra carta está lista",
        copy: "Nuestra carta",
        letter: "Nuestra carta, para lectores de pantalla",
        manifest: "La lista de documentos: no hay ninguno",
        close_heading: "¿Ya leyó nuestra carta?",
        close: "Ya la leí, cerrar mi solicitud",
        close_otherwise: "Si no hace nada, su solicitud se cierra sola 14 días después de que abrió nuestra carta por primera vez. Si algo está mal, llámenos antes.",
    },
    open: "Abrir y descargar",
    shared_computer: "Si otras personas usan esta computadora o este teléfono, pueden ver los archivos que guarde aquí: bórrelos cuando termine y cierre la sesión.",
    opened: |day, time| format!("La abrió por primera vez el {day} a {time} Puede abrirla otra vez."),
};
