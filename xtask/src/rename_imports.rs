//! Shortening of import names between the app and its JavaScript glue.
//!
//! wasm-bindgen gives each imported function a long name with a hash in both files. The names add 9 kB to every
//! download, since hashes do not compress. Release builds use numbers instead.

use anyhow::{Context, bail, ensure};

const WASM_HEADER: &[u8] = b"\0asm\x01\0\0\0";
/// Section id of imports, and import kind of functions (WebAssembly specification, 5.5).
const IMPORT_SECTION: u8 = 2;
const FUNCTION_IMPORT: u8 = 0;

/// Replaces import names by numbers in glue and app.
pub fn shorten(glue: &str, app: &[u8]) -> anyhow::Result<(String, Vec<u8>)> {
    let mut names = Vec::new();
    let app = number_imports(app, &mut names).context("unexpected WebAssembly in the app")?;
    let mut glue = glue.to_owned();
    for (number, name) in names.iter().enumerate() {
        glue = number_key(&glue, name, number)
            .with_context(|| format!("import {name} is not defined exactly once in the glue"))?;
    }
    Ok((glue, app))
}

/// Replaces the single key `name` of the glue's objects by `number`.
fn number_key(glue: &str, name: &str, number: usize) -> Option<String> {
    let key = format!(" {name}:");
    let (before, after) = glue.split_once(&key)?;
    (!after.contains(&key)).then(|| format!("{before} {number}:{after}"))
}

/// Replaces the import names in `app` by numbers and appends the names to `names`. Format: WebAssembly specification,
/// 5.5.
fn number_imports(app: &[u8], names: &mut Vec<String>) -> anyhow::Result<Vec<u8>> {
    let rest = app.strip_prefix(WASM_HEADER).context("unsupported WebAssembly version")?;
    let mut sections = WasmReader(rest);
    let mut numbered = WASM_HEADER.to_vec();
    while let Some(kind) = sections.byte() {
        let length = sections.leb128()?;
        let mut section = sections.take(length)?.to_vec();
        if kind == IMPORT_SECTION {
            section = number_import_section(WasmReader(&section), names)?;
        }
        numbered.push(kind);
        push_length_prefixed(&mut numbered, &section);
    }
    Ok(numbered)
}

fn number_import_section(mut section: WasmReader<'_>, names: &mut Vec<String>) -> anyhow::Result<Vec<u8>> {
    let count = section.leb128()?;
    let mut numbered = Vec::new();
    push_leb128(&mut numbered, count);
    for _ in 0..count {
        let (module, name) = (section.length_prefixed()?, section.length_prefixed()?);
        if section.byte() != Some(FUNCTION_IMPORT) {
            bail!("unsupported import: only functions are expected");
        }
        push_length_prefixed(&mut numbered, module);
        push_length_prefixed(&mut numbered, names.len().to_string().as_bytes());
        numbered.push(FUNCTION_IMPORT);
        push_leb128(&mut numbered, section.leb128()?);
        names.push(String::from_utf8(name.to_vec())?);
    }
    ensure!(section.0.is_empty(), "trailing bytes after the imports");
    Ok(numbered)
}

/// Reader of WebAssembly binary data.
struct WasmReader<'a>(&'a [u8]);

impl<'a> WasmReader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    fn take(&mut self, length: usize) -> anyhow::Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).context("unexpected end of the file")?;
        self.0 = rest;
        Ok(taken)
    }

    /// Reads a length-prefixed byte string.
    fn length_prefixed(&mut self) -> anyhow::Result<&'a [u8]> {
        let length = self.leb128()?;
        self.take(length)
    }

    /// Reads an unsigned LEB128 number of at most 32 bits.
    fn leb128(&mut self) -> anyhow::Result<usize> {
        let mut length = 0;
        let number = leb128fmt::decode_uint_slice::<u32, 32>(self.0, &mut length);
        let number = number.ok().context("invalid LEB128 number")?;
        self.take(length)?;
        Ok(number as usize)
    }
}

fn push_leb128(bytes: &mut Vec<u8>, number: usize) {
    if let Some((code, length)) = leb128fmt::encode_u64(number as u64) {
        bytes.extend_from_slice(&code[..length]);
    }
}

fn push_length_prefixed(bytes: &mut Vec<u8>, named: &[u8]) {
    push_leb128(bytes, named.len());
    bytes.extend(named);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds a module with a type section, two imports and a code section.
    fn app(first: &str, second: &str) -> Vec<u8> {
        let mut imports = vec![2];
        for (name, kind) in [(first, 3), (second, 200)] {
            push_length_prefixed(&mut imports, b"./glue.js");
            push_length_prefixed(&mut imports, name.as_bytes());
            imports.push(FUNCTION_IMPORT);
            push_leb128(&mut imports, kind);
        }
        let mut app = WASM_HEADER.to_vec();
        for (kind, section) in [(1, &[0; 300][..]), (IMPORT_SECTION, &imports), (10, b"code")] {
            app.push(kind);
            push_length_prefixed(&mut app, section);
        }
        app
    }

    #[test]
    fn glue_and_app_get_the_same_numbers() {
        let glue = "const a = {\n    __wbg_open_1: function() {\n        shut();\n    },\n    __wbg_open_12: () => 1,\n};\n";
        let (glue, numbered) = shorten(glue, &app("__wbg_open_12", "__wbg_open_1")).unwrap();
        assert_eq!(glue, "const a = {\n    1: function() {\n        shut();\n    },\n    0: () => 1,\n};\n");
        assert_eq!(numbered, app("0", "1"));
    }

    #[test]
    fn unexpected_glue_or_app_is_rejected() {
        let glue = " open: 1, shut: 2,";
        assert!(shorten(glue, &app("open", "shut")).is_ok());
        assert!(shorten(glue, &app("open", "lock")).is_err());
        assert!(shorten(" open: 1, open: 2, shut: 3", &app("open", "shut")).is_err());
        let whole = app("open", "shut");
        assert!(shorten(glue, &whole[..whole.len() - 1]).is_err());
        assert!(shorten(glue, &whole[1..]).is_err());
    }
}
