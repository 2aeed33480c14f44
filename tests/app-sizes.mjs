// Prints the sizes of the app by part, crate and module, with the difference from the recorded ones.
//
//   node tests/app-sizes.mjs TABLE            TABLE is written by a release build with SHEAF_SIZES=TABLE
//   node tests/app-sizes.mjs TABLE --record   records the sizes
//
// Sizes are bytes of WebAssembly after the first optimisation, not compressed.

import { readFileSync, writeFileSync } from 'node:fs';

const RECORDED = new URL('app-sizes.txt', import.meta.url);
const HEAD = '# Bytes of the app by part, crate and module, not compressed; see app-sizes.mjs.\n#\n';

const [file, option] = process.argv.slice(2);
if (!file) {
  console.error('usage: node tests/app-sizes.mjs TABLE [--record]');
  process.exit(2);
}

/** Returns the rows of a table as a map from part and name to bytes. */
const parse = (text) =>
  new Map(
    text
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => {
        const [part, name, bytes] = line.split('\t');
        return [`${part}\t${name}`, Number(bytes)];
      }),
  );

const text = readFileSync(file, 'utf8');
const sizes = parse(text);
const recorded = parse(readFileSync(RECORDED, 'utf8'));
const parts = [...new Set([...sizes.keys()].map((key) => key.split('\t')[0]))];
for (const part of parts) {
  const rows = [...sizes].filter(([key]) => key.startsWith(`${part}\t`)).sort((one, other) => other[1] - one[1]);
  const gone = [...recorded].filter(([key]) => key.startsWith(`${part}\t`) && !sizes.has(key));
  const sum = (all) => all.reduce((total, [, bytes]) => total + bytes, 0);
  const before = [...recorded].filter(([key]) => key.startsWith(`${part}\t`));
  print(part, sum(rows), sum(rows) - sum(before));
  for (const [key, bytes] of rows) print(`  ${key.split('\t')[1]}`, bytes, bytes - (recorded.get(key) ?? 0));
  for (const [key, bytes] of gone) print(`  ${key.split('\t')[1]}`, 0, -bytes);
}
if (option === '--record') writeFileSync(RECORDED, HEAD + text);

function print(name, bytes, change) {
  const sign = change > 0 ? '+' : '';
  console.log(`${name.padEnd(48)} ${String(bytes).padStart(9)} ${`${sign}${change || ''}`.padStart(9)}`);
}
