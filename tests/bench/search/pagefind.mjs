/**
 * Pagefind on the same documents, each as an HTML page in Chinese: `node pagefind.mjs OUT`.
 *
 * Queries are passed as typed; Pagefind segments them itself with the browser's dictionary. The title is an `h1`, which
 * Pagefind weights higher; all other settings are defaults.
 */

import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { browser, cold, summary } from './cold.mjs';
import { Host } from './host.mjs';
import { docs, queries, record, warm, weigh, writeJson } from './record.mjs';
import { measured, resident } from './tree.mjs';

const out = process.argv[2];
const site = join(out, 'pagefind');
const bundle = join(site, 'pagefind');
/** Pagefind's program for languages without spaces, from the package that `pagefind` installs on Linux. */
const program = fileURLToPath(import.meta.resolve(`@pagefind/linux-${process.arch}/bin/pagefind_extended`));

/** Searches on load and shows the first ten results with snippets. */
const SEARCH = `<!doctype html><html lang="zh"><meta charset="utf-8"><title>search</title><ol></ol><script type="module">
  const { search } = await import('/pagefind/pagefind.js');
  const { results } = await search(new URLSearchParams(location.search).get('q'));
  search_seen.ids = performance.now();
  const list = document.querySelector('ol');
  for (const { meta, excerpt } of await Promise.all(results.slice(0, 10).map(result => result.data()))) {
    list.append(Object.assign(document.createElement('li'), { innerHTML: meta.title + excerpt }));
  }
  search_seen.ten = performance.now();
</script></html>`;

const isCode = path => /\.(html|js|css|pagefind)$/.test(path.replace(/\?.*/, ''));
const isUsed = path => /pagefind(-worker)?\.js$|\.pagefind$/.test(path);

async function build() {
  await rm(site, { recursive: true, force: true });
  const escaped = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  for await (const { ordinal, title, text } of docs(out)) {
    const folder = join(site, 'a', String(Math.floor(ordinal / 1000)));
    if (ordinal % 1000 === 0) await mkdir(folder, { recursive: true });
    const paragraphs = text.split('\n').slice(1).map(line => `<p>${escaped(line)}</p>`).join('\n');
    const head = `<!doctype html><html lang="zh"><meta charset="utf-8"><title>${escaped(title)}</title>`;
    const body = `<body data-pagefind-body><h1>${escaped(title)}</h1>\n${paragraphs}</body></html>`;
    await writeFile(join(folder, `${ordinal}.html`), head + body);
  }
  const { seconds, megabytes } = await measured(program, ['--site', site]);
  const texts = path => path.endsWith('.pf_fragment');
  const index = await weigh(bundle, path => !isCode(path) && !texts(path));
  const all = await weigh(bundle, path => !isCode(path));
  const code = await weigh(bundle, isUsed);
  await record(out, 'pagefind', 'build', {
    build_s: seconds, build_mb: megabytes,
    index_bytes: index.bytes, index_files: index.files, all_bytes: all.bytes, all_files: all.files,
    code_bytes: code.bytes, code_files: code.files,
  });
}

/** Maps results to documents: a result is identified by its fragment, which contains the page. */
async function ordinals() {
  const known = new Map();
  for (const file of await readdir(join(bundle, 'fragment'))) {
    const fragment = gunzipSync(await readFile(join(bundle, 'fragment', file))).toString();
    known.set(basename(file, '.pf_fragment'), Number(/"url":"[^"]*?(\d+)\.html"/.exec(fragment)[1]));
  }
  return known;
}

/** Measures one tab without limits: all answers first, then the latency of each with warm caches. */
async function stay(chromium, host) {
  const page = await chromium.newPage();
  await page.goto(`${host.url}/empty.html`);
  const before = await memory(chromium);
  const load = await page.evaluate(async () => {
    const start = performance.now();
    window.pagefind = await import('/pagefind/pagefind.js');
    await pagefind.init();
    return performance.now() - start;
  });
  const known = await ordinals();
  const ask = async query => {
    const { ids, ms } = await page.evaluate(async query => {
      const start = performance.now();
      const { results } = await pagefind.search(query);
      return { ms: performance.now() - start, ids: results.map(result => result.id) };
    }, query);
    return { ms, found: ids.map(id => known.get(id)) };
  };
  const times = await warm(out, 'pagefind', ask);
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  const megabytes = await memory(chromium) - before;
  await record(out, 'pagefind', 'warm', { load_ms: load, memory_mb: megabytes, ...times });
  await page.close();
}

/** Returns the resident memory of the pages, in megabytes. */
async function memory(chromium) {
  const session = await chromium.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(info => info.type === 'renderer').reduce((sum, info) => sum + resident(info.id), 0) / 1000;
}

await build();
const host = await Host.start([site], { '/search.html': SEARCH, '/empty.html': '<!doctype html><title>empty</title>' });
const chromium = await browser();
try {
  const visited = { host, at: query => `/search.html?q=${encodeURIComponent(query)}`, watch: '', code: isCode };
  const rows = await cold(chromium, visited, (await queries(out)).cold);
  await writeJson(join(out, 'cold', 'pagefind.json'), rows);
  await record(out, 'pagefind', 'cold', summary(rows));
  await stay(chromium, host);
} finally {
  await chromium.close();
  host.stop();
}
