// Globals of the service worker, and the line before it; see src/site/offline.rs.

declare const SITE: {
  /** Name of the core. */
  version: string;
  /** Paths and SHA-256 digests of page, app and `archive.json`. */
  core: [path: string, digest: string][];
  /** File that lists the archive files to cache; null if `archive.json` is the whole archive. */
  list: string | null;
  /** Total sizes of the core and of the listed files. */
  bytes: [core: number, files: number];
  articles: number;
};

declare function addEventListener<K extends keyof ServiceWorkerGlobalScopeEventMap>(
  type: K,
  listener: (event: ServiceWorkerGlobalScopeEventMap[K]) => void,
): void;
declare const clients: Clients;
declare function skipWaiting(): Promise<void>;
