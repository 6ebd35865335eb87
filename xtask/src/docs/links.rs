//! Whether the links between documents lead somewhere: files, and headings in them.
//!
//! Knows Markdown's inline links and how GitHub names headings; pages elsewhere are not asked.

use std::path::Path;

use anyhow::{Result, bail};

/// Checks every relative link of `documents` (path from the root, text).
///
/// # Errors
///
/// When a link leads nowhere; all of them at once.
pub(crate) fn check(root: &Path, documents: &[(String, String)]) -> Result<()> {
    let mut broken = Vec::new();
    for (file, text) in documents {
        for target in targets(text).into_iter().filter(|target| !target.contains("://")) {
            let (path, heading) = target.split_once('#').unwrap_or((target, ""));
            let folder = root.join(file).parent().unwrap_or(root).to_path_buf();
            let path = if path.is_empty() { root.join(file) } else { folder.join(path) };
            let found = path.exists() && (heading.is_empty() || has_heading(&path, heading));
            if !found {
                broken.push(format!("{file}: {target}"));
            }
        }
    }
    if broken.is_empty() { Ok(()) } else { bail!("these links lead nowhere:\n{}", broken.join("\n")) }
}

/// What stands in `](...)`, outside code.
fn targets(text: &str) -> Vec<&str> {
    let mut is_code = false;
    let outside = text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    outside
        .flat_map(|line| line.split("](").skip(1))
        .filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
        .collect()
}

fn has_heading(file: &Path, wanted: &str) -> bool {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().filter_map(|line| line.strip_prefix('#')).any(|line| anchor(line) == wanted)
}

/// The anchor of a heading: lower case, hyphens for spaces, without punctuation.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{anchor, targets};

    #[test]
    fn links_are_found_outside_code_only() {
        assert_eq!(targets("a [b](c.md) ![d](e.png)\n```sh\n[x](y)\n```\n"), ["c.md", "e.png"]);
    }

    #[test]
    fn a_heading_has_the_anchor_that_github_gives_it() {
        assert_eq!(anchor("## When several people publish"), "when-several-people-publish");
        assert_eq!(anchor("# `doctor`: find & mend"), "doctor-find--mend");
    }
}
