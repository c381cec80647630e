//! The table of checks: one row each.

use crate::diagnostic::{Message, words};
use lopdf::ObjectId;
use std::collections::BTreeMap;

words! {
    /// A set of checks.
    pub enum VerifyRules {
        /// The clauses of PDF/X-4.
        X4 = "x4",
        /// The rules of a structure that is read aloud.
        Structure = "structure",
    }
}

/// A check: what it is called, what asks for it, and what it looks at.
#[derive(Debug)]
pub struct VerifyCheck {
    /// Its stable name.
    pub name: &'static str,
    /// The set that it is in.
    pub rules: VerifyRules,
    /// The clause that asks for it.
    pub clause: &'static str,
    zh: &'static str,
    en: &'static str,
}

impl VerifyCheck {
    /// What has to hold.
    #[must_use]
    pub fn subject(&self) -> Message {
        Message { zh: self.zh.to_owned(), en: self.en.to_owned() }
    }
}

impl PartialEq for VerifyCheck {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for VerifyCheck {}

/// Declares the checks, and [`VerifyCheck::ALL`] from one list, so that none is left out.
macro_rules! checks {
    ($($rules:ident { $($constant:ident $name:literal, $clause:literal, $zh:literal, $en:literal;)* })*) => {
        impl VerifyCheck {
            $($(
                #[doc = $en]
                pub const $constant: &Self = &Self {
                    name: $name,
                    rules: VerifyRules::$rules,
                    clause: $clause,
                    zh: $zh,
                    en: $en,
                };
            )*)*

            /// Every check, in the order in which they are told.
            pub const ALL: &[&Self] = &[$($(Self::$constant),*),*];
        }
    };
}

checks! {
    X4 {
    VERSION "x4-version", "ISO 15930-7 1", "PDF 版本不高于 1.6", "the version of PDF is 1.6 or older";
    ENCRYPTED "x4-encryption", "ISO 15930-7 6.15", "没有加密", "the file is not encrypted";
    FILE_ID "x4-file-id", "ISO 15930-7 6.11", "文件有两段标识 ID", "the file has an ID of two strings";
    METADATA "x4-metadata", "ISO 15930-7 6.11", "目录有可读的 XMP 元数据", "the catalog has metadata in XMP that can be read";
    IDENTIFICATION "x4-identification", "ISO 15930-7 6.11", "元数据声明 GTS_PDFXVersion 为 PDF/X-4", "the metadata say that GTS_PDFXVersion is PDF/X-4";
    TITLE "x4-title", "ISO 15930-7 6.11", "元数据有标题 dc:title", "the metadata have a title, dc:title";
    DATES "x4-dates", "ISO 15930-7 6.11", "元数据有 CreateDate、ModifyDate、MetadataDate", "the metadata have CreateDate, ModifyDate and MetadataDate";
    DOCUMENT_ID "x4-document-id", "ISO 15930-7 6.11", "元数据有 DocumentID、VersionID、RenditionClass", "the metadata have DocumentID, VersionID and RenditionClass";
    INFO_AGREES "x4-info", "ISO 15930-7 6.11", "信息字典的标题、日期与元数据相同", "title and dates of the information dictionary are those of the metadata";
    TRAPPED "x4-trapped", "ISO 15930-7 6.9", "Trapped 为 True 或 False，信息字典与元数据相同", "Trapped is True or False, the same in the information dictionary and the metadata";
    INTENT "x4-output-intent", "ISO 15930-7 6.4.2", "恰有一个 GTS_PDFX 输出意图", "there is exactly one output intent GTS_PDFX";
    CONDITION "x4-output-condition", "ISO 15930-7 6.4.2", "输出意图有 OutputConditionIdentifier", "the output intent has an OutputConditionIdentifier";
    INTENT_INFO "x4-output-info", "ISO 15930-7 6.4.2", "输出意图写明登记处 RegistryName 或说明 Info", "the output intent has a RegistryName, or Info in its place";
    PROFILE "x4-profile", "ISO 15930-7 6.4.2.1", "输出意图嵌有 ICC 特性文件", "the output intent holds an ICC profile";
    PROFILE_CLASS "x4-profile-class", "ISO 15930-7 6.4.2.1", "特性文件是输出设备类 prtr", "the profile is of an output device, prtr";
    PROFILE_SPACE "x4-profile-space", "ISO 15930-7 6.4.1", "特性文件是 GRAY、RGB 或 CMYK，与 N 相符", "the profile is of GRAY, RGB or CMYK, as N says";
    DEVICE_COLOR "x4-device-colour", "ISO 15930-7 6.4.3.2", "设备颜色与输出意图相符", "device colours are those of the output intent";
    ICC_SPACE "x4-icc-space", "ISO 32000-1 8.6.5.5", "ICCBased 颜色空间的 N 与特性文件相符", "N of an ICCBased space is the number of colours of its profile";
    SPOT_COLOR "x4-spot-colour", "ISO 15930-7 6.4", "同名专色的替代色相同", "spot colours of one name have one alternate";
    FONT "x4-font", "ISO 15930-7 6.5", "印出文字的字体都嵌入", "every font that shows text is embedded";
    EXTERNAL "x4-external-stream", "ISO 15930-7 6.7", "没有放在别的文件里的流", "no stream is in another file";
    REFERENCE "x4-reference", "ISO 15930-7 6.7", "没有引自别的文件的页面", "no page of another file is referred to";
    OPI "x4-opi", "ISO 15930-7 6.7", "没有 OPI 替换图", "no picture is to be replaced by OPI";
    LZW "x4-lzw", "ISO 15930-7 6.8", "没有用 LZW 压缩", "nothing is compressed by LZW";
    MEDIA_BOX "x4-media-box", "ISO 15930-7 6.12", "每页有 MediaBox", "every page has a MediaBox";
    TRIM_BOX "x4-trim-box", "ISO 15930-7 6.12", "每页有 TrimBox 或 ArtBox", "every page has a TrimBox or an ArtBox";
    ONE_TRIM "x4-trim-or-art", "ISO 15930-7 6.12", "TrimBox 与 ArtBox 不并存", "no page has both a TrimBox and an ArtBox";
    BOX_ORDER "x4-box-order", "ISO 15930-7 6.12", "成品框在出血框内，都在介质框和裁剪框内", "what is trimmed lies within what bleeds, and both within MediaBox and CropBox";
    TRANSFER "x4-transfer", "ISO 15930-7 6.13", "没有传递函数", "there are no transfer functions";
    HALFTONE_PHASE "x4-halftone-phase", "ISO 15930-7 6.13", "图形状态没有 HTP", "no graphics state has HTP";
    HALFTONE "x4-halftone", "ISO 15930-7 6.13", "半色调只用 1 型和 5 型，不具名", "halftones are of type 1 or 5 and have no name";
    POSTSCRIPT "x4-postscript", "ISO 15930-7 6.14", "没有 PostScript 片段", "there is no PostScript";
    ALTERNATES "x4-alternates", "ISO 15930-7 6.16", "没有打印时替换的图像", "no picture is replaced in print";
    ANNOTATION "x4-annotation", "ISO 15930-7 6.17", "注释都在出血框之外", "annotations are outside of what bleeds";
    ACTION "x4-action", "ISO 15930-7 6.18", "没有动作", "there are no actions";
    JAVASCRIPT "x4-javascript", "ISO 15930-7 6.18", "没有脚本", "there is no JavaScript";
    BLEND_MODE "x4-blend-mode", "ISO 15930-7 6.20", "混合模式都是标准规定的", "blend modes are those of the standard";
    LAYERS "x4-layers", "ISO 15930-7 6.24", "图层的配置没有 AS", "no configuration of layers has AS";
    XFA "x4-xfa", "ISO 15930-7 6.26", "没有 XFA 表单", "there is no XFA form";
    JPEG2000 "x4-jpeg2000", "ISO 15930-7 6.27", "JPEG 2000 图像有 1、3 或 4 个颜色通道", "JPEG 2000 pictures have 1, 3 or 4 colours";
    }
    Structure {
    TREE "structure-tree", "ISO 32000-1 14.7.2", "声明 Marked，有结构树", "the file says that it is marked and has a structure tree";
    PARENT "structure-parent", "ISO 32000-1 14.7.2", "每个元素的 P 是它的上一级", "P of every element is the element above it";
    ROLE "structure-role", "ISO 32000-1 14.8.4", "元素的类型是标准的，或者对应到标准的", "types of elements are standard ones, or mapped to such";
    LANGUAGE "structure-language", "ISO 32000-1 14.9.2", "写明文档的语言", "the language of the document is given";
    WINDOW_TITLE "structure-title", "ISO 14289-1 7.1", "有标题，窗口显示标题", "there is a title, and windows show it";
    UNTAGGED "structure-untagged", "ISO 32000-1 14.8.2.2", "页面上的内容都有标记，或者是附件性内容", "all content is tagged or an artifact";
    NESTED "structure-nesting", "ISO 14289-1 7.1", "有标记的内容与附件性内容互不嵌套", "tagged content and artifacts are not within one another";
    ONCE "structure-once", "ISO 32000-1 14.7.4", "每段有标记的内容恰属于一个元素", "every tagged piece of content is part of exactly one element";
    PARENT_TREE "structure-parent-tree", "ISO 32000-1 14.7.4.4", "由页面能找到内容所属的元素", "pages lead from content to its elements";
    HEADING "structure-heading", "ISO 14289-1 7.4.2", "标题从 H1 起，不跳级", "headings begin with H1 and skip no level";
    LIST "structure-list", "ISO 32000-1 14.8.4.3.3", "L 里只有 LI、L 和居首的 Caption", "an L holds nothing but LI, L and a Caption before them";
    LIST_ITEM "structure-list-item", "ISO 32000-1 14.8.4.3.3", "LI 里只有 Lbl 和 LBody，有 LBody", "an LI holds nothing but Lbl and LBody, and has an LBody";
    LIST_NUMBERING "structure-list-numbering", "ISO 32000-1 14.8.5.5", "有 Lbl 的 L 写明 ListNumbering", "an L with labels has ListNumbering";
    TABLE "structure-table", "ISO 32000-1 14.8.4.3.4", "表由行组成，行由 TH、TD 组成", "tables are made of rows, rows of TH and TD";
    TABLE_GRID "structure-table-grid", "ISO 32000-1 14.8.4.3.4", "表的各行列数相同，合并的单元格计入", "rows of a table have the same number of columns, spans counted";
    TABLE_HEAD "structure-table-head", "ISO 32000-1 14.8.5.7", "TH 写明 Scope", "a TH has Scope";
    TABLE_HEADERS "structure-table-headers", "ISO 32000-1 14.8.5.7", "Headers 指到的都是本表的 TH", "Headers name a TH of the same table";
    ALT "structure-alt", "ISO 32000-1 14.9.3", "Figure、Formula 有替代文字", "a Figure or Formula has alternate text";
    BOX "structure-box", "ISO 32000-1 14.8.5.4.3", "在一页上的 Figure 有 BBox", "a Figure on one page has a BBox";
    CAPTION "structure-caption", "ISO 32000-1 14.9.3", "图题不在有替代文字的 Figure 里，否则读不到", "a caption is not within a Figure that has alternate text: nobody would hear it";
    NOTE_LABEL "structure-note-label", "ISO 32000-1 14.8.4.4.1", "Note 以 Lbl 开头", "a Note begins with its Lbl";
    NOTE_ID "structure-note-id", "ISO 14289-1 7.9", "Note 有不重复的 ID", "a Note has an ID of its own";
    NOTE_PLACE "structure-note-place", "ISO 32000-1 14.8.4.4.1", "Note 紧跟引它的 Reference", "a Note stands behind the Reference that calls it";
    CONTENTS "structure-contents", "ISO 32000-1 14.8.4.3", "TOC 里只有 TOCI、TOC 和 Caption", "a TOC holds nothing but TOCI, TOC and Caption";
    CONTENTS_ENTRY "structure-contents-entry", "ISO 32000-1 14.8.4.3", "TOCI 里有 Reference", "a TOCI has a Reference";
    LINK "structure-link", "ISO 14289-1 7.18.5", "链接注释在 Link 元素里", "link annotations are within Link elements";
    TABS "structure-tabs", "ISO 14289-1 7.18.3", "有注释的页按结构的次序跳转", "on pages with annotations, Tab follows the structure";
    }
}

/// Something that is not as a check asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyFinding {
    /// The check.
    pub check: &'static VerifyCheck,
    /// The page, from 1.
    pub page: Option<usize>,
    /// The number of the object.
    pub object: Option<u32>,
    /// What is wrong there.
    pub message: Message,
}

/// The most findings of one check that are kept: what is wrong a hundred times need not be told more often.
const MOST: usize = 100;

/// What is found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    found: Vec<VerifyFinding>,
    counts: BTreeMap<&'static str, usize>,
}

/// Where something is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct VerifyPlace {
    /// The page, from 1.
    pub(super) page: Option<usize>,
    pub(super) object: Option<ObjectId>,
}

impl VerifyPlace {
    /// An object, on no page or on many.
    pub(super) fn of(object: Option<ObjectId>) -> Self {
        Self { page: None, object }
    }
}

impl Findings {
    /// Notes what is wrong.
    pub(super) fn note(&mut self, check: &'static VerifyCheck, place: VerifyPlace, message: Message) {
        let count = self.counts.entry(check.name).or_default();
        *count += 1;
        if *count <= MOST {
            let object = place.object.map(|(number, _)| number);
            self.found.push(VerifyFinding { check, page: place.page, object, message });
        }
    }

    /// Notes what is wrong with the file as a whole.
    pub(super) fn whole(&mut self, check: &'static VerifyCheck, message: Message) {
        self.note(check, VerifyPlace::default(), message);
    }

    /// What was found, in the order of the table.
    pub(super) fn finish(self) -> Vec<VerifyFinding> {
        let mut found = self.found;
        let at = |check: &VerifyCheck| VerifyCheck::ALL.iter().position(|known| *known == check);
        found.sort_by_key(|finding| at(finding.check));
        found
    }
}
