//! Real input that tests read when it is there. It is not part of the project.

use std::path::PathBuf;

/// The files of one folder with these endings, by name; nothing, and said aloud, where no folder of them is named.
pub(crate) fn files(folder: &str, endings: &[&str]) -> Option<Vec<(String, Vec<u8>)>> {
    let Some(root) = std::env::var_os("PORTAL_TEST_DATA").map(PathBuf::from) else {
        eprintln!("SKIPPED: PORTAL_TEST_DATA names no folder with real input");
        return None;
    };
    let listed = std::fs::read_dir(root.join(folder)).expect("PORTAL_TEST_DATA has this folder");
    let mut files: Vec<_> = listed
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a readable file"))
        })
        .collect();
    files.sort();
    Some(files)
}
