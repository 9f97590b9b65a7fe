import { serve, signedFetch, testCredentials } from '@chorus/emulator-aws/testing';
import { afterAll } from 'vitest';
import { createStates } from '../create-states.ts';

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
    credentials: testCredentials,
    machines: machineNames.map((name) => ({ name, definition: echo, substitutions: {} })),
    lambda: { invoke: () => Promise.reject(new Error('no function is asked for')) },
  });
  const port = await serve({ states: states.handle });
  afterAll(port.close);
  return port.url;
}

/** Sends a body as it is, and gives status and error or answer. */
export async function send(
  url: string,
  operation: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; name: string; message: string; answer: Record<string, unknown> }> {
  const response = await signedFetch({
    url,
    service: 'states',
    credentials: testCredentials,
    method: 'POST',
    headers: { 'x-amz-target': operation, ...headers },
    body,
  });
  const answer = (await response.json()) as Record<string, unknown>;
  const { __type: name, message } = answer;
  return { status: response.status, name: String(name), message: String(message), answer };
}
