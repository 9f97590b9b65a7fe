import { createServer } from 'node:http';
import { readRaw } from '@chorus/emulator-aws';
import { afterAll } from 'vitest';
import { handleStates } from '../api.ts';
import { createStates } from '../service.ts';

/** A machine that gives back its input, and fails when that says so. */
const echo = {
  QueryLanguage: 'JSONata',
  StartAt: 'Choose',
  States: {
    Choose: {
      Type: 'Choice',
      Choices: [{ Condition: "{% $states.input.fail = 'yes' %}", Next: 'Stop' }],
      Default: 'Answer',
    },
    Answer: { Type: 'Succeed', Output: { echo: '{% $states.input %}' } },
    Stop: { Type: 'Fail', Error: 'Asked', Cause: 'for' },
  },
};

/** Names of the machines: compiling one takes a third of a second. */
export const machineNames: readonly string[] = ['echo', 'b', 'c'];

/** The Step Functions API on a port of its own until the tests of a file end. */
export async function startStates(): Promise<string> {
  const states = createStates({
    machines: machineNames.map((name) => ({ name, definition: echo, substitutions: {} })),
    lambda: { invoke: () => Promise.reject(new Error('no function is asked for')) },
  });
  const server = createServer((request, response) => {
    readRaw(request, 1_000_000, (limit) => new RangeError(`more than ${limit} bytes`))
      .then((body) =>
        handleStates(
          states,
          {
            target: String(request.headers['x-amz-target']),
            body,
            requestId: 'request',
            traceId: request.headers['x-amzn-trace-id']?.toString(),
          },
          response,
        ),
      )
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new TypeError('it has no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Sends a body as it is, and gives status and error or answer. */
export async function send(
  url: string,
  operation: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; name: string; message: string; answer: Record<string, unknown> }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': operation, ...headers },
    body,
  });
  const answer = (await response.json()) as Record<string, unknown>;
  const { __type: name, message } = answer;
  return { status: response.status, name: String(name), message: String(message), answer };
}
