//! Flex notifications: what a person is told whichever view is open.

use shared::AgentExtension;

use super::counts::extension_count;
use crate::model::Notification;

/// A Flex notification: its id, its template, and its type in Flex's words.
pub(crate) struct NotificationText {
    /// The id that it is registered and shown under.
    pub(crate) id: &'static str,
    /// The sentence; `{{name}}` stands for a value.
    pub(crate) text: &'static str,
    /// `success`, `error`, `warning` or `information`.
    pub(crate) kind: &'static str,
}

impl NotificationText {
    /// Whether it is not worth reading any more once `next` is said. What failed stays until it is read, unless it has
    /// come right since.
    pub(crate) fn is_old_beside(&self, next: &Self) -> bool {
        let came_right = self.id == PUBLISH_FAILED.id && next.id == LIVE.id;
        self.id == next.id || self.kind == "success" || came_right
    }
}

const SAVED: NotificationText = NotificationText {
    id: "AgentDidExtensionsSaved",
    text: "Extension {{number}} of {{agent}} is saved. Publish to let callers use it.",
    kind: "success",
};
const LIVE: NotificationText = NotificationText {
    id: "AgentDidExtensionsPublished",
    text: "{{extensions}} published. Callers reach them now.",
    kind: "success",
};
const PUBLISH_FAILED: NotificationText = NotificationText {
    id: "AgentDidExtensionsPublishFailed",
    text: "Publishing did not finish. Open Agent DID Extensions to see why.",
    kind: "error",
};
const SAVE_FAILED: NotificationText = NotificationText {
    id: "AgentDidExtensionsSaveFailed",
    text: "The change was not saved. Open Agent DID Extensions to see why.",
    kind: "error",
};

/// All notifications.
pub(crate) const NOTIFICATIONS: [NotificationText; 4] = [SAVED, LIVE, PUBLISH_FAILED, SAVE_FAILED];

/// The notification's entry, and the values in its sentence.
pub(crate) fn notification(notification: &Notification) -> (&'static NotificationText, Vec<(&'static str, String)>) {
    let of = |row: &AgentExtension| {
        vec![("number", row.extension_number.to_string()), ("agent", row.worker_full_name.clone())]
    };
    match notification {
        Notification::Saved(row) => (&SAVED, of(row)),
        Notification::Published(rows) => (&LIVE, vec![("extensions", extension_count(*rows))]),
        Notification::PublishFailed => (&PUBLISH_FAILED, Vec::new()),
        Notification::SaveFailed => (&SAVE_FAILED, Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old_beside(next: &NotificationText) -> Vec<&'static str> {
        NOTIFICATIONS.iter().filter(|old| old.is_old_beside(next)).map(|old| old.id).collect()
    }

    #[test]
    fn what_failed_is_told_beside_what_comes_after_it_unless_it_has_come_right() {
        assert_eq!(old_beside(&SAVED), [SAVED.id, LIVE.id]);
        assert_eq!(old_beside(&SAVE_FAILED), [SAVED.id, LIVE.id, SAVE_FAILED.id]);
        assert_eq!(old_beside(&PUBLISH_FAILED), [SAVED.id, LIVE.id, PUBLISH_FAILED.id]);
        assert_eq!(old_beside(&LIVE), [SAVED.id, LIVE.id, PUBLISH_FAILED.id]);
    }
}
