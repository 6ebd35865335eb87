//! The `env` file of a data folder: KEY=value lines that let other tools talk to the same world.
//!
//! Knows the format, not the keys.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

/// Variables by name, sorted.
pub(crate) type Variables = BTreeMap<String, String>;

/// The variables in the flat JSON object `object`.
///
/// # Errors
///
/// When it is no flat object of texts.
pub(crate) fn from_json(object: &Value) -> Result<Variables> {
    let object = object.as_object().context("the emulator's environment is no object")?;
    let text = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
    object.iter().map(text).collect::<Option<_>>().context("the emulator's environment has a value that is no text")
}

/// Where `<data>/env` is.
pub(crate) fn path(data: &Path) -> PathBuf {
    data.join("env")
}

/// Writes `<data>/env`, readable by its owner only: it holds the auth token.
///
/// # Errors
///
/// When the file cannot be written.
pub(crate) fn write(data: &Path, variables: &Variables) -> Result<()> {
    let lines: String = variables.iter().map(|(key, value)| format!("{key}={value}\n")).collect();
    let file = path(data);
    std::fs::write(&file, lines).with_context(|| format!("{} cannot be written", file.display()))?;
    #[cfg(unix)]
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// Reads `<data>/env`.
///
/// # Errors
///
/// When there is none, with what to do.
pub(crate) fn read(data: &Path) -> Result<Variables> {
    let file = path(data);
    let lines = std::fs::read_to_string(&file).with_context(|| {
        format!("{} is missing: run `cargo xtask start` first, or name its folder with --data", file.display())
    })?;
    let pair = |line: &str| line.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
    Ok(lines.lines().filter_map(pair).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{from_json, read, write};

    #[test]
    fn what_is_written_is_read_back_sorted_and_whole() {
        let data = std::env::temp_dir().join(format!("xtask-env-{}", std::process::id()));
        std::fs::create_dir_all(&data).unwrap();
        let variables = from_json(&json!({"TWO": "a=b==", "ONE": "1"})).unwrap();
        write(&data, &variables).unwrap();
        assert_eq!(std::fs::read_to_string(data.join("env")).unwrap(), "ONE=1\nTWO=a=b==\n");
        assert_eq!(read(&data).unwrap(), variables);
        std::fs::remove_dir_all(&data).unwrap();
    }

    #[test]
    fn an_environment_with_a_value_that_is_no_text_is_refused() {
        assert!(from_json(&json!({"ONE": 1})).is_err());
        assert!(from_json(&json!(["ONE"])).is_err());
    }
}
