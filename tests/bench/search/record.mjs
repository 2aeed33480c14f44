/** Files of a run: output of `prepare`, answers for the judge, results for the table. */

import { createReadStream } from 'node:fs';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Prints results, `{ name: number }`, and stores them for the table. */
export async function record(out, engine, kind, figures) {
  for (const [name, value] of Object.entries(figures)) {
    console.log(`figure ${engine}.${name} ${Math.round(value * 1000) / 1000}`);
  }
  await writeJson(join(out, 'results', `${engine}.${kind}.json`), figures);
}

export async function writeJson(path, value) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(value));
}

export const readJson = async path => JSON.parse(await readFile(path, 'utf8'));

/** Iterates over the documents written by `prepare`. */
export async function* docs(out) {
  const input = createReadStream(join(out, 'docs.jsonl'), 'utf8');
  for await (const line of createInterface({ input, crlfDelay: Infinity })) yield JSON.parse(line);
}

/** Queries for every engine. */
export const queries = out => readJson(join(out, 'queries.json'));

/**
 * Runs every query twice: first for the answers, ordinals in order, which are stored for the judge; then, with warm
 * caches, for the latency in milliseconds. `ask(query)` returns `{ found, ms }`.
 */
export async function warm(out, engine, ask) {
  const asked = await queries(out);
  const all = async entries => {
    const answers = [];
    for (const { query } of entries) answers.push((await ask(query)).found);
    return answers;
  };
  const answers = { substrings: {}, cold: await all(asked.cold), known: await all(asked.known), ranked: await all(asked.ranked) };
  for (const [length, entries] of Object.entries(asked.substrings)) answers.substrings[length] = await all(entries);
  await writeJson(join(out, 'answers', `${engine}.json`), answers);

  const times = [];
  for (const { query } of [...Object.values(asked.substrings), asked.cold, asked.known, asked.ranked].flat()) {
    times.push((await ask(query)).ms);
  }
  return { warm_p50_ms: quantile(times, 0.5), warm_p99_ms: quantile(times, 0.99) };
}

/** Returns the quantile of `values` at `share`. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)];
}

/** Returns bytes and number of the files in `folder` whose paths satisfy `counts`. */
export async function weigh(folder, counts = () => true) {
  let [bytes, files] = [0, 0];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && counts(path)) [bytes, files] = [bytes + (await stat(path)).size, files + 1];
  }
  return { bytes, files };
}
