/**
 * Engines that keep their index in memory: `node others.mjs OUT`.
 *
 * Each engine is built and queried in a separate process, with the tokens of `grams.mjs` and all words required. Its saved
 * data is the download of a visitor; texts for snippets would be additional, except for the linear scan, which has only
 * texts.
 */

import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { isPrefix, plain, tokens, wanted } from './grams.mjs';
import { docs, record, warm } from './record.mjs';
import { measured } from './tree.mjs';

/** `build(out)` returns the data to save, by name; `load(read)` returns a function from a query to ordinals. */
const ENGINES = {
  async minisearch() {
    const { default: MiniSearch } = await import('minisearch');
    const options = { fields: ['title', 'body'], idField: 'ordinal', tokenize: tokens, processTerm: term => term };
    const search = { tokenize: query => wanted(query).flat(), combineWith: 'AND', prefix: isPrefix };
    return {
      async build(out) {
        const index = new MiniSearch(options);
        for await (const { ordinal, title, text } of docs(out)) index.add({ ordinal, title, body: text.slice(title.length) });
        return { index: JSON.stringify(index) };
      },
      async load(read) {
        const index = MiniSearch.loadJSON((await read('index')).toString(), options);
        return query => index.search(query, search).map(result => result.id);
      },
    };
  },

  async flexsearch() {
    const { default: { Index } } = await import('flexsearch');
    // Prefixes are indexed for single characters.
    const empty = () => new Index({ tokenize: 'forward', encode: tokens });
    return {
      async build(out) {
        const index = empty();
        for await (const { ordinal, text } of docs(out)) index.add(ordinal, text);
        const saved = {};
        await index.export((key, data) => { saved[key] = data; });
        return saved;
      },
      async load(read, names) {
        const index = empty();
        for (const name of names) index.import(name, (await read(name)).toString());
        index.encoder = { encode: query => wanted(query).flat() };
        return query => index.search({ query, limit: 1e9, suggest: false });
      },
    };
  },

  async sqlite() {
    const sqlite3 = await openSqlite();
    const quoted = token => isPrefix(token) ? `"${token}"*` : `"${token}"`;
    return {
      async build(out) {
        const db = new sqlite3.oo1.DB(':memory:');
        // Without the texts, which come from elsewhere as for the other engines.
        db.exec("CREATE VIRTUAL TABLE texts USING fts5(title, body, content='', tokenize='unicode61 remove_diacritics 0')");
        db.exec('BEGIN');
        const insert = db.prepare('INSERT INTO texts(rowid, title, body) VALUES (?, ?, ?)');
        for await (const { ordinal, title, text } of docs(out)) {
          const [heading, body] = [title, text.slice(title.length)].map(part => tokens(part).join(' '));
          insert.bind([ordinal, heading, body]).stepReset();
        }
        insert.finalize();
        db.exec("COMMIT; INSERT INTO texts(texts) VALUES ('optimize'); VACUUM");
        return { database: sqlite3.capi.sqlite3_js_db_export(db) };
      },
      async load(read) {
        const bytes = new Uint8Array(await read('database'));
        const db = new sqlite3.oo1.DB(':memory:');
        const { sqlite3_deserialize: deserialize, SQLITE_DESERIALIZE_FREEONCLOSE: free } = sqlite3.capi;
        const at = sqlite3.wasm.allocFromTypedArray(bytes);
        db.checkRc(deserialize(db.pointer, 'main', at, bytes.length, bytes.length, free));
        const select = db.prepare('SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank');
        // A word is the phrase of its tokens.
        const phrase = word => word.length === 1 ? quoted(word[0]) : `"${word.join(' ')}"`;
        return query => {
          const found = [];
          select.bind(wanted(query).map(phrase).join(' AND '));
          while (select.step()) found.push(select.get(0));
          select.reset();
          return found;
        };
      },
    };
  },

  async 'scan-js'() {
    return {
      async build(out) {
        const texts = [];
        for await (const { text } of docs(out)) texts.push(plain(text));
        return { texts: JSON.stringify(texts) };
      },
      async load(read) {
        const texts = JSON.parse((await read('texts')).toString());
        return query => {
          const words = plain(query).split(/\s+/);
          const found = [];
          // Newest first.
          for (let at = texts.length; at-- > 0;) if (words.every(word => texts[at].includes(word))) found.push(at);
          return found;
        };
      },
    };
  },
};

/** SQLite's official build for browsers; needs two globals that only browsers define. */
async function openSqlite() {
  globalThis.self ??= globalThis;
  globalThis.location ??= new URL(import.meta.url);
  const home = import.meta.resolve('@sqlite.org/sqlite-wasm');
  const { default: init } = await import(home);
  const wasmBinary = await readFile(new URL('sqlite-wasm/jswasm/sqlite3.wasm', home));
  return init({ wasmBinary, print() {}, printErr() {} });
}

const saved = (out, engine) => join(out, 'others', engine);

async function build(engine, out) {
  const folder = saved(out, engine);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files = await (await ENGINES[engine]()).build(out);
  for (const [name, data] of Object.entries(files)) await writeFile(join(folder, name), data ?? '');
  await writeFile(join(folder, 'names.json'), JSON.stringify(Object.keys(files)));
}

async function search(engine, out) {
  const folder = saved(out, engine);
  const names = JSON.parse(await readFile(join(folder, 'names.json'), 'utf8'));
  const { load } = await ENGINES[engine]();
  const memory = () => { gc(); return process.memoryUsage.rss() / 1e6; };
  const before = memory();
  const start = performance.now();
  const ask = await load(name => readFile(join(folder, name)), names);
  const ms = performance.now() - start;
  const held = memory() - before;
  const times = await warm(out, engine, query => {
    const start = performance.now();
    const found = ask(query);
    return { found, ms: performance.now() - start };
  });
  let [bytes, gzip] = [0, 0];
  for (const name of names) {
    bytes += (await stat(join(folder, name))).size;
    gzip += gzipSync(await readFile(join(folder, name))).length;
  }
  await record(out, engine, 'warm', {
    index_bytes: bytes, index_gzip_bytes: gzip, index_files: names.length, load_ms: ms, memory_mb: held, ...times,
  });
}

const [step, engine, out] = process.argv.slice(2);
if (step === 'build') await build(engine, out);
else if (step === 'search') await search(engine, out);
else {
  const itself = fileURLToPath(import.meta.url);
  const node = (...args) => measured(process.execPath, ['--expose-gc', '--max-old-space-size=16384', itself, ...args]);
  for (const name of Object.keys(ENGINES)) {
    // One engine may fail at this size; the others are still measured.
    try {
      const { seconds, megabytes } = await node('build', name, step);
      await record(step, name, 'build', { build_s: seconds, build_mb: megabytes });
      await node('search', name, step);
    } catch (error) {
      console.log(`others: ${error.message}`);
    }
  }
}
