//! The data that expressions see, and what computing them tells.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::arguments::ExpressionRemark;
use crate::diagnostic::{Message, Span};
use crate::source::data::{Datum, Entry};

/// The data that expressions see, and what of it they have used.
pub(in crate::source) struct Scope {
    /// The top-level names: a map.
    pub root: Entry,
    locals: RefCell<Vec<(String, Entry)>>,
    /// What expressions have used, and how often.
    used: RefCell<BTreeMap<Span, usize>>,
    remarks: RefCell<Vec<ExpressionRemark>>,
    seen: RefCell<Vec<SeenValue>>,
    watching: Cell<bool>,
    trace: RefCell<ValueTrace>,
}

/// What the last expression was computed from.
#[derive(Clone, Debug, Default)]
pub(in crate::source) struct ValueTrace {
    /// The places of the values that it has used; those of lists and maps have `false`.
    pub used: Vec<(Span, bool)>,
    /// Names in its text that represent rows: their bytes, and the place of the row.
    pub rows: Vec<((usize, usize), Span)>,
}

/// A value that a check has looked at.
#[derive(Clone, Debug)]
pub(in crate::source) struct SeenValue {
    /// How the check writes it, or what it is.
    pub name: Message,
    /// How it is printed.
    pub printed: Message,
    /// Where the data defines it.
    pub span: Option<Span>,
    /// True for a list or a map.
    pub many: bool,
    /// The columns of a list of rows.
    pub columns: Option<Arc<[Arc<str>]>>,
}

impl Scope {
    /// A scope over a map.
    pub(in crate::source) fn new(root: Entry) -> Self {
        Self {
            root,
            locals: RefCell::default(),
            used: RefCell::default(),
            remarks: RefCell::default(),
            seen: RefCell::default(),
            watching: Cell::new(false),
            trace: RefCell::default(),
        }
    }

    /// Gives a name to a value, before names of the data: the row of an `each`.
    pub(in crate::source) fn bind(&self, name: &str, entry: Entry) {
        self.locals.borrow_mut().push((name.to_owned(), entry));
    }

    /// Takes back the last name that was given.
    pub(in crate::source) fn unbind(&self) {
        self.locals.borrow_mut().pop();
    }

    /// The value of a top-level name, which an expression has at some bytes.
    pub(super) fn find(&self, name: &str, at: (usize, usize)) -> Option<Entry> {
        let locals = self.locals.borrow();
        let local = locals.iter().rev().find(|(known, _)| known == name).map(|(_, entry)| entry.clone());
        if let Some(span) = local.as_ref().and_then(|entry| entry.span) {
            self.trace.borrow_mut().rows.push((at, span));
        }
        local.or_else(|| self.root.get(name).cloned())
    }

    /// Forgets what the last expression was computed from.
    pub(super) fn begin_trace(&self) {
        self.trace.take();
    }

    /// What the last expression was computed from.
    pub(in crate::source) fn take_trace(&self) -> ValueTrace {
        self.trace.take()
    }

    /// The top-level names.
    pub(super) fn names(&self) -> Vec<String> {
        let locals = self.locals.borrow();
        locals.iter().map(|(name, _)| name.clone()).chain(self.root.keys().map(str::to_owned)).collect()
    }

    /// True when an expression has used the entry defined at `span`.
    pub(in crate::source) fn is_used(&self, span: Span) -> bool {
        self.used.borrow().contains_key(&span)
    }

    /// How often expressions have used the entry defined at `span`.
    pub(in crate::source) fn uses(&self, span: Span) -> usize {
        self.used.borrow().get(&span).copied().unwrap_or(0)
    }

    /// True when an expression has used something defined within `span`.
    pub(in crate::source) fn uses_within(&self, span: Span) -> bool {
        let (first, last) = (Span { end: 0, ..span }, Span { start: span.end, end: u32::MAX, ..span });
        self.used.borrow().range(first..=last).next().is_some()
    }

    /// Notes a value as used; what it holds is used with it.
    pub(super) fn touch(&self, entry: &Entry) {
        if let Some(span) = entry.span {
            *self.used.borrow_mut().entry(span).or_default() += 1;
            let one = !matches!(entry.scalar().datum, Datum::List(_) | Datum::Map(_));
            self.trace.borrow_mut().used.push((span, one));
        }
    }

    /// Takes in remarks.
    pub(super) fn remarks(&self) -> &RefCell<Vec<ExpressionRemark>> {
        &self.remarks
    }

    /// The remarks since the last call, each once.
    pub(in crate::source) fn take_remarks(&self) -> Vec<ExpressionRemark> {
        self.remarks.take()
    }

    /// Notes what a check looks at, while one does.
    pub(super) fn see(&self, seen: impl FnOnce() -> SeenValue) {
        if !self.watching.get() {
            return;
        }
        let seen = seen();
        let mut all = self.seen.borrow_mut();
        if !all.iter().any(|known| known.name == seen.name && known.span == seen.span) {
            all.push(seen);
        }
    }

    /// Computes something, and tells the values that it has looked at.
    pub(super) fn watch<T>(&self, compute: impl FnOnce() -> T) -> (T, Vec<SeenValue>) {
        self.watching.set(true);
        self.seen.take();
        let result = compute();
        self.watching.set(false);
        (result, self.seen.take())
    }
}

/// The columns of a list of rows.
pub(super) fn columns_of(datum: &Datum) -> Option<Arc<[Arc<str>]>> {
    let Datum::List(items) = datum else { return None };
    match &items.first()?.datum {
        Datum::Map(row) => Some(Arc::clone(&row.keys)),
        _ => None,
    }
}
