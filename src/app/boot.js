// Runs before the first paint. It sets the remembered look, so that no wrong theme flashes, and loads the
// app with patience: a file that sends no byte for ten seconds is given up and asked for again twice.
(() => {
  'use strict';
  const root = document.documentElement;
  const PATIENCE = 10_000;
  const PAUSES = [1_000, 4_000];

  // The app keeps its settings as one flat object, whose entries are the data attributes of the page.
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem('sheaf')) || {};
  } catch {
    // No storage, or not ours: the defaults hold.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  for (const [name, value] of Object.entries({ theme: 'auto', ...stored })) {
    if (/^[a-z]+$/.test(name)) root.dataset[name] = value;
  }
  if (root.dataset.theme === 'auto') root.dataset.theme = dark ? 'dark' : 'light';

  const say = (text) => {
    const place = document.getElementById('start-text');
    if (place) place.textContent = text;
  };
  const silence = () => new Error(chinese ? '十秒没有回应' : 'no answer for ten seconds');
  const kilobytes = (bytes) => `${Math.round(bytes / 1024)} kB`;

  // Fetches a file and reports how much has come; gives up when nothing comes.
  async function patient(url, options) {
    const control = new AbortController();
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => control.abort(silence()), PATIENCE);
    };
    wait();
    try {
      const response = await fetch(url, { ...options, signal: control.signal });
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      const reader = response.body.getReader();
      const parts = [];
      let size = 0;
      for (;;) {
        wait();
        const { done, value } = await reader.read();
        if (done) break;
        parts.push(value);
        size += value.length;
        say(`${chinese ? '正在打开' : 'Opening'} · ${kilobytes(size)}`);
      }
      return await new Blob(parts, { type: response.headers.get('content-type') || '' }).arrayBuffer();
    } finally {
      clearTimeout(timer);
    }
  }

  async function thrice(attempt) {
    for (let turn = 0; ; turn += 1) {
      try {
        return await attempt(turn);
      } catch (error) {
        if (turn >= PAUSES.length) throw error;
        await new Promise((resume) => setTimeout(resume, PAUSES[turn]));
      }
    }
  }

  // A module that failed to load stays failed under its address, so each turn asks under another.
  const load = (url, turn) => {
    const late = new Promise((_, refuse) => setTimeout(() => refuse(silence()), PATIENCE));
    return Promise.race([import(turn ? `${url}?again=${turn}` : url), late]);
  };

  const chinese = /^zh/i.test(stored.lang || navigator.language);

  function fail(error) {
    const start = document.querySelector('.start');
    if (!start) return;
    start.classList.add('is-failed');
    const old = typeof WebAssembly !== 'object' || typeof DecompressionStream !== 'function';
    const text = old
      ? [
          '这个浏览器太旧，打不开本站。请换用较新的浏览器（Chrome 107、Safari 16.4、Firefox 115 或更新）。',
          'This browser is too old for this archive. Chrome 107, Safari 16.4, Firefox 115 or newer will do.',
        ]
      : [`没有载入完：${error.message}。`, `Loading stopped: ${error.message}.`];
    say(text[chinese ? 0 : 1]);
    const again = document.createElement('button');
    again.className = 'btn btn--ink';
    again.textContent = chinese ? '重试' : 'Try again';
    again.addEventListener('click', () => location.reload());
    start.append(again);
  }

  // A page that carries its files has the app in an element, and a classic script that starts it; see net.rs.
  async function startCarried(carried) {
    const packed = await fetch(`data:;base64,${carried.textContent}`);
    const plain = packed.body.pipeThrough(new DecompressionStream('gzip'));
    await globalThis.startSheaf({ module_or_path: await new Response(plain).arrayBuffer() });
    carried.remove();
  }

  // The static page of an article becomes the app at the article's address, as soon as the app shows the article: until
  // then the page stays as it is, and for good if the app does not come.
  function takeOver(page) {
    const site = new URL('../', location.href).href;
    for (const link of document.querySelectorAll('a[href], #app')) link.setAttribute('href', link.href);
    history.replaceState(null, '', site + page.dataset.open);
    const place = document.getElementById('sheaf');
    const watch = new MutationObserver(() => {
      if (!place.querySelector('#read h1')) return;
      watch.disconnect();
      page.remove();
    });
    watch.observe(place, { childList: true, subtree: true });
  }

  async function start() {
    const carried = document.getElementById('file:app.wasm');
    if (carried) return startCarried(carried);
    const app = document.getElementById('app');
    const [module, wasm] = await Promise.all([
      thrice((turn) => load(new URL(app.getAttribute('href'), document.baseURI).href, turn)),
      // The preload that the page names is taken up when the request is made in the same way. Another turn
      // goes past the cache, where it would wait for a preload that hangs.
      thrice((turn) => patient(app.dataset.wasm, { credentials: 'same-origin', cache: turn ? 'reload' : 'default' })),
    ]);
    const page = document.getElementById('page');
    if (page) takeOver(page);
    return module.default({ module_or_path: wasm });
  }

  addEventListener('DOMContentLoaded', () => start().catch(fail));
})();
