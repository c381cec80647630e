//! The JSON Schema of a report, from the tables of keys that validate one.

use serde_json::{Map, Value, json};

use super::keys::REPORT;
use crate::yaml::shape::{Object, Shape};

/// The JSON Schema (draft 2020-12) of a report, indented. Descriptions are Chinese: they are shown to those who write
/// reports.
#[must_use]
pub fn schema() -> String {
    format!("{:#}\n", value())
}

fn value() -> Value {
    let mut definitions = Definitions::default();
    let report = definitions.object(&REPORT);
    let defs: Map<String, Value> = definitions.done.into_iter().map(|(_, name, schema)| (name, schema)).collect();
    let mut root = Map::new();
    root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".to_owned(), json!("定稿：报告"));
    root.extend(report);
    root.insert("$defs".to_owned(), Value::Object(defs));
    Value::Object(root)
}

/// Every object becomes a definition of its own: blocks hold blocks.
#[derive(Default)]
struct Definitions {
    /// The object, its name and its schema.
    done: Vec<(*const Object, String, Value)>,
}

impl Definitions {
    fn reference(&mut self, object: &'static Object) -> Value {
        let pointer = std::ptr::from_ref(object);
        if let Some((_, name, _)) = self.done.iter().find(|(p, _, _)| *p == pointer) {
            return json!({"$ref": format!("#/$defs/{name}")});
        }
        let base = object.name.1.trim_start_matches("a ").replace(' ', "-");
        let same = self.done.iter().filter(|(_, name, _)| name.trim_end_matches(char::is_numeric) == base).count();
        let name = if same == 0 { base } else { format!("{base}{}", same + 1) };
        let place = self.done.len();
        self.done.push((pointer, name.clone(), Value::Null));
        let schema = Value::Object(self.object(object));
        if let Some(entry) = self.done.get_mut(place) {
            entry.2 = schema;
        }
        json!({"$ref": format!("#/$defs/{name}")})
    }

    fn object(&mut self, object: &'static Object) -> Map<String, Value> {
        let mut properties = Map::new();
        for field in object.fields {
            let mut schema = self.shape(&field.shape);
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".to_owned(), json!(field.about));
            }
            properties.insert(field.key.to_owned(), schema);
        }
        let required: Vec<&str> = object.fields.iter().filter(|f| f.required).map(|f| f.key).collect();
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("description".to_owned(), json!(object.name.0));
        schema.insert("properties".to_owned(), Value::Object(properties));
        schema.insert("required".to_owned(), json!(required));
        schema.insert("additionalProperties".to_owned(), json!(false));
        schema
    }

    fn shape(&mut self, shape: &'static Shape) -> Value {
        match shape {
            Shape::Text => json!({"type": ["string", "number"]}),
            Shape::Cell => json!({"type": ["string", "number", "null"]}),
            Shape::Bool => json!({"type": "boolean"}),
            Shape::Integer(low, high) => json!({"type": "integer", "minimum": low, "maximum": high}),
            Shape::Number(low, high) => json!({"type": "number", "minimum": low, "maximum": high}),
            Shape::Length => json!({"type": ["string", "number"], "pattern": "^\\s*[0-9.]+\\s*(mm|cm|pt|磅|in)?\\s*$"}),
            Shape::Relative => {
                json!({"type": "string", "pattern": "^\\s*[0-9.]+\\s*(mm|cm|pt|磅|in|em|字)\\s*$"})
            }
            Shape::Choice(words) => json!({"enum": words}),
            Shape::Scheme { none } => {
                json!({"type": ["string", "number"], "pattern": if *none { "[一1①]|^none$" } else { "[一1①]" }})
            }
            Shape::Object(object) => self.reference(object),
            Shape::Keyed(objects) => {
                let all: Vec<Value> = objects.iter().map(|o| self.reference(o)).collect();
                json!({"anyOf": all})
            }
            Shape::List(item, low, high) => {
                let mut schema = json!({"type": "array", "items": self.shape(item), "minItems": low});
                if *high < 1000 {
                    schema["maxItems"] = json!(high);
                }
                schema
            }
            Shape::Names(value) => json!({"type": "object", "additionalProperties": self.shape(value)}),
            Shape::OneOf(shapes) => {
                let all: Vec<Value> = shapes.iter().map(|s| self.shape(s)).collect();
                json!({"anyOf": all})
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every reference leads to a definition, and the schema has every key of the tables.
    #[test]
    fn references_resolve() {
        let schema = value();
        let text = schema.to_string();
        for part in text.split("#/$defs/").skip(1) {
            let name = part.split('"').next().expect("name");
            assert!(schema["$defs"][name].is_object(), "{name}");
        }
        for key in ["title", "salutation", "heading", "point", "columns", "alt", "else", "numbering"] {
            assert!(text.contains(&format!("\"{key}\":{{")), "{key}");
        }
        assert_eq!(schema["required"], json!(["template", "title", "body"]));
    }
}
