//! A publish changes the directory and nothing else: all other Versions, the dependencies and the runtime are kept.
//!
//! Knows nothing of the directory itself.

use std::collections::BTreeSet;

use emulator::serverless::{Build, Version};

use crate::twilio::ASSET;

/// What of `before` is not in `after`, if anything, and the other way round.
pub(super) fn problem(before: &Build, after: &Build) -> Option<String> {
    let mut differences = Vec::new();
    let mut compare = |what: &str, is_same: bool| {
        if !is_same {
            differences.push(what.to_owned());
        }
    };
    compare("assets", others(&before.asset_versions) == others(&after.asset_versions));
    compare("Functions", others(&before.function_versions) == others(&after.function_versions));
    compare("dependencies", before.dependencies == after.dependencies);
    compare("runtime", before.runtime == after.runtime);
    let names = differences.join(" and ");
    (!differences.is_empty()).then(|| format!("{} has other {names} than {} before it", after.sid, before.sid))
}

fn others(versions: &[Version]) -> BTreeSet<&str> {
    versions.iter().filter(|version| version.path != ASSET).map(|version| version.sid.as_str()).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use serde_json::json;

    pub(in crate::checks) fn build(sid: &str) -> Build {
        Build {
            sid: sid.into(),
            service_sid: "ZS".into(),
            asset_versions: Vec::new(),
            function_versions: Vec::new(),
            dependencies: Vec::new(),
            runtime: "node22".into(),
            created: 0,
            ready: 0,
            fails: false,
        }
    }

    #[test]
    fn a_build_without_what_was_there_before_is_told() {
        let before = Build { dependencies: vec![json!({"name": "twilio"})], ..build("ZB1") };
        assert_eq!(problem(&before, &before), None);
        let problem = problem(&before, &build("ZB2")).expect("it lacks the dependency");
        assert!(problem.contains("dependencies"), "{problem}");
    }
}
