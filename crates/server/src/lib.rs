//! Warmline's server: the axum app around the rules and the log
