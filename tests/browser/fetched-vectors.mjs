// Writes the attack vectors of DOMPurify and H5SC as JSON, for `SHEAF_VECTORS`; both are fetched for the run.
//
//   node tests/browser/fetched-vectors.mjs DOMPURIFY_FOLDER H5SC_FOLDER > FILE

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [domPurify, h5sc] = process.argv.slice(2).map((folder) => resolve(folder));
if (!h5sc) {
  console.error('usage: fetched-vectors.mjs DOMPURIFY_FOLDER H5SC_FOLDER');
  process.exit(2);
}

/** String literals with markup in the code of a test suite. */
function literals(code) {
  const found = code.match(/'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*"|`(?:[^`\\$]|\\[^])*`/g) ?? [];
  const texts = found.map((literal) => {
    try {
      return new Function(`return ${literal}`)();
    } catch {
      return '';
    }
  });
  return texts.filter((text) => /<[a-z!/?]/i.test(text));
}

const fixtures = await import(pathToFileURL(join(domPurify, 'test/fixtures/expect.mjs')));
const suite = literals(readFileSync(join(domPurify, 'test/test-suite.js'), 'utf8'));
const { items, payloads } = createRequire(import.meta.url)(join(h5sc, 'lib/index.js'));
const filled = (text) => text.replace(/%(\w+)%/g, (all, name) => payloads[name] ?? all);

const unique = (texts) => [...new Set(texts)];
console.log(
  JSON.stringify({
    DOMPurify: unique([...fixtures.default.map((one) => one.payload), ...suite]),
    H5SC: unique(items.map((item) => filled(item.data))),
  }),
);
