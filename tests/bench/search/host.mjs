/**
 * Local static host with an optional slow link.
 *
 * The link is simulated here because browsers' developer tools do not throttle workers. A request waits `latency`, then its
 * bytes share the link with all others. Text is compressed, and responses are cacheable. Connections are HTTP/1.1, six at a
 * time.
 */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Mobile link as assumed by page audits: 150 ms latency, 1.6 Mbit/s. */
export const SLOW = { latency: 150, bytesPerSecond: 1_600_000 / 8 };
const PIECE = 4096;

const TYPES = {
  '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
};

export class Host {
  /** Requests since the last reset: `{ path, from, until, bytes }`, with times of `Date.now()`. */
  log = [];
  /** `SLOW`, or undefined for an unlimited link. */
  link = null;
  #free = 0;
  #compressed = new Map();

  /** Serves files from the first of `folders` that has them; `pages` maps paths to texts. */
  static async start(folders, pages = {}) {
    const host = new Host();
    host.folders = folders;
    host.pages = pages;
    host.server = createServer((request, response) => host.#answer(request, response));
    await new Promise(done => host.server.listen(0, '127.0.0.1', done));
    host.url = `http://127.0.0.1:${host.server.address().port}`;
    return host;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  async #answer(request, response) {
    const entry = { path: request.url, from: now(), until: null, bytes: 0 };
    this.log.push(entry);
    const before = response.socket.bytesWritten;
    response.on('close', () => {
      entry.until = now();
      entry.bytes = (request.socket.bytesWritten ?? before) - before;
    });
    if (this.link) await sleep(this.link.latency);
    const { status, headers, body } = this.#find(request);
    response.writeHead(status, headers);
    for (let at = 0; at < body.length; at += PIECE) {
      const piece = body.subarray(at, at + PIECE);
      await this.#turn(piece.length);
      response.write(piece);
    }
    response.end();
  }

  /** Waits until the link has transmitted `bytes` more. */
  async #turn(bytes) {
    if (!this.link) return;
    this.#free = Math.max(this.#free, now()) + bytes / this.link.bytesPerSecond * 1000;
    await sleep(this.#free - now());
  }

  #find(request) {
    const path = normalize(decodeURIComponent(new URL(request.url, this.url).pathname));
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const file = this.folders.map(folder => join(folder, path)).find(file => existsSync(file) && statSync(file).isFile());
    const body = path in this.pages ? Buffer.from(this.pages[path]) : file && readFileSync(file);
    if (!body) return { status: 404, headers: { 'Content-Length': 0 }, body: Buffer.alloc(0) };
    const coding = extname(path) in TYPES ? this.#coding(request) : null;
    const sent = coding ? this.#compress(path, body, coding) : body;
    const headers = { 'Content-Type': type, 'Content-Length': sent.length, 'Cache-Control': 'max-age=86400' };
    if (coding) headers['Content-Encoding'] = coding;
    return { status: 200, headers, body: sent };
  }

  #coding(request) {
    const accepted = request.headers['accept-encoding'] ?? '';
    return ['br', 'gzip'].find(coding => accepted.includes(coding)) ?? null;
  }

  #compress(path, body, coding) {
    const key = `${coding} ${path}`;
    if (!this.#compressed.has(key)) {
      this.#compressed.set(key, coding === 'br' ? brotliCompressSync(body) : gzipSync(body, { level: 9 }));
    }
    return this.#compressed.get(key);
  }
}

const now = () => performance.timeOrigin + performance.now();
const sleep = ms => ms > 0 ? new Promise(done => setTimeout(done, ms)) : null;
