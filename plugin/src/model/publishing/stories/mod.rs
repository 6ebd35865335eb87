//! Stories of publishing: the review, the stages of a publish, and a publish that somebody left.
//! From outside: nothing is called; they are told with `model::stories::world`.
//! They know nothing of HTTP and of Builds: each answer of the server is an event that a story makes up.

mod left_publish;
mod publish;
mod review;
