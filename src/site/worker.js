// Service worker of a site: caches app and archive on the device for offline reading.
//
// The core (page, app and `archive.json` of one version) is cached completely or not at all. A new version is cached
// separately and takes over when the reader agrees, so that versions never mix. All other files of the archive are
// content-named and shared by versions: files are cached when read and, on request, all files of the list.
//
// The finished file starts with a line that defines SITE; see `offline.rs`:
//
//   version   name of the core
//   core      paths and SHA-256 digests of page, app and `archive.json`
//   list      file that lists the archive files to cache; null if `archive.json` is the whole archive
//   bytes     total size of the core and of the listed files
//   articles  number of articles in the archive
//
// The page controls the worker by messages, see DO; each is answered through the port it carries.

const HOME = new URL('./', location.href).href;
const MINE = `sheaf ${HOME} `;
const CORE = `${MINE}${SITE.version}`;
const FILES = `${MINE}files`;
const CORE_PATHS = new Set(SITE.core.map(([path]) => path));

/** Maximum number of concurrent requests. */
const REQUESTS = 6;
/** Files per download batch: a few seconds, short enough that browsers do not stop the worker. */
const BATCH = 48;
/** Maximum number of files cached by reading, unless the whole archive is cached; the oldest are evicted. */
const READ_KEPT = 4000;

// --- the core ----------------------------------------------------------------------------------

addEventListener('install', (event) => event.waitUntil(install()));

/** Fetches the core, reusing files of cached versions. A file of another version aborts, and the old core stays. */
async function install() {
  const core = await caches.open(CORE);
  const others = (await mine()).filter((name) => name !== CORE && name !== FILES);
  const opened = await Promise.all(others.map((name) => caches.open(name)));
  await each(SITE.core, async ([path, digest]) => {
    // Resume an interrupted installation.
    if (await core.match(HOME + path)) return;
    for (const other of opened) {
      const there = await other.match(HOME + path);
      if (there && (await digestOf(await there.clone().arrayBuffer())) === digest) {
        await core.put(HOME + path, there);
        return;
      }
    }
    await core.put(HOME + path, await fetchExactly(path, digest));
  });
}

/**
 * @param {string} path
 * @param {string} digest
 */
async function fetchExactly(path, digest) {
  // The page has just filled the HTTP cache, but its entry may be stale.
  for (const cache of /** @type {RequestCache[]} */ (['default', 'reload'])) {
    const response = await fetch(HOME + path, { cache });
    const bytes = await response.arrayBuffer();
    if (response.ok && (await digestOf(bytes)) === digest) {
      return plainly(response, bytes);
    }
  }
  throw new Error(`${path} is not of this version`);
}

addEventListener('activate', (event) => event.waitUntil(activate()));

async function activate() {
  const old = (await mine()).filter((name) => name !== CORE && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
  // Runs again later if the list cannot be fetched.
  await tidy().catch(() => {});
}

// --- fetch handler -----------------------------------------------------------------------------

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(HOME)) return;
  const path = pathOf(request.url);
  if (request.mode === 'navigate' && path === '') event.respondWith(fromCore('index.html', request));
  else if (CORE_PATHS.has(path)) event.respondWith(fromCore(path, request));
  else if (isKept(path)) event.respondWith(fromFiles(path, event));
});

/**
 * @param {string} path
 * @param {Request} request
 */
async function fromCore(path, request) {
  const core = await caches.open(CORE);
  return (await core.match(HOME + path)) ?? fetch(request);
}

/**
 * Serves an archive file from the cache, else from the host, and caches the response. The page requests a
 * reload if a cached file turned out to be corrupt.
 * @param {string} path
 * @param {FetchEvent} event
 */
async function fromFiles(path, event) {
  const files = await caches.open(FILES);
  const there = event.request.cache === 'reload' ? undefined : await files.match(HOME + path);
  if (there) return there;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(put(path, response.clone()).catch(() => {}));
  return response;
}

// --- caching -----------------------------------------------------------------------------------

/** Commands of the page. */
const DO = {
  /** Returns the cache setting, all sizes and the bytes left to fetch. */
  async state() {
    const wish = await wished();
    const left = wish ? await missing().then(weigh, () => -1) : -1;
    const { version, articles, bytes } = SITE;
    return { version, articles, core: bytes[0], files: bytes[1], wish, left };
  },

  /** Returns the paths of the cached archive files. */
  async kept() {
    return { paths: [...(await here())].join('\n') };
  },

  /**
   * Caches files that the page read before the worker was active.
   * @param {{ paths: string }} request
   */
  async read({ paths }) {
    const there = await here();
    const wanted = paths.split('\n').filter((path) => isKept(path) && !there.has(path));
    await each(wanted, async (path) => put(path, await fetch(HOME + path, { cache: 'force-cache' })));
    return {};
  },

  /**
   * Stores whether the whole archive is cached: `on`, `paused` or empty.
   * @param {{ wish: string }} request
   */
  async wish({ wish }) {
    const files = await caches.open(FILES);
    await files.put(`${HOME}?wish`, new Response(wish));
    return DO.state();
  },

  /** Fetches the next batch of listed files while enabled. */
  keep() {
    const next = keeping.then(keepBatch);
    keeping = next.catch(() => {});
    return next;
  },

  /** Deletes every cached archive file except `archive.json`. */
  async drop() {
    const files = await caches.open(FILES);
    const keys = await files.keys();
    await Promise.all(keys.map((key) => files.delete(key)));
    known = null;
    return DO.state();
  },

  /** Takes over from the previous version. */
  async take() {
    await skipWaiting();
    return {};
  },
};

addEventListener('message', (event) => {
  /** @type {Record<string, (request: any) => unknown>} */
  const commands = DO;
  const answering = (async () => commands[event.data.do](event.data))().catch(({ name }) => ({ error: name }));
  event.waitUntil(answering.then((answer) => event.ports[0].postMessage(answer)));
});

/**
 * Serialises the batches of several tabs.
 * @type {Promise<unknown>}
 */
let keeping = Promise.resolve();

async function keepBatch() {
  const wish = await wished();
  const left = await missing();
  if (wish !== 'on') return { left: weigh(left), wish, error: null };
  /** @type {string | null} */
  let error = null;
  const fetched = new Set();
  await each(left.slice(0, BATCH), async ([path]) => {
    if (error) return;
    try {
      await put(path, await fetch(HOME + path));
      fetched.add(path);
    } catch (failure) {
      error = /** @type {Error} */ (failure).name;
    }
  });
  return { left: weigh(left.filter(([path]) => !fetched.has(path))), wish, error };
}

/** Returns the listed files that are not cached, with their sizes. */
async function missing() {
  const [listed, there] = [await list(), await here()];
  return listed.filter(([path]) => !there.has(path));
}

/** @returns {Promise<[path: string, bytes: number][]>} */
async function list() {
  if (!SITE.list) return [];
  const files = await caches.open(FILES);
  const there = await files.match(HOME + SITE.list);
  if (!there) await put(SITE.list, await fetch(HOME + SITE.list));
  const response = /** @type {Response} */ (there ?? (await files.match(HOME + SITE.list)));
  return JSON.parse(await plain(new Uint8Array(await response.arrayBuffer())));
}

/** @type {Set<string> | null} */
let known = null;

/** Returns the paths of the cached files. */
async function here() {
  if (!known) {
    const files = await caches.open(FILES);
    const keys = await files.keys();
    known ??= new Set(keys.map((key) => pathOf(key.url)).filter(isKept));
  }
  return known;
}

/**
 * Caches a response if complete.
 * @param {string} path
 * @param {Response} response
 */
async function put(path, response) {
  if (!response.ok) throw new DOMException(`${response.status}`, 'NotFoundError');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = await plain(bytes);
  // A host that decompresses in transit removes the gzip checksum, so the JSON is parsed instead. Its first line
  // holds all JSON; column bytes may follow.
  if (!isGzip(bytes) && path.endsWith('.json.gz')) JSON.parse(text.split('\n', 1)[0]);
  await (await caches.open(FILES)).put(HOME + path, plainly(response, bytes));
  known?.add(path);
}

async function wished() {
  const files = await caches.open(FILES);
  const note = await files.match(`${HOME}?wish`);
  return note ? note.text() : '';
}

/** Deletes cached files that left the archive, and the oldest files beyond the limit. */
async function tidy() {
  const files = await caches.open(FILES);
  const keys = (await files.keys()).filter((key) => pathOf(key.url) !== '');
  const listed = (await wished()) ? new Set([SITE.list, ...(await list()).map(([path]) => path)]) : null;
  const stale = listed
    ? keys.filter((key) => !listed.has(pathOf(key.url)))
    : keys.slice(0, Math.max(0, keys.length - READ_KEPT));
  await Promise.all(stale.map((key) => files.delete(key)));
  known = null;
}

// --- helpers -----------------------------------------------------------------------------------

/** @param {string} url */
function pathOf(url) {
  return url.slice(HOME.length).split(/[?#]/)[0];
}

/**
 * Returns true if a file is cached when read. Index shards are not: offline search scans the cached texts.
 * @param {string} path
 */
function isKept(path) {
  return /^archive\/(?!index-)|^[^/]+\.txt\.gz$/.test(path);
}

/**
 * Copies a response without headers of the transfer: encoding, redirects, Vary.
 * @param {Response} response
 * @param {BufferSource} bytes
 */
function plainly(response, bytes) {
  return new Response(bytes, { headers: { 'content-type': response.headers.get('content-type') ?? '' } });
}

/** @param {[path: string, bytes: number][]} files */
function weigh(files) {
  return files.reduce((sum, [, bytes]) => sum + bytes, 0);
}

async function mine() {
  return (await caches.keys()).filter((name) => name.startsWith(MINE));
}

/** @param {BufferSource} bytes */
async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}

/** @param {Uint8Array} bytes */
function isGzip(bytes) {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Returns the decompressed text of a file; throws for a truncated or corrupt one.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function plain(bytes) {
  const stream = new Blob([bytes]).stream();
  const whole = isGzip(bytes) ? stream.pipeThrough(new DecompressionStream('gzip')) : stream;
  return new Response(whole).text();
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => Promise<unknown>} work
 */
async function each(items, work) {
  const rest = [...items];
  const worker = async () => {
    while (rest.length) await work(/** @type {T} */ (rest.shift()));
  };
  await Promise.all(Array.from({ length: REQUESTS }, worker));
}
