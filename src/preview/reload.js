// Waits for a build newer than that of the page and reloads, once the reader is idle. Service workers are unregistered,
// since a cached app would hide changes.
(async () => {
  const build = /** @type {HTMLElement} */ (document.currentScript).dataset.build;
  const PAUSE = 1000;
  const pause = () => new Promise((resume) => setTimeout(resume, PAUSE));

  let lastInput = 0;
  for (const kind of ['keydown', 'pointerdown', 'wheel', 'touchmove']) {
    const onInput = () => {
      lastInput = Date.now();
    };
    addEventListener(kind, onInput, { capture: true, passive: true });
  }
  // A reload would lose the draft of a note and a selection, and end the reading aloud.
  const isBusy = () =>
    Date.now() - lastInput < PAUSE ||
    document.activeElement?.matches('textarea') ||
    getSelection()?.isCollapsed === false ||
    globalThis.speechSynthesis?.speaking;

  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  const nextBuild = async () => {
    const answer = await fetch(`/~sheaf/builds?${build}`, { cache: 'no-store' });
    return answer.ok ? answer.text() : build;
  };
  // The server may be stopped and started again.
  while ((await nextBuild().catch(() => build)) === build) await pause();
  while (isBusy()) await pause();
  location.reload();
})();
