//! The JSON Schema of a report, for editors: written from the same tables that validate it.

use serde_json::{Map, Value, json};

use super::keys::REPORT;
use crate::template::shape::{Field, Object, Shape};

/// The schema (draft 2020-12), indented. Descriptions are Chinese: they are shown to those who write reports.
#[must_use]
pub fn schema() -> String {
    let mut writer = Writer { objects: Vec::new() };
    let mut root = Map::new();
    root.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    root.insert("title".into(), REPORT.name.0.into());
    root.extend(writer.object(&REPORT));
    // Describing an object may meet further ones; each is described once.
    let mut definitions = Map::new();
    let mut done = 0;
    while let Some(object) = writer.objects.get(done).copied() {
        let described = writer.object(object);
        definitions.insert(Writer::name(done, object), Value::Object(described));
        done += 1;
    }
    root.insert("$defs".into(), Value::Object(definitions));
    format!("{:#}\n", Value::Object(root))
}

struct Writer {
    objects: Vec<&'static Object>,
}

impl Writer {
    /// A name unique by its count and readable by the object's first key.
    fn name(index: usize, object: &Object) -> String {
        format!("{}-{}", index + 1, object.fields.first().map_or("map", |f| f.key))
    }

    fn object(&mut self, object: &'static Object) -> Map<String, Value> {
        let required: Vec<&str> = object.fields.iter().filter(|f| f.required).map(|f| f.key).collect();
        let properties: Map<String, Value> = object.fields.iter().map(|f| (f.key.to_owned(), self.field(f))).collect();
        let mut out = Map::new();
        out.insert("type".into(), "object".into());
        out.insert("properties".into(), Value::Object(properties));
        if !required.is_empty() {
            out.insert("required".into(), required.into());
        }
        out.insert("additionalProperties".into(), false.into());
        out
    }

    fn field(&mut self, field: &'static Field) -> Value {
        let mut value = self.shape(&field.shape);
        if let Value::Object(map) = &mut value {
            map.insert("description".into(), field.about.into());
        }
        value
    }

    fn shape(&mut self, shape: &'static Shape) -> Value {
        match shape {
            Shape::Text | Shape::Scheme { .. } => json!({"type": ["string", "number"]}),
            Shape::Cell => json!({"type": ["string", "number", "null"]}),
            Shape::Bool => json!({"type": "boolean"}),
            Shape::Integer(low, high) => json!({"type": "integer", "minimum": low, "maximum": high}),
            Shape::Number(low, high) => json!({"type": "number", "minimum": low, "maximum": high}),
            Shape::Length => json!({"type": "string", "pattern": "^\\s*[0-9]*\\.?[0-9]+\\s*(mm|cm|pt|磅|in)\\s*$"}),
            Shape::Choice(words) => json!({"enum": words}),
            Shape::Object(object) => self.reference(object),
            Shape::Keyed(objects) => {
                let kinds: Vec<Value> = objects.iter().map(|o| self.reference(o)).collect();
                json!({"anyOf": kinds})
            }
            Shape::List(item, low, high) => {
                json!({"type": "array", "items": self.shape(item), "minItems": low, "maxItems": high})
            }
            Shape::Names(value) => json!({"type": "object", "additionalProperties": self.shape(value)}),
            Shape::OneOf(shapes) => {
                let kinds: Vec<Value> = shapes.iter().map(|s| self.shape(s)).collect();
                json!({"anyOf": kinds})
            }
        }
    }

    fn reference(&mut self, object: &'static Object) -> Value {
        let index = self.objects.iter().position(|o| std::ptr::eq(*o, object)).unwrap_or_else(|| {
            self.objects.push(object);
            self.objects.len() - 1
        });
        json!({"$ref": format!("#/$defs/{}", Self::name(index, object))})
    }
}
