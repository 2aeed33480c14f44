// Globals that the page shares with the app.

/** Loads the files of a chunk; called by the app's glue. */
declare var sheafPart: (part: string, exports: WebAssembly.ModuleImports) => Promise<void>;
/** Requests that were sent before the app runs, by URL; the app takes them over. */
declare var sheafBegun: Map<string, Promise<ArrayBuffer>>;
/** Starts the app of a single-file page. */
declare var startSheaf: (options: { module_or_path: ArrayBuffer }) => Promise<unknown>;
