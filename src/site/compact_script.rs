//! Removal of comments and indentation from the scripts of a site.

/// Beginning of a type in the middle of a line.
const TYPE_START: &str = "/** @type ";
const COMMENT_END: &str = "*/";

/// Returns `script` without lines that only hold comments, types in comments, and indentation. A script with a template
/// literal of several lines keeps its text, since the literal may look like any of them.
pub fn compact_script(script: &str) -> String {
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return script.to_owned();
    }
    let mut compact = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim_start) {
        if in_comment || line.starts_with("/*") && !line.starts_with(TYPE_START) {
            in_comment = !line.contains(COMMENT_END);
            continue;
        }
        let code = without_types(line);
        if !code.is_empty() && !code.starts_with("//") {
            compact += code.trim_end();
            compact.push('\n');
        }
    }
    compact
}

fn without_types(line: &str) -> String {
    let mut code = String::new();
    let mut rest = line;
    while let Some((before, comment)) = rest.split_once(TYPE_START) {
        code += before;
        rest = comment.split_once(COMMENT_END).map_or("", |(_, after)| after.trim_start());
    }
    code + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_are_removed() {
        let script = "// Loads.\n/**\n * @param {string} a\n */\nconst f = (a) => {\n  // Why.\n\n  return a; \n};\n/** One. */\nf('// kept');\n";
        assert_eq!(compact_script(script), "const f = (a) => {\nreturn a;\n};\nf('// kept');\n");
    }

    #[test]
    fn types_within_lines_are_removed() {
        let script =
            "/** @type {A | null} */\nlet a = /** @type {A} */ (b).c(/** @type {{ d: E }} */ (e));\n";
        assert_eq!(compact_script(script), "let a = (b).c((e));\n");
    }

    #[test]
    fn scripts_with_literals_of_several_lines_are_unchanged() {
        let script = "  a(`x\n  // y`);";
        assert_eq!(compact_script(script), script);
        assert_eq!(compact_script("  a(`x`);\n  b();"), "a(`x`);\nb();\n");
    }
}
