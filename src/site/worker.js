// The worker of a site: keeps app and archive on the device, so that they open without a network.
//
// One version of page, app and `archive.json` is kept whole or not at all, the core; another one is fetched
// beside it and takes over when the reader says so, so that they never mix. All other files of the archive are
// named by their content and shared by versions: what is read is kept, and on request all that the list names.
//
// The finished file begins with a line that sets SITE; see `offline.rs`:
//
//   version   a name for the core
//   core      path and SHA-256 of page, app and `archive.json`
//   list      the file that lists what to keep of the archive; null when `archive.json` is all of it
//   bytes     what the core weighs and what the listed files weigh
//   articles  how many the archive has
//
// It is told what to do by messages, see DO, and answers each through the port that comes with it.

const HOME = new URL('./', location).href;
const MINE = `sheaf ${HOME} `;
const CORE = `${MINE}${SITE.version}`;
const FILES = `${MINE}files`;
const CORE_PATHS = new Set(SITE.core.map(([path]) => path));

/** Requests at a time. */
const REQUESTS = 6;
/** Files a batch of keeping: some seconds, within which no browser ends the worker. */
const BATCH = 48;
/** So many files that were read are kept where the whole was not asked for; the oldest go first. */
const READ_KEPT = 4000;

// --- the core ----------------------------------------------------------------------------------

addEventListener('install', (event) => event.waitUntil(install()));

/** Fetches what no version on the device has. A file of another version than this ends it, and the old one stays. */
async function install() {
  const core = await caches.open(CORE);
  const others = (await mine()).filter((name) => name !== CORE && name !== FILES);
  const opened = await Promise.all(others.map((name) => caches.open(name)));
  await each(SITE.core, async ([path, digest]) => {
    // An installation that was interrupted goes on.
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

async function fetchExactly(path, digest) {
  // What the page has just loaded lies in the browser's own cache; what lies there may also be too old.
  for (const cache of ['default', 'reload']) {
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
  // Without the list it is done at another time.
  await tidy().catch(() => {});
}

// --- answering the page ------------------------------------------------------------------------

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(HOME)) return;
  const path = pathOf(request.url);
  if (request.mode === 'navigate' && path === '') event.respondWith(fromCore('index.html', request));
  else if (CORE_PATHS.has(path)) event.respondWith(fromCore(path, request));
  else if (isKept(path)) event.respondWith(fromFiles(path, event));
});

async function fromCore(path, request) {
  const core = await caches.open(CORE);
  return (await core.match(HOME + path)) ?? fetch(request);
}

/** A file of the archive: from the device, else from the host, and then kept. The page asks past what is kept
 *  when that turned out to be broken. */
async function fromFiles(path, event) {
  const files = await caches.open(FILES);
  const there = event.request.cache === 'reload' ? undefined : await files.match(HOME + path);
  if (there) return there;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(put(path, response.clone()).catch(() => {}));
  return response;
}

// --- keeping -----------------------------------------------------------------------------------

/** What a page can ask for. */
const DO = {
  /** What the reader wants kept, what all weighs, and what is left to fetch. */
  async state() {
    const wish = await wished();
    const left = wish ? await missing().then(weigh, () => -1) : -1;
    const { version, articles, bytes } = SITE;
    return { version, articles, core: bytes[0], files: bytes[1], wish, left };
  },

  /** The files of the archive that are here. */
  async kept() {
    return { paths: [...(await here())].join('\n') };
  },

  /** Keeps files that the page has read before the worker was there. */
  async read({ paths }) {
    const there = await here();
    const wanted = paths.split('\n').filter((path) => isKept(path) && !there.has(path));
    await each(wanted, async (path) => put(path, await fetch(HOME + path, { cache: 'force-cache' })));
    return {};
  },

  /** Notes whether the whole archive is to be kept: `on`, `paused`, or nothing. */
  async wish({ wish }) {
    const files = await caches.open(FILES);
    await files.put(`${HOME}?wish`, new Response(wish));
    return DO.state();
  },

  /** Fetches the next files of the list, as long as they are wanted. */
  keep() {
    const next = keeping.then(keepBatch);
    keeping = next.catch(() => {});
    return next;
  },

  /** Removes every file of the archive but `archive.json`. */
  async drop() {
    const files = await caches.open(FILES);
    const keys = await files.keys();
    await Promise.all(keys.map((key) => files.delete(key)));
    known = null;
    return DO.state();
  },

  /** Takes over from the version before. */
  async take() {
    await skipWaiting();
    return {};
  },
};

addEventListener('message', (event) => {
  const answering = (async () => DO[event.data.do](event.data))().catch(({ name }) => ({ error: name }));
  event.waitUntil(answering.then((answer) => event.ports[0].postMessage(answer)));
});

/** Batches of several tabs come one after another. */
let keeping = Promise.resolve();

async function keepBatch() {
  const wish = await wished();
  const left = await missing();
  if (wish !== 'on') return { left: weigh(left), wish, error: null };
  let error = null;
  const fetched = new Set();
  await each(left.slice(0, BATCH), async ([path]) => {
    if (error) return;
    try {
      await put(path, await fetch(HOME + path));
      fetched.add(path);
    } catch (failure) {
      error = failure.name;
    }
  });
  return { left: weigh(left.filter(([path]) => !fetched.has(path))), wish, error };
}

/** What the list names and the device lacks. */
async function missing() {
  const [listed, there] = [await list(), await here()];
  return listed.filter(([path]) => !there.has(path));
}

async function list() {
  if (!SITE.list) return [];
  const files = await caches.open(FILES);
  const there = await files.match(HOME + SITE.list);
  if (!there) await put(SITE.list, await fetch(HOME + SITE.list));
  const response = there ?? (await files.match(HOME + SITE.list));
  return JSON.parse(await plain(new Uint8Array(await response.arrayBuffer())));
}

let known = null;

/** The paths of the files that are here. */
async function here() {
  if (!known) {
    const files = await caches.open(FILES);
    const keys = await files.keys();
    known ??= new Set(keys.map((key) => pathOf(key.url)).filter(isKept));
  }
  return known;
}

/** Keeps a file if all of it came. */
async function put(path, response) {
  if (!response.ok) throw new DOMException(`${response.status}`, 'NotFoundError');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = await plain(bytes);
  // A host that decompresses on the way leaves nothing to check a text by but its own end. JSON has no line breaks
  // here; after one come the bytes of a column.
  if (!isGzip(bytes) && path.endsWith('.json.gz')) JSON.parse(text.split('\n', 1)[0]);
  await (await caches.open(FILES)).put(HOME + path, plainly(response, bytes));
  known?.add(path);
}

async function wished() {
  const files = await caches.open(FILES);
  const note = await files.match(`${HOME}?wish`);
  return note ? note.text() : '';
}

/** Removes what no longer belongs to the archive, or was read too long ago. */
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

// --- small things ------------------------------------------------------------------------------

function pathOf(url) {
  return url.slice(HOME.length).split(/[?#]/)[0];
}

/** Whether a file is kept when it is read. The index is not: kept texts are looked at themselves. */
function isKept(path) {
  return /^archive\/(?!index-)|^[^/]+\.txt\.gz$/.test(path);
}

/** A response without what only mattered on the way: encodings, redirections, what it varies by. */
function plainly(response, bytes) {
  return new Response(bytes, { headers: { 'content-type': response.headers.get('content-type') ?? '' } });
}

function weigh(files) {
  return files.reduce((sum, [, bytes]) => sum + bytes, 0);
}

async function mine() {
  return (await caches.keys()).filter((name) => name.startsWith(MINE));
}

async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}

function isGzip(bytes) {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The text of a file, decompressed; a compressed one that is cut short or damaged throws. */
async function plain(bytes) {
  const stream = new Blob([bytes]).stream();
  const whole = isGzip(bytes) ? stream.pipeThrough(new DecompressionStream('gzip')) : stream;
  return new Response(whole).text();
}

async function each(items, work) {
  const rest = [...items];
  const worker = async () => {
    while (rest.length) await work(rest.shift());
  };
  await Promise.all(Array.from({ length: REQUESTS }, worker));
}
