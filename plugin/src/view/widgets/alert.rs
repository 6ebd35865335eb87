//! An alert: what happened, and what can be done about it.

use leptos::prelude::*;

use super::link_button::link_button;
use crate::model::Event;
use crate::view::dispatch::Dispatch;

const ERROR: &str = "ade-alert ade-alert-error";
const WARNING: &str = "ade-alert ade-alert-warning";

/// An alert with its next steps.
pub(in crate::view) struct Alert {
    pub(in crate::view) severity: Severity,
    pub(in crate::view) text: String,
    /// More about it.
    pub(in crate::view) more: Option<String>,
    /// The names of the buttons, and what each does.
    pub(in crate::view) actions: Vec<(&'static str, Event)>,
}

pub(in crate::view) enum Severity {
    Error,
    Warning,
}

pub(in crate::view) fn alert(alert: Alert, dispatch: Dispatch) -> AnyView {
    let class = match alert.severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
    };
    let buttons: Vec<_> = alert.actions.into_iter().map(|(name, event)| link_button(name, event, dispatch)).collect();
    view! {
        <div class=class>
            <div class="ade-alert-text" role="alert">
                <p>{alert.text}</p>
                <p>{alert.more}</p>
            </div>
            {buttons}
        </div>
    }
    .into_any()
}

/// What went wrong in a dialog, where the dialog's buttons are the next step.
pub(in crate::view) fn error(text: String) -> AnyView {
    message(ERROR, "alert", text)
}

/// What to mind in a dialog before pressing one of its buttons.
pub(in crate::view) fn warning(text: String) -> AnyView {
    message(WARNING, "status", text)
}

fn message(class: &'static str, role: &'static str, text: String) -> AnyView {
    view! {
        <div class=class>
            <p class="ade-alert-text" role=role>
                {text}
            </p>
        </div>
    }
    .into_any()
}

/// Something to know, with nothing to be done about it.
pub(in crate::view) fn plain_alert(text: String, role: &'static str) -> AnyView {
    view! {
        <div class="ade-alert" role=role>
            <p class="ade-alert-text">{text}</p>
        </div>
    }
    .into_any()
}
