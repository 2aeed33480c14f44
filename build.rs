//! Embeds the built app into the native program: the files in `viewer/`, written by `make dist`.
//!
//! In a fresh clone the folder is empty, and the program is compiled without an app.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    // The app embeds nothing, so the folder is not watched for this target. Relocations are kept for code splitting;
    // see `xtask/src/split_wasm.rs`.
    if env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo:rustc-link-arg-bin=app=--emit-relocs");
        return Ok(());
    }
    println!("cargo:rerun-if-changed=viewer");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("viewer");
    let mut files = Vec::new();
    list(&root, "", &mut files)?;
    // Sorted, so that the order does not depend on the disk.
    files.sort();
    let mut code = String::from("&[\n");
    for path in &files {
        let _ = writeln!(code, "    ({path:?}, include_bytes!({:?})),", root.join(path));
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("viewer.rs"), code)
}

/// Adds the files in `folder` by path relative to the root.
fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{prefix}{name}/"), files)?;
        } else {
            files.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}
