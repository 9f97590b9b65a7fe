/** The tokeniser against the one in Rust, and the graph against what Python's ONNX Runtime was recorded to say. */

import { expect, it } from 'vitest';
import { judge } from './serving.ts';
import { fileOf, openStandIn } from './testing/open-model.ts';
import { tokensOf } from './tokenizer.ts';

const recorded: readonly {
  readonly text: string;
  readonly prior: number;
  readonly ids: readonly number[];
  readonly standIn: number;
}[] = JSON.parse((await fileOf('fixtures/parity.json')).toString());

const model = await openStandIn();

it.each(recorded)('$text has the tokens and the probability of training', async (each) => {
  expect(tokensOf(each.text)).toEqual(each.ids);
  expect(Math.abs((await judge(model, each)) - each.standIn)).toBeLessThan(1e-6);
});
