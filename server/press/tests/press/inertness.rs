use lopdf::{Dictionary, Object, Stream, dictionary};
use press::{page_check::lines, section::section};

use crate::made::{Made, merged, qpdf_complaint, reader, said};

#[test]
fn a_hidden_layer_stays_hidden() {
    let layered = |state: &str| {
        let mut made = Made::new();
        let layer = made.doc.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("Draft") });
        let font =
            made.doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
        let resources = dictionary! {
            "Font" => dictionary! { "F1" => Object::Reference(font) },
            "Properties" => dictionary! { "L" => Object::Reference(layer) },
        };
        let content = format!("/OC /L BDC {} EMC", said(&["layered"]));
        made.page(&content, dictionary! { "Resources" => resources });
        made.catalog.set("OCProperties", dictionary! {
            "OCGs" => vec![Object::Reference(layer)],
            "D" => dictionary! { state => vec![Object::Reference(layer)], "BaseState" => if state == "ON" { "OFF" } else { "ON" } },
        });
        made.bytes()
    };
    let (built, copy) = merged(&[layered("OFF"), layered("ON")]);
    assert_eq!(qpdf_complaint(&copy), None);
    let wanted: [&[&str]; 2] = [&[], &["layered"]];
    assert_eq!(lines(copy.clone()).unwrap(), wanted);
    for (page, wanted) in wanted.into_iter().enumerate() {
        let part = section(&built.index, reader(&copy), page).unwrap();
        assert_eq!(lines(part).unwrap(), [wanted], "the section of page {page}");
    }
}

#[test]
fn what_acts_is_gone_and_counted_and_what_leads_to_the_web_stays_a_link() {
    let mut made = Made::new();
    let rect = || vec![10.into(), 10.into(), 50.into(), 50.into()];
    let link = |action: Dictionary| {
        Object::Dictionary(dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect(), "A" => action })
    };
    let script =
        dictionary! { "Type" => "Action", "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    let file = made.doc.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"MZ evil".to_vec()));
    let named = made.doc.add_object(Object::Name(b"JavaScript".to_vec()));
    let spec = dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal("a.exe"), "EF" => dictionary! { "F" => Object::Reference(file) },
    };
    let annotations = vec![
        link(dictionary! { "S" => "URI", "URI" => Object::string_literal("https://hospital.example/help") }),
        link(dictionary! { "S" => "URI", "URI" => Object::string_literal("file:///etc/passwd") }),
        link(dictionary! { "S" => "Launch", "F" => Object::string_literal("calc.exe") }),
        link(script.clone()),
        Object::Dictionary(
            dictionary! { "Type" => "Annot", "Subtype" => "FileAttachment", "Rect" => rect(), "FS" => spec },
        ),
        Object::Dictionary(dictionary! { "Type" => "Annot", "Subtype" => "Text", "Rect" => rect(),
        "Contents" => Object::string_literal("a sticky note"), "AA" => dictionary! { "E" => script.clone() } }),
        // what has no place on the page is none of its annotations, and a name may stand elsewhere
        Object::Dictionary(dictionary! { "Subtype" => "Link", "Contents" => Object::string_literal("nowhere"),
        "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal("file:///etc/shadow") } }),
        Object::Dictionary(dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect(),
        "BS" => dictionary! { "S" => Object::Reference(named), "JS" => Object::string_literal("app.beep(1)") } }),
    ];
    made.page(&said(&["live"]), dictionary! { "Annots" => annotations, "AA" => dictionary! { "O" => script.clone() } });
    made.catalog.set("OpenAction", script);
    let (built, copy) = merged(&[made.bytes()]);
    assert_eq!(qpdf_complaint(&copy), None);
    let text = String::from_utf8_lossy(&copy);
    for gone in [
        "JavaScript",
        "app.alert",
        "Launch",
        "calc.exe",
        "MZ evil",
        "a.exe",
        "passwd",
        "shadow",
        "nowhere",
        "app.beep",
        "/AA",
        "OpenAction",
    ] {
        assert!(!text.contains(gone), "{gone} is in the copy");
    }
    assert!(text.contains("https://hospital.example/help") && text.contains("a sticky note"));
    let removed = built.merged[0].removed;
    assert!(removed.scripts >= 5, "{removed:?}");
    assert!(removed.attachments >= 1, "{removed:?}");
}

#[test]
fn a_signature_keeps_its_look_and_is_no_longer_one() {
    let mut made = Made::new();
    let look = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 100.into(), 30.into()] };
    let look = made.doc.add_object(Stream::new(look, b"0 0 100 30 re f".to_vec()));
    let value = made.doc.add_object(dictionary! { "Type" => "Sig", "Contents" => Object::string_literal("seal") });
    let widget = made.doc.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "T" => Object::string_literal("Signature"),
        "V" => Object::Reference(value), "Rect" => vec![72.into(), 400.into(), 172.into(), 430.into()],
        "AP" => dictionary! { "N" => Object::Reference(look) },
    });
    made.page("", dictionary! { "Annots" => vec![Object::Reference(widget)] });
    made.catalog.set("AcroForm", dictionary! { "Fields" => vec![Object::Reference(widget)], "SigFlags" => 3 });
    let (built, copy) = merged(&[made.bytes()]);
    assert_eq!(built.merged[0].removed.signatures, 1);
    let text = String::from_utf8_lossy(&copy);
    assert!(text.contains("0 0 100 30 re f") && text.contains("/Stamp") && !text.contains("/Sig"), "{text}");
    assert!(!text.contains("seal"));
}
