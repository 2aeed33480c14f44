/**
 * Tries a site in the oldest browser that Sheaf is for, Chromium 107: `node run.mjs SITE`, a site over `tests/data/demo`.
 *
 * The list, an article, another theme, a search, the worker that keeps the site, each as a reader would; anything that the
 * browser complains of fails. No driver of today speaks to a browser of then, so this speaks its own protocol.
 */

import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import WebSocket from 'ws';

const [site] = process.argv.slice(2);
const PATIENCE_MS = 30_000;
const TYPES = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm',
  '.json': 'application/json', '.webmanifest': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png',
};

const host = createServer(({ url }, answer) => {
  const path = join(site, url === '/' ? 'index.html' : decodeURIComponent(url.split('?')[0]));
  if (!existsSync(path)) return answer.writeHead(404).end();
  answer.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
  createReadStream(path).pipe(answer);
});
await new Promise(done => host.listen(0, '127.0.0.1', done));
const home = `http://127.0.0.1:${host.address().port}/`;

// The package carries the program packed, for another purpose.
const work = mkdtempSync(join(tmpdir(), 'sheaf-floor-'));
const packed = new URL('node_modules/@sparticuz/chromium/bin/chromium.br', import.meta.url);
const program = join(work, 'chromium');
await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(program, { mode: 0o755 }));
const browser = spawn(program, [
  '--headless', '--no-sandbox', '--disable-gpu', '--no-zygote', '--disable-dev-shm-usage',
  '--remote-debugging-port=0', `--user-data-dir=${join(work, 'profile')}`, 'about:blank',
]);
const address = await new Promise((found, refuse) => {
  let said = '';
  browser.stderr.on('data', text => {
    said += text;
    const [, port] = /DevTools listening on ws:\/\/[^:]*:(\d+)/.exec(said) ?? [];
    if (port) found(`http://127.0.0.1:${port}`);
  });
  browser.on('exit', () => refuse(new Error(`the browser ended: ${said}`)));
});

try {
  const { Browser } = await (await fetch(`${address}/json/version`)).json();
  const page = (await (await fetch(`${address}/json/list`)).json()).find(({ type }) => type === 'page');
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  await new Promise(done => socket.on('open', done));
  const answers = new Map();
  const complaints = [];
  socket.on('message', message => {
    const { id, method, params, result } = JSON.parse(message);
    if (id) answers.get(id)(result);
    if (method === 'Runtime.exceptionThrown') complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === 'Log.entryAdded' && params.entry.level === 'error') complaints.push(params.entry.text);
  });
  const send = (method, params = {}) => new Promise(done => {
    answers.set(answers.size + 1, done);
    socket.send(JSON.stringify({ id: answers.size, method, params }));
  });
  const evaluate = async expression =>
    (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result?.value;
  const until = async (what, expression) => {
    for (const begin = Date.now(); Date.now() - begin < PATIENCE_MS; await new Promise(done => setTimeout(done, 100))) {
      if (await evaluate(expression)) return console.log(`${what} ... ok`);
    }
    throw new Error(`it did not happen: ${what}; ${complaints.join('; ')}`);
  };
  for (const domain of ['Runtime', 'Log', 'Page']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride', { width: 390, height: 844, deviceScaleFactor: 2, mobile: true });
  await send('Page.navigate', { url: home });
  await until('the list', "document.querySelectorAll('.row__a').length > 5");
  await evaluate("document.querySelector('.row__a').click()");
  await until('an article', "document.querySelector('#read .prose p')");
  await evaluate(`document.querySelector(".tool [data-opens='aa--type']").click()`);
  await until('the type panel', "document.querySelectorAll('.sw__b').length === 5");
  await evaluate("document.querySelectorAll('.sw__b')[3].click()");
  await until('another theme', "document.documentElement.dataset.theme === 'dark'");
  await until('what keeps the site', "navigator.serviceWorker.getRegistration().then(found => !!found?.active)");
  await send('Page.navigate', { url: `${home}?again#/?q=${encodeURIComponent('图书馆')}` });
  await until('a search', "/\\b7 /.test(document.querySelector('.time__n').innerText) && document.querySelector('.row mark')");
  if (complaints.length) throw new Error(complaints.join('\n'));
  console.log(`the site works in ${Browser}`);
} finally {
  host.close();
  host.closeAllConnections();
  await new Promise(done => browser.removeAllListeners('exit').on('exit', done).kill());
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
}
