import { blueprint } from '@chorus/service';
import { describe, expect, it } from 'vitest';
import { OptionError } from '../errors.ts';
import { publicRoutes } from './public-routes.ts';

const page = (calls: readonly string[], path = '/') => ({
  path,
  source: 'apps/page',
  settings: {},
  calls,
});

const [workflowRoute] = blueprint.routes;
const call = `${workflowRoute?.method} ${workflowRoute?.path}`;

describe('publicRoutes', () => {
  it('has one twin of each route that pages call, whichever and how often', () => {
    const pages = [page([call, 'POST /uploads']), page(['POST /uploads'], '/console')];
    const routes = publicRoutes({ ...blueprint, pages, publicPages: true });
    expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /public${workflowRoute?.path}`,
      'POST /public/uploads',
    ]);
    expect(routes[0]?.twinOf).toBe(workflowRoute);
  });

  it.each([
    [{ publicPages: true }],
    [{ publicPages: true, pages: [] }],
    [{ publicPages: false, pages: [page([call])] }],
    [{ pages: [page(['POST /nowhere'])] }],
  ])('has none with %j', (more) => {
    const { pages: _, publicPages: __, ...rest } = blueprint;
    expect(publicRoutes({ ...rest, ...more })).toEqual([]);
  });

  it.each([
    ['POST /nowhere', 'no route of the blueprint'],
    ['GET /uploads', 'no route of the blueprint'],
    ['POST /uploads/', 'no route of the blueprint'],
    ['post /uploads', 'no route of the blueprint'],
    ['*', 'no route of the blueprint'],
    ['ANY /v2/{proxy+}', 'stands for many paths'],
    ['ANY /v2', 'stands for many paths'],
    ['POST /predict/{model}', 'stands for many paths'],
  ])('refuses %j: it would open what is not listed', (wrong, why) => {
    const open = () => publicRoutes({ ...blueprint, pages: [page([wrong])], publicPages: true });
    expect(open).toThrow(OptionError);
    expect(open).toThrow(`a page calls ${wrong}`);
    expect(open).toThrow(why);
  });

  it.each(['', 'console', '/console/', '/a/b', '/../x', '/Console', '/public', '//x'])(
    'refuses a page at %j',
    (path) => {
      const open = () => publicRoutes({ ...blueprint, pages: [page([], path)], publicPages: true });
      expect(open).toThrow(`page ${path}: a page's path is / or /name`);
    },
  );

  it('refuses two pages at one path', () => {
    const pages = [page([]), page([])];
    expect(() => publicRoutes({ ...blueprint, pages, publicPages: true })).toThrow(
      'page /: two pages have this path',
    );
  });
});
