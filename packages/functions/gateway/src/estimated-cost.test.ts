import { table, task } from '@chorus/blueprint';
import { requestCost } from '@chorus/cost';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGateway } from './gateway.ts';
import { execution, succeed, workflowArn } from './testing/fake-models.ts';
import {
  askHandler,
  type GatewayInTest,
  housesRequest,
  settings,
  startGateway,
} from './testing/gateway-in-test.ts';
import { testService } from './testing/test-service.ts';

let gateway: GatewayInTest;

beforeEach(async () => {
  gateway = await startGateway();
  // The gateway's own time: none.
  vi.spyOn(Date, 'now').mockReturnValue(Date.now());
});

afterEach(async () => {
  vi.restoreAllMocks();
  await gateway.close();
});

async function costOf(model: string, handler = gateway.handler): Promise<unknown> {
  const path = `/v2/models/${model}/infer`;
  const told = await askHandler(handler, { method: 'POST', path, body: housesRequest() });
  return (told.json()['parameters'] as Record<string, unknown>)['chorus_cost_usd'];
}

/** An invocation of this gateway, which takes no time. */
const itself = { durationMs: 0, memoryMb: 512 };
const digits = (cost: number) => Number(cost.toPrecision(3));

describe('the cost of an answer', () => {
  it('of a model is that of the API, the gateway and the time the model took', async () => {
    const invocations = [{ durationMs: 0.25, memoryMb: 1024 }, itself];
    expect(await costOf('svr')).toBe(digits(requestCost({ invocations })));
  });

  it('counts the gateway’s own time, and each function by its size', async () => {
    const functions = testService.functions.map((each) => ({
      ...each,
      memoryMb: each.name === 'gateway' ? 3072 : 2048,
      architecture: 'arm64' as const,
    }));
    const handler = createGateway(settings, { ...testService, functions });
    const received = Date.now();
    const svr = gateway.aws.functions.get('chorus-svr:live');
    const { invoke = () => 'reset' as const } = svr ?? {};
    if (svr !== undefined) {
      svr.invoke = (event) => {
        vi.mocked(Date.now).mockReturnValue(received + 40);
        return invoke(event);
      };
    }
    const invocations = [
      { durationMs: 0.25, memoryMb: 2048, architecture: 'arm64' as const },
      { durationMs: 40, memoryMb: 3072, architecture: 'arm64' as const },
    ];
    expect(await costOf('svr', handler)).toBe(digits(requestCost({ invocations })));
  });

  const three = Array.from({ length: 3 }, () => ({ durationMs: 1.5, memoryMb: 1024 }));

  it('of a workflow has all its models, and what Step Functions bills', async () => {
    gateway.aws.machines.set(workflowArn, (input) => {
      const billingDetails = { billedDurationInMilliseconds: 700, billedMemoryUsedInMB: 128 };
      const { payload } = succeed(input) as { payload: { output: string } };
      return execution({ status: 'SUCCEEDED', output: payload.output, billingDetails });
    });
    const workflow = { durationMs: 700, memoryMb: 128 };
    const cost = requestCost({ invocations: [...three, itself], workflow });
    expect(await costOf('house-price')).toBe(digits(cost));
  });

  it('of a workflow has what each of its functions writes into a table, as large as what was asked', async () => {
    const links = [table('notes', { access: 'write' }), table('days', { access: 'read' })];
    const reads = task('look', { links: links.slice(1) });
    const workflows = testService.workflows.map((each) => ({
      ...each,
      functions: [...each.functions, task('keep', { links }), reads],
    }));
    let bytes = 0;
    gateway.aws.machines.set(workflowArn, (input) => {
      bytes = Buffer.byteLength(JSON.stringify(input));
      return succeed(input);
    });
    const handler = createGateway(settings, { ...testService, workflows });
    const invocations = [...three, itself];
    const told = await costOf('house-price', handler);
    const profile = { invocations, workflow: { durationMs: 0 } };
    expect(bytes).toBeGreaterThan(0);
    expect(told).toBe(digits(requestCost({ ...profile, written: [bytes] })));
    expect(told).not.toBe(digits(requestCost(profile)));
  });

  it('leaves out the models that failed, and measures the workflow when it is not told', async () => {
    const failed = { svr: { error: 'ModelLoadError', message: 'no weights' } };
    const received = Date.now();
    gateway.aws.machines.set(workflowArn, (input) => {
      vi.mocked(Date.now).mockReturnValue(received + 210);
      return succeed(input, failed);
    });
    const invocations = [...three.slice(1), { ...itself, durationMs: 210 }];
    const cost = requestCost({ invocations, workflow: { durationMs: 210 } });
    expect(await costOf('house-price')).toBe(digits(cost));
  });

  it('has at most three digits', async () => {
    expect(String(await costOf('svr'))).toMatch(/^0\.0+\d{1,3}$/);
  });
});
