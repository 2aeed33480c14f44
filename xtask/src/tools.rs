//! External programs of the release build, in the versions that the project names.

use anyhow::{Context, bail};
use sheaf::site::compact_script;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Runs a command and returns its standard output; a failure is an error with the error output.
pub fn run_checked(command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let out = command.output().with_context(|| program.clone())?;
    if !out.status.success() {
        bail!("{program}: {}", String::from_utf8_lossy(&out.stderr).trim());
    }
    Ok(out.stdout)
}

/// External programs in the versions that Cargo.lock and Trunk.toml name.
pub struct Tools {
    wasm_bindgen_version: String,
    wasm_opt_version: String,
}

impl Tools {
    pub fn from_project(root: &Path) -> anyhow::Result<Tools> {
        #[derive(serde::Deserialize)]
        struct Lock {
            package: Vec<Package>,
        }
        #[derive(serde::Deserialize)]
        struct Package {
            name: String,
            version: String,
        }
        #[derive(serde::Deserialize)]
        struct Trunk {
            tools: ToolVersions,
        }
        #[derive(serde::Deserialize)]
        struct ToolVersions {
            wasm_opt: String,
        }
        let read = |name: &str| fs::read_to_string(root.join(name)).with_context(|| name.to_owned());
        let lock: Lock = toml::from_str(&read("Cargo.lock")?)?;
        let trunk: Trunk = toml::from_str(&read("Trunk.toml")?)?;
        let bindgen = lock.package.into_iter().find(|package| package.name == "wasm-bindgen");
        let bindgen = bindgen.context("no wasm-bindgen in Cargo.lock")?;
        Ok(Tools { wasm_bindgen_version: bindgen.version, wasm_opt_version: trunk.tools.wasm_opt })
    }

    pub fn wasm_bindgen(&self) -> anyhow::Result<PathBuf> {
        let kept = format!("wasm-bindgen-{}/wasm-bindgen", self.wasm_bindgen_version);
        find_tool("wasm-bindgen", &self.wasm_bindgen_version, Some(&kept)).with_context(|| {
            format!(
                "wasm-bindgen {} not found: run `.ci/setup dist` to install this version",
                self.wasm_bindgen_version
            )
        })
    }

    /// Optional: without wasm-opt the app works but is larger.
    pub fn wasm_opt(&self) -> Option<PathBuf> {
        let found = find_tool(
            "wasm-opt",
            &self.wasm_opt_version,
            Some(&format!("wasm-opt-{}/bin/wasm-opt", self.wasm_opt_version)),
        );
        if found.is_none() {
            println!(
                "sheaf: wasm-opt {} not found, so the app is larger: run `.ci/setup dist` to install this version",
                self.wasm_opt_version
            );
        }
        found
    }
}

/// Kind of a script.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Classic,
    Module,
}

/// Minifies `script` by terser, in the version that `xtask/package.json` names. Without terser only comments and
/// indentation are removed.
pub fn minify(script: &str, kind: Script) -> anyhow::Result<String> {
    #[derive(serde::Deserialize)]
    struct Package {
        dependencies: Dependencies,
    }
    #[derive(serde::Deserialize)]
    struct Dependencies {
        terser: String,
    }
    let package: Package = serde_json::from_str(include_str!("../package.json"))?;
    let version = package.dependencies.terser;
    let Some(terser) = find_tool("terser", &version, None) else {
        println!(
            "sheaf: terser {version} not found, so the scripts are larger: run `.ci/setup dist` to install this version"
        );
        return Ok(compact_script(script));
    };
    let place = tempfile::NamedTempFile::with_suffix(".js")?;
    fs::write(place.path(), script)?;
    let mut command = Command::new(terser);
    command.arg(place.path()).args(["--compress", "passes=2", "--mangle"]);
    if kind == Script::Module {
        command.arg("--module");
    }
    Ok(String::from_utf8(run_checked(&mut command)?)?)
}

/// Returns the program `name` from the PATH, else from trunk's cache, where its path is `cached`.
fn find_tool(name: &str, version: &str, cached: Option<&str>) -> Option<PathBuf> {
    let folder = |variable: &str, rest: &str| Some(PathBuf::from(env::var_os(variable)?).join(rest));
    let caches = [
        folder("XDG_CACHE_HOME", "trunk"),
        folder("HOME", ".cache/trunk"),
        folder("HOME", "Library/Caches/dev.trunkrs.trunk"),
        folder("LOCALAPPDATA", "trunkrs/trunk/cache"),
    ];
    let cached = caches.into_iter().flatten().filter_map(|cache| Some(cache.join(cached?)));
    std::iter::once(PathBuf::from(name)).chain(cached).find(|program| {
        let out = Command::new(program).arg("--version").output();
        out.is_ok_and(|out| String::from_utf8_lossy(&out.stdout).contains(version))
    })
}
