/**
 * Keeps the page for when there is no connection. The network comes first for what has a fixed name, so that a changed page
 * is never hidden by a kept one; files with a hash in their name never change.
 */

declare const self: ServiceWorkerGlobalScope;

const cacheName = 'page-1';

/** How long the network may take before what is kept is shown, in milliseconds. */
const patienceMs = 4000;

const scope = self.registration.scope;
const hashed = /assets\/[\w.-]+/;

/** Keeps the page and what it loads first, and forgets the files of an older one. */
async function keep(page: Response): Promise<void> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(scope);
  const html = await page.clone().text();
  const isSame = kept !== undefined && (await kept.text()) === html;
  if (isSame) return;
  const files = [...html.matchAll(new RegExp(hashed, 'g'))].map(
    ([path]) => new URL(path, scope).href,
  );
  await cache.addAll([...files, new URL('page.json', scope).href]);
  await cache.put(scope, page);
  for (const { url } of await cache.keys())
    if (hashed.test(url) && !files.includes(url)) await cache.delete(url);
}

/** From the network, and kept; what was kept where the network has nothing. */
async function fresh(event: FetchEvent, isPage: boolean): Promise<Response> {
  const { request } = event;
  const cache = await caches.open(cacheName);
  const kept = await cache.match(isPage ? scope : request);
  try {
    const signal = kept === undefined ? null : AbortSignal.timeout(patienceMs);
    const response = await fetch(request, { signal });
    if (!response.ok) return kept ?? response;
    const keeping = isPage ? keep(response.clone()) : cache.put(request, response.clone());
    // It is shown at once, and also where there is no room to keep it.
    event.waitUntil(keeping.catch(() => {}));
    return response;
  } catch (error) {
    if (kept !== undefined) return kept;
    throw error;
  }
}

async function hashedFile(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

async function install(): Promise<void> {
  await self.skipWaiting();
  const page = await fetch(scope, { cache: 'no-cache' });
  if (page.ok) await keep(page);
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
  await self.clients.claim();
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  const path = request.url.slice(scope.length).replace(/[?#].*$/s, '');
  if (path === '' && request.mode === 'navigate') event.respondWith(fresh(event, true));
  else if (path === 'page.json') event.respondWith(fresh(event, false));
  else if (/^assets\/[\w.-]+$/.test(path)) event.respondWith(hashedFile(request));
});
