/** What a command costs: wall time, and the largest sum of resident memory over its tree of processes. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';

const EVERY_MS = 5;
/** A command that needs more than this share of the memory now free is stopped: the machine has other work. */
const SHARE = 0.85;

/** Runs a command to its end; `{ seconds, megabytes }`. Its output goes to this process' error stream. */
export async function measured(command, args) {
  const limit = freemem() * SHARE / 1e6;
  const start = performance.now();
  // In a group of its own, so that it can be stopped with all it started.
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
  if (most > limit) throw new Error(`${command} ${args.join(' ')} was stopped: it needs more than ${Math.round(most)} MB`);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}`);
  return { seconds: (performance.now() - start) / 1000, megabytes: most };
}

/** Resident kilobytes of a process and all that it started. */
export function resident(pid) {
  const status = read(`/proc/${pid}/status`);
  const own = Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0);
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + resident(child), own);
}

/** A process may be gone by now. */
function read(path) {
  try { return readFileSync(path, 'utf8'); } catch { return ''; }
}
