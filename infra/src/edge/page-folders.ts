import type { EdgeAnswer, EdgeRequest } from './viewer-request.ts';

/**
 * Runs at CloudFront before a page's file is looked up: `/name/` is its index.html, and `/name` leads to `/name/`, from
 * where the page's relative addresses lead to its own files.
 */
export function handler(event: { readonly request: EdgeRequest }): EdgeRequest | EdgeAnswer {
  const request = event.request;
  const uri = request.uri;
  if (uri.endsWith('/')) {
    request.uri = `${uri}index.html`;
    return request;
  }
  const last = uri.slice(uri.lastIndexOf('/') + 1);
  if (last.includes('.')) return request;
  return {
    statusCode: 302,
    statusDescription: 'Found',
    // With ./ it stays on this host, whatever the path begins with.
    headers: { location: { value: `./${last}/` } },
  };
}
