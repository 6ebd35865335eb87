//! Both kinds of storage do the same: transactions, scans, reopening, forks.

use super::*;

/// A storage of each kind; the folder holds the file.
fn each_kind() -> (tempfile::TempDir, [Store; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let file = Store::open(&folder.path().join("store.redb")).unwrap();
    (folder, [file, Store::in_memory()])
}

fn failing(tx: &mut Transaction<'_>) -> Result<(), StoreError> {
    tx.put("a", "2", &2)?;
    tx.delete("a", "1")?;
    Err(StoreError::Record { collection: "a".into(), source: serde_json::from_str::<u8>("x").unwrap_err() })
}

#[test]
fn a_failed_transaction_writes_nothing() {
    let (_folder, stores) = each_kind();
    for store in stores {
        store.write(|tx| tx.put("a", "1", &1)).unwrap();
        assert!(store.write(failing).is_err());
        assert_eq!(store.all::<u8>("a").unwrap(), [1], "{store:?}");
    }
}

#[test]
fn bytes_are_read_as_they_were_written() {
    let (_folder, stores) = each_kind();
    for store in stores {
        store.write(|tx| tx.put_bytes("a", "1", vec![0, 255])).unwrap();
        assert_eq!(store.get_bytes("a", "1").unwrap(), Some(vec![0, 255]), "{store:?}");
        assert_eq!(store.get_bytes("a", "2").unwrap(), None, "{store:?}");
    }
}

#[test]
fn what_was_committed_to_a_file_survives_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.redb");
    Store::open(&file).unwrap().write(|tx| tx.put("a", "1", &1)).unwrap();
    assert_eq!(Store::open(&file).unwrap().all::<u8>("a").unwrap(), [1]);
}

#[test]
fn a_scan_stays_in_its_collection_and_follows_byte_order() {
    let (_folder, stores) = each_kind();
    for store in stores {
        store
            .write(|tx| {
                for (collection, key) in [("m", "2"), ("m", "10"), ("m", "é"), ("ma", "0"), ("l", "9")] {
                    tx.put(collection, key, &key)?;
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert_eq!(store.all::<String>("m").unwrap(), ["10", "2", "é"], "{store:?}");
        let mut backwards = Vec::new();
        store
            .scan("m", Bound::Unbounded, Bound::Excluded("é"), true, |_, key: String| {
                backwards.push(key);
                true
            })
            .unwrap();
        assert_eq!(backwards, ["2", "10"], "{store:?}");
    }
}

#[test]
fn a_reader_inside_a_transaction_sees_what_was_committed_and_the_transaction_its_own_writes() {
    let (_folder, stores) = each_kind();
    for store in stores {
        store.write(|tx| tx.put("a", "1", &1)).unwrap();
        store
            .write(|tx| {
                tx.put("a", "1", &2)?;
                assert_eq!((tx.get("a", "1")?, store.get("a", "1")?), (Some(2), Some(1)));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}

#[test]
fn a_fork_in_memory_goes_its_own_way() {
    let store = Store::in_memory();
    store.write(|tx| tx.put("a", "1", &1)).unwrap();
    let fork = store.fork().expect("memory can be forked");
    fork.write(|tx| tx.put("a", "2", &2)).unwrap();
    assert_eq!(store.all::<u8>("a").unwrap(), [1]);
    assert_eq!(fork.all::<u8>("a").unwrap(), [1, 2]);
}
