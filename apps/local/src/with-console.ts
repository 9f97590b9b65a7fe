import type { Console } from '@chorus/cli/console';
import type { Pages } from '@chorus/pages';

/** Returns pages with the console beside them, which opens when all is served. */
export function withConsole(pages: Pages, opening: Promise<Console>): Pages {
  let opened: Console | undefined;
  void opening.then(
    (each) => {
      opened = each;
    },
    // Who waits for it says so.
    () => {},
  );
  const isConsole = (path: string): boolean => path === '/console' || path.startsWith('/console/');
  return {
    has: (path) => isConsole(path) || pages.has(path),
    async send(request, response, uploadOrigins) {
      if (!isConsole((request.url ?? '').split('?')[0] ?? ''))
        return pages.send(request, response, uploadOrigins);
      if (opened !== undefined) return opened.send(request, response);
      request.resume();
      response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' });
      response.end(JSON.stringify({ error: 'the local cloud is starting; ask again in a moment' }));
    },
    close() {
      pages.close();
      void opened?.close();
    },
  };
}
