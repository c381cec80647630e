//! Faces that may not be used as they are: restricted ones, variable ones.

use super::Desk;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of faces, with one of them changed.
fn with_face(desk: &Desk, name: &str, change: impl Fn(&[u8]) -> Vec<u8>) {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let folder = desk.path("faces");
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(own).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "ttf") {
            let target = folder.join(path.file_name().unwrap());
            if path.file_name().unwrap() == name {
                fs::write(target, change(&fs::read(&path).unwrap())).unwrap();
            } else {
                std::os::unix::fs::symlink(&path, target).unwrap();
            }
        }
    }
}

/// The tables of a face: tag and data.
fn tables(face: &[u8]) -> Vec<([u8; 4], Vec<u8>)> {
    let word = |at: usize| u32::from_be_bytes(face[at..at + 4].try_into().unwrap()) as usize;
    let count = usize::from(u16::from_be_bytes([face[4], face[5]]));
    (0..count)
        .map(|i| 12 + i * 16)
        .map(|at| (face[at..at + 4].try_into().unwrap(), face[word(at + 8)..word(at + 8) + word(at + 12)].to_vec()))
        .collect()
}

/// A face of these tables.
fn face(mut tables: Vec<([u8; 4], Vec<u8>)>) -> Vec<u8> {
    tables.sort();
    let count = u16::try_from(tables.len()).unwrap();
    let mut out = vec![0, 1, 0, 0];
    out.extend(count.to_be_bytes());
    out.extend([0; 6]);
    let mut at = 12 + tables.len() * 16;
    for (tag, data) in &tables {
        out.extend(tag);
        out.extend([0; 4]);
        out.extend(u32::try_from(at).unwrap().to_be_bytes());
        out.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        at += data.len().next_multiple_of(4);
    }
    for (_, mut data) in tables {
        data.resize(data.len().next_multiple_of(4), 0);
        out.extend(data);
    }
    out
}

/// An axis of weights from 400 to 700, with a default.
fn weights(default: i32) -> Vec<u8> {
    let mut out = vec![0, 1, 0, 0, 0, 16, 0, 2, 0, 1, 0, 20, 0, 0, 0, 8];
    out.extend(b"wght");
    for weight in [400, default, 700] {
        out.extend((weight << 16_i32).to_be_bytes());
    }
    out.extend([0, 0, 1, 0]);
    out
}

const BODY: &str = "LXGWZhuqueFangsong-Regular.ttf";

#[test]
fn a_restricted_face_is_refused_for_both_files() {
    let desk = Desk::new();
    with_face(&desk, BODY, |bytes| {
        let mut all = tables(bytes);
        let (_, os2) = all.iter_mut().find(|(tag, _)| tag == b"OS/2").unwrap();
        os2[8..10].copy_from_slice(&2_u16.to_be_bytes());
        face(all)
    });
    for only in ["pdf", "pdf,docx"] {
        let ran = desk.run(&["build", "--fonts", "faces", "--only", only]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.err.contains("D605") && ran.err.contains("Zhuque"), "{}", ran.err);
        assert!(desk.names("out").is_empty());
    }
}

#[test]
fn a_face_that_may_not_be_cut_down_and_files_that_are_no_fonts_are_told() {
    let desk = Desk::new();
    with_face(&desk, BODY, |bytes| {
        let mut all = tables(bytes);
        let (_, os2) = all.iter_mut().find(|(tag, _)| tag == b"OS/2").unwrap();
        os2[8..10].copy_from_slice(&0x100_u16.to_be_bytes());
        face(all)
    });
    let sound = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(BODY)).unwrap();
    let folder = desk.path("faces");
    for (name, bytes) in [
        ("empty.ttf", &b""[..]),
        ("web.ttf", b"wOF2\0\x01\0\0 no font of an office"),
        ("cut.ttf", &sound[..sound.len() / 3]),
        ("._other.ttf", b"what Mac OS keeps of a file"),
        ("notes.txt", b"notes"),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let ran = desk.run(&["check", "--fonts", "faces"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = format!("{}{}", ran.out, ran.err);
    assert!(told.contains("D606") && told.contains("Zhuque"), "{told}");
    assert_eq!(told.matches("D607").count(), 3, "{told}");
    for name in ["empty.ttf", "web.ttf", "cut.ttf"] {
        assert!(told.contains(name), "{told}");
    }
}

#[test]
fn a_variable_face_is_set_at_the_weight_that_is_asked_for_or_refused_by_name() {
    let desk = Desk::new();
    let varied = |default: i32| {
        move |bytes: &[u8]| {
            let mut all = tables(bytes);
            all.push((*b"fvar", weights(default)));
            face(all)
        }
    };
    with_face(&desk, BODY, varied(700));
    let ran = desk.run(&["build", "--fonts", "faces"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("Zhuque Fangsong") && ran.err.contains("700") && ran.err.contains("400"), "{}", ran.err);
    let desk = Desk::new();
    with_face(&desk, BODY, varied(400));
    let ran = desk.run(&["build", "--fonts", "faces"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}
