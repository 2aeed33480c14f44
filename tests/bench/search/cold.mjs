/**
 * Cost of a visitor's first search: each query runs in a fresh profile over a slow link.
 *
 * A site is `{ host, at, watch, code }`:
 *   host    `Host` that serves the site
 *   at      path and query string of the page that runs a search
 *   watch   script that runs before the page's own and sets `search_seen.ids` when the matching
 *           documents are known, and `search_seen.ten` when ten results (or all, if fewer) are shown with
 *           snippets, each to `performance.now()`
 *   code    predicate for paths of the engine's code, as opposed to index and texts
 *
 * Every query is measured twice: with the engine's code to be fetched, and with the code in the browser's cache.
 */

import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { SLOW } from './host.mjs';
import { quantile } from './record.mjs';

/** Number of results on the first screen. */
const TEN = 10;
const PATIENCE_MS = 60_000;
/** Prefetches addresses for the next page. */
const CACHING = '/caching.html';

/** Browser for the measurements. */
export function browser() {
  const known = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];
  const executablePath = process.env.CHROMIUM ?? known.find(existsSync);
  return puppeteer.launch({
    executablePath,
    args: ['--no-sandbox', '--accept-lang=zh-CN'],
    // Viewport that shows exactly ten results of either engine.
    defaultViewport: { width: 1280, height: 1440 },
    protocolTimeout: 3_600_000,
  });
}

/** Returns one row per query: `{ query, hits, whole, index }`, the last two `{ bytes, idsRequests, tenRequests, idsMs, tenMs }`. */
export async function cold(chromium, site, queries) {
  site.host.pages[CACHING] = '<!doctype html><title>caching</title>';
  const rows = [];
  // The first run warms the caches of the programs and is not counted.
  for (const { query, hits } of [queries[0], ...queries]) {
    const whole = await visit(chromium, site, query, []);
    const code = [...new Set(whole.log.map(entry => entry.path).filter(path => site.code(path)))];
    const index = await visit(chromium, site, query, code);
    rows.push({ query, hits, whole: whole.figures, index: index.figures });
  }
  return rows.slice(1);
}

async function visit(chromium, { host, at, watch }, query, cached) {
  const context = await chromium.createBrowserContext();
  try {
    const page = await context.newPage();
    if (cached.length) {
      await page.goto(host.url + CACHING);
      await page.evaluate(paths => Promise.all(paths.map(path => fetch(path).then(got => got.arrayBuffer()))), cached);
    }
    // The service worker fetches nothing that a search waits for.
    await page.evaluateOnNewDocument(`delete Navigator.prototype.serviceWorker; window.search_seen = {}; ${watch}`);
    host.log = [];
    host.link = SLOW;
    await page.goto(host.url + at(query), { waitUntil: 'domcontentloaded', timeout: PATIENCE_MS });
    await page.waitForFunction('window.search_seen.ten', { timeout: PATIENCE_MS, polling: 20 });
    const seen = await page.evaluate(() => ({ ...window.search_seen, origin: performance.timeOrigin }));
    const until = ms => host.log.filter(entry => entry.from <= seen.origin + ms);
    // Requests in flight at that time belong to the search; later ones do not.
    while (until(seen.ten).some(entry => entry.until === null)) await new Promise(done => setTimeout(done, 20));
    const log = until(seen.ten);
    return {
      log,
      figures: {
        bytes: log.reduce((sum, entry) => sum + entry.bytes, 0),
        idsRequests: until(seen.ids).length,
        tenRequests: log.length,
        idsMs: seen.ids,
        tenMs: seen.ten,
      },
    };
  } finally {
    host.link = null;
    await context.close();
  }
}

/** Summarises `rows`: medians over the queries with at least ten hits, and the maximum of all. */
export function summary(rows) {
  const figures = {};
  const ten = rows.filter(row => row.hits >= TEN);
  for (const [part, name] of [['index', ''], ['whole', '_with_code']]) {
    const median = key => quantile(ten.map(row => row[part][key]), 0.5);
    figures[`cold_bytes${name}`] = median('bytes');
    figures[`cold_bytes_worst${name}`] = Math.max(...rows.map(row => row[part].bytes));
    figures[`cold_requests_ids${name}`] = median('idsRequests');
    figures[`cold_requests_ten${name}`] = median('tenRequests');
    figures[`cold_ms_ids${name}`] = median('idsMs');
    figures[`cold_ms_ten${name}`] = median('tenMs');
  }
  return figures;
}
