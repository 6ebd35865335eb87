//! The files in `docs/import` are what the generator makes.
//!
//! `WRITE_IMPORT_FILES=1 cargo test -p call-flow import_files` writes them anew.

use std::collections::BTreeMap;
use std::path::Path;

use call_flow::{ImportFile, LintContext, import_files, lint_flow, lint_workflow};

#[test]
fn the_files_to_import_by_hand_are_those_that_are_generated() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/import");
    for ImportFile { name, text } in import_files() {
        let path = folder.join(name);
        if std::env::var_os("WRITE_IMPORT_FILES").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        let how = "run: WRITE_IMPORT_FILES=1 cargo test -p call-flow import_files";
        assert!(written == text, "{} is not what is generated; {how}", path.display());
    }
}

#[test]
fn the_files_to_import_by_hand_keep_every_rule() {
    let files: BTreeMap<_, _> = import_files().into_iter().map(|file| (file.name, file.text)).collect();
    let workflow = &files["taskrouter-workflow.json"];
    let context = LintContext { workflow: Some(workflow.clone()), ..LintContext::default() };
    for name in ["studio-flow-run-function.json", "studio-flow-http-request.json"] {
        assert_eq!(lint_flow(&serde_json::from_str(&files[name]).unwrap(), &context), [], "{name}");
    }
    assert_eq!(lint_workflow(workflow, &LintContext::default()), []);
}
