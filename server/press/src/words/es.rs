//! Spanish.

use domain::{
    document::Standing,
    language::Language,
    words::{care, category},
};

use super::{LetterWords, ManifestWords, RecordWords, Words};
use crate::merge::Reason;

pub(super) const WORDS: Words = Words {
    letter: LetterWords {
        title: "Su expediente médico",
        request: "Número de solicitud",
        date: "Fecha",
        patient: "Paciente",
        born: "Fecha de nacimiento",
        record_number: "Número de expediente",
        phone: "Teléfono",
        email: "Correo electrónico",
        opening: "Usted nos pidió una copia de un expediente médico. Esta carta dice qué contiene la copia, qué no contiene y por qué, y qué puede hacer usted ahora.",
        opening_all: "Usted nos pidió una copia de un expediente médico. Esta carta dice qué contiene la copia y qué puede hacer usted ahora.",
        opening_nothing: "Usted nos pidió una copia de su expediente médico. No tenemos nada que podamos entregarle. Esta carta explica por qué y qué puede hacer usted ahora.",
        included: "Qué contiene esta copia",
        count: |count| if count == 1 { "1 documento".to_owned() } else { format!("{count} documentos") },
        not_included: "Qué no contiene esta copia y por qué",
        not_found: "Lo buscamos y no lo encontramos.",
        searched: "Dónde buscamos:",
        held_elsewhere: "Nosotros no lo guardamos. Lo guarda otra institución.",
        ask_there: "Puede pedirlo aquí:",
        withheld: "No le entregamos esta parte. El motivo:",
        review: "Usted puede pedir que revise esta decisión un profesional de la salud con licencia que no haya participado en ella. Escríbanos o llámenos y dé su número de solicitud.",
        no_review: "La ley no da derecho a una revisión de esta decisión. Aun así, puede presentar una queja, como se explica más abajo.",
        rest: "Si falta algo",
        rest_how: |phone| {
            format!(
                "Si esperaba algo que no está aquí, llámenos al {phone} y dé su número de solicitud. También puede hacer una solicitud nueva cuando quiera."
            )
        },
        correct: "Si algo en su expediente está mal",
        correct_how: |phone| {
            format!(
                "Usted tiene derecho a pedirnos que corrijamos su expediente. Escríbanos a la dirección de arriba o llame al {phone} y le enviaremos el formulario. Diga qué está mal y por qué. Le responderemos en un plazo de 60 días."
            )
        },
        complain: "Si quiere presentar una queja",
        complain_us: |contact, phone| format!("Puede presentarnos su queja: {contact}, teléfono {phone}."),
        complain_hhs: "También puede presentar una queja ante el Departamento de Salud y Servicios Humanos de los Estados Unidos, Oficina de Derechos Civiles: www.hhs.gov/ocr/complaints, teléfono 1-800-368-1019 (TDD 1-800-537-7697), o por correo a 200 Independence Avenue SW, Room 509F HHH Building, Washington, DC 20201.",
        complain_safe: "Nadie puede tratarle peor por haber presentado una queja.",
    },
    manifest: ManifestWords {
        title: "Lista de documentos",
        opening: "Todos los documentos de este paquete, dónde están en la copia y un código (SHA-256) del archivo tal como lo guardamos, con el que podemos saber si cambió. Un documento que no pudo formar parte de la copia va en un archivo aparte.",
        number: "N.º",
        document: "Documento",
        dated: "Fecha",
        category: "Tipo",
        pages: "Páginas",
        digest: "SHA-256",
        to: "a",
        beside: "Archivo aparte:",
        undated: "Sin fecha",
        removed: "No está en la copia porque no es parte de una página:",
        removed_scripts: "programas o comandos",
        removed_attachments: "archivos adjuntos",
        removed_media: "sonido, video o 3D",
        removed_signatures: "firmas digitales (su aspecto se conserva)",
        missing_pages: "El archivo está dañado: dice tener más páginas de las que se pueden leer.",
    },
    record: RecordWords { untitled: "Documento", source: "De", dated: "Fecha del documento", standing: "Estado" },
    category: |kind| category(kind).patient.to(Language::Spanish),
    beside,
    standing,
    care: |days| care(days, Language::Spanish),
    page: "Página",
    of: "de",
    no_visit: "Otros documentos",
};

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Preliminary => "Preliminar: todavía no es definitivo.",
        Standing::Amended => "Modificado: se cambió después de haberse terminado.",
        Standing::Superseded => "Reemplazado: su origen tiene uno posterior.",
        Standing::Cancelled => "Cancelado: se anuló antes de terminarse.",
    }
}

fn beside(reason: Reason) -> &'static str {
    match reason {
        Reason::Broken => "El archivo está dañado y no se puede leer como páginas.",
        Reason::Password => "El archivo se abre solo con una contraseña.",
        Reason::NoPages => "El archivo no tiene páginas.",
        Reason::TooManyPages => "El archivo tiene más páginas de las que podemos poner en una copia.",
        Reason::TooLarge => "El archivo ocupa al abrirse más de lo que podemos poner en una copia.",
        Reason::Portfolio => "El archivo es una carpeta de otros archivos, no páginas.",
        Reason::DynamicForm => "El formulario muestra sus páginas solo en el programa de un fabricante.",
        Reason::NotPages => "Este tipo de archivo no tiene páginas.",
    }
}
