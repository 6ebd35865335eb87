//! Stories of the draft: how the Sync Map is read, page by page and event by event.
//! From outside: nothing is called; they are told with `model::stories::world`.
//! They know nothing of the panel, of writes and of publishing: the Map Items are others'.

mod reading;
