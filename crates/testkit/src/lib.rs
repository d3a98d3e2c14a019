//! TestShop, simulated clock, builders: for tests, xtask and the demo
