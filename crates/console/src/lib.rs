//! The agent's, supervisor's and merchant's pages
