import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handler as ownPages } from './own-pages.ts';
import { handler as pageFolders } from './page-folders.ts';
import { edgeCode } from './viewer-request.ts';

/** Runs a function as CloudFront does: its text alone, in a world of its own. */
function runEdge(
  handler: Parameters<typeof edgeCode>[0],
  request: { readonly uri?: string; readonly headers?: Readonly<Record<string, string>> },
): { readonly uri?: string; readonly statusCode?: number } & Record<string, unknown> {
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name, { value }]),
  );
  const event = JSON.stringify({ request: { uri: request.uri ?? '/', headers } });
  const answer = new Script(`${edgeCode(handler)}; JSON.stringify(handler(${event}))`);
  return JSON.parse(String(answer.runInNewContext()));
}

describe('a call of /public', () => {
  const host = 'd1.cloudfront.net';

  it.each([
    ['of the page itself', { host, origin: `https://${host}` }],
    ['of a program, which has no origin', { host }],
  ])('%s goes on as it is', (_, headers) => {
    const asked = { uri: '/public/uploads', headers };
    expect(runEdge(ownPages, asked)).toMatchObject({ uri: '/public/uploads' });
    expect(runEdge(ownPages, asked)).not.toHaveProperty('statusCode');
  });

  it.each([
    'https://evil.example',
    'null',
    `http://${host}`,
    `https://${host}.evil.example`,
    `https://${host}:8443`,
    `https://x.${host}`,
    '',
  ])('of a page of %j is refused, in words', (origin) => {
    const answer = runEdge(ownPages, { headers: { host, origin } });
    expect(answer).toMatchObject({
      statusCode: 403,
      headers: { 'content-type': { value: 'application/json' } },
    });
    expect(JSON.parse(String(answer['body']))).toEqual({
      error: 'these routes answer pages of their own origin only',
    });
    expect(JSON.stringify(answer)).not.toContain('access-control');
  });

  it('without a host is refused, where a page sends it', () => {
    expect(runEdge(ownPages, { headers: { origin: 'https://undefined' } })).toMatchObject({
      statusCode: 403,
    });
  });
});

describe("a page's address", () => {
  it.each([
    ['/', '/index.html'],
    ['/console/', '/console/index.html'],
    ['/assets/page-1a2b.js', '/assets/page-1a2b.js'],
    ['/console/page.json', '/console/page.json'],
  ])('%s is the file %s', (uri, file) => {
    expect(runEdge(pageFolders, { uri })).toEqual({ uri: file, headers: {} });
  });

  it('without a slash leads to the folder', () => {
    expect(runEdge(pageFolders, { uri: '/console' })).toMatchObject({
      statusCode: 302,
      headers: { location: { value: './console/' } },
    });
  });

  it('never leads to another host', () => {
    const part = fc.constantFrom('/', '\\', ':', '.', '@', '%2f', 'a', 'evil', 'javascript', '?');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const uri = `/${parts.join('')}`;
        const { headers } = runEdge(pageFolders, { uri });
        const { location } = headers as { readonly location?: { readonly value: string } };
        if (location === undefined) return;
        const { host } = new URL(location.value, `https://own.example${uri}`);
        expect(host).toBe('own.example');
      }),
    );
  });
});

it('a function is in the language that CloudFront runs', () => {
  for (const handler of [ownPages, pageFolders]) {
    const code = edgeCode(handler);
    expect(code).toMatch(/^function handler\(event\b/);
    // Neither optional chaining nor patterns in declarations.
    expect(code).not.toMatch(/\?\.|\?\?|(?:const|let|var) *[{[]|\.\.\./);
    expect(code.length).toBeLessThan(10_240);
  }
});
