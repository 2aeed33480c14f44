// Runs before the first paint. Applies the stored settings, so that no wrong theme flashes, and loads the app: a file
// that sends no data for ten seconds times out and is retried twice. A browser without the required features shows the
// static list instead; the syntax here is older than those features.
(() => {
  'use strict';
  const root = document.documentElement;
  const PATIENCE = 10000;
  const PAUSES = [1000, 4000];

  // The settings are one flat object whose entries are data attributes of the root element.
  /** @type {Record<string, string>} */
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem('sheaf') || '{}') || {};
  } catch {
    // Without storage, or with foreign data in it, the defaults apply.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  for (const [name, value] of Object.entries({ theme: 'auto', ...stored })) {
    if (/^[a-z]+$/.test(name)) root.dataset[name] = value;
  }
  if (root.dataset.theme === 'auto') root.dataset.theme = dark ? 'dark' : 'light';

  const language = stored.lang || navigator.language;
  const chinese = /^zh/i.test(language);
  const traditional = /^zh-(hant|tw|hk|mo)/i.test(language);
  /**
   * @param {string} simplified
   * @param {string} hant
   * @param {string} english
   */
  const said = (simplified, hant, english) => (traditional ? hant : chinese ? simplified : english);

  // Required features: WebAssembly reference types, tested with a module of one type; streams; the CSS of the layout.
  // All exist since Chromium 96, Safari 16.4 and Firefox 113.
  const TYPES = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 111, 0];
  const isOld = () => {
    try {
      return (
        typeof DecompressionStream !== 'function' ||
        !WebAssembly.validate(new Uint8Array(TYPES)) ||
        !CSS.supports('inset', '0') ||
        !CSS.supports('aspect-ratio', '1') ||
        !CSS.supports('selector(:is(a))')
      );
    } catch {
      return true;
    }
  };

  // The static list is shown only for an address without state and without a stored scroll position.
  const begins = !location.hash.slice(2) && !(history.state || {}).id;
  if (begins) root.dataset.early = 'waits';
  // An article tapped before the app has loaded is opened by the app.
  document.addEventListener('click', (event) => {
    /** @type {HTMLElement | null} */
    const link = /** @type {Element} */ (event.target).closest('.early [data-open]');
    if (!link || root.dataset.early !== 'waits' || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    location.hash = link.dataset.open || '';
  });
  const stays = () => {
    if (begins) root.dataset.early = 'stays';
  };

  /** @param {string} text */
  const say = (text) => {
    for (const place of document.querySelectorAll('#start-text, .early__s')) place.textContent = text;
  };
  const silence = () => new Error(said('十秒没有回应', '十秒沒有回應', 'no answer for ten seconds'));
  const OPENING = said('正在打开', '正在開啟', 'Opening');
  /** @param {number} bytes */
  const sayHowFar = (bytes) => say(`${OPENING} · ${kilobytes(bytes)}`);
  /** @param {number} bytes */
  const kilobytes = (bytes) => `${Math.round(bytes / 1024)} kB`;

  // Fetches a file and reports the bytes received. Times out without data.
  /**
   * @param {string} url
   * @param {RequestInit} options
   * @param {(bytes: number) => void} [arrived]
   */
  async function patient(url, options, arrived) {
    const control = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => control.abort(silence()), PATIENCE);
    };
    wait();
    try {
      const response = await fetch(url, { ...options, signal: control.signal });
      if (!response.ok) throw Object.assign(new Error(`${response.status} ${response.statusText}`), { status: response.status });
      const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
      const parts = [];
      let size = 0;
      for (;;) {
        wait();
        const { done, value } = await reader.read();
        if (done) break;
        parts.push(value);
        size += value.length;
        if (arrived) arrived(size);
      }
      return await new Blob(parts, { type: response.headers.get('content-type') || '' }).arrayBuffer();
    } finally {
      clearTimeout(timer);
    }
  }

  // Checks the bytes against the digest in the page. With an `integrity` attribute the browser would deliver nothing
  // before the last byte, so there would be no progress. An insecure context has no `crypto.subtle` and is not checked.
  /**
   * @param {ArrayBuffer} bytes
   * @param {string | undefined} digest
   */
  async function checked(bytes, digest) {
    if (!digest || !globalThis.crypto || !crypto.subtle) return bytes;
    const sum = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
    if (`sha384-${btoa(String.fromCharCode(...sum))}` === digest) return bytes;
    throw new Error(said('文件与网页不符', '檔案與網頁不符', 'the file doesn’t match the page'));
  }

  // Reads a file embedded in the page, which is compressed; see http_store.rs.
  /** @param {Element} element */
  async function carried(element) {
    const packed = await fetch(`data:;base64,${element.textContent}`);
    const plain = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (packed.body).pipeThrough(new DecompressionStream('gzip'));
    return new Response(plain).arrayBuffer();
  }

  /**
   * @template T
   * @param {(turn: number) => Promise<T>} attempt
   * @returns {Promise<T>}
   */
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

  // A failed module stays failed under its URL, so each attempt uses another one.
  /**
   * @param {string} url
   * @param {number} turn
   */
  const load = (url, turn) => {
    const late = new Promise((_, refuse) => setTimeout(() => refuse(silence()), PATIENCE));
    return Promise.race([import(turn ? `${url}?again=${turn}` : url), late]);
  };

  /** @param {Error} error */
  function fail(error) {
    const start = document.querySelector('.start');
    if (!start) return;
    stays();
    start.classList.add('is-failed');
    say(said(
      `页面未能完整载入，请检查网络后重试。（${error.message}）`,
      `頁面未能完整載入，請檢查網路後重試。（${error.message}）`,
      `The page couldn’t be loaded. Check your connection and try again. (${error.message})`,
    ));
    const again = document.createElement('button');
    again.className = 'btn btn--ink';
    again.textContent = said('重试', '重試', 'Try again');
    again.addEventListener('click', () => location.reload());
    start.append(again);
  }

  // The static list stays until the app renders. If the app fails, it stays below the error message.
  /** @param {Element} early */
  function handOver(early) {
    say(OPENING);
    const onWay = () => {
      if (location.hash.slice(2)) delete root.dataset.early;
      else if (begins) root.dataset.early = 'waits';
    };
    addEventListener('hashchange', onWay);
    // Stores the scroll position in the history entry, from which the app restores it.
    const note = () => {
      const list = /** @type {Element} */ (early.querySelector('.list'));
      const edge = list.scrollTop ? list.getBoundingClientRect().top : 0;
      const row = /** @type {HTMLElement[]} */ ([...early.querySelectorAll('.row')]).find((row) => row.getBoundingClientRect().bottom > edge);
      if (!row || root.dataset.early !== 'waits') return;
      const top = /** @type {Element} */ ('first' in row.dataset ? row.closest('.day') : row).getBoundingClientRect().top;
      const link = /** @type {HTMLElement} */ (row.firstChild);
      history.replaceState({ id: (link.dataset.open || '').slice(4), offset: top - edge }, '');
    };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let rest;
    const onScroll = () => {
      clearTimeout(rest);
      rest = setTimeout(note, 100);
    };
    addEventListener('scroll', onScroll, true);
    const place = /** @type {HTMLElement} */ (document.getElementById('sheaf'));
    const watch = new MutationObserver(() => {
      if (place.querySelector('.start.is-failed')) stays();
      if (!place.querySelector('.row__a, .row.is-failed, .blank, #read h1')) return;
      watch.disconnect();
      removeEventListener('scroll', onScroll, true);
      removeEventListener('hashchange', onWay);
      clearTimeout(rest);
      // The last scrolling may not be stored yet; on a wide screen the list is the scroll container.
      const [list, top] = [document.getElementById('list'), /** @type {Element} */ (early.querySelector('.list')).scrollTop];
      const focused = /** @type {HTMLElement | null} */ (document.activeElement);
      const held = focused && early.contains(focused) && focused.dataset.open;
      delete root.dataset.early;
      early.remove();
      if (list && top) list.scrollTop = top;
      const row = held && /** @type {HTMLElement | null} */ (place.querySelector(`.row__a[href^="${held}"]`));
      if (row) row.focus({ preventScroll: true });
    });
    watch.observe(place, { childList: true, subtree: true });
  }

  // Keeps the static list, and the static page of an article.
  function showTitles() {
    root.dataset.early = 'stays';
    const start = document.querySelector('.start');
    if (start) start.classList.add('is-failed');
    say(said(
      '这个浏览器版本太旧，或网页是在应用内打开的，无法使用阅读器。请在菜单中选择“在浏览器中打开”，使用 Chrome 107、Safari 16.4、Firefox 115 或更新版本。',
      '這個瀏覽器版本太舊，或網頁是在 App 內開啟的，無法使用閱讀器。請在選單中選擇「在瀏覽器中開啟」，使用 Chrome 107、Safari 16.4、Firefox 115 或更新版本。',
      'This browser is too old for the reader, or the page was opened inside another app. Choose “Open in browser” in the menu, and use Chrome 107, Safari 16.4, Firefox 115 or newer.',
    ));
  }

  // Exports the user data in the format of the app's own export; see import_export.rs.
  async function kept() {
    /**
     * @template T
     * @param {IDBRequest<T>} request
     * @returns {Promise<T>}
     */
    const answer = (request) => new Promise((resume, refuse) => {
      request.onsuccess = () => resume(request.result);
      request.onerror = () => refuse(request.error);
    });
    const opening = indexedDB.open(`sheaf:${location.pathname.replace(/[^/]*$/, '')}`);
    // Does not create a missing database.
    opening.onupgradeneeded = () => /** @type {IDBTransaction} */ (opening.transaction).abort();
    const database = await answer(opening).catch(() => null);
    if (!database) throw new Error(said('本机没有保存任何内容。', '這台裝置沒有儲存任何內容。', 'Nothing is stored on this device.'));
    const stores = [...database.objectStoreNames];
    /** @type {Record<string, Record<string, unknown>>} */
    const records = {};
    for (const name of stores) {
      const store = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
      /** @type {Record<string, unknown>} */
      const kind = {};
      records[name] = kind;
      /**
       * @param {unknown} key
       * @param {unknown} value
       */
      const take = (key, value) => {
        try {
          kind[String(key)] = typeof value === 'string' ? JSON.parse(value) : value;
        } catch {
          // Unreadable records stay in the database and are not exported.
        }
      };
      // See record_bucket.rs.
      const bucketed = ['stars', 'reads', 'positions'].includes(name);
      keys.forEach((key, at) => {
        if (!bucketed || String(key).length > 2) {
          take(key, values[at]);
          return;
        }
        for (const [, id, value] of values[at].matchAll(/^(\S+) (.*)$/gm)) take(id, value);
      });
    }
    database.close();
    return JSON.stringify({ sheaf: 'kept', version: 1, archive: document.title, records });
  }

  // Whether the page is loaded again by itself after the app has stopped: not when that has just been done, or cannot be
  // noted.
  const RESTART_MS = 60000;
  let restarts = false;
  function mayRestart() {
    try {
      const last = Number(sessionStorage.getItem('sheaf:stopped'));
      if (Date.now() - last < RESTART_MS) return false;
      sessionStorage.setItem('sheaf:stopped', String(Date.now()));
      return true;
    } catch {
      return false;
    }
  }

  // Where the app's WebAssembly has stopped, nothing of it can go on. The page is loaded again at its address; if the app
  // stops again, the page says so, hands out what the reader keeps and offers to begin again.
  /** @param {unknown} error */
  function stopped(error) {
    if (restarts || typeof WebAssembly !== 'object' || !(error instanceof WebAssembly.RuntimeError) || document.querySelector('.is-stopped')) return;
    restarts = mayRestart();
    if (restarts) {
      location.reload();
      return;
    }
    /**
     * @param {string} name
     * @param {string} text
     * @param {object} more
     */
    const element = (name, text, more) => Object.assign(document.createElement(name), { textContent: text, ...more });
    /**
     * @param {string} text
     * @param {() => void} act
     * @param {string} look
     */
    const button = (text, act, look) => {
      const made = element('button', text, { className: `btn ${look}` });
      made.addEventListener('click', act);
      return made;
    };
    const save = async () => {
      try {
        const href = URL.createObjectURL(new Blob([await kept()], { type: 'application/json' }));
        element('a', '', { href, download: 'sheaf-data.json' }).click();
        setTimeout(() => URL.revokeObjectURL(href), PATIENCE);
      } catch (error) {
        detail.textContent = /** @type {Error} */ (error).message;
      }
    };
    const main = element('main', '', { className: 'start is-failed is-stopped' });
    const detail = element('p', error.message, { className: 'start__detail' });
    const text = said(
      '页面出错，已停止运行。保存在本机的收藏、已读和批注都还在。',
      '頁面發生錯誤，已停止運作。儲存在這台裝置上的收藏、已讀和筆記都還在。',
      'Something went wrong and the page has stopped. Your stars, read marks and notes on this device are safe.',
    );
    const again = button(said('重新载入', '重新載入', 'Reload'), () => location.reload(), 'btn--ink');
    main.setAttribute('role', 'alert');
    main.append(
      element('p', 'Sheaf', { className: 'start__name' }),
      element('p', text, { className: 'start__text' }),
      detail,
      again,
      button(said('导出我的数据', '匯出我的資料', 'Export your data'), save, ''),
    );
    document.body.replaceChildren(main);
    again.focus();
  }
  addEventListener('error', (event) => stopped(event.error));
  addEventListener('unhandledrejection', (event) => stopped(event.reason));

  // Files of the lazily loaded chunks: WebAssembly, which is instantiated into the app's memory and function table, and
  // the style sheet of their components. Each is loaded once.
  /**
   * @typedef {object} ChunkFile
   * @property {string} of
   * @property {string} url
   * @property {string | undefined} digest
   * @property {Element | null} element
   * @property {Promise<WebAssembly.Module | CSSStyleSheet> | null} [content]
   * @property {Promise<void> | null} [made]
   */
  /** @type {ChunkFile[]} */
  let parts = [];
  /** @param {string} part */
  const filesOf = (part) => parts.filter((file) => file.of.split(' ').includes(part));
  /**
   * @template {'content' | 'made'} K
   * @param {ChunkFile} file
   * @param {K} name
   * @param {() => NonNullable<ChunkFile[K]>} begin
   */
  const once = (file, name, begin) => {
    const begun = file[name];
    if (begun) return begun;
    const started = begin();
    file[name] = started;
    started.catch(() => { file[name] = null; });
    return started;
  };
  /**
   * @param {ChunkFile} file
   * @param {ArrayBuffer} bytes
   * @returns {Promise<WebAssembly.Module | CSSStyleSheet>}
   */
  const parsed = (file, bytes) => (file.url.endsWith('.css')
    ? new CSSStyleSheet().replace(new TextDecoder().decode(bytes))
    : WebAssembly.compile(bytes));
  // WebAssembly that does not compile counts as a failed download. A missing file means that the site was deployed again.
  /** @param {ChunkFile} file */
  const contentOf = (file) => once(file, 'content', () => {
    delete root.dataset.gone;
    return thrice(async (turn) => parsed(file, file.element
      ? await carried(file.element)
      : await checked(await patient(file.url, { cache: turn ? 'reload' : 'default' }), file.digest))).catch((error) => {
      if ([404, 410].includes(error.status)) root.dataset.gone = '';
      throw error;
    });
  });
  globalThis.sheafPart = async (part, exports) => {
    const files = filesOf(part);
    if (!files.length) throw new Error(`the page names no ${part}`);
    await Promise.all(files.map((file) => once(file, 'made', async () => {
      const content = await contentOf(file);
      if (content instanceof CSSStyleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, content];
      else await WebAssembly.instantiate(content, { __wasm_split: exports });
      file.content = null;
    })));
  };

  // The static page of an article is replaced once the app shows the article. If the app fails to load, the page stays.
  /** @param {HTMLElement} page */
  function takeOver(page) {
    const site = new URL('../', location.href).href;
    /** @type {NodeListOf<HTMLAnchorElement | HTMLLinkElement>} */
    const links = document.querySelectorAll('a[href], #app');
    for (const link of links) link.setAttribute('href', link.href);
    history.replaceState(null, '', site + page.dataset.open);
    const place = /** @type {HTMLElement} */ (document.getElementById('sheaf'));
    const watch = new MutationObserver(() => {
      if (!place.querySelector('#read h1')) return;
      watch.disconnect();
      page.remove();
    });
    watch.observe(place, { childList: true, subtree: true });
  }

  // Lets the browser paint first, since the app saturates a slow connection. A hidden page gets no frames.
  const painted = () => new Promise((resume) => {
    requestAnimationFrame(() => requestAnimationFrame(resume));
    setTimeout(resume, 500);
  });

  // Prefetches what the app requests first: the manifest and, for a large archive, the facets and the newest catalogue
  // page. The app takes over these requests, see http_store.rs.
  const begun = new Map();
  globalThis.sheafBegun = begun;
  const ENTRY = 'archive.json';
  // Size limit in bytes of the manifest of a large archive.
  const SMALL = 1 << 16;
  /** @param {string | URL} site */
  async function goAhead(site) {
    /**
     * @param {string} path
     * @param {RequestCache} cache
     */
    const begin = (path, cache) => {
      const control = new AbortController();
      const answer = fetch(new URL(path, site), { cache, signal: control.signal });
      begun.set(path, { answer, control });
      return answer;
    };
    const answer = await begin(ENTRY, 'no-cache');
    if (Number(answer.headers.get('content-length')) > SMALL) return;
    const { tables } = await answer.clone().json();
    if (!begun.has(ENTRY)) return;
    const names = [tables.column[0], ...(begins ? tables.pages.slice(-1) : [])];
    await Promise.all(names.map((name) => begin(`archive/${name}.json.gz`, 'default')));
  }

  // Page translators replace texts by elements of their own, and wrap or remove other nodes; the app, which changes what
  // it has put there, would stop or change what is not shown. So an element that others have changed gets its own
  // children back before the app changes them. Extensions call the browser's functions, not these.
  /** @param {Node} place */
  function guard(place) {
    const { insertBefore, removeChild } = Node.prototype;
    const nodeValue = /** @type {PropertyDescriptor & { set: (text: unknown) => void }} */ (Object.getOwnPropertyDescriptor(Node.prototype, 'nodeValue'));
    // The children that the app gave to an element, where others have changed them since; and the element of each.
    /** @type {WeakMap<Node, Node[]>} */
    const children = new WeakMap();
    /** @type {WeakMap<Node, Node>} */
    const parents = new WeakMap();
    let changed = false;
    /** @param {MutationRecord[]} records */
    const note = (records) => {
      // The children before follow from those of now, change by change from the last to the first.
      /** @type {Map<Node, Node[]>} */
      const lists = new Map();
      for (const { target, addedNodes, removedNodes, nextSibling } of records.reverse()) {
        if (children.has(target)) continue;
        const added = new Set(addedNodes);
        const list = [...(lists.get(target) || target.childNodes)].filter((node) => !added.has(node));
        const at = list.indexOf(/** @type {Node} */ (nextSibling));
        list.splice(at < 0 ? list.length : at, 0, ...removedNodes);
        lists.set(target, list);
      }
      for (const [target, list] of lists) {
        changed = true;
        children.set(target, list);
        for (const node of list) parents.set(node, target);
      }
    };
    const observer = new MutationObserver(note);
    observer.observe(place, { childList: true, subtree: true });
    /** @param {Node} target */
    const isAway = (target) => (/** @type {Node} */ node) => node.parentNode !== target;
    /** @param {Node} target */
    const restore = (target) => {
      const list = children.get(target);
      if (!list) return;
      children.delete(target);
      const [own, isMissing] = [new Set(list), list.some(isAway(target))];
      // Nodes that other extensions add next to the app's may stay.
      for (const node of [...target.childNodes]) {
        if (!own.has(node) && (isMissing || node.nodeName === 'FONT')) removeChild.call(target, node);
      }
      list.reduceRight((next, node) => {
        if (isAway(target)(node)) insertBefore.call(target, node, next);
        return node;
      }, /** @type {Node | null} */ (null));
    };
    // Changes as the app meant it; a translation next to the old text is removed with it.
    /**
     * @template T
     * @param {Node | null} target
     * @param {() => T} act
     */
    const change = (target, act) => {
      note(observer.takeRecords());
      if (changed) {
        if (target) restore(target);
        for (let above = target; above && above !== place; above = above.parentNode) {
          const list = children.get(above);
          if (list && !list.some(isAway(above))) restore(above);
        }
      }
      const done = act();
      observer.takeRecords();
      return done;
    };
    /**
     * @param {any} node
     * @param {Node | null} next
     * @returns {any}
     */
    Node.prototype.insertBefore = function (node, next) {
      return change(this, () => {
        let before = next;
        while (before && before.parentNode !== this) before = before.parentNode;
        return insertBefore.call(this, node, before || null);
      });
    };
    /**
     * @param {any} node
     * @returns {any}
     */
    Node.prototype.removeChild = function (node) {
      return change(this, () => removeChild.call(this, node));
    };
    Object.defineProperty(Node.prototype, 'nodeValue', {
      ...nodeValue,
      set(text) {
        note(observer.takeRecords());
        change(parents.get(this) || this.parentNode, () => nodeValue.set.call(this, text));
      },
    });
  }

  async function start() {
    // URLs are resolved before `takeOver` changes the address.
    /** @type {NodeListOf<HTMLLinkElement>} */
    const elements = document.querySelectorAll('link[rel=part], script[data-part]');
    parts = [...elements].map((element) => ({
      of: element.dataset.part || '',
      url: element.href || element.id,
      digest: element.dataset.digest,
      element: element.href ? null : element,
    }));
    const whole = document.getElementById('file:app.wasm');
    const place = /** @type {HTMLElement} */ (document.getElementById('sheaf'));
    if (whole) {
      const bytes = await carried(whole);
      guard(place);
      await globalThis.startSheaf({ module_or_path: bytes });
      return whole.remove();
    }
    if (root.dataset.early) await painted();
    const app = /** @type {HTMLLinkElement} */ (document.getElementById('app'));
    const page = document.getElementById('page');
    // The app repeats failed prefetches and reports the errors.
    goAhead(page ? new URL('../', location.href) : document.baseURI).catch(() => {});
    // An article or a search also needs the chunk of reader and search.
    if (page || location.hash.slice(2)) filesOf('soon').forEach(contentOf);
    const [module, wasm] = await Promise.all([
      thrice((turn) => load(new URL(app.getAttribute('href') || '', document.baseURI).href, turn)),
      // Retries bypass the cache, which may hold the faulty file.
      thrice(async (turn) => checked(await patient(app.dataset.wasm || '', { cache: turn ? 'reload' : 'default' }, sayHowFar), app.dataset.digest)),
    ]);
    if (page) takeOver(page);
    guard(place);
    return module.default({ module_or_path: wasm });
  }

  addEventListener('DOMContentLoaded', () => {
    const early = document.querySelector('.early');
    if (early) handOver(early);
    else delete root.dataset.early;
    if (isOld()) showTitles();
    else start().catch(fail);
  });
})();
