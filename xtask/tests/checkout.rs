//! xtask works in the checkout that it is run in, however often the checkout was moved or copied since it was compiled.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A checkout in which nothing was built yet.
fn unbuilt_checkout() -> TempDir {
    let checkout = tempfile::tempdir().expect("a folder can be made");
    let manifest = "[workspace]\nmembers = [\"plugin\", \"xtask\"]\n";
    std::fs::write(checkout.path().join("Cargo.toml"), manifest).expect("the manifest can be written");
    std::fs::create_dir_all(checkout.path().join("plugin/src")).expect("a folder can be made");
    std::fs::create_dir_all(checkout.path().join("xtask")).expect("a folder can be made");
    checkout
}

/// What `xtask start` complains of when it is run in `folder` by a cargo that names `manifest_dir`, if any does.
fn complaint(folder: &Path, manifest_dir: Option<&Path>) -> String {
    let mut start = Command::new(env!("CARGO_BIN_EXE_xtask"));
    start.args(["start", "--no-build", "--page-port", "0", "--server-port", "0", "--emulator-port", "0"]);
    // No data folder can be made below a file: where everything is built, nothing is started either.
    start.arg("--data").arg(Path::new(env!("CARGO_BIN_EXE_xtask")).join("data")).current_dir(folder);
    start.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_TARGET_DIR");
    start.envs(manifest_dir.map(|folder| ("CARGO_MANIFEST_DIR", folder)));
    let output = start.output().expect("xtask can be started");
    assert!(!output.status.success(), "nothing is built, and yet it starts");
    String::from_utf8(output.stderr).expect("xtask prints text")
}

#[track_caller]
fn assert_names(complaint: &str, checkout: &TempDir) {
    let folder = checkout.path().canonicalize().expect("the checkout is there");
    let expected = format!("Something is not built yet in {}: ", folder.display());
    assert!(complaint.contains(&expected), "{complaint}");
}

#[test]
fn the_checkout_around_the_current_folder_is_meant_and_not_the_one_it_was_compiled_in() {
    let checkout = unbuilt_checkout();
    assert_names(&complaint(checkout.path(), None), &checkout);
    assert_names(&complaint(&checkout.path().join("plugin/src"), None), &checkout);
}

#[test]
fn the_checkout_of_the_cargo_that_runs_it_goes_before_the_current_folder() {
    let (checkout, other) = (unbuilt_checkout(), unbuilt_checkout());
    let folder = checkout.path().canonicalize().expect("the checkout is there");
    assert_names(&complaint(other.path(), Some(&folder.join("xtask"))), &checkout);
}

#[test]
fn it_says_so_when_cargo_is_another_checkouts_than_the_current_folder() {
    let (checkout, other) = (unbuilt_checkout(), unbuilt_checkout());
    let folder = checkout.path().canonicalize().expect("the checkout is there");
    let note = format!("Working in {}, where Cargo started xtask.\n", folder.display());
    assert!(complaint(other.path(), Some(&folder.join("xtask"))).starts_with(&note));
    assert!(!complaint(&folder.join("plugin/src"), Some(&folder.join("xtask"))).contains("Working in"));
    assert!(!complaint(other.path(), None).contains("Working in"));
}

#[test]
fn a_cargo_folder_that_is_empty_or_relative_is_not_taken() {
    let (checkout, other) = (unbuilt_checkout(), unbuilt_checkout());
    assert_names(&complaint(checkout.path(), Some(Path::new(""))), &checkout);
    std::fs::rename(other.path(), checkout.path().join("other")).expect("a folder can be moved");
    assert_names(&complaint(checkout.path(), Some(Path::new("other/xtask"))), &checkout);
}

#[test]
fn a_cargo_that_runs_something_else_is_not_asked() {
    let (checkout, elsewhere) = (unbuilt_checkout(), tempfile::tempdir().expect("a folder can be made"));
    assert_names(&complaint(checkout.path(), Some(elsewhere.path())), &checkout);
}

#[test]
fn outside_any_checkout_it_says_where_to_go() {
    let elsewhere = tempfile::tempdir().expect("a folder can be made");
    let folder = elsewhere.path().canonicalize().expect("the folder is there");
    let expected =
        format!("{} is in no checkout of this project: go to the folder of one and try again.", folder.display());
    assert!(complaint(elsewhere.path(), None).contains(&expected));
}
