// Compares the sizes of the parts of a built app, compressed with Brotli, with the recorded budget.
//
//   node tests/app-budget.mjs SITE            fails when a part is more than 3 kB over its budget
//   node tests/app-budget.mjs SITE --record   records the sizes of today as the budget
//   node tests/app-budget.mjs SITE --files    also lists the files

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const BUDGET = new URL('app-budget.txt', import.meta.url);
const SLACK = 3072;

/** The parts and the names of their files; the first that matches counts. */
const PARTS = [
  ['reader', 'loaded right after the list: reader, search, service worker', /^(rare-)?soon-\w+\.(css|wasm)$|^sw\.js$/],
  ['rare', 'loaded on demand', /^rare-\w+\.wasm$/],
  ['list', 'loaded before the list is shown', /^(index\.html|[\w-]+\.(js|css|wasm))$/],
];

const [site, option] = process.argv.slice(2);
if (!site) {
  console.error('usage: node tests/app-budget.mjs SITE [--record|--files]');
  process.exit(2);
}

const compressed = (name) => {
  const bytes = readFileSync(`${site}/${name}`);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
};

const sizes = { list: 0, reader: 0, rare: 0 };
const counts = { list: 0, reader: 0, rare: 0 };
for (const name of readdirSync(site).filter((name) => /\.(html|js|css|wasm)$/.test(name))) {
  const part = PARTS.find(([, , files]) => files.test(name));
  if (!part) fail(`${name} is in no part: give it one in tests/app-budget.mjs`);
  const bytes = compressed(name);
  sizes[part[0]] += bytes;
  counts[part[0]] += 1;
  if (option === '--files') console.log(`${part[0].padEnd(7)} ${String(bytes).padStart(7)} bytes  ${name}`);
}
for (const [part, count] of Object.entries(counts)) {
  if (count === 0) fail(`${site} has no file of the part ${part}: was it built with --release?`);
}
sizes.total = sizes.list + sizes.reader + sizes.rare;

if (option === '--record') {
  const explained = [...PARTS].sort(([one], [other]) => Object.keys(sizes).indexOf(one) - Object.keys(sizes).indexOf(other));
  const head = ['# Bytes of the app in a release build, compressed with Brotli; see app-budget.mjs.', '#'];
  const parts = explained.map(([part, what]) => `# ${part.padEnd(7)} ${what}`);
  const lines = Object.entries(sizes).map(([part, bytes]) => `${part} ${bytes}`);
  writeFileSync(BUDGET, [...head, ...parts, ...lines, ''].join('\n'));
}

const lines = readFileSync(BUDGET, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
const budget = Object.fromEntries(lines.map((line) => line.split(' ')));
const over = [];
for (const [part, bytes] of Object.entries(sizes)) {
  const more = bytes - Number(budget[part]);
  console.log(`${part.padEnd(7)} ${String(bytes).padStart(7)} bytes, budget ${budget[part]} (${more < 0 ? '' : '+'}${more})`);
  if (!(more <= SLACK)) over.push(`${part} is ${more} bytes over its budget of ${budget[part]}, more than ${SLACK}`);
}
if (over.length) {
  fail(`${over.join('\n')}\nmake it smaller, or record a new budget: node tests/app-budget.mjs ${site} --record`);
}

function fail(text) {
  console.error(`app-budget: ${text.replaceAll('\n', '\napp-budget: ')}`);
  process.exit(1);
}
