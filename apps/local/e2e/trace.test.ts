import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type Blueprint, substitutionKey, type WorkflowSpec } from '@chorus/blueprint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { chorus } from './chorus.ts';
import { houses } from './fixed-service.ts';
import {
  house,
  moodyBlueprint,
  post,
  startServingCloud,
  startTestCloud,
  type TestCloud,
} from './test-cloud.ts';

const path = '/predict/house-price';
const models = ['linear-regression', 'random-forest', 'svr'];

interface Traced {
  readonly trace?: {
    readonly durationMs: number;
    readonly steps: readonly {
      readonly function: string;
      readonly startMs: number;
      readonly endMs: number;
    }[];
  };
}

describe('a workflow', () => {
  let cloud: TestCloud;
  let folder: string;
  beforeAll(async () => {
    cloud = await startServingCloud();
    folder = await mkdtemp(join(tmpdir(), 'chorus-trace-'));
  });
  afterAll(async () => {
    await cloud.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('puts the times of each model into its answer when it is asked to, and only then', async () => {
    const plain = await post(cloud, path, house);
    const timed = await post(cloud, `${path}?trace=1`, house);
    expect(plain.status).toBe(200);
    expect(plain.body).not.toHaveProperty('trace');
    expect(timed.body.predictions).toEqual(plain.body.predictions);
    expect(Object.keys(timed.body.models).toSorted()).toEqual(models);
    const { trace } = timed.body as Traced;
    expect(trace?.steps.map((each) => each.function).toSorted()).toEqual(models);
    for (const step of trace?.steps ?? []) {
      expect(step).toMatchObject({ attempts: 1, version: 'v1', durationMs: expect.any(Number) });
      expect(step.endMs).toBeGreaterThanOrEqual(step.startMs);
      expect(trace?.durationMs).toBeGreaterThanOrEqual(step.endMs);
    }
    expect((await post(cloud, `${path}?trace=0`, house)).body).not.toHaveProperty('trace');
  });

  it('refuses another value, and a wrong request as it does without', async () => {
    const { status, body } = await post(cloud, `${path}?trace=yes`, house);
    expect([status, body.error]).toEqual([400, expect.stringContaining('trace: expected 1')]);
    const wrong = { ...house, RM: 'many' };
    const [plain, timed] = [
      await post(cloud, path, wrong),
      await post(cloud, `${path}?trace=1`, wrong),
    ];
    expect([timed.status, timed.body.error]).toEqual([plain.status, plain.body.error]);
  });

  it('does so by the Open Inference Protocol too', async () => {
    const infer = (parameters: object) =>
      post(cloud, '/v2/models/house-price/infer', {
        parameters,
        inputs: [
          { name: 'features', datatype: 'FP64', shape: [1, 13], data: Object.values(house) },
        ],
      });
    const { status, body } = await infer({ chorus_trace: true });
    expect(status, JSON.stringify(body)).toBe(200);
    const { parameters } = body as unknown as { parameters: { chorus_trace: string } };
    const { steps } = JSON.parse(parameters.chorus_trace);
    expect(steps).toHaveLength(3);
    expect(JSON.stringify((await infer({})).body)).not.toContain('chorus_trace');
    expect(await infer({ chorus_trace: 'yes' })).toMatchObject({ status: 400 });
  });

  it("goes on with a caller's trace, and begins one for a caller that has none", async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const asked = async (path: string, body: object, headers: Readonly<Record<string, string>>) => {
      const response = await fetch(`${cloud.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      await response.arrayBuffer();
      return response.headers.get('traceparent');
    };
    const traceparent = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const infer = {
      inputs: [{ name: 'features', datatype: 'FP64', shape: [1, 13], data: Object.values(house) }],
    };
    for (const [at, body] of [
      [path, house],
      ['/v2/models/house-price/infer', infer],
    ] as const) {
      const own = new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`);
      expect(await asked(at, body, traceparent)).toMatch(own);
      const made = await asked(at, body, {});
      expect(made).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(made).not.toContain(traceId);
      expect(await asked(at, body, { traceparent: 'nonsense' })).not.toContain('nonsense');
    }
    const { body } = await post(cloud, path, house, {
      'content-type': 'application/json',
      ...traceparent,
    });
    expect(body.requestId).toMatch(new RegExp(`^${traceId}-`));
    const { out } = await chorus(cloud, ['trace', '--help']);
    expect(out).toContain('?trace=1');
  });

  it('is drawn by chorus predict --trace, and by chorus trace from a file', async () => {
    const drawn = await chorus(cloud, ['predict', 'house-price', '--trace']);
    expect(drawn.code, drawn.err).toBe(0);
    for (const model of models)
      expect(drawn.out).toMatch(new RegExp(`^${model} +\\| *[░█]+ *\\| .* ms, v1, `, 'm'));
    const file = join(folder, 'answer.json');
    const { out } = await chorus(cloud, ['predict', 'house-price', '--trace', '--json']);
    await writeFile(file, out);
    const traced = await chorus(cloud, ['trace', file]);
    expect(traced.out.split('\n').filter((line) => line.includes('|'))).toHaveLength(3);
    await writeFile(file, '{"predictions": []}');
    expect(await chorus(cloud, ['trace', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining('has no timeline'),
    });
  });

  it('has no timeline of a model alone, nor of an execution that is not there', async () => {
    const alone = await chorus(cloud, ['predict', 'svr', '--trace']);
    expect([alone.code, alone.err]).toEqual([2, expect.stringContaining('svr is a model')]);
    const gone = await chorus(cloud, ['trace', 'nothing-of-this-name']);
    expect([gone.code, gone.err]).toEqual([1, expect.stringContaining('no standard execution')]);
  });
});

describe('a standard execution', () => {
  const moody = moodyBlueprint();
  const invoke = (payload: object) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: `$\{${substitutionKey('moody')}}`, Payload: payload },
  });
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'First',
    States: {
      First: { ...invoke({ do: 'pid' }), Next: 'Second' },
      Second: { ...invoke({ do: 'pid' }), End: true },
    },
  };

  function standard(): Blueprint {
    const [first] = houses.workflows;
    if (first === undefined) throw new TypeError('the service has no workflow');
    const night: WorkflowSpec = {
      ...first,
      name: 'night',
      type: 'standard',
      definition,
      functions: moody.functions,
    };
    return { ...moody, workflows: [night] };
  }

  it('is drawn from its history, by its ARN or its name', async () => {
    const cloud = await startTestCloud(standard());
    const { url: endpoint, credentials } = cloud;
    const lambda = new LambdaClient({ endpoint, region, credentials });
    const client = new SFNClient({ endpoint, region, credentials });
    try {
      const live = { FunctionName: 'chorus-moody', Name: 'live', FunctionVersion: '$LATEST' };
      await lambda.send(new CreateAliasCommand(live));
      const { executionArn } = await client.send(
        new StartExecutionCommand({
          stateMachineArn: `arn:aws:states:${region}:000000000000:stateMachine:chorus-night`,
          name: 'tonight',
        }),
      );
      await expect
        .poll(
          async () => (await client.send(new DescribeExecutionCommand({ executionArn }))).status,
          { timeout: 60_000 },
        )
        .toBe('SUCCEEDED');
      for (const name of [executionArn ?? '', 'tonight']) {
        const { code, out, err } = await chorus(cloud, ['trace', name]);
        expect(code, err).toBe(0);
        expect(out).toMatch(/^First +\|.*\n?Second +\|/m);
      }
    } finally {
      lambda.destroy();
      client.destroy();
      await cloud.remove();
    }
  });
});
