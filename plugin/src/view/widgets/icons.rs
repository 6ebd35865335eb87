//! The few drawings on buttons. They are decoration: the button carries the name.
//!
//! Nothing in them changes, so Leptos copies each as a whole; a page of the table has two hundred.

use leptos::prelude::*;

pub(in crate::view) fn pencil() -> AnyView {
    view! {
        <svg class="ade-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
            <path d="M4 13.5V16h2.5l7.4-7.4-2.5-2.5L4 13.5zM15.8 6.7a.7.7 0 0 0 0-.9l-1.6-1.6a.7.7 0 0 0-.9 0l-1.2 1.2 2.5 2.5 1.2-1.2z" />
        </svg>
    }
    .into_any()
}

pub(in crate::view) fn bin() -> AnyView {
    view! {
        <svg class="ade-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
            <path d="M6 15.7c0 .7.6 1.3 1.3 1.3h5.4c.7 0 1.3-.6 1.3-1.3V7H6v8.700zM15 5h-2.500l-.7-1H8.200l-.7 1H5v1.200h10V5z" />
        </svg>
    }
    .into_any()
}

pub(in crate::view) fn cross() -> AnyView {
    view! {
        <svg class="ade-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
            <path d="M15 6.1 13.900 5 10 8.900 6.100 5 5 6.100 8.900 10 5 13.900 6.100 15 10 11.100 13.900 15 15 13.900 11.100 10z" />
        </svg>
    }
    .into_any()
}
