import {
  ask,
  type Blueprint,
  idempotent,
  model,
  output,
  requestLink,
  routesTo,
  text,
  workflow,
} from '@chorus/blueprint';
import { linkedBlueprint } from '@chorus/blueprint/testing';
import { expect, it } from 'vitest';
import { describeApi } from './describe-api.ts';

const size = { memoryMb: 128, timeoutSeconds: 3, concurrency: 1 };
const uploads = {
  summary: 'Signs a URL',
  body: { type: 'object', required: ['bytes'] },
  example: { bytes: 1 },
  answer: { type: 'object', required: ['url'] },
  failures: [400, 413],
};
const blueprint: Blueprint = {
  functions: [
    { name: 'churn-model', kind: 'model', source: 'packages/models/churn-model', ...size },
    { name: 'put', kind: 'http', source: 'packages/functions/put', ...size },
  ],
  workflows: [],
  routes: [
    { method: 'POST', path: '/put', function: 'put', document: uploads },
    { method: 'ANY', path: '/v2', function: 'gateway' },
  ],
  buckets: [],
};

it('describes a route to a function by what stands beside it', () => {
  const { paths, openapi } = describeApi(blueprint);
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths)).toEqual(['/put']);
  expect(paths['/put']).toMatchObject({
    post: {
      summary: 'Signs a URL',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: uploads.body, example: { bytes: 1 } } },
      },
      responses: {
        '200': { content: { 'application/json': { schema: uploads.answer } } },
        '400': {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  });
  expect(Object.keys((paths['/put'] as { post: { responses: object } }).post.responses)).toEqual([
    '200',
    '400',
    '401',
    '403',
    '413',
  ]);
});

it('describes a GET beside a POST of the same path, and what its path stands for', () => {
  const document = { summary: 'Reads', answer: { type: 'object' }, failures: [404] };
  const id = {
    name: 'id',
    in: 'path',
    description: 'of a note',
    schema: { type: 'string', pattern: '^[a-z]+$' },
    example: 'first',
  } as const;
  const routes = [
    { method: 'POST', path: '/notes/{id}', function: 'put', document: uploads },
    {
      method: 'GET',
      path: '/notes/{id}',
      function: 'put',
      document: {
        ...document,
        parameters: [id, { ...id, name: 'full', in: 'query' }],
      },
    },
    { method: 'GET', path: '/files/{path+}', function: 'put', document },
  ] as const;
  const { paths } = describeApi({ ...blueprint, routes });
  const plain = (name: string) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  });
  expect(paths).toMatchObject({
    '/notes/{id}': {
      post: { summary: 'Signs a URL', parameters: [plain('id')] },
      get: {
        summary: 'Reads',
        parameters: [
          { ...id, required: true },
          { name: 'full', in: 'query' },
        ],
      },
    },
    '/files/{path}': { get: { parameters: [plain('path')] } },
  });
  expect((paths['/notes/{id}'] as { get: object }).get).not.toHaveProperty('requestBody');
});

it('describes an answer by its own status', () => {
  const document = { ...uploads, status: 202 };
  const routes = [{ method: 'POST', path: '/put', function: 'put', document }] as const;
  const { paths } = describeApi({ ...blueprint, routes });
  const { responses } = (paths['/put'] as { post: { responses: object } }).post;
  expect(Object.keys(responses)).toEqual(['202', '400', '401', '403', '413']);
});

it('describes a route to any model once for each that there is', () => {
  const [model, put] = blueprint.functions;
  const routes = [
    { method: 'POST', path: '/predict/{model}', function: 'gateway', document: uploads },
  ] as const;
  const functions = [model, { ...model, name: 'fraud' }, put] as Blueprint['functions'];
  const { paths } = describeApi({ ...blueprint, functions, routes });
  expect(Object.keys(paths)).toEqual(['/predict/churn-model', '/predict/fraud']);
  expect(paths['/predict/fraud']).toMatchObject({ post: { summary: 'Signs a URL' } });
  expect(describeApi({ ...blueprint, functions: [], routes }).paths).toEqual({});
});

it('describes the Open Inference Protocol where the gateway speaks it, with the names that are served', () => {
  const routes = [
    ...blueprint.routes,
    { method: 'ANY', path: '/v2/{proxy+}', function: 'gateway' },
  ];
  const { paths, components } = describeApi({ ...blueprint, routes } as Blueprint);
  expect(Object.keys(paths)).toContain('/v2/models/{model}/infer');
  expect(JSON.stringify(paths['/v2/models/{model}'])).toContain('{"enum":["churn-model"]}');
  expect(Object.keys(components.schemas)).toContain('InferRequest');
});

it('refers to schemas that it has', () => {
  const routes = [
    ...blueprint.routes,
    { method: 'ANY', path: '/v2/{proxy+}', function: 'gateway' },
  ];
  const document = describeApi({ ...blueprint, routes } as Blueprint);
  const references = JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g);
  const names = new Set([...references].map(([, name]) => name));
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...names]));
});

it('says when to ask again where a request may be turned away, and only there', () => {
  const failures = [400, 429, 503];
  const { paths } = describeApi({
    ...blueprint,
    routes: [
      { method: 'ANY', path: '/v2/{proxy+}', function: 'gateway' },
      { method: 'POST', path: '/put', function: 'put', document: { ...uploads, failures } },
    ],
  });
  const statuses = new Set<string>();
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path as object))) {
    const { responses } = operation as { responses: Record<string, { headers?: object }> };
    for (const [status, { headers = {} }] of Object.entries(responses)) {
      statuses.add(status);
      expect(Object.keys(headers)).toEqual(status === '429' ? ['Retry-After'] : []);
    }
  }
  expect([...statuses]).toEqual(expect.arrayContaining(['200', '400', '429', '503', '504']));
});

it('describes the key of routes that answer once, and of no others', () => {
  const { workflows } = linkedBlueprint;
  const [name = ''] = workflows.map((each) => each.name);
  const plain = { ...blueprint, workflows, routes: [...blueprint.routes, ...routesTo(workflows)] };
  const { routes } = idempotent(plain.routes);
  const functions = plain.functions.map((each) => ({ ...each, links: [requestLink] }));
  const posts = (of: Blueprint) =>
    ['/put', `/predict/${name}`].map((path) => {
      const { post } = describeApi(of).paths[path] as {
        readonly post: { readonly parameters?: readonly object[]; readonly responses: object };
      };
      return [post.parameters, Object.keys(post.responses).filter((status) => status === '409')];
    });
  const key = [expect.objectContaining({ name: 'Idempotency-Key', in: 'header' })];
  expect(posts({ ...plain, functions, routes })).toEqual([
    [key, ['409']],
    [key, ['409']],
  ]);
  expect(posts(plain)).toEqual([
    [undefined, []],
    [undefined, []],
  ]);
});

it('describes what a workflow answers when it is asked to answer later, where it does', () => {
  const mood = workflow({
    name: 'mood',
    request: text({ maxBytes: 20 }),
    steps: ask(model('tone'), {
      inputs: [{ name: 'text', datatype: 'BYTES', shape: [1] }],
      outputs: [{ name: 'label', datatype: 'BYTES', shape: [1] }],
    }),
    answer: output('label'),
    example: { text: 'fine' },
  });
  const route = { method: 'POST', path: '/predict/mood', workflow: 'mood' } as const;
  const asynchronous = {
    accept: 'mood-accept',
    refuse: 'refuse-async',
    refuseWebhook: 'refuse-webhook',
  };
  const later = { ...route, asynchronous };
  const described = (routes: Blueprint['routes']) =>
    describeApi({ ...blueprint, workflows: [mood], routes }).paths['/predict/mood'];
  expect(described([later])).toMatchObject({
    post: {
      parameters: [
        { name: 'async', in: 'query', schema: { enum: ['0', '1'] } },
        { name: 'webhook', in: 'query', schema: { format: 'uri' } },
      ],
      responses: { '200': {}, '202': { content: { 'application/json': {} } } },
      callbacks: {
        answered: {
          '{$request.query.webhook}': {
            post: {
              parameters: [
                { name: 'webhook-id', in: 'header', required: true },
                { name: 'webhook-timestamp', in: 'header', required: true },
                { name: 'webhook-signature', in: 'header', required: true },
              ],
              responses: { '2XX': {}, '410': {} },
            },
          },
        },
      },
    },
  });
  expect(JSON.stringify(described([route]))).not.toMatch(/202|webhook/);
});
