/** Files of a run: what `prepare` wrote, the answers for the judge, the figures for the table. */

import { createReadStream } from 'node:fs';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Prints figures, `{ name: number }`, and keeps them for the table. */
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

/** The documents, one after another, as `prepare` describes them. */
export async function* docs(out) {
  const input = createReadStream(join(out, 'docs.jsonl'), 'utf8');
  for await (const line of createInterface({ input, crlfDelay: Infinity })) yield JSON.parse(line);
}

/** The queries that every engine is asked. */
export const queries = out => readJson(join(out, 'queries.json'));

/**
 * Asks every query twice: first for the answers, ordinals in order, which are kept for the judge; then, when
 * whatever the engine fetches is at hand, for the milliseconds each takes. `ask(query)` gives `{ found, ms }`.
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

/** The value below which `share` of `values` lie. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)];
}

/** Bytes and files below `folder` whose paths `counts`. */
export async function weigh(folder, counts = () => true) {
  let [bytes, files] = [0, 0];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && counts(path)) [bytes, files] = [bytes + (await stat(path)).size, files + 1];
  }
  return { bytes, files };
}
