import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  cleanUp,
  ofType,
  type Resource,
  serviceAssembly,
  synthesise,
} from '../testing/assembly.ts';
import { methods } from '../testing/methods.ts';
import { runTemplate } from '../testing/velocity.ts';

const origins = ['https://shop.example.com', 'https://blog.example.com'] as const;

let assembly: Assembly;
beforeAll(() => {
  assembly = synthesise({ origins, access: 'iam' });
});
afterAll(cleanUp);

interface Response {
  readonly StatusCode: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates: Readonly<Record<string, string>>;
}

interface Integration {
  readonly Type: string;
  readonly ContentHandling: string;
  readonly IntegrationResponses: readonly Response[];
}

const integrationOf = (method: Resource | undefined) =>
  method?.Properties['Integration'] as Integration;

const parameter = 'method.response.header.Access-Control-Allow-Origin';

/** The origin that an answer names to a page of this one. */
function namedTo(origin: string, { ResponseParameters, ResponseTemplates }: Response) {
  const template = ResponseTemplates['application/json'] ?? '';
  const { headers } = runTemplate(template, { body: '{}', headers: { origin } });
  return headers['Access-Control-Allow-Origin'] ?? ResponseParameters?.[parameter]?.slice(1, -1);
}

describe('what browsers ask before a request of a page', () => {
  const preflights = () =>
    Object.entries(methods(assembly.resources('Api'))).filter(([route]) =>
      route.startsWith('OPTIONS '),
    );

  it('is answered at every route, without credentials and without a function', () => {
    expect(
      preflights()
        .map(([route]) => route.replace('OPTIONS ', ''))
        .sort(),
    ).toEqual([...new Set(blueprint.routes.map(({ path }) => path))].sort());
    for (const [, method] of preflights()) {
      expect(method.Properties).toMatchObject({ ApiKeyRequired: false, AuthorizationType: 'NONE' });
      // Without it API Gateway answers 500, since everything is listed as binary.
      expect(integrationOf(method)).toMatchObject({
        Type: 'MOCK',
        ContentHandling: 'CONVERT_TO_TEXT',
        IntegrationResponses: [{ ContentHandling: 'CONVERT_TO_TEXT' }],
      });
    }
  });

  it('names the page’s own origin, if it is one of those, and never all', () => {
    for (const [, method] of preflights()) {
      const [response, ...others] = integrationOf(method).IntegrationResponses;
      if (response === undefined) throw new Error('no answer');
      expect([response.StatusCode, others]).toEqual(['204', []]);
      for (const origin of origins) expect(namedTo(origin, response)).toBe(origin);
      expect(namedTo('https://evil.example', response)).toBe(origins[0]);
      expect(namedTo('https://blog.example.com.evil.example', response)).toBe(origins[0]);
    }
    expect(JSON.stringify(assembly.resources('Api'))).not.toContain("'*'");
  });

  it('names the methods of the route', () => {
    const allowed = Object.fromEntries(
      preflights().map(([route, method]) => [
        route.replace('OPTIONS ', ''),
        integrationOf(method).IntegrationResponses[0]?.ResponseParameters?.[
          'method.response.header.Access-Control-Allow-Methods'
        ],
      ]),
    );
    expect(allowed).toMatchObject({ '/uploads': "'POST'", '/v2': "'GET,POST'" });
  });
});

describe('an answer to a page', () => {
  it('of a workflow, of any status, names its origin', () => {
    const route = methods(assembly.resources('Api'))['POST /predict/house-price'];
    const responses = integrationOf(route).IntegrationResponses;
    expect(responses).toHaveLength(3);
    for (const response of responses)
      for (const origin of origins) expect(namedTo(origin, response)).toBe(origin);
    const declared = route?.Properties['MethodResponses'] as readonly Response[];
    for (const { ResponseParameters } of declared)
      expect(ResponseParameters).toHaveProperty([parameter]);
  });

  it('of API Gateway itself names the first origin, as it cannot ask whose page it is', () => {
    const own = ofType(assembly.resources('Api'), 'AWS::ApiGateway::GatewayResponse');
    expect(own.length).toBeGreaterThan(5);
    for (const [, { Properties }] of own)
      expect(Properties['ResponseParameters']).toMatchObject({
        'gatewayresponse.header.Access-Control-Allow-Origin': `'${origins[0]}'`,
      });
  });

  it('of a function names its origin by itself: the function is told the origins', () => {
    const variables = Object.fromEntries(
      ofType(assembly.resources('Models'), 'AWS::Lambda::Function').map(([, { Properties }]) => [
        Properties['FunctionName'],
        (Properties['Environment'] as { Variables?: Record<string, string> })?.Variables?.[
          'ALLOWED_ORIGINS'
        ],
      ]),
    );
    expect(variables).toMatchObject({
      'chorus-gateway': origins.join(' '),
      'chorus-uploads': origins.join(' '),
      'chorus-svr': undefined,
    });
  });
});

it('without origins no page is let in', () => {
  const api = serviceAssembly().resources('Api');
  expect(JSON.stringify(api)).not.toContain('Access-Control');
  expect(Object.keys(methods(api)).filter((route) => route.startsWith('OPTIONS'))).toEqual([]);
});
