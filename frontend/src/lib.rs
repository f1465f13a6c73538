//! Starts the islands in the browser, nothing else.

/// The page's script calls this once when it is calm.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    // Without a mention of the crate the linker drops its islands.
    use app as _;
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
