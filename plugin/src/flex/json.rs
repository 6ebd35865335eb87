//! JSON on its way between JavaScript and Rust.
//!
//! The browser reads and writes the text; a second reader and writer in the module would be a tenth of its size.

use js_sys::{Array, JSON, Object, Reflect};
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

/// The integers that JavaScript's numbers tell apart end here.
const MOST_EXACT: f64 = 9_007_199_254_740_991.0;

/// Reads JSON text; null where it is none.
#[must_use]
pub fn parse(text: &str) -> Value {
    JSON::parse(text).map_or(Value::Null, |value| from_js(&value))
}

/// Writes JSON text.
#[must_use]
pub fn stringify(value: &Value) -> String {
    JSON::stringify(&to_js(value)).map_or_else(|_| String::new(), String::from)
}

/// The JSON value of a JavaScript value; null for what JSON has no words for.
pub(super) fn from_js(value: &JsValue) -> Value {
    if let Some(text) = value.as_string() {
        return Value::String(text);
    }
    if let Some(number) = value.as_f64() {
        return from_number(number);
    }
    if let Some(flag) = value.as_bool() {
        return Value::Bool(flag);
    }
    if let Some(array) = value.dyn_ref::<Array>() {
        return array.iter().map(|value| from_js(&value)).collect();
    }
    match value.dyn_ref::<Object>() {
        Some(object) => Value::Object(from_object(object)),
        None => Value::Null,
    }
}

fn from_number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() <= MOST_EXACT {
        Value::from(number as i64)
    } else {
        Number::from_f64(number).map_or(Value::Null, Value::Number)
    }
}

fn from_object(object: &Object) -> Map<String, Value> {
    let fields = Object::keys(object).into_iter();
    let mut map = Map::new();
    // Collecting them would sort them first, with a sort of its own.
    map.extend(fields.filter_map(|key| Some((key.as_string()?, from_js(&Reflect::get(object, &key).ok()?)))));
    map
}

/// The JavaScript value of a JSON value.
pub(super) fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Number(number) => number.as_f64().map_or(JsValue::NULL, JsValue::from_f64),
        Value::String(text) => JsValue::from_str(text),
        Value::Array(values) => values.iter().map(to_js).collect::<Array>().into(),
        Value::Object(fields) => {
            let object = Object::new();
            for (name, value) in fields {
                // Setting a property of an object that was just made can not fail.
                _ = Reflect::set(&object, &JsValue::from_str(name), &to_js(value));
            }
            object.into()
        }
    }
}

/// A property of an object; undefined where there is neither object nor property.
pub(super) fn get(object: &JsValue, property: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(property)).unwrap_or(JsValue::UNDEFINED)
}
