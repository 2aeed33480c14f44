/**
 * All results of a run as a Markdown table: `node table.mjs OUT…`. A row is an engine at one corpus size; in a cell with
 * two numbers the second includes the engine's code.
 */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson } from './record.mjs';

/** Engines in row order, with display names. */
const ENGINES = {
  sheaf: 'Sheaf', pagefind: 'Pagefind 1.6.0', minisearch: 'MiniSearch 7.2', flexsearch: 'FlexSearch 0.8',
  sqlite: 'SQLite FTS5', 'scan-js': 'plain scan, JavaScript', scan: 'plain scan, native',
};

const number = digits => value => value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const whole = number(0);
const LENGTHS = ['01', '02', '03', '04', '08', '12'];

/** Columns: heading, figures of a cell, number format, separator. */
const COLUMNS = [
  ['build, s', ['build_s'], number(1)],
  ['peak memory, MB', ['build_mb'], whole],
  ['index, kB / files', ['index_kb', 'index_files'], whole],
  ['index and text, kB / files', ['all_kb', 'all_files'], whole],
  ['code, kB / files', ['code_kb', 'code_files'], whole],
  ['index gzipped, kB', ['index_gzip_kb'], whole],
  ['first search: kB', ['cold_kb', 'cold_kb_with_code'], whole],
  ['worst, kB', ['cold_kb_worst', 'cold_kb_worst_with_code'], whole],
  ['requests to ids', ['cold_requests_ids', 'cold_requests_ids_with_code'], whole],
  ['requests to ten', ['cold_requests_ten', 'cold_requests_ten_with_code'], whole],
  ['ms to ids', ['cold_ms_ids', 'cold_ms_ids_with_code'], whole],
  ['ms to ten', ['cold_ms_ten', 'cold_ms_ten_with_code'], whole],
  ['load, ms', ['load_ms'], whole],
  ['memory, MB', ['memory_mb'], whole],
  ['warm p50 / p99, ms', ['warm_p50_ms', 'warm_p99_ms'], number(2)],
  ['recall, 1 / 2 / 3 / 4 / 8 / 12', LENGTHS.map(length => `recall_${length}`), number(2)],
  ['precision, 1 / 2 / 3 / 4 / 8 / 12', LENGTHS.map(length => `precision_${length}`), number(2)],
  ['MRR@10', ['mrr_10'], number(3)],
  ['nDCG@10', ['ndcg_10'], number(3)],
];

/** Returns `{ articles, made, engines: { name: { figure: value } } }` of one run. */
export async function results(out) {
  const engines = {};
  for (const file of await readdir(join(out, 'results'))) {
    const [engine] = file.split('.');
    engines[engine] = { ...engines[engine], ...await readJson(join(out, 'results', file)) };
  }
  const { corpus, ...others } = engines;
  return { ...corpus, engines: others };
}

function row(name, articles, figures) {
  const value = key => key.includes('_kb') ? figures[key.replace('_kb', '_bytes')] / 1000 : figures[key];
  const cell = ([, keys, write]) => {
    const values = keys.map(value).filter(value => Number.isFinite(value));
    return values.length ? values.map(write).join(' / ') : '–';
  };
  return `| ${[name, articles, ...COLUMNS.map(cell)].join(' | ')} |`;
}

async function table(outs) {
  const runs = (await Promise.all(outs.map(results))).sort((a, b) => a.articles - b.articles);
  const headings = ['engine', 'articles', ...COLUMNS.map(column => column[0])];
  const lines = [headings, headings.map((_, at) => at ? '---:' : '---')].map(cells => `| ${cells.join(' | ')} |`);
  for (const [key, name] of Object.entries(ENGINES)) {
    for (const run of runs.filter(run => key in run.engines)) {
      lines.push(row(name, whole(run.articles) + (run.made ? '\\*' : ''), run.engines[key]));
    }
  }
  if (runs.some(run => run.made)) {
    lines.push('', '\\* more than the corpus has: made by resampling its sentences.');
  }
  return lines.join('\n');
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.log(await table(process.argv.slice(2)));
