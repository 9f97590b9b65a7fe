import {
  type InferRequest,
  InternalError,
  PayloadTooLargeError,
  type TensorData,
} from '@chorus/protocol';

/** Largest input of an execution, in bytes of UTF-8. */
const maxInputBytes = 262_144;

/**
 * The input of a workflow that takes rows: `{"instances": [[…], …], "parameters": {"timeout": µs}}`, the rows in
 * column order.
 *
 * @param request checked against the workflow's schema: its one input is a table `[rows, columns]`.
 * @param leftMs until the caller's deadline.
 * @throws PayloadTooLargeError above what Step Functions takes, saying how many rows would fit.
 */
export function rowsInput(request: InferRequest, leftMs: number): string {
  const [table] = request.inputs;
  const [rows, columns] = table?.shape ?? [];
  if (table === undefined || rows === undefined || columns === undefined) {
    throw new InternalError('a workflow takes one table of rows and columns');
  }
  const instances = Array.from(
    { length: rows },
    (_, row): TensorData => table.data.slice(row * columns, (row + 1) * columns),
  );
  const timeout = Math.max(1, Math.floor(leftMs * 1000));
  const input = JSON.stringify({ instances, parameters: { timeout } });
  const bytes = Buffer.byteLength(input);
  if (bytes > maxInputBytes) {
    const fitting = Math.floor((rows * maxInputBytes) / bytes);
    throw new PayloadTooLargeError(
      `${rows} rows make ${bytes} bytes; a workflow takes at most ${maxInputBytes}: send about ${fitting} rows per request, or ask the models one by one`,
    );
  }
  return input;
}
