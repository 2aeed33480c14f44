// Cost of a daily update for an offline reader: builds a site without the 20 newest articles and with them, and sums
// the files that a device downloads for the update.
//
//   node tests/bench/update.mjs SHEAF CORPUS OUT [VIEWER]
import { execFileSync } from 'node:child_process';
import { openSync, readSync, closeSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const NEW = 20;
const [sheaf, corpus, out, viewer] = process.argv.slice(2);

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });

/** Returns the publication time in milliseconds since 1970 from the first line; 0 if absent. */
const timeOf = (path) => {
  const file = openSync(path);
  const head = Buffer.alloc(40);
  readSync(file, head, 0, 40, 0);
  closeSync(file);
  return Number(/^<!--(\d+)-->/.exec(head.toString())?.[1] ?? 0);
};

const build = (name, articles) => {
  const [seeds, site] = [join(out, name, 'seeds'), join(out, name, 'site')];
  rmSync(join(out, name), { recursive: true, force: true });
  for (const path of articles) {
    const place = join(seeds, relative(corpus, path));
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(resolve(path), place);
  }
  const app = viewer ? ['--viewer', viewer] : [];
  execFileSync(sheaf, ['build', seeds, '--out', site, ...app], { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = readFileSync(join(site, 'sw.js'), 'utf8');
  const known = JSON.parse(code.slice('const SITE = '.length, code.indexOf(';\n')));
  const list = JSON.parse(gunzipSync(readFileSync(join(site, known.list))));
  return { site, known, files: new Map(list), core: new Map(known.core) };
};

const sorted = files(corpus)
  .map((path) => [timeOf(path), path])
  .sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1))
  .map(([, path]) => path);
const old = build('old', sorted.slice(0, -NEW));
const now = build('new', sorted);

const tables = JSON.parse(readFileSync(join(now.site, 'archive.json'))).tables;
const kinds = new Map();
const name = (kind, names) => names.forEach((name) => { kinds.set(`archive/${name}.json.gz`, kind); });
name('pages', tables.pages);
name('facets', tables.column);
name('ids', tables.ids);
name('pack tables', tables.packs.map(([name]) => name));
const costs = new Map();
const add = (kind, bytes) => {
  const [count, sum] = costs.get(kind) ?? [0, 0];
  costs.set(kind, [count + 1, sum + bytes]);
};
// Compressed as by a typical host.
const sent = (path) => gzipSync(readFileSync(join(now.site, path))).length;
for (const [path, bytes] of now.files) {
  if (!old.files.has(path)) add(kinds.get(path) ?? (path.includes('/related-') ? 'related' : 'packs'), bytes);
}
for (const [path, digest] of now.core) if (old.core.get(path) !== digest) add(path, sent(path));
add('list of files', readFileSync(join(now.site, now.known.list)).length);
add('worker', sent('sw.js'));
for (const [kind, [count, bytes]] of costs) console.log(`${kind.padEnd(22)} ${count} files ${bytes} bytes`);
const total = [...costs.values()].reduce((sum, [, bytes]) => sum + bytes, 0);
console.log(`${now.known.articles - old.known.articles} new articles out of ${now.known.articles}: ${total} bytes`);
const core = [...now.core.keys()].reduce((sum, path) => sum + sent(path), 0);
console.log(`cached on the first visit: ${core} bytes of app and manifest with gzip, ${now.known.bytes[0]} uncompressed`);
