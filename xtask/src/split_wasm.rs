//! Code splitting: moves lazily loaded code of the app into separate chunk files.
//!
//! ```text
//! app.wasm as linked by cargo, with relocations
//!   ├─▶ the app ─────────▶ wasm-bindgen ─▶ glue, app ─▶ wasm-opt
//!   └─▶ chunks `soon`, `rare`, shared ── ────────────▶ wasm-opt
//! ```
//!
//! Splitting needs relocations, which the output of trunk's own wasm-bindgen run lacks, so this module starts again
//! from cargo's output. Chunks call the app and each other through a shared function table. `boot.js` fetches them;
//! see `sheafPart` there.

use crate::module_sizes::size_lines;
use crate::order_functions::name_by_similarity;
use crate::rebuild_std::app_with_rebuilt_std;
use crate::tools::{Tools, run_checked};
use anyhow::{Context, anyhow, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Options of wasm-opt's two runs, chosen by the compressed size of the app. Less inlining compresses better.
const FIRST_PASSES: [&str; 3] = ["--flatten", "--rereloop", "-Oz"];
const SECOND_PASSES: [&str; 2] = ["-Oz", "--reorder-functions-by-name"];
const LIMITS: [&str; 4] = [
    "--low-memory-unused",
    "--always-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
];

/// Cargo's output, in its target directory.
pub const APP_FILE: &str = "wasm32-unknown-unknown/wasm/app.wasm";

/// Variable with the file that gets the table of sizes.
const SIZES: &str = "SHEAF_SIZES";

/// Module name in the glue of an app that can be split.
const UNSPLIT_MARKER: &str = "__wasm_split_placeholder__";
/// Module name in the glue of a split app; wasm-bindgen takes the name for a JavaScript module.
const SPLIT_MODULE: &str = "./__wasm_split.js";

/// App split into an initial module and chunks.
pub struct SplitApp {
    /// JavaScript glue between app and browser.
    pub glue: String,
    /// WebAssembly of the initial module.
    pub app: Vec<u8>,
    /// Chunks.
    pub chunks: Vec<ChunkFile>,
}

/// Chunk file.
pub struct ChunkFile {
    /// Names of the chunks that need the file, sorted.
    pub of: Vec<String>,
    /// WebAssembly of the chunk.
    pub bytes: Vec<u8>,
}

/// Returns `true` if the app behind `glue` can be split.
pub fn is_splittable(glue: &str) -> bool {
    glue.contains(UNSPLIT_MARKER)
}

/// Splits the app that cargo built in `root`, the folder with `Cargo.toml`.
pub fn split_app(root: &Path) -> anyhow::Result<SplitApp> {
    let target = cargo_target_dir(root)?;
    let place = match app_with_rebuilt_std(root, &target)? {
        Some(rebuilt) => rebuilt,
        None => target.join(APP_FILE),
    };
    let whole = fs::read(&place).with_context(|| place.display().to_string())?;
    let work = tempfile::tempdir()?;
    let main = work.path().join("app.wasm");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    (options.output_dir, options.main_out_path, options.link_name) = (work.path(), &main, SPLIT_MODULE);
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("{error:#}"))
        .with_context(|| format!("cannot split {} into chunks", place.display()))?;

    let tools = Tools::from_project(root)?;
    let mut bindgen = Command::new(tools.wasm_bindgen()?);
    bindgen.args([
        "--target",
        "web",
        "--no-typescript",
        "--keep-lld-exports",
        "--out-name",
        "app",
        "--out-dir",
    ]);
    run_checked(bindgen.arg(work.path()).arg(&main))?;
    let glue = fs::read_to_string(work.path().join("app.js"))?;
    let mut files: Vec<(Vec<String>, PathBuf)> = vec![(Vec::new(), work.path().join("app_bg.wasm"))];
    for path in split.split_modules {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let needs = split.prefetch_map.iter().filter(|(_, files)| files.iter().any(|file| file == stem));
        let mut of: Vec<String> = needs.map(|(part, _)| part.clone()).collect();
        of.sort();
        files.push((of, path));
    }
    files[1..].sort();

    let mut parts = Vec::new();
    let sizes = env::var_os(SIZES);
    let mut lines = String::new();
    for (of, path) in files {
        if let Some(wasm_opt) = tools.wasm_opt() {
            if sizes.is_some() {
                let part = if of.is_empty() { "app".to_owned() } else { of.join("-") };
                lines += &size_lines(&part, &optimize_with_names(&wasm_opt, &path)?)?;
            }
            optimize(&wasm_opt, &path)?;
        }
        parts.push(ChunkFile { of, bytes: fs::read(&path).with_context(|| path.display().to_string())? });
    }
    if let Some(file) = sizes {
        fs::write(&file, lines).with_context(|| file.display().to_string())?;
    }
    let app = parts.remove(0).bytes;
    let mut names: Vec<&str> = split.prefetch_map.keys().map(String::as_str).collect();
    names.sort_unstable();
    Ok(SplitApp { glue: patch_loader(&glue, &names)?, app, chunks: parts })
}

/// Returns the module at `path`, optimised once, with the names of its functions.
fn optimize_with_names(wasm_opt: &Path, path: &Path) -> anyhow::Result<Vec<u8>> {
    let named = path.with_extension("named");
    let mut command = Command::new(wasm_opt);
    run_checked(
        command.args(FIRST_PASSES).args(LIMITS).arg("--debuginfo").arg(path).arg("--output").arg(&named),
    )?;
    fs::read(&named).with_context(|| named.display().to_string())
}

/// Optimises the module at `path` twice. Between the runs its functions get names that order them by similarity;
/// wasm-opt writes no names.
fn optimize(wasm_opt: &Path, path: &Path) -> anyhow::Result<()> {
    let run = |passes: &[&str]| {
        run_checked(Command::new(wasm_opt).args(passes).args(LIMITS).arg(path).arg("--output").arg(path))
    };
    run(&FIRST_PASSES)?;
    let module = fs::read(path).with_context(|| path.display().to_string())?;
    fs::write(path, name_by_similarity(&module)?).with_context(|| path.display().to_string())?;
    run(&SECOND_PASSES)?;
    Ok(())
}

/// Returns the target directory of cargo, which variables and settings may change.
fn cargo_target_dir(root: &Path) -> anyhow::Result<PathBuf> {
    #[derive(serde::Deserialize)]
    struct Metadata {
        target_directory: PathBuf,
    }
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(root);
    let metadata: Metadata = serde_json::from_slice(&run_checked(&mut command)?)?;
    Ok(metadata.target_directory)
}

/// Patches `glue` to load chunks through the page's first script, which reports success or failure.
fn patch_loader(glue: &str, parts: &[&str]) -> anyhow::Result<String> {
    let end = format!(" from \"{SPLIT_MODULE}\"");
    let (modules, rest): (Vec<&str>, Vec<&str>) = glue
        .lines()
        .partition(|line| line.starts_with("import * as ") && line.trim_end_matches(';').ends_with(&end));
    ensure!(!modules.is_empty(), "no chunk imports in the glue: check the version of wasm-bindgen");
    let mut asking = String::from(
        "const part = async (name, done, data) => {\n\
         const here = await globalThis.sheafPart(name, wasm).then(() => true, (why) => console.error(why));\n\
         wasm.__indirect_function_table.get(done)(data, here === true);\n\
         };\n\
         const parts = {\n",
    );
    for part in parts {
        asking += &format!(" __wasm_split_load_{part}: (done, data) => part('{part}', done, data),\n");
    }
    asking += "};\n";
    for module in modules {
        let name = module.trim_start_matches("import * as ").split(' ').next().unwrap_or_default();
        asking += &format!("const {name} = parts;\n");
    }
    Ok(asking + &rest.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patched_glue_loads_chunks_through_the_first_script() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\nlet wasm;\n";
        let asking = patch_loader(glue, &["rare", "reading"]).unwrap();
        assert!(asking.starts_with("const part = async "), "{asking}");
        let end = " __wasm_split_load_rare: (done, data) => part('rare', done, data),\n \
                   __wasm_split_load_reading: (done, data) => part('reading', done, data),\n};\n\
                   const import1 = parts;\nconst import2 = parts;\nlet wasm;\n";
        assert!(asking.ends_with(end), "{asking}");
        assert!(super::patch_loader("let wasm;", &["rare"]).is_err());
    }
}
