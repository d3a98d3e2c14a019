//! Ways into closures that nobody makes.

use std::collections::HashSet;
use walrus::{ElementItems, ExportItem, FunctionId, Module, passes::gc};

/// Every function of `js-sys` that takes a closure is described with the way into such a closure, and what is described stands in the
/// table of functions. wasm-bindgen takes the descriptions away, and leaves the table as it is. The browser comes in only by what is
/// exported, so that any other way in is for nobody: half a kilobyte of a shopper's download.
pub(super) fn drop_unused(module: &mut Module) {
    let exported: HashSet<FunctionId> = module
        .exports
        .iter()
        .filter_map(|export| match export.item {
            ExportItem::Function(function) => Some(function),
            _ => None,
        })
        .collect();
    let (used, unused): (Vec<_>, Vec<_>) = module
        .funcs
        .iter()
        .filter(|function| function.name.as_deref().is_some_and(is_way_in))
        .map(walrus::Function::id)
        .partition(|function| exported.contains(function));
    // Their places in the table stay, since all others are called by number.
    let Some(stand_in) = used.first() else { return };
    for element in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut element.items {
            for function in functions {
                if unused.contains(function) {
                    *function = *stand_in;
                }
            }
        }
    }
    gc::run(module);
}

fn is_way_in(name: &str) -> bool {
    name.contains("wasm_bindgen") && name.contains("closures") && name.contains("invoke")
}
