//! wasm-bindgen as a library: from what rustc made to what a browser loads.

mod closures;
mod glue;
pub(crate) mod names;

use crate::minify::minify_js;
use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

/// A program for the browser: the module, and the script that gives it the browser.
pub(crate) struct Program {
    pub(crate) js: Vec<u8>,
    pub(crate) wasm: Vec<u8>,
}

/// The script takes the module as an argument of its `init`, so that it need not know under which hashed name it lies.
pub(crate) fn bind(name: &str, compiled: Vec<u8>) -> Result<Program> {
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)?
        .input_bytes(name, compiled)
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    let mut output = bindgen.generate_output().with_context(|| format!("wasm-bindgen refused {name}.wasm"))?;
    if output.snippets().values().any(|scripts| !scripts.is_empty())
        || !output.local_modules().is_empty()
        || !output.npm_dependencies().is_empty()
    {
        bail!("{name} has a crate with scripts of its own (`inline_js` or `module = …`); the widget loads one script only");
    }
    let js = minify_js(output.js()).with_context(|| format!("in wasm-bindgen's script for {name}"))?;
    let module = output.wasm_mut();
    // Only tools read it, and we were the last.
    module.customs.remove_raw("target_features");
    closures::drop_unused(module);
    let imports = module.imports.iter().map(|import| import.name.as_str());
    let exports = module.exports.iter().map(|export| export.name.as_str());
    let short = names::shortened(imports.chain(exports), &js);
    let js = names::renamed(&js, &short);
    let js = glue::smaller(&js).with_context(|| format!("in wasm-bindgen's script for {name}"))?;
    for import in module.imports.iter_mut() {
        if let Some(name) = short.get(&import.name) {
            import.name.clone_from(name);
        }
    }
    for export in module.exports.iter_mut() {
        if let Some(name) = short.get(&export.name) {
            export.name.clone_from(name);
        }
    }
    Ok(Program { js: js.into_bytes(), wasm: module.emit_wasm() })
}
