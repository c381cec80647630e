//! The faces of a document by role.

use super::catalog::Catalog;
use super::cuts::{CutFace, Cuts};
use super::error::FaceError;
use super::face::Face;
use super::face_id::FaceId;
use super::marks;
use super::names::same_name;
use super::subset::{GlyphSet, SubsetError};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::model::{FontRole, FontSpec, RoleFonts};
use crate::reuse::BuildEnd;
use crate::world::World;
use std::path::PathBuf;
use std::sync::Arc;

/// One glyph as a role draws it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlyphInfo {
    /// The face it comes from.
    pub face: FaceId,
    /// Its index in that face.
    pub glyph: u16,
    /// Its advance in em.
    pub advance: f32,
    /// How far its baseline is above the line's, in em (negative: lowered).
    pub rise: f32,
}

/// Which face of a role draws a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Han characters and Chinese marks, full width: the Han face; “ ” ‘ ’ — … · in their full-width forms.
    Han,
    /// Digits and Latin: the role's Latin face, where it has one.
    Latin,
}

/// The faces of a document. Each is opened once, whatever the number of roles that use it.
#[derive(Debug)]
pub struct Fonts {
    faces: Vec<Face>,
    /// In the order of [`FontRole::ALL`].
    roles: [RoleFaces; FontRole::ALL.len()],
    /// True where programs get these faces with the Word file, see [`Fonts::office_face`].
    carried: bool,
    cuts: Cuts,
    /// Files of the folders that look like fonts and are none.
    unread: Vec<Diagnostic>,
}

/// The faces that a role asks in turn, each with the rise of what it gives.
#[derive(Debug, Default)]
struct RoleFaces {
    han: Vec<(FaceId, f32)>,
    latin: Vec<(FaceId, f32)>,
}

impl Fonts {
    /// Opens the faces of all roles. A name is looked for in all of `dirs` in order before the role's next name is.
    ///
    /// # Errors
    /// No folder with fonts, every role without its Han or its Latin face, every file that is asked for and cannot be used.
    /// A fallback face may be missing: what it would have drawn is then an error at its place in the report.
    pub fn load(world: &dyn World, spec: &FontSpec, dirs: &[PathBuf]) -> Result<Self, Vec<Diagnostic>> {
        let catalog = Catalog::read(world, dirs);
        let places = dirs.iter().map(|dir| dir.display().to_string()).collect::<Vec<_>>();
        if catalog.is_empty() && catalog.unusable.is_empty() {
            return Err(vec![no_fonts(&places)]);
        }
        let mut loader = Loader { world, catalog: &catalog, keys: Vec::new(), faces: Vec::new(), errors: Vec::new() };
        let mut roles: [RoleFaces; FontRole::ALL.len()] = Default::default();
        for (role, faces) in FontRole::ALL.into_iter().zip(&mut roles) {
            match spec.role(role) {
                Some(fonts) => *faces = loader.role(fonts, spec.fallback_drop as f32, &places),
                None => loader.errors.push(not_found(role.word(), "", &[], &places)),
            }
        }
        let mut errors = loader.errors;
        let faces = loader.faces;
        errors.extend(unusable(&catalog, spec, !errors.is_empty()));
        if !errors.is_empty() {
            return Err(errors);
        }
        let unread = catalog.unusable.iter().map(|(path, reason)| passed_over(&path.display().to_string(), reason));
        Ok(Self { faces, roles, carried: false, cuts: Cuts::default(), unread: unread.collect() })
    }

    /// Faces without roles, for pages whose glyphs are known already.
    #[must_use]
    pub fn of_faces(faces: Vec<Face>) -> Self {
        Self { faces, roles: Default::default(), carried: false, cuts: Cuts::default(), unread: Vec::new() }
    }

    /// A remark on each file of the folders that looks like a font and cannot be read: it may be the one that a role asks for first.
    #[must_use]
    pub fn unread(&self) -> &[Diagnostic] {
        &self.unread
    }

    /// The same faces, which the Word file carries.
    #[must_use]
    pub fn carried(self) -> Self {
        Self { carried: true, ..self }
    }

    /// The glyph of a character in a role; None when neither the role's faces nor its fallbacks have it.
    #[must_use]
    pub fn glyph(&self, role: FontRole, script: Script, character: char) -> Option<GlyphInfo> {
        let chain = self.chain(role, script);
        if script == Script::Han && marks::is_shared_mark(character) {
            let wide = |face: &Face| marks::full_width(face, character);
            if let Some(glyph) = self.first(chain, wide) {
                return Some(glyph);
            }
        } else if script == Script::Han && marks::is_sign(character) {
            let wide = |face: &Face| face.glyph(character).filter(|&glyph| marks::is_one_em(face.advance(glyph)));
            if let Some(glyph) = self.first(chain, wide) {
                return Some(glyph);
            }
        }
        self.first(chain, |face| face.glyph(character))
    }

    /// The advance in em of a character's own glyph, as programs take it that know nothing of full-width forms: those of the file
    /// where it carries the faces.
    #[must_use]
    pub fn plain_advance(&self, role: FontRole, script: Script, character: char) -> Option<f32> {
        if self.carried {
            return self.glyph(role, script, character).map(|glyph| glyph.advance);
        }
        self.first(self.chain(role, script), |face| face.glyph(character)).map(|glyph| glyph.advance)
    }

    /// The glyphs of a doubled mark (`——`, `……`) that is to look like one: one or two glyphs (the count is the second
    /// value; with one, it is in both places), two em together.
    #[must_use]
    pub fn pair(&self, role: FontRole, mark: char) -> Option<([GlyphInfo; 2], usize)> {
        self.chain(role, Script::Han).iter().find_map(|&(id, rise)| {
            let face = self.face(id)?;
            let info = |glyph: u16| GlyphInfo { face: id, glyph, advance: face.advance(glyph), rise };
            match *marks::doubled(face, mark)?.as_slice() {
                [one] => Some(([info(one); 2], 1)),
                [left, right] => Some(([info(left), info(right)], 2)),
                _ => None,
            }
        })
    }

    /// The first face of a role for a script; None for Latin where the role has no face of its own for it.
    #[must_use]
    pub fn of_role(&self, role: FontRole, script: Script) -> Option<&Face> {
        let han = self.chain(role, Script::Han).first()?.0;
        let id = self.chain(role, script).first()?.0;
        if script == Script::Latin && id == han { None } else { self.face(id) }
    }

    /// A face.
    #[must_use]
    pub fn face(&self, id: FaceId) -> Option<&Face> {
        self.faces.get(usize::from(id.0))
    }

    /// How many subsets are kept.
    #[must_use]
    pub fn cuts(&self) -> usize {
        self.cuts.len()
    }

    /// Drops the subsets that the build which has ended did not use.
    pub fn end(&self, end: BuildEnd) {
        self.cuts.end(end);
    }

    /// A face cut down to some glyphs, as it was cut before where that is known. None without such a face.
    ///
    /// # Errors
    /// A face that is damaged or of an unknown kind.
    pub fn cut(&self, id: FaceId, used: &GlyphSet) -> Option<Result<Arc<CutFace>, SubsetError>> {
        self.face(id).map(|face| self.cuts.cut(id, face, used))
    }

    /// All faces with their ids, in order.
    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        (0..=u8::MAX).map(FaceId).zip(&self.faces)
    }

    fn chain(&self, role: FontRole, script: Script) -> &[(FaceId, f32)] {
        let at = FontRole::ALL.iter().position(|&r| r == role).unwrap_or(0);
        match script {
            Script::Han => &self.roles[at].han,
            Script::Latin => &self.roles[at].latin,
        }
    }

    fn first(&self, chain: &[(FaceId, f32)], glyph: impl Fn(&Face) -> Option<u16>) -> Option<GlyphInfo> {
        chain.iter().find_map(|&(id, rise)| {
            let face = self.face(id)?;
            let glyph = glyph(face)?;
            Some(GlyphInfo { face: id, glyph, advance: face.advance(glyph), rise })
        })
    }
}

struct Loader<'a> {
    world: &'a dyn World,
    catalog: &'a Catalog,
    /// File and index in it of each face.
    keys: Vec<(PathBuf, u32)>,
    faces: Vec<Face>,
    errors: Vec<Diagnostic>,
}

impl Loader<'_> {
    fn role(&mut self, fonts: &RoleFonts, drop: f32, places: &[String]) -> RoleFaces {
        let name = fonts.role.word();
        let Some(han) = self.open_first(&fonts.faces) else {
            self.errors.push(not_found(name, "", &fonts.faces, places));
            return RoleFaces::default();
        };
        let latin = self.open_first(&fonts.latin);
        if latin.is_none() && !fonts.latin.is_empty() {
            self.errors.push(not_found(name, "西文", &fonts.latin, places));
        }
        let mut fallbacks: Vec<FaceId> = Vec::new();
        for wanted in &fonts.fallback {
            let face = self.open_first(std::slice::from_ref(wanted));
            fallbacks.extend(face.filter(|id| *id != han && !fallbacks.contains(id)));
        }
        let lowered = fallbacks.iter().map(|&id| (id, -drop));
        let level = fallbacks.iter().map(|&id| (id, 0.0));
        let latin = latin.map(|id| (id, 0.0));
        RoleFaces {
            han: std::iter::once((han, 0.0)).chain(lowered).chain(latin).collect(),
            latin: latin.into_iter().chain([(han, 0.0)]).chain(level).collect(),
        }
    }

    fn open_first(&mut self, names: &[String]) -> Option<FaceId> {
        let (name, entry) = names.iter().find_map(|name| Some((name, self.catalog.find(name)?)))?;
        if let Some(reason) = entry.misfit(name) {
            self.refuse(&entry.path.display().to_string(), &reason);
            return None;
        }
        let key = (entry.path.clone(), entry.index);
        if let Some(at) = self.keys.iter().position(|k| *k == key) {
            return u8::try_from(at).ok().map(FaceId);
        }
        let opened = self.world.open(&entry.path).map_err(|_| FaceError::Unreadable);
        match opened.and_then(|file| Face::open(&entry.path, &file, entry.index)) {
            Ok(face) => {
                if let Ok(id) = u8::try_from(self.faces.len()) {
                    self.keys.push(key);
                    self.faces.push(face);
                    return Some(FaceId(id));
                }
                let file = entry.path.display();
                self.errors.push(Diagnostic::error(
                    Code::FACE_UNUSABLE,
                    None,
                    say!("字体太多：{file}", "too many faces: {file}"),
                    say!("一个模板最多用 256 种字体", "a template may use at most 256 faces"),
                ));
                None
            }
            Err(error) => {
                self.refuse(&entry.path.display().to_string(), &error.message());
                None
            }
        }
    }

    /// Records once that a file cannot be used.
    fn refuse(&mut self, file: &str, reason: &Message) {
        let diagnostic = damaged(file, reason);
        if !self.errors.contains(&diagnostic) {
            self.errors.push(diagnostic);
        }
    }
}

/// Files that are no fonts: those that a role asks for by file name, or all when something is missing (one of them may be
/// what is missed). Of others a remark is made: offices' font folders hold all sorts of files.
fn unusable(catalog: &Catalog, spec: &FontSpec, all: bool) -> Vec<Diagnostic> {
    let names = || spec.roles.iter().flat_map(|r| r.faces.iter().chain(&r.latin).chain(&r.fallback));
    let wanted = |stem: &str| names().any(|name| same_name(name, stem));
    let bad = catalog
        .unusable
        .iter()
        .filter(|(path, _)| all || path.file_stem().and_then(|s| s.to_str()).is_some_and(wanted));
    bad.map(|(path, reason)| damaged(&path.display().to_string(), reason)).collect()
}

fn no_fonts(places: &[String]) -> Diagnostic {
    let (zh, en) = (places.join("、"), places.join(", "));
    Diagnostic::error(
        Code::FONTS_NOT_FOUND,
        None,
        say!("找不到字体。找过：{zh}", "no fonts found; looked in {en}"),
        say!(
            "用 --fonts 指出字体文件夹，或设置环境变量 DINGGAO_FONTS",
            "name the font folder with --fonts or the environment variable DINGGAO_FONTS"
        ),
    )
}

fn not_found(role: &str, part: &str, names: &[String], places: &[String]) -> Diagnostic {
    let (zh_names, en_names) = (names.join("、"), names.join(", "));
    let (zh, en) = (places.join("、"), places.join(", "));
    let kind = if part.is_empty() { "Han" } else { "Latin" };
    Diagnostic::error(
        Code::FACE_NOT_FOUND,
        None,
        say!(
            "“{role}”没有可用的{part}字体：{zh_names}，都不在 {zh}",
            "{role} has no {kind} face: none of {en_names} is in {en}"
        ),
        say!(
            "把其中一种字体放进字体文件夹，或在模板的 fonts 中改写字体名",
            "put one of these faces into a font folder, or change the names under fonts in the template"
        ),
    )
}

fn passed_over(file: &str, reason: &Message) -> Diagnostic {
    let (zh, en) = (&reason.zh, &reason.en);
    Diagnostic::advice(
        Code::FONT_FILE_UNREAD,
        None,
        say!(
            "字体文件夹里的 {file} 读不了，没有用：{zh}",
            "{file} in a font folder cannot be read and is not used: {en}"
        ),
        say!(
            "如果版面要用它，换一份完好的；不用就移出字体文件夹",
            "if a page is to use it, put a sound file in its place; else take it out of the folder"
        ),
    )
}

fn damaged(file: &str, reason: &Message) -> Diagnostic {
    let (zh, en) = (&reason.zh, &reason.en);
    Diagnostic::error(
        Code::FACE_UNUSABLE,
        None,
        say!("字体文件 {file} 无法使用：{zh}", "the font file {file} cannot be used: {en}"),
        say!(
            "换一份完好的字体文件，或把它移出字体文件夹",
            "put a sound font file in its place, or take it out of the folder"
        ),
    )
}
