//! Stories of the table: finding and ordering rows, choosing them, and marking what others changed.
//! From outside: nothing is called; they are told with `model::stories::world`.
//! They do not know how a row is drawn: a story looks at the rows of a page and at what is announced.

mod recent_changes;
mod roster;
mod selection;
