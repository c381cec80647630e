//! Glyph substitution (OpenType GSUB), as much of it as a handful of marks needs: which form a mark takes between Han
//! characters, and how a doubled dash joins. Runs are one or two glyphs without combining marks, so lookup flags and mark
//! filtering have nothing to skip.

use ttf_parser::gsub::{SingleSubstitution, SubstitutionSubtable};
use ttf_parser::opentype_layout::{
    ChainedContextLookup, ClassDefinition, ContextLookup, LayoutTable, LookupIndex, Script, SequenceLookupRecord,
};
use ttf_parser::{GlyphId, LazyArray16, Tag};

/// How deep contextual lookups may call each other; sound fonts need two.
const DEPTH: u8 = 4;
/// How many lookups one run may apply, so that a font whose lookups call each other costs little.
const BUDGET: u32 = 2_000;
/// Longest run that a multiple substitution may leave.
const LONGEST: usize = 16;

/// Applies the lookups of `features` for simplified Chinese to `glyphs`, in the order of the lookup list as OpenType says.
pub(super) fn apply(gsub: &LayoutTable<'_>, features: &[&[u8; 4]], glyphs: &mut Vec<u16>) {
    let mut lookups: Vec<LookupIndex> = Vec::new();
    let Some(script) = choose_script(gsub) else { return };
    let language = script.languages.find(Tag::from_bytes(b"ZHS ")).or(script.default_language);
    let Some(language) = language else { return };
    let wanted = features.iter().map(|f| Tag::from_bytes(f)).collect::<Vec<_>>();
    let indices = language.required_feature.into_iter().chain(language.feature_indices);
    for (i, index) in indices.enumerate() {
        let required = i == 0 && language.required_feature.is_some();
        if let Some(feature) = gsub.features.get(index).filter(|f| required || wanted.contains(&f.tag)) {
            lookups.extend(feature.lookup_indices);
        }
    }
    lookups.sort_unstable();
    lookups.dedup();
    let mut run = LookupRun { gsub, glyphs, budget: BUDGET };
    for lookup in lookups {
        let mut at = 0;
        while at < run.glyphs.len() {
            at = run.apply(lookup, at, DEPTH).unwrap_or(at + 1);
        }
    }
}

fn choose_script<'a>(gsub: &LayoutTable<'a>) -> Option<Script<'a>> {
    [b"hani", b"DFLT", b"latn"].iter().find_map(|tag| gsub.scripts.find(Tag::from_bytes(tag)))
}

/// A run of glyphs while lookups are applied to it.
struct LookupRun<'g, 'a> {
    gsub: &'g LayoutTable<'a>,
    glyphs: &'g mut Vec<u16>,
    /// How many lookups may still be applied.
    budget: u32,
}

impl LookupRun<'_, '_> {
    /// Applies one lookup at a place. Some: it was applied, go on there; None: it does not concern this place.
    fn apply(&mut self, lookup: LookupIndex, at: usize, depth: u8) -> Option<usize> {
        self.budget = self.budget.checked_sub(1)?;
        let lookup = self.gsub.lookups.get(lookup)?;
        lookup
            .subtables
            .into_iter::<SubstitutionSubtable<'_>>()
            .find_map(|subtable| self.apply_subtable(&subtable, at, depth))
    }

    fn apply_subtable(&mut self, subtable: &SubstitutionSubtable<'_>, at: usize, depth: u8) -> Option<usize> {
        let glyph = GlyphId(*self.glyphs.get(at)?);
        let covered = subtable.coverage().get(glyph)?;
        match subtable {
            SubstitutionSubtable::Single(SingleSubstitution::Format1 { delta, .. }) => {
                self.glyphs[at] = glyph.0.wrapping_add_signed(*delta);
                Some(at + 1)
            }
            SubstitutionSubtable::Single(SingleSubstitution::Format2 { substitutes, .. }) => {
                self.glyphs[at] = substitutes.get(covered)?.0;
                Some(at + 1)
            }
            SubstitutionSubtable::Multiple(multiple) => {
                let sequence = multiple.sequences.get(covered)?;
                let added = usize::from(sequence.substitutes.len());
                if self.glyphs.len() + added > LONGEST {
                    return None;
                }
                self.glyphs.splice(at..=at, sequence.substitutes.into_iter().map(|g| g.0));
                Some(at + added)
            }
            SubstitutionSubtable::Ligature(ligatures) => {
                for ligature in ligatures.ligature_sets.get(covered)? {
                    let rest = self.glyphs.get(at + 1..)?;
                    let count = usize::from(ligature.components.len());
                    if rest.len() >= count && ligature.components.into_iter().zip(rest).all(|(c, g)| c.0 == *g) {
                        self.glyphs.splice(at..=at + count, [ligature.glyph.0]);
                        return Some(at + 1);
                    }
                }
                None
            }
            SubstitutionSubtable::Context(context) => {
                let (length, records) = match_context(context, self.glyphs, at, covered)?;
                Some(self.apply_records(records, at, length, depth))
            }
            SubstitutionSubtable::ChainContext(chain) => {
                let (length, records) = match_chain(chain, self.glyphs, at, covered)?;
                Some(self.apply_records(records, at, length, depth))
            }
            // A choice among alternates is the reader's; reverse chaining is for scripts that join.
            SubstitutionSubtable::Alternate(_) | SubstitutionSubtable::ReverseChainSingle(_) => None,
        }
    }

    /// Applies the lookups that a matched context calls; returns the place after its input.
    fn apply_records(
        &mut self,
        records: LazyArray16<'_, SequenceLookupRecord>,
        at: usize,
        length: usize,
        depth: u8,
    ) -> usize {
        let before = self.glyphs.len();
        if let Some(depth) = depth.checked_sub(1) {
            for record in records {
                let place = at + usize::from(record.sequence_index);
                if place < self.glyphs.len() {
                    self.apply(record.lookup_list_index, place, depth);
                }
            }
        }
        let end = (at + length + self.glyphs.len()).saturating_sub(before);
        end.max(at + 1)
    }
}

/// True when `glyphs` begin with what `expected` asks for, by `test`.
fn begins<T>(
    expected: impl IntoIterator<Item = T>,
    glyphs: impl IntoIterator<Item = u16>,
    test: impl Fn(T, u16) -> bool,
) -> bool {
    let mut glyphs = glyphs.into_iter();
    expected.into_iter().all(|e| glyphs.next().is_some_and(|g| test(e, g)))
}

type Match<'a> = (usize, LazyArray16<'a, SequenceLookupRecord>);

fn match_context<'a>(context: &ContextLookup<'a>, glyphs: &[u16], at: usize, covered: u16) -> Option<Match<'a>> {
    let rest = || glyphs.iter().skip(at + 1).copied();
    match context {
        ContextLookup::Format1 { sets, .. } => {
            let rule = sets.get(covered)?.into_iter().find(|rule| begins(rule.input, rest(), |e, g| e == g))?;
            Some((usize::from(rule.input.len()) + 1, rule.lookups))
        }
        ContextLookup::Format2 { classes, sets, .. } => {
            let set = sets.get(classes.get(GlyphId(*glyphs.get(at)?)))?;
            let rule = set.into_iter().find(|rule| begins(rule.input, rest(), |e, g| classes.get(GlyphId(g)) == e))?;
            Some((usize::from(rule.input.len()) + 1, rule.lookups))
        }
        ContextLookup::Format3 { coverages, lookups, .. } => begins(*coverages, rest(), |c, g| c.contains(GlyphId(g)))
            .then(|| (usize::from(coverages.len()) + 1, *lookups)),
    }
}

fn match_chain<'a>(chain: &ChainedContextLookup<'a>, glyphs: &[u16], at: usize, covered: u16) -> Option<Match<'a>> {
    let back = || glyphs.iter().take(at).rev().copied();
    let ahead = |skip: usize| glyphs.iter().skip(at + skip).copied();
    let class = |classes: ClassDefinition<'a>| move |e: u16, g: u16| classes.get(GlyphId(g)) == e;
    match chain {
        ChainedContextLookup::Format1 { sets, .. } => {
            let same = |e: u16, g: u16| e == g;
            let rule = sets.get(covered)?.into_iter().find(|rule| {
                begins(rule.input, ahead(1), same)
                    && begins(rule.backtrack, back(), same)
                    && begins(rule.lookahead, ahead(1 + usize::from(rule.input.len())), same)
            })?;
            Some((usize::from(rule.input.len()) + 1, rule.lookups))
        }
        ChainedContextLookup::Format2 { backtrack_classes, input_classes, lookahead_classes, sets, .. } => {
            let set = sets.get(input_classes.get(GlyphId(*glyphs.get(at)?)))?;
            let rule = set.into_iter().find(|rule| {
                begins(rule.input, ahead(1), class(*input_classes))
                    && begins(rule.backtrack, back(), class(*backtrack_classes))
                    && begins(rule.lookahead, ahead(1 + usize::from(rule.input.len())), class(*lookahead_classes))
            })?;
            Some((usize::from(rule.input.len()) + 1, rule.lookups))
        }
        ChainedContextLookup::Format3 {
            backtrack_coverages, input_coverages, lookahead_coverages, lookups, ..
        } => {
            let length = usize::from(input_coverages.len()) + 1;
            let fits = begins(*input_coverages, ahead(1), |c, g| c.contains(GlyphId(g)))
                && begins(*backtrack_coverages, back(), |c, g| c.contains(GlyphId(g)))
                && begins(*lookahead_coverages, ahead(length), |c, g| c.contains(GlyphId(g)));
            fits.then_some((length, *lookups))
        }
    }
}
