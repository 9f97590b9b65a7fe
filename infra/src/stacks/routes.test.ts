import type { Blueprint } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assembly, cleanUp, ofType, synthesise, written } from '../testing/assembly.ts';
import { methods } from '../testing/methods.ts';

const reading = { ...blueprint.functions[0], name: 'read-notes', kind: 'http', links: [] } as const;
const origins = ['https://shop.example.com'];

let assembly: Assembly;
beforeAll(() => {
  const service = {
    ...blueprint,
    functions: [...blueprint.functions, reading],
    routes: [
      ...blueprint.routes,
      { method: 'GET', path: '/notes/{id}', function: 'read-notes' },
      { method: 'POST', path: '/notes/{id}', function: 'read-notes' },
    ],
  } as Blueprint;
  assembly = synthesise(
    { origins, routeRates: { 'GET /notes/{id}': { perSecond: 7 } } },
    { blueprint: service },
  );
});
afterAll(cleanUp);

describe('a route that reads', () => {
  const api = () => assembly.resources('Api');

  it('asks its function, by the version that is live, beside a POST of the same path', () => {
    for (const route of ['GET /notes/{id}', 'POST /notes/{id}']) {
      const { Properties } = methods(api())[route] ?? {};
      expect(Properties).toMatchObject({
        ApiKeyRequired: true,
        Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' },
      });
      expect(written(Properties?.['Integration'] ?? '')).toContain(
        ':function:chorus-read-notes:live/invocations',
      );
    }
  });

  it('may invoke its function for that method alone', () => {
    const sources = ofType(api(), 'AWS::Lambda::Permission')
      .filter(([, { Properties }]) =>
        written(Properties['FunctionName'] ?? '').includes('read-notes'),
      )
      .map(([, { Properties }]) => written(Properties['SourceArn'] ?? ''));
    expect(sources.filter((each) => each.endsWith('/GET/notes/*'))).not.toEqual([]);
    expect(sources.filter((each) => each.includes('/*/notes'))).toEqual([]);
  });

  it('has a rate of its own', () => {
    const [stage] = ofType(api(), 'AWS::ApiGateway::Stage');
    expect(stage?.[1].Properties['MethodSettings']).toContainEqual(
      expect.objectContaining({
        HttpMethod: 'GET',
        ResourcePath: '/~1notes~1{id}',
        ThrottlingRateLimit: 7,
      }),
    );
  });

  it('lets pages of the stage’s origins in with each of the path’s methods', () => {
    const preflight = methods(api())['OPTIONS /notes/{id}'];
    expect(written(preflight?.Properties['Integration'] ?? '')).toContain("'GET,POST'");
  });
});
