//! Stories of the panel: what is said while somebody types, what saving writes, and what others do to the row.
//! From outside: nothing is called; they are told with `model::stories::world`.
//! They know nothing of publishing, nor of saves that wait for the connection: those are told in `writes`.

mod numbers;
mod panel;
mod theirs;
