//! wasm-bindgen's script without what we never use, and with short names for what is its own.

use crate::minify::lettered;
use anyhow::{Result, bail};

/// What wasm-bindgen writes to begin with a module, an address, a request or bytes, awaited or at once.
const BEGINNING: (&str, &str) = ("async function __wbg_load(", "export{initSync,__wbg_init as default};");

/// Ours begins with the answer to a fetch, as the loader has it, or with an address, as the console's page has it.
const BEGIN: &str = "export default async({module_or_path})=>{const imports=__wbg_get_imports(),\
    answer=module_or_path.headers?module_or_path:await fetch(module_or_path),\
    {instance,module}=await(answer.headers.get('content-type')==='application/wasm'\
    ?WebAssembly.instantiateStreaming(answer,imports)\
    :WebAssembly.instantiate(await answer.arrayBuffer(),imports));\
    __wbg_finalize_init(instance,module);};";

/// Names of wasm-bindgen's own, the long ones and those that stand in every function.
const OWN: [&str; 41] = [
    "CLOSURE_DTORS",
    "MAX_SAFARI_DECODE_BYTES",
    "WASM_VECTOR_LEN",
    "__wbg_finalize_init",
    "__wbg_get_imports",
    "addToExternrefTable0",
    "arg0",
    "arg1",
    "arg2",
    "arg3",
    "arg4",
    "arg5",
    "arg6",
    "cachedDataViewMemory0",
    "cachedTextDecoder",
    "cachedTextEncoder",
    "cachedUint8ArrayMemory0",
    "debugString",
    "decodeText",
    "deferred0_0",
    "deferred0_1",
    "getArrayJsValueFromWasm0",
    "getArrayU8FromWasm0",
    "getDataViewMemory0",
    "getStringFromWasm0",
    "getUint8ArrayMemory0",
    "handleError",
    "import0",
    "isLikeNone",
    "len0",
    "len1",
    "makeMutClosure",
    "numBytesDecoded",
    "obj",
    "passStringToWasm0",
    "ptr0",
    "ptr1",
    "ret",
    "takeFromExternrefTable0",
    "wasmInstance",
    "wasmModule",
];

/// The same script, smaller. An error when wasm-bindgen no longer writes it as this knows it.
pub(super) fn smaller(script: &str) -> Result<String> {
    let (from, to) = BEGINNING;
    let (Some(start), true) = (script.find(from), script.trim_end().ends_with(to)) else {
        bail!("it does not end as it did: see BEGINNING in xtask/src/bindgen/glue.rs");
    };
    let script = direct(&[&script[..start], BEGIN].concat());
    Ok(lettered(&script, &OWN))
}

/// `return x;` in place of `const ret=x;return ret;`.
fn direct(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut parts = script.split("const ret=");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once(";return ret;") {
            Some((value, rest)) if !value.contains([';', '{', '}']) => {
                out.extend(["return ", value, ";", rest]);
            }
            Some(_) | None => out.extend(["const ret=", part]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_is_ours() {
        let script = "a();async function __wbg_load(b){}\nexport{initSync,__wbg_init as default};\n";
        let small = smaller(script).unwrap();
        assert!(small.starts_with("a();export default async({module_or_path})=>"), "{small}");
        assert!(smaller("a();export{initSync as default};").is_err());
    }

    #[test]
    fn values_are_returned_directly() {
        let script = "function(){const ret=a.b(c);return ret;}function(){const ret=d;e(ret);return ret;}";
        assert_eq!(direct(script), "function(){return a.b(c);}function(){const ret=d;e(ret);return ret;}");
    }
}
