import { encodeInferRequest, type InferRequest, parseInferRequest } from '@chorus/protocol';
import { expect, it } from 'vitest';
import { addModel } from './testing/added-model.ts';
import { startGateway } from './testing/gateway-in-test.ts';

/** A picture as networks take it: 2 MB of bytes, but more than 6 MB as text. */
const side = 416;
const data = Array.from({ length: 3 * side * side }, (_, index) => Math.fround(index / 7));
const image = { name: 'image', datatype: 'FP32', shape: [1, 3, side, side], data } as const;
const largestEvent = 6 * 1024 * 1024;

it('a tensor that is too large for an event as text reaches its model as it was sent', async () => {
  const gateway = await startGateway({
    modelFunctions: { churn: 'chorus-churn:live' },
    workflowArns: {},
  });
  let seen: InferRequest | undefined;
  addModel(gateway.aws, {
    schema: {
      inputs: [{ name: 'image', datatype: 'FP32', shape: [1, 3, -1, -1] }],
      outputs: [{ name: 'sum', datatype: 'FP32', shape: [-1] }],
    },
    answer: (event) => {
      seen = parseInferRequest(event);
      return [];
    },
  });
  const { body, headers } = encodeInferRequest({ inputs: [image] }, { binary: true });
  const ask = { method: 'POST', path: '/v2/models/churn/infer', body, headers };
  expect((await gateway.ask(ask)).status).toBe(200);
  expect(seen?.inputs).toEqual([image]);
  expect(JSON.stringify(data).length).toBeGreaterThan(largestEvent);
  expect(gateway.aws.calls.at(-1)?.body.length).toBeLessThan(largestEvent);
  await gateway.close();
});
