//! The proof that seeds find mistakes: each defect is put back into a copy of the sources, and some seed must break one of
//! the rules that it names.
//!
//! Knows nothing of how a defect is written down.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::defect::{Changed, Defect, FOLDER};
use super::mirror::{mirror, write_changed};
use crate::project::Project;
use crate::run;

/// How many seeds run before it is looked at what they found.
const SEEDS_AT_ONCE: u64 = 100;

/// A rule that was broken, and by which seed first.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    rule: String,
    seed: u64,
}

/// The copy of the sources. It has a target folder of its own: Cargo takes two checkouts that share one for the same.
struct Copy {
    root: PathBuf,
    target: PathBuf,
}

/// Tries all defects, or the one with this name, and prints which rule found each of them.
///
/// # Errors
///
/// When one was not found, or no longer fits the sources.
pub(super) fn find_all(project: &Project, name: &str, seeds: Range<u64>) -> Result<()> {
    let mut defects = Defect::read_all(&project.root)?;
    defects.retain(|defect| name.is_empty() || defect.name == name);
    if defects.is_empty() {
        bail!("There is no {FOLDER}/{name}.patch.");
    }
    let folder = project.target.join("defects");
    let copy = Copy { root: folder.join("checkout"), target: folder.join("target") };
    mirror(&project.root, &copy.root)?;
    println!("{}", row(["defect", "rules that must find it", "found by", "seed", "seeds tried"].map(str::to_owned)));
    let mut missed = Vec::new();
    for defect in &defects {
        let (finding, tried) = copy.with(defect, |copy| search(&copy.program(), defect, seeds.clone()))?;
        let (rule, seed) =
            finding.map_or(("nothing".to_owned(), "-".to_owned()), |one| (one.rule, one.seed.to_string()));
        if seed == "-" {
            missed.push(format!("{} ({})", defect.name, defect.reason));
        }
        println!("{}", row([defect.name.clone(), defect.rules.join(", "), rule, seed, tried.to_string()]));
    }
    if missed.is_empty() { Ok(()) } else { bail!("No seed found these:\n{}", missed.join("\n")) }
}

fn row([defect, rules, rule, seed, tried]: [String; 5]) -> String {
    format!("{defect:<42} {rules:<52} {rule:<28} {seed:>5} {tried:>11}")
}

impl Copy {
    /// Builds the simulation with a defect in it and does something with that. Then the defect is taken out again.
    fn with<T>(&self, defect: &Defect, what: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let changed = defect.apply(&self.root)?;
        let result = self.write(&changed, |file| &file.after).and_then(|()| self.build()).and_then(|()| what(self));
        self.write(&changed, |file| &file.before)?;
        result.with_context(|| format!("with the defect {}", defect.name))
    }

    fn write(&self, changed: &[Changed], text: impl Fn(&Changed) -> &str) -> Result<()> {
        changed.iter().try_for_each(|file| write_changed(&self.root.join(&file.path), text(file).as_bytes()))
    }

    fn build(&self) -> Result<()> {
        let mut command = Command::new("cargo");
        command.args(["build", "--locked", "--profile", "simulation", "--package", "simulation"]);
        // Of one defect to the next, little changes.
        command.env("CARGO_INCREMENTAL", "1").env("CARGO_TARGET_DIR", &self.target).current_dir(&self.root);
        run::quietly(&mut command)
    }

    fn program(&self) -> PathBuf {
        self.target.join("simulation").join(format!("simulation{}", std::env::consts::EXE_SUFFIX))
    }
}

/// Runs seeds until one of them breaks a rule that the defect names; also says how many were run.
fn search(program: &Path, defect: &Defect, seeds: Range<u64>) -> Result<(Option<Finding>, u64)> {
    let mut tried = 0;
    for first in seeds.clone().step_by(SEEDS_AT_ONCE as usize) {
        let count = SEEDS_AT_ONCE.min(seeds.end - first);
        tried += count;
        let mut findings = findings(&printed(program, first, count)?);
        findings.retain(|finding| defect.rules.contains(&finding.rule));
        if let Some(first) = findings.into_iter().min_by_key(|finding| finding.seed) {
            return Ok((Some(first), tried));
        }
    }
    Ok((None, tried))
}

/// What the simulation prints about some seeds. It fails when a rule is broken, which is what it is asked for here.
fn printed(program: &Path, first: u64, count: u64) -> Result<String> {
    let mut command = Command::new(program);
    command.args(["--seed", &first.to_string(), "--seeds", &count.to_string()]).stdin(Stdio::null());
    let output = command.output().with_context(|| format!("{} could not be started", program.display()))?;
    if output.status.code().is_none_or(|code| code > 1) {
        bail!("the simulation ended by itself: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The broken rules in what the simulation printed: `NoPanic: 3 seeds, first 7: what happened`.
fn findings(printed: &str) -> Vec<Finding> {
    let finding = |line: &str| {
        let (rule, rest) = line.split_once(": ")?;
        let (_, rest) = rest.split_once(" seeds, first ")?;
        let (seed, _) = rest.split_once(": ")?;
        Some(Finding { rule: rule.to_owned(), seed: seed.parse().ok()? })
    };
    printed.lines().filter_map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_broken_rules_are_read_from_what_the_simulation_prints() {
        let printed =
            "9 runs, 70 steps, 0.1 s\nNoPanic: 3 seeds, first 7: it broke: badly\n`cargo xtask simulate` shows it\n";
        assert_eq!(findings(printed), [Finding { rule: "NoPanic".into(), seed: 7 }]);
    }
}
