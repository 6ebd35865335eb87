//! Whatever stands in the lock: nothing panics, nobody is held up for longer than a publish may take, and whoever
//! discards it gets rid of it.
//!
//! Knows nothing of who would write such a thing. Everybody who is signed in to Flex can.

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::publish::LONGEST_PUBLISH;
use crate::publish::leftovers::Leftovers;
use crate::twilio::MapItem;

/// Any JSON at all.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let pairs = prop::collection::vec((any::<String>(), inner.clone()), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            pairs.prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// What may stand in any field: a SID, a date, a stage, something that looks like one of them, or anything.
fn any_field() -> impl Strategy<Value = Value> {
    let known = prop::sample::select(vec![
        json!("x".repeat(16_000)),
        json!(LIVE_BUILD),
        json!(LIVE_VERSION),
        json!("ZB00000000000000000000000000000002"),
        json!("../../../Services"),
        json!(""),
        json!("9999-12-31T23:59:59.999999999Z"),
        json!("-009999-01-01T00:00:00Z"),
        json!("1970-01-01T00:00:00Z"),
        json!("2026-02-30T25:61:61+99:99"),
        json!("uploading"),
        json!("building"),
        json!("deploying"),
        json!("discarding"),
        json!("ended"),
        json!("rehearsing"),
        json!([LIVE_VERSION, "../..", 7, null]),
    ]);
    prop_oneof![3 => known, 1 => any_json()]
}

/// An object with any of the fields, or anything.
fn any_item() -> impl Strategy<Value = Value> {
    let names = ["startedBy", "startedAt", "baseBuildSid", "buildSid", "version", "stage", "updatedAt", "rows", "id"];
    let kept = ["abandonedVersions", "redeployableBuilds", "overtaken", "endedIds"];
    let object = |names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        prop::collection::btree_map(prop::sample::select(names), any_field(), 0..9)
            .prop_map(|fields| Value::Object(fields.into_iter().collect()))
    };
    let whole = (object(&names), object(&kept)).prop_map(|(mut item, leftovers)| {
        item["leftovers"] = leftovers;
        item
    });
    prop_oneof![4 => whole, 1 => any_json()]
}

/// Any instant that there is, in seconds since 1970.
fn any_instant() -> impl Strategy<Value = Timestamp> {
    let seconds = prop_oneof![
        Timestamp::MIN.as_second()..=Timestamp::MAX.as_second(),
        Just(Timestamp::MIN.as_second()),
        Just(Timestamp::MAX.as_second()),
    ];
    seconds.prop_map(|seconds| Timestamp::from_second(seconds).unwrap())
}

proptest! {
    #[test]
    fn it_is_read_without_a_panic_and_holds_nobody_up_for_longer_than_a_publish_may_take(
        data in any_item(),
        written in any_instant(),
        now in any_instant(),
    ) {
        let lock = Lock::from(MapItem { revision: "1".into(), data, date_updated: written });
        let live = LiveSids::default();
        let (_, _, _) = (lock.is_held(now, live), lock.is_being_deployed(now), lock.left(live));
        if let Ok(over) = written.checked_add(LONGEST_PUBLISH) {
            prop_assert!(!lock.is_held(over, live));
        }
    }

    #[test]
    fn what_is_not_understood_holds_everybody_up_until_then(data in any_item(), written in 0..1_000_000_000_i64) {
        let written = Timestamp::from_second(written).unwrap();
        let is_understood = serde_json::from_value::<Publishing>(data.clone()).is_ok();
        let lock = Lock::from(MapItem { revision: "1".into(), data, date_updated: written });
        let began_then = lock.publishing.started_at.parse::<Timestamp>().is_err();
        if !is_understood && began_then && lock.publishing.stage == PublishingStage::Unknown {
            prop_assert!(lock.is_held(written + LONGEST_PUBLISH - std::time::Duration::from_secs(1), LiveSids::default()));
        }
    }

    #[test]
    fn nothing_in_its_leftovers_leads_to_another_address(fields in prop::collection::vec(any_field(), 0..4)) {
        let whole = json!({"abandonedVersions": fields, "redeployableBuilds": fields});
        let Leftovers { abandoned_versions, redeployable_builds, .. } = Leftovers::read(&whole);
        for sid in abandoned_versions.iter().chain(&redeployable_builds) {
            prop_assert!(sid.len() == 34 && sid.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{sid}");
        }
    }

    #[test]
    fn whoever_discards_what_the_list_shows_gets_rid_of_it(data in any_item()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (account, base) = Account::new();
            account.lock().unwrap().item = Some(data.clone());
            let shown = Publishing::read(&data);
            let outcome = discard(&base, &ann(), &SeenPublish::from(&shown)).await;
            match outcome {
                Ok(DiscardOutcome::Ended) => {
                    take(&base).await.expect("it is free");
                }
                Ok(DiscardOutcome::NothingThere) => assert!(shown.is_over()),
                Ok(DiscardOutcome::AlreadyLive) => {
                    let [build_sid, version] = [shown.build_sid.as_deref(), shown.version.as_deref()];
                    assert!(build_sid == Some(LIVE_BUILD) || version == Some(LIVE_VERSION));
                }
                // It was written just now, and whoever wrote it may be deploying.
                Err(LockError::Held(_)) => assert_eq!(shown.stage, PublishingStage::Deploying),
                Err(error) => panic!("{error}"),
            }
        });
    }
}
