//! What stands beside a field that needs mending: what to do, never that somebody was wrong.

use super::{Said, said};
use crate::form::FieldCode;

#[expect(clippy::too_many_lines, reason = "one sentence for each problem, side by side; splitting would hide a gap")]
pub const fn field_problem(code: FieldCode) -> Said {
    match code {
        FieldCode::Missing => said("Fill in this answer.", "Complete esta respuesta."),
        FieldCode::TooLong => said("This is too long. Make it shorter.", "Es demasiado largo. Hágalo más corto."),
        FieldCode::ControlCharacters => said(
            "There are hidden characters in this text. Type it again instead of pasting it.",
            "Hay caracteres ocultos en este texto. Escríbalo de nuevo en vez de pegarlo.",
        ),
        FieldCode::NotAChoice => {
            said("Choose one of the answers shown.", "Elija una de las respuestas que se muestran.")
        }
        FieldCode::NothingChosen => said("Choose an answer.", "Elija una respuesta."),
        FieldCode::NoLetters => {
            said("Enter a name with at least one letter.", "Escriba un nombre con al menos una letra.")
        }
        FieldCode::TooManyNames => {
            said("Enter up to 10 names, one on each line.", "Escriba hasta 10 nombres, uno en cada línea.")
        }
        FieldCode::DateNotReal => said(
            "There is no such day in that month. Check the day and the month.",
            "Ese mes no tiene ese día. Revise el día y el mes.",
        ),
        FieldCode::MonthNotRead => said(
            "Enter the month as a number from 1 to 12 or as a word, like March.",
            "Escriba el mes como número del 1 al 12 o como palabra, por ejemplo marzo.",
        ),
        FieldCode::DayNotRead => {
            said("Enter the day as a number, like 27.", "Escriba el día como número, por ejemplo 27.")
        }
        FieldCode::YearNotRead => {
            said("Enter the year with four digits, like 2007.", "Escriba el año con cuatro cifras, por ejemplo 2007.")
        }
        FieldCode::YearTwoDigits => said(
            "Enter all four digits of the year, like 1945 or 2007.",
            "Escriba las cuatro cifras del año, por ejemplo 1945 o 2007.",
        ),
        FieldCode::DateInFuture => {
            said("This date is in the future. Check the year.", "Esta fecha está en el futuro. Revise el año.")
        }
        FieldCode::DateTooLongAgo => said(
            "This date is more than 130 years ago. Check the year.",
            "Esta fecha es de hace más de 130 años. Revise el año.",
        ),
        FieldCode::RangeReversed => said(
            "The end is before the beginning. Check both dates.",
            "El final es antes del principio. Revise las dos fechas.",
        ),
        FieldCode::EmailNoAt => said(
            "An e-mail address has an @ sign, like ana@example.org.",
            "Un correo electrónico tiene una @, por ejemplo ana@example.org.",
        ),
        FieldCode::EmailNotComplete => said(
            "Check the e-mail address. It looks like ana@example.org.",
            "Revise el correo electrónico. Se ve así: ana@example.org.",
        ),
        FieldCode::PhoneDigits => said(
            "Enter a phone number with its area code, like 555 010 4477.",
            "Escriba un teléfono con código de área, por ejemplo 555 010 4477.",
        ),
        FieldCode::AddressIncomplete => {
            said("Fill in this part of the address.", "Complete esta parte de la dirección.")
        }
        FieldCode::StateNotRead => {
            said("Enter the state as two letters, like MA.", "Escriba el estado con dos letras, por ejemplo MA.")
        }
        FieldCode::ZipNotRead => {
            said("Enter a ZIP code of 5 or 9 digits.", "Escriba un código postal de 5 o 9 cifras.")
        }
        FieldCode::ContactNeeded => {
            said("Give us at least one way to reach you.", "Denos al menos una manera de comunicarnos con usted.")
        }
        FieldCode::AddressNeeded => said(
            "Give us an email or a postal address too: our answer to you is written.",
            "Denos también un correo electrónico o una dirección postal: nuestra respuesta es por escrito.",
        ),
        FieldCode::SignatureDiffers => said(
            "To sign, type your own full name as you gave it above.",
            "Para firmar, escriba su propio nombre completo como lo dio arriba.",
        ),
        FieldCode::PasswordTooShort => said(
            "Use at least 15 characters. A few words in a row work well.",
            "Use al menos 15 caracteres. Varias palabras seguidas funcionan bien.",
        ),
        FieldCode::PasswordTooLong => said("Use at most 128 characters.", "Use 128 caracteres como máximo."),
        FieldCode::PasswordCommon => said(
            "Many people use this password, so it is easy to guess. Choose another.",
            "Mucha gente usa esta contraseña y es fácil de adivinar. Elija otra.",
        ),
        FieldCode::PasswordWrong => said(
            "This is not the password of this account. Check it and type it again.",
            "Esta no es la contraseña de esta cuenta. Revísela y escríbala de nuevo.",
        ),
        FieldCode::PasswordsDiffer => said(
            "The two passwords are not the same. Type the same one twice.",
            "Las dos contraseñas no son iguales. Escriba la misma dos veces.",
        ),
        FieldCode::CodeWrong => said(
            "This code does not work. Check the newest one and type it again.",
            "Este código no funciona. Revise el más reciente y escríbalo de nuevo.",
        ),
        FieldCode::EmailOrPasswordWrong => said(
            "The e-mail or the password does not fit. Check both.",
            "El correo electrónico o la contraseña no coinciden. Revise los dos.",
        ),
        FieldCode::NumberNotDigits => {
            said("The request number has digits only. Check it.", "El número de solicitud solo tiene cifras. Revíselo.")
        }
        FieldCode::NumberLength => {
            said("The request number has 10 digits. Check it.", "El número de solicitud tiene 10 cifras. Revíselo.")
        }
        FieldCode::NumberMistyped => said(
            "A digit in this number is wrong or two are swapped. Check it.",
            "Una cifra de este número está mal o hay dos cambiadas. Revíselo.",
        ),
        FieldCode::KeyNotRead => said(
            "This page is too old to send. Load it again.",
            "Esta página es muy vieja para enviarla. Cárguela de nuevo.",
        ),
        FieldCode::SystemsMissing => said(
            "Write in which systems and archives you looked, one on each line.",
            "Escriba en qué sistemas y archivos buscó, uno en cada línea.",
        ),
        FieldCode::OffSiteUnchecked => said(
            "Say whether storage away from the hospital was searched.",
            "Diga si se buscó en el archivo fuera del hospital.",
        ),
        FieldCode::TwoNeeded => said("Tick at least two.", "Marque al menos dos."),
        FieldCode::FileMissing => said("Choose a file.", "Elija un archivo."),
        FieldCode::FileTooBig => said(
            "This file is too big: it may have up to 15 MB. Take the photo again at a lower resolution, or scan it at a lower \
             quality.",
            "Este archivo es demasiado grande: puede tener hasta 15 MB. Tome la foto otra vez con menor resolución, o \
             escanéelo con menor calidad.",
        ),
        FieldCode::FileKind => said(
            "We cannot read this kind of file. Send a photo (JPEG or PNG), a TIFF or a PDF.",
            "No podemos leer este tipo de archivo. Envíe una foto (JPEG o PNG), un TIFF o un PDF.",
        ),
        FieldCode::FileUnreadable => said(
            "We could not read this file. Save it again or take a new photo.",
            "No pudimos leer este archivo. Guárdelo de nuevo o tome otra foto.",
        ),
        FieldCode::FileHeic => said(
            "This photo is in Apple's HEIC format, which we cannot read. On the iPhone choose Settings, Camera, Formats, Most \
             Compatible and take the photo again, or send it to yourself by email and use that copy.",
            "Esta foto está en el formato HEIC de Apple, que no podemos leer. En el iPhone elija Configuración, Cámara, \
             Formatos, Más compatible y tome la foto otra vez, o envíesela por correo electrónico a su propia dirección y \
             use esa copia.",
        ),
        FieldCode::FileAnimated => {
            said("This is a moving picture. Send a still photo.", "Es una imagen en movimiento. Envíe una foto fija.")
        }
        FieldCode::FileCut => said(
            "The end of this file is missing. Take the photo again, or choose the file once more.",
            "Falta el final de este archivo. Tome la foto otra vez, o elija el archivo de nuevo.",
        ),
        FieldCode::FileLocked => said(
            "This file needs a password to open. Save it without one and send it again.",
            "Este archivo necesita una contraseña para abrirse. Guárdelo sin ella y envíelo de nuevo.",
        ),
        FieldCode::EvidenceTooManyPages => said(
            "This file has more than 4 pages. Send only the pages that show your ID, at most 4.",
            "Este archivo tiene más de 4 páginas. Envíe solo las que muestran su identificación, 4 como máximo.",
        ),
        FieldCode::ScanTooManyPages => said(
            "This file has more than 16 pages. Attach only the pages of the request, at most 16.",
            "Este archivo tiene más de 16 páginas. Adjunte solo las páginas de la solicitud, 16 como máximo.",
        ),
    }
}
