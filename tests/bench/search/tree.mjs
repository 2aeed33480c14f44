/** Cost of a command: wall time, and the peak of the resident memory of its process tree. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';

const EVERY_MS = 5;
/** Share of the free memory above which a command is stopped, since the machine runs other work. */
const SHARE = 0.85;

/** Runs a command to completion and returns `{ seconds, megabytes }`. Its output goes to the error stream. */
export async function measured(command, args) {
  const limit = freemem() * SHARE / 1e6;
  const start = performance.now();
  // In a separate process group, so that all its processes can be stopped.
  const child = spawn(command, args, { stdio: ['ignore', process.stderr, 'inherit'], detached: true });
  let most = 0;
  const look = setInterval(() => {
    most = Math.max(most, resident(child.pid) / 1000);
    if (most > limit) process.kill(-child.pid, 'SIGKILL');
  }, EVERY_MS);
  const [code, signal] = await new Promise((done, failed) => {
    child.on('exit', (...how) => done(how));
    child.on('error', failed);
  }).finally(() => clearInterval(look));
  if (most > limit) throw new Error(`${command} ${args.join(' ')} was stopped: memory exceeds ${Math.round(most)} MB, free memory or use fewer articles`);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed with ${code ?? signal}`);
  return { seconds: (performance.now() - start) / 1000, megabytes: most };
}

/** Returns the resident memory of a process and its descendants, in kilobytes. */
export function resident(pid) {
  const status = read(`/proc/${pid}/status`);
  const own = Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0);
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + resident(child), own);
}

/** The process may have ended. */
function read(path) {
  try { return readFileSync(path, 'utf8'); } catch { return ''; }
}
