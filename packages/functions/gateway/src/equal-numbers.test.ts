import type { InferRequest, InferResponse } from '@chorus/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GatewayInTest, startGateway } from './testing/gateway-in-test.ts';
import { workflow } from './testing/test-service.ts';

let gateway: GatewayInTest;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.close());

/** Any row of doubles that the columns allow. */
const row = fc.tuple(
  ...(workflow.schema.inputs[0]?.columns ?? []).map(({ minimum = 0, maximum = 1e9 }) =>
    fc.double({ min: minimum, max: maximum, noNaN: true }),
  ),
);

const requests = fc.array(row, { minLength: 1, maxLength: 4 }).map((rows): InferRequest => {
  const shape = [rows.length, 13];
  return { inputs: [{ name: 'features', datatype: 'FP64', shape, data: rows.flat() }] };
});

function numbersOf({ outputs }: InferResponse): unknown {
  return outputs.map(({ name, shape, data }) => ({ name, shape, data }));
}

it('JSON and bytes, of a model and of a workflow, give equal numbers', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      const ask = (model: string, binary: boolean) =>
        gateway.client.infer(model, request, { binary });
      for (const model of ['svr', 'house-price']) {
        expect(numbersOf(await ask(model, true))).toEqual(numbersOf(await ask(model, false)));
      }
      const [alone] = (await ask('svr', true)).outputs;
      const gathered = (await ask('house-price', true)).outputs.find(({ name }) => name === 'svr');
      expect(gathered?.data).toEqual(alone?.data);
    }),
    { numRuns: 50 },
  );
});
