/**
 * Sheaf: `node sheaf.mjs OUT SITE PROGRAM`, with the built site of the app and the program `sheaf`.
 *
 * Browser times are read from the page: ids are known when the line above the list shows the number of matches, and ten
 * results are complete when as many rows show their matches. Answers and warm latency come from the same engine in a
 * native process, the step `sheaf` of the benchmark.
 */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { browser, cold, summary } from './cold.mjs';
import { Host } from './host.mjs';
import { queries, readJson, record, weigh, writeJson } from './record.mjs';
import { measured } from './tree.mjs';

const [out, site, program] = process.argv.slice(2);
const archive = join(out, 'sheaf');

const isArchive = path => /^\/archive(\.json$|\/)/.test(path);

const WATCH = `
  const look = () => {
    const count = /^找到 (?:≈ )?([\\d,]+) 篇/.exec(document.querySelector('.time__n')?.innerText ?? '');
    if (!count) return;
    search_seen.ids ??= performance.now();
    const wanted = Math.min(10, Number(count[1].replaceAll(',', '')));
    const marked = [...document.querySelectorAll('.row')].filter(row => row.querySelector('mark'));
    if (marked.length >= wanted) search_seen.ten ??= performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });`;

async function build() {
  await rm(archive, { recursive: true, force: true });
  const report = join(out, 'sheaf.report.json');
  const { seconds, megabytes } = await measured(program, ['build', '--archive-only', join(out, 'files'), '--out', archive, '--report', report]);
  const all = await weigh(archive);
  const code = await weigh(site, path => !isArchive(path.slice(site.length)));
  const { bytes } = await readJson(report);
  await record(out, 'sheaf', 'build', {
    build_s: seconds, build_mb: megabytes, all_bytes: all.bytes, all_files: all.files,
    index_bytes: bytes.index, index_files: (await weigh(archive, path => path.endsWith('.bin'))).files,
    code_bytes: code.bytes, code_files: code.files,
  });
}

await build();
const host = await Host.start([archive, site]);
const chromium = await browser();
try {
  const at = query => `/index.html#/?q=${encodeURIComponent(query)}`;
  const rows = await cold(chromium, { host, at, watch: WATCH, code: path => !isArchive(path) }, (await queries(out)).cold);
  await writeJson(join(out, 'cold', 'sheaf.json'), rows);
  await record(out, 'sheaf', 'cold', summary(rows));
} finally {
  await chromium.close();
  host.stop();
}
