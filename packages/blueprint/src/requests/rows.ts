import { InternalError, PayloadTooLargeError, type TensorData } from '@chorus/protocol';
import { maxInputBytes } from '../limits.ts';
import type { WorkflowRequest } from './request.ts';

/**
 * A table of named features: `{"instances": [row, …]}` or one row as the body; a tensor `[rows, columns]` for Open
 * Inference clients.
 *
 * @param maxBatch most rows of a request
 */
export function rows(maxBatch: number): WorkflowRequest {
  return {
    noun: 'rows',
    members: {
      instances: { types: ['array'], minItems: 1, maxItems: maxBatch },
      parameters: { types: ['object'] },
    },
    async inputOf({ inputs: [table] }, means) {
      const [count, columns] = table?.shape ?? [];
      if (table === undefined || count === undefined || columns === undefined)
        throw new InternalError('a workflow takes one table of rows and columns');
      const instances = Array.from(
        { length: count },
        (_, row): TensorData => table.data.slice(row * columns, (row + 1) * columns),
      );
      const input = JSON.stringify({ instances, parameters: { timeout: means.timeout() } });
      const bytes = Buffer.byteLength(input);
      if (bytes > maxInputBytes) throw tooLarge(count, bytes);
      return input;
    },
    options: ['set'],
    bodyOf: (terminal) => terminal.json(),
    invitation: ({ url, workflow, example }) => `
Ask them together:

  curl -s ${url}/predict/${workflow} -H 'content-type: application/json' -d '${JSON.stringify(example)}'

The same as an Open Inference Protocol model:  curl -s ${url}/v2/models/${workflow}
`,
  };
}

function tooLarge(count: number, bytes: number): PayloadTooLargeError {
  const fitting = Math.floor((count * maxInputBytes) / bytes);
  return new PayloadTooLargeError(
    `${count} rows make ${bytes} bytes; a workflow takes at most ${maxInputBytes}: send about ${fitting} rows per request, or ask the models one by one`,
  );
}
