//! The Leptos parts that widget and console share
