import type { TensorSpec } from '@chorus/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AddedModel } from './testing/added-model.ts';
import { type ChurnInTest, column, startChurn, table } from './testing/churn-in-test.ts';

let churn: ChurnInTest;
beforeEach(async () => {
  churn = await startChurn();
});
afterEach(() => churn.close());

describe('just after a swap, or while a canary is out, a request', () => {
  beforeEach(() => churn.add(table));

  it('answers by the names of the version that answered, be it another than was read', async () => {
    await churn.predict({ age: 1, fee: 2 });
    const [label, chances, score] = table.schema.outputs;
    const outputs = [label, { ...chances, labels: ['no', 'yes'] }, score] as TensorSpec[];
    churn.add({ ...table, version: 'v2', schema: { ...table.schema, outputs } });
    const told = await churn.predict({ age: 1, fee: 2 });
    expect(told.json()).toMatchObject({
      predictions: [{ chances: { no: 0, yes: 1 } }],
      model: { version: 'v2' },
    });
  });

  /** Another version of the model, whose columns are in another order or of other names. */
  const other = (...names: readonly string[]): AddedModel => {
    const [input] = table.schema.inputs;
    const columns = names.map((name) => column(name));
    const inputs = [{ ...input, shape: [-1, names.length], columns } as TensorSpec];
    return { ...table, version: 'v2', schema: { ...table.schema, inputs } };
  };

  it('never gives a version values in the order of another one’s columns', async () => {
    await churn.predict({ age: 1, fee: 2 });
    churn.add(other('fee', 'age'));
    const told = await churn.predict({ age: 1, fee: 2 });
    expect(told.json()).toMatchObject({ model: { version: 'v2' } });
    expect(churn.events.map(({ inputs }) => inputs[0]?.data)).toEqual([
      [1, 2],
      [1, 2],
      [2, 1],
    ]);
    expect(churn.gateway.aws.calls.at(-1)?.what).toBe('invoke chorus-churn:2');
  });

  it('says what the version that answered misses', async () => {
    await churn.predict({ age: 1, fee: 2 });
    churn.add(other('fee', 'tax'));
    expect(await churn.error({ age: 1, fee: 2 })).toEqual([
      400,
      'missing feature "tax"; unknown feature "age"; there is "fee", "tax"',
    ]);
  });

  it('asks the version that it was read for when another one refuses it', async () => {
    await churn.predict({ age: 1, fee: 2 });
    const refusal = { errorType: 'InvalidRequestError', errorMessage: 'expected shape [-1,3]' };
    churn.add({
      ...other('age', 'fee', 'tax'),
      answer: () => ({ fails: { functionError: refusal } }),
    });
    const told = await churn.predict({ age: 1, fee: 2 });
    expect(told.json()).toMatchObject({ model: { version: 'v1' } });
    expect(churn.gateway.aws.calls.at(-1)?.what).toBe('invoke chorus-churn:1');
  });

  it('says why it was refused when the version that it was read for is gone', async () => {
    await churn.predict({ age: 1, fee: 2 });
    const refusal = { errorType: 'InvalidRequestError', errorMessage: 'expected shape [-1,3]' };
    churn.add({
      ...other('age', 'fee', 'tax'),
      answer: () => ({ fails: { functionError: refusal } }),
    });
    churn.gateway.aws.functions.delete('chorus-churn:1');
    expect(await churn.error({ age: 1, fee: 2 })).toEqual([400, 'expected shape [-1,3]']);
  });

  it('takes a request that is right since a moment ago', async () => {
    const [input] = table.schema.inputs;
    const columns = [column('age', { maximum: 10 }), column('fee')];
    churn.add({
      ...table,
      schema: { ...table.schema, inputs: [{ ...input, columns } as TensorSpec] },
    });
    expect((await churn.predict({ age: 5, fee: 2 })).status).toBe(200);
    churn.add({ ...table, version: 'v2' });
    await expect
      .poll(async () => (await churn.predict({ age: 50, fee: 2 })).status, { timeout: 20_000 })
      .toBe(200);
  });
});
