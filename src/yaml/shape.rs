//! Shapes of values: the tables of keys that validate reports and templates, and that their schema is written from.

use super::near::suggestion;
use super::tree::{Key, Kind, Node};
use super::units;
use super::{refusal, slip};
use crate::diagnostic::{Code, Diagnostic, Message, Span, say};

/// A map with known keys.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// What it is, for messages: in Chinese and English.
    pub name: (&'static str, &'static str),
    /// Its keys.
    pub fields: &'static [Field],
}

/// A key of an [`Object`].
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// True when it must be given.
    pub required: bool,
    /// What its value may be.
    pub shape: Shape,
    /// What it is for, in Chinese (for editors).
    pub about: &'static str,
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text; a number is text too.
    Text,
    /// Text or nothing.
    Cell,
    /// `true` or `false`.
    Bool,
    /// A whole number within bounds.
    Integer(i64, i64),
    /// A number within bounds.
    Number(f64, f64),
    /// A length with its unit, such as `37mm`, from nothing up.
    Length,
    /// A length with its unit, characters of its type included: `2em`.
    Relative,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The first number of a scheme, such as `（一）`; `none` where numbers can be turned off.
    Scheme {
        /// True where `none` is allowed.
        none: bool,
    },
    /// A map with known keys.
    Object(&'static Object),
    /// A map told apart from others by its first key.
    Keyed(&'static [&'static Object]),
    /// A list; the numbers bound its length.
    List(&'static Shape, usize, usize),
    /// A map with keys of the author's choosing.
    Names(&'static Shape),
    /// Any of these, told apart by their kind (text, list, map).
    OneOf(&'static [Shape]),
}

impl Shape {
    /// Checks a value and everything below it; all that is wrong goes to `diagnostics`.
    pub fn check(&self, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
        match (self, &node.kind) {
            (Self::Object(object), Kind::Map(entries)) => object.check(node, entries, diagnostics),
            (Self::Keyed(objects), Kind::Map(entries)) => keyed(objects, node, entries, diagnostics),
            (Self::List(shape, low, high), Kind::List(items)) => {
                if !(*low..=*high).contains(&items.len()) {
                    diagnostics.push(refusal::count(node.span, items.len(), (*low, *high)));
                }
                for item in items {
                    shape.check(item, diagnostics);
                }
            }
            (Self::Names(shape), Kind::Map(entries)) => {
                for (key, value) in entries {
                    match key.name.split_once('：').filter(|_| value.kind == Kind::Null) {
                        Some((name, _)) => diagnostics.push(slip::full_width_colon(key.span, name)),
                        None => shape.check(value, diagnostics),
                    }
                }
            }
            (Self::OneOf(shapes), kind) => match shapes.iter().find(|s| s.accepts(kind)) {
                Some(shape) => shape.check(node, diagnostics),
                None => wrong_type(self, node, diagnostics),
            },
            _ if self.accepts(&node.kind) => {
                diagnostics.extend(node.as_text().and_then(|text| self.refused(text, node.span)));
            }
            _ => wrong_type(self, node, diagnostics),
        }
    }

    /// True for a list of maps of which one is known by this key.
    fn lists(&self, key: &str) -> bool {
        let keyed = |shape: &Self| {
            let Self::Keyed(objects) = shape else { return false };
            objects.iter().any(|object| object.fields.first().is_some_and(|first| first.key == key))
        };
        match self {
            Self::List(Self::OneOf(shapes), ..) => shapes.iter().any(keyed),
            Self::List(shape, ..) => keyed(shape),
            _ => false,
        }
    }

    /// What is wrong with the text of a scalar, which is of the right kind.
    fn refused(&self, text: &str, span: Span) -> Option<Diagnostic> {
        match self {
            Self::Integer(low, high) => {
                let fits = text.parse::<i64>().is_ok_and(|n| (*low..=*high).contains(&n));
                (!fits).then(|| refusal::integer(span, text, (*low, *high)))
            }
            Self::Number(low, high) => {
                let fits = text.parse::<f64>().is_ok_and(|n| (*low..=*high).contains(&n));
                (!fits).then(|| refusal::number(span, text, (*low, *high)))
            }
            Self::Length => units::points(text).is_none().then(|| refusal::length(span, text)),
            Self::Relative => units::measure(text).is_none().then(|| refusal::measure(span, text)),
            Self::Choice(words) => (!words.contains(&text)).then(|| refusal::word(span, text, words)),
            Self::Scheme { none } => {
                let off = *none && text == "none";
                (!off && units::sample(text).is_none()).then(|| refusal::scheme(span, text))
            }
            _ => None,
        }
    }

    /// True when a value of this kind may be of the shape.
    fn accepts(&self, kind: &Kind) -> bool {
        match self {
            Self::Text | Self::Scheme { .. } | Self::Length | Self::Relative => {
                matches!(kind, Kind::Text(_) | Kind::Number(_))
            }
            Self::Cell => matches!(kind, Kind::Text(_) | Kind::Number(_) | Kind::Null),
            Self::Choice(_) => matches!(kind, Kind::Text(_)),
            Self::Bool => matches!(kind, Kind::Bool(_)),
            Self::Integer(..) | Self::Number(..) => matches!(kind, Kind::Number(_)),
            Self::Object(_) | Self::Keyed(_) | Self::Names(_) => matches!(kind, Kind::Map(_)),
            Self::List(..) => matches!(kind, Kind::List(_)),
            Self::OneOf(shapes) => shapes.iter().any(|s| s.accepts(kind)),
        }
    }

    fn is_text(&self) -> bool {
        self.accepts(&Kind::Text(String::new()))
    }

    /// True where a list is wanted.
    fn is_list(&self) -> bool {
        self.accepts(&Kind::List(Vec::new()))
    }

    /// What is wanted, in a few words.
    fn wanted(&self) -> (String, String) {
        let fixed = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        match self {
            Self::Text | Self::Cell => fixed("文字", "text"),
            Self::Bool => fixed("真假值（true 或 false）", "true or false"),
            Self::Integer(..) => fixed("整数", "a whole number"),
            Self::Number(..) => fixed("数字", "a number"),
            Self::Length => fixed("长度（如 37mm）", "a length (such as 37mm)"),
            Self::Relative => fixed("长度（如 30mm、2em）", "a length (such as 30mm, 2em)"),
            Self::Choice(words) => (words.join("、"), words.join(", ")),
            Self::Scheme { .. } => fixed("编号的样子（如 （一））", "a sample of a number (such as （一）)"),
            Self::Object(object) => fixed(object.name.0, object.name.1),
            Self::Keyed(_) => fixed("一种内容块", "a block"),
            Self::List(..) => fixed("列表", "a list"),
            Self::Names(_) => fixed("名称与内容的对照", "a map of names"),
            Self::OneOf(shapes) => {
                let mut wanted: Vec<_> = shapes.iter().map(Self::wanted).collect();
                wanted.dedup();
                let (zh, en): (Vec<_>, Vec<_>) = wanted.into_iter().unzip();
                (zh.join("或"), en.join(" or "))
            }
        }
    }
}

impl Object {
    fn check(&self, node: &Node, entries: &[(Key, Node)], diagnostics: &mut Vec<Diagnostic>) {
        for (key, value) in entries {
            match self.fields.iter().find(|f| f.key == key.name) {
                Some(field) => field.shape.check(value, diagnostics),
                None => diagnostics.push(self.unknown(key)),
            }
        }
        for field in self.fields.iter().filter(|f| f.required) {
            if !entries.iter().any(|(k, _)| k.name == field.key) {
                let (key, about) = (field.key, field.about);
                let (zh, en) = self.name;
                diagnostics.push(Diagnostic::error(
                    Code::MISSING_KEY,
                    node.head(),
                    say!("{zh}缺少“{key}”", "{en} lacks \"{key}\""),
                    say!("补上一行 {key}:（{about}）", "add a line {key}:"),
                ));
            }
        }
    }

    /// The map of its first field.
    fn inner(&self) -> Option<&'static Object> {
        let of = |shape: &Shape| if let Shape::Object(inner) = shape { Some(*inner) } else { None };
        match self.fields.first()?.shape {
            Shape::OneOf(shapes) => shapes.iter().find_map(of),
            shape => of(&shape),
        }
    }

    /// Keys of the first field's map that are beside its key, which has nothing below it: they are not indented.
    fn beside(&self, entries: &[(Key, Node)]) -> Option<Diagnostic> {
        let (inner, own) = (self.inner()?, self.fields.first()?.key);
        let bare = entries.iter().any(|(key, value)| key.name == own && value.kind == Kind::Null);
        let theirs = |key: &Key| {
            inner.fields.iter().any(|field| field.key == key.name) && self.fields.iter().all(|f| f.key != key.name)
        };
        let (key, _) = entries.iter().find(|(key, _)| theirs(key)).filter(|_| bare)?;
        let name = &key.name;
        Some(Diagnostic::error(
            Code::YAML_SYNTAX,
            key.span,
            say!("“{name}”没有缩进在 {own}: 下面", "\"{name}\" is not indented below {own}:"),
            say!("{own}: 下面的各行比它多空两格", "begin the lines below {own}: two columns further on"),
        ))
    }

    /// The key that another word for it means: the Chinese of its description, or a part of a longer name.
    fn meant(&self, name: &str) -> Option<&'static Field> {
        if name.is_ascii() {
            let part = |key: &str, whole: &str| whole.split('-').any(|word| word == key);
            return self.fields.iter().find(|field| part(field.key, name) || part(name, field.key));
        }
        let described = self.fields.iter().filter_map(|field| field.about.find(name).map(|at| (at, field)));
        described.min_by_key(|&(at, _)| at).map(|(_, field)| field)
    }

    fn unknown(&self, key: &Key) -> Diagnostic {
        let name = &key.name;
        if let Some((known, _)) = name.split_once('：').filter(|(known, _)| known.is_ascii()) {
            return slip::full_width_colon(key.span, known);
        }
        let keys = self.fields.iter().map(|f| f.key);
        let all = keys.clone().collect::<Vec<_>>();
        let (all, all_en) = (all.join("、"), all.join(", "));
        let (near_zh, near_en) = suggestion(name, keys);
        let (zh, en) = self.name;
        Diagnostic::error(
            Code::UNKNOWN_KEY,
            key.span,
            say!("{zh}没有“{name}”这个键", "{en} has no key \"{name}\""),
            if let Some(field) = self.fields.iter().find(|field| field.shape.lists(name)) {
                let list = field.key;
                say!(
                    "{name} 是 {list}: 里的一项：在 {list}: 下面写 - {name}: ……",
                    "{name} is an entry of {list}: write - {name}: … below {list}:"
                )
            } else if let Some(Field { key, about, .. }) = self.meant(name).filter(|_| near_zh.is_empty()) {
                say!("是不是“{key}”（{about}）？可用的键：{all}", "did you mean \"{key}\"? Keys: {all_en}")
            } else if near_zh.is_empty() {
                say!("可用的键：{all}", "keys: {all_en}")
            } else {
                let (near_zh, near_en) = (near_zh.trim_start_matches('；'), near_en.trim_start_matches("; "));
                say!("{near_zh}可用的键：{all}", "{near_en} Keys: {all_en}")
            },
        )
    }
}

/// Finds which object a map is by the first key of each, and checks it.
fn keyed(objects: &[&'static Object], node: &Node, entries: &[(Key, Node)], diagnostics: &mut Vec<Diagnostic>) {
    let first = |o: &Object| o.fields.first().map_or("", |f| f.key);
    // The order of the table decides between a point with its `text` and a paragraph in its long form.
    if let Some(object) = objects.iter().find(|o| entries.iter().any(|(k, _)| k.name == first(o))) {
        match object.beside(entries) {
            Some(slip) => diagnostics.push(slip),
            None => object.check(node, entries, diagnostics),
        }
    } else {
        let all = objects.iter().map(|o| first(o)).collect::<Vec<_>>();
        let (all, all_en) = (all.join("、"), all.join(", "));
        let near = entries.first().map(|(k, _)| suggestion(&k.name, objects.iter().map(|o| first(o))));
        let (near_zh, near_en) = near.unwrap_or_default();
        // A key of Chinese is the beginning of a text with a colon and a space in it.
        let first = entries.first().map(|(key, _)| key.name.as_str()).filter(|name| !name.is_ascii());
        let known = first.and_then(|name| name.split_once('：')).filter(|(known, _)| known.is_ascii());
        diagnostics.push(if let Some((known, _)) = known {
            slip::full_width_colon(node.head(), known)
        } else if first.is_some() && entries.iter().all(|(_, value)| value.kind == Kind::Null) {
            slip::map_for_text(node.head())
        } else if first.is_some() {
            slip::colon_in_text(node.head())
        } else {
            Diagnostic::error(
                Code::BLOCK_KIND,
                node.head(),
                say!("看不出这是哪一种内容", "this map is no known kind of block"),
                say!("写明其中一个键：{all}{near_zh}", "give one of the keys {all_en}{near_en}"),
            )
        });
    }
}

fn wrong_type(shape: &Shape, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let (wanted_zh, wanted_en) = shape.wanted();
    let (found_zh, found_en) = match &node.kind {
        Kind::Null => ("空", "nothing"),
        Kind::Bool(_) => ("true/false", "true or false"),
        Kind::Number(_) => ("数字", "a number"),
        Kind::Text(_) => ("文字", "text"),
        Kind::List(_) => ("列表", "a list"),
        Kind::Map(_) => ("键值", "a map"),
    };
    if let (Kind::Text(text), true) = (&node.kind, shape.accepts(&Kind::List(Vec::new())))
        && text.starts_with('-')
    {
        return diagnostics.push(slip::dash_without_space(Span { end: node.span.start + 1, ..node.span }));
    }
    if let (Kind::Text(text), true, false) = (&node.kind, shape.accepts(&Kind::Map(Vec::new())), shape.is_text())
        && let Some((key, _)) = text.split_once('：').filter(|(key, _)| slip::may_be_key(key))
    {
        return diagnostics.push(slip::full_width_colon(node.span, key));
    }
    let hint = match &node.kind {
        Kind::Text(_) if shape.is_list() => say!(
            "每一项占一行，行首写半角的减号加空格，例如 - 第一项",
            "write an entry a line, each with a half-width hyphen and a space in front: - first"
        ),
        Kind::Text(_) if matches!(shape, Shape::Names(_)) => {
            say!("一行写一个，名称在前：名称: 内容", "write one a line, the name first: name: content")
        }
        Kind::Null => say!("补上内容，或者删去这个键", "give a value, or remove the key"),
        Kind::Bool(_) if shape.is_text() => {
            say!("要作为文字的话，加上引号", "put it in quotation marks if it is meant as text")
        }
        Kind::Map(_) if shape.is_text() => say!(
            "文字里有“: ”或以 {{ 开头的，把整段放进引号",
            "put text that holds \": \" or begins with {{ in quotation marks"
        ),
        _ if matches!(shape, Shape::Object(_)) => {
            say!("写成“键: 值”的样子，一行一个键", "write \"key: value\", a key a line")
        }
        _ => say!("改为{wanted_zh}", "give {wanted_en}"),
    };
    let span = match node.kind {
        Kind::List(_) | Kind::Map(_) => node.head(),
        _ => node.span,
    };
    diagnostics.push(Diagnostic::error(
        Code::WRONG_TYPE,
        span,
        say!("这里应是{wanted_zh}，却是{found_zh}", "{wanted_en} is wanted here, not {found_en}"),
        hint,
    ));
}

/// The message and place of something that must not be empty.
pub fn empty(span: Span, what: Message) -> Diagnostic {
    Diagnostic::error(Code::EMPTY, span, what, say!("写上内容，或者删去这一项", "write something, or remove the entry"))
}
