import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  cleanUp,
  ofType,
  type Resource,
  serviceAssembly,
  synthesise,
  written,
} from '../testing/assembly.ts';
import { methods } from '../testing/methods.ts';
import { runTemplate } from '../testing/velocity.ts';
import {
  executionTemplate,
  refusalTemplate,
  traceTemplate,
  unavailableTemplate,
} from '../vtl/response.ts';

interface Integration {
  readonly Type: string;
  readonly ContentHandling?: string;
  readonly PassthroughBehavior?: string;
  readonly TimeoutInMillis?: number;
  readonly RequestTemplates?: Readonly<Record<string, unknown>>;
  readonly IntegrationResponses?: readonly {
    readonly SelectionPattern?: string;
    readonly ResponseTemplates: Readonly<Record<string, string>>;
  }[];
}

let assembly: Assembly;
let api: Readonly<Record<string, Resource>>;
beforeAll(() => {
  assembly = serviceAssembly();
  api = assembly.resources('Api');
});
afterAll(cleanUp);

function integration(route: string): Integration {
  return methods(api)[route]?.Properties['Integration'] as Integration;
}

describe('the HTTP API', () => {
  it('has the routes of the blueprint and no others', () => {
    expect(Object.keys(methods(api)).sort()).toEqual(
      blueprint.routes.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  it('asks for a key, validates bodies, and holds callers to a rate and a quota', () => {
    for (const { Properties } of Object.values(methods(api))) {
      expect(Properties).toMatchObject({
        ApiKeyRequired: true,
        RequestValidatorId: expect.anything(),
      });
    }
    const [plan] = ofType(api, 'AWS::ApiGateway::UsagePlan');
    expect(plan?.[1].Properties).toMatchObject({
      Throttle: { RateLimit: 100, BurstLimit: 200 },
      Quota: { Limit: 1_000_000, Period: 'MONTH' },
    });
  });

  it('answers every error of its own with {"error": …} as JSON', () => {
    const responses = ofType(api, 'AWS::ApiGateway::GatewayResponse').map(
      ([, each]) => each.Properties,
    );
    const types = responses.map(({ ResponseType }) => ResponseType);
    expect(types).toEqual(expect.arrayContaining(['DEFAULT_4XX', 'DEFAULT_5XX', 'THROTTLED']));
    for (const { ResponseTemplates } of responses) {
      const template = (ResponseTemplates as Record<string, string>)['application/json'] ?? '';
      // What API Gateway puts there is a string with its quotes.
      const body = JSON.parse(template.replace('$context.error.messageString', '"Forbidden"'));
      expect(body).toEqual({ error: expect.any(String), requestId: '$context.requestId' });
    }
  });

  it('logs who called what, and no payload', () => {
    const [stage] = ofType(api, 'AWS::ApiGateway::Stage');
    const { AccessLogSetting, MethodSettings, TracingEnabled } = stage?.[1].Properties ?? {};
    const { Format } = AccessLogSetting as { Format: string };
    expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId' });
    expect(Format).not.toMatch(/body|apiKey|identity/i);
    expect(MethodSettings).toEqual([expect.objectContaining({ DataTraceEnabled: false })]);
    expect(TracingEnabled).toBe(true);
  });
});

const route = 'POST /predict/house-price';

describe(route, () => {
  it('starts the workflow without a function in between, as text, and takes JSON only', () => {
    expect(integration(route)).toMatchObject({
      Type: 'AWS',
      ContentHandling: 'CONVERT_TO_TEXT',
      PassthroughBehavior: 'NEVER',
      TimeoutInMillis: 29_000,
    });
    expect(Object.keys(integration(route).RequestTemplates ?? {})).toEqual(['application/json']);
  });

  it('waits longer than the workflow may take', () => {
    const [workflow] = blueprint.workflows;
    expect((workflow?.timeoutSeconds ?? 0) * 1000).toBeLessThan(
      integration(route).TimeoutInMillis ?? 0,
    );
  });

  it('names the state machine in its call', () => {
    const template = written(integration(route).RequestTemplates?.['application/json']);
    const { text } = runTemplate(template, { body: '{"a":1}', requestId: 'r-9' });
    expect(JSON.parse(text)).toEqual({
      stateMachineArn: expect.stringMatching(/^<.*houseprice.*>$/),
      name: 'r-9',
      input: '{"a":1}',
    });
  });

  it('maps answers, refusals and faults of Step Functions by our templates', () => {
    const responses = integration(route).IntegrationResponses?.map((each) => [
      each.SelectionPattern,
      each.ResponseTemplates['application/json'],
    ]);
    expect(responses).toEqual([
      [undefined, traceTemplate + executionTemplate],
      ['4\\d{2}', traceTemplate + refusalTemplate],
      ['5\\d{2}', traceTemplate + unavailableTemplate],
    ]);
  });

  it('is started by a role that may do that alone', () => {
    const [policy, ...others] = ofType(api, 'AWS::IAM::Policy');
    expect(others).toEqual([]);
    expect(policy?.[1].Properties['PolicyDocument']).toMatchObject({
      Statement: [{ Action: 'states:StartSyncExecution', Resource: expect.anything() }],
    });
  });
});

describe('POST /predict/animal', () => {
  const schema = (name: string) =>
    ofType(api, 'AWS::ApiGateway::Model').find(
      ([, { Properties }]) =>
        (Properties['Schema'] as { title: string }).title === `${name} request`,
    )?.[1].Properties['Schema'];

  it('takes a photo by its key or in the body, where rows are none', () => {
    expect(schema('animal')).toMatchObject({
      type: 'object',
      minProperties: 1,
      properties: {
        key: { type: ['string', 'null'] },
        image: { type: ['string', 'null'] },
        location: { type: ['object', 'null'] },
        parameters: { type: ['object', 'null'] },
      },
    });
    expect(schema('house-price')).toMatchObject({
      properties: { instances: { type: 'array', minItems: 1, maxItems: 1000 } },
    });
  });

  it('is validated by its own model', () => {
    const models = ['POST /predict/animal', route].map(
      (each) => methods(api)[each]?.Properties['RequestModels'],
    );
    expect(models[0]).not.toEqual(models[1]);
  });
});

describe('POST /uploads', () => {
  it('asks its function, by the version that is live, with the request as it is', () => {
    expect(integration('POST /uploads')).toMatchObject({ Type: 'AWS_PROXY' });
    expect(JSON.stringify(integration('POST /uploads'))).toContain(
      ':function:chorus-uploads:live/invocations',
    );
    expect(methods(api)['POST /uploads']?.Properties).not.toHaveProperty('RequestModels');
  });
});

describe('the options of access', () => {
  it('asks for AWS credentials with `iam`, and for no key', () => {
    const signed = synthesise({ access: 'iam' }).resources('Api');
    for (const { Properties } of Object.values(methods(signed)))
      expect(Properties).toMatchObject({ AuthorizationType: 'AWS_IAM', ApiKeyRequired: false });
    expect(ofType(signed, 'AWS::ApiGateway::ApiKey')).toEqual([]);
  });
});
