//! Many Items at once, for demo data.

use serde_json::Value;

use super::items::ItemWrite;
use super::maps;
use super::records::{MAPS, MapRecord, NAMES, Namespace};
use super::ttl::Ttl;
use super::turn::Turn;
use crate::store::{Store, StoreError};

/// The identity of whoever seeds.
const SYSTEM: &str = "system";

impl Turn<'_> {
    /// Puts Items into a Map of the default Service in one transaction, creating the Map if need be.
    pub(super) fn seed_map(
        &mut self,
        unique_name: &str,
        items: impl Iterator<Item = (String, Value)>,
    ) -> Result<(), StoreError> {
        let namespace = Namespace::default_service();
        let known = map_by_name(self.store, &namespace, unique_name)?;
        self.write(|transaction| {
            let mut map = match known {
                Some(map) => map,
                None => maps::insert(transaction, &namespace, Some(unique_name), Ttl::Unchanged, SYSTEM)?,
            };
            for (key, data) in items {
                transaction.put_item(
                    &mut map,
                    &key,
                    &ItemWrite { data: Some(data), ttl: Ttl::Unchanged, by: SYSTEM },
                )?;
            }
            Ok(())
        })
    }
}

fn map_by_name(store: &Store, namespace: &Namespace, name: &str) -> Result<Option<MapRecord>, StoreError> {
    match store.get::<String>(NAMES, &namespace.name_key(name))? {
        Some(sid) => store.get(MAPS, &sid),
        None => Ok(None),
    }
}
