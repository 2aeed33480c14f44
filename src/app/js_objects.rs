//! JavaScript objects for which neither js-sys nor web-sys has a binding.
//!
//! Browsers may lack an API: the getter of a missing object returns `None`, and a binding with `catch` returns an
//! error. Other bindings would stop the app there.

use js_sys::Object;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    /// An object as a map of its properties: options, messages, stored states.
    ///
    /// One getter and one setter for all names, since each binding adds to the code that loads first.
    #[wasm_bindgen(is_type_of = JsValue::is_object)]
    #[derive(Clone)]
    pub type Fields;

    /// Returns a property, `undefined` if it is missing.
    #[wasm_bindgen(method, indexing_getter)]
    pub fn get(this: &Fields, name: &str) -> JsValue;

    #[wasm_bindgen(method, indexing_setter)]
    fn set_value(this: &Fields, name: &str, value: &JsValue);
}

impl Default for Fields {
    fn default() -> Fields {
        Object::new().unchecked_into()
    }
}

impl Fields {
    pub fn set(&self, name: &str, value: impl Into<JsValue>) {
        self.set_value(name, &value.into());
    }
}
