import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { operations, refusedOperations } from './operations/operations.ts';
import { parameters } from './parameters.ts';
import { machineNames, send, startStates } from './testing/start-states.ts';

const arn = 'arn:aws:states:us-east-1:000000000000:stateMachine:echo';
const startSync = 'AWSStepFunctions.StartSyncExecution';
const describeMachine = 'AWSStepFunctions.DescribeStateMachine';
const listMachines = 'AWSStepFunctions.ListStateMachines';

let url: string;
beforeAll(async () => {
  url = await startStates();
});

const start = (members: object) =>
  send(url, startSync, JSON.stringify({ stateMachineArn: arn, input: '{}', ...members }));

it('leaves input, output and definition out of METADATA_ONLY', async () => {
  const includedData = 'METADATA_ONLY';
  const { answer } = await start({ input: '{"a":1}', includedData });
  expect(answer).toMatchObject({
    status: 'SUCCEEDED',
    inputDetails: { included: false },
    outputDetails: { included: false },
  });
  expect(answer).not.toHaveProperty('input');
  expect(answer).not.toHaveProperty('output');
  const whole = await start({ input: '{"a":1}', includedData: 'ALL_DATA' });
  expect(whole.answer).toMatchObject({ input: '{"a":1}', output: '{"echo":{"a":1}}' });

  const body = JSON.stringify({ stateMachineArn: arn, includedData });
  expect((await send(url, describeMachine, body)).answer).toMatchObject({
    name: 'echo',
    definition: '{}',
  });
});

it('gives the trace header back, the one of the request first', async () => {
  const body = { stateMachineArn: arn, traceHeader: 'Root=1-a' };
  expect((await start(body)).answer['traceHeader']).toBe('Root=1-a');
  const both = await send(url, startSync, JSON.stringify(body), { 'x-amzn-trace-id': 'Root=1-b' });
  expect(both.answer['traceHeader']).toBe('Root=1-b');
  expect((await start({})).answer).not.toHaveProperty('traceHeader');
});

it('tells how an execution failed', async () => {
  const { status, answer } = await start({ input: '{"fail":"yes"}' });
  expect(status).toBe(200);
  expect(answer).toMatchObject({ status: 'FAILED', error: 'Asked', cause: 'for' });
});

const constraint = 'failed to satisfy constraint: Member must';
it.each([
  ['name', 'x'.repeat(81), `${constraint} have length less than or equal to 80`],
  ['name', '', `${constraint} have length greater than or equal to 1`],
  ['stateMachineArn', null, `Value null at 'stateMachineArn' ${constraint} not be null`],
  ['stateMachineArn', `${arn}${'x'.repeat(256)}`, 'less than or equal to 256'],
  ['includedData', 'SOME', `${constraint} satisfy enum value set: [ALL_DATA, METADATA_ONLY]`],
  ['traceHeader', 'é', `${constraint} satisfy regular expression pattern: \\p{ASCII}*`],
  ['traceHeader', 'x'.repeat(257), 'less than or equal to 256'],
  ['input', `"${'é'.repeat(131_072)}"`, `Value at 'input' ${constraint} have length less`],
])('refuses %s outside its constraint', async (member, value, message) => {
  const refused = await start({ [member]: value });
  expect(refused).toMatchObject({ status: 400, name: 'ValidationException' });
  expect(refused.message).toMatch(/^1 validation error detected: /);
  expect(refused.message).toContain(message);
});

it.each([
  ['name', 'x'],
  ['name', 'x'.repeat(80)],
  ['name', '\u{1f600}'.repeat(80)],
  ['traceHeader', ''],
  ['traceHeader', '~'.repeat(256)],
  ['input', `"${'é'.repeat(131_071)}"`],
])('takes a %s at the limit of its constraint', async (member, value) => {
  expect((await start({ [member]: value })).status).toBe(200);
});

it('tells every constraint that is not met', async () => {
  const refused = await start({ name: '', includedData: '' });
  expect(refused.message).toMatch(/^2 validation errors detected: .*'name'.*; .*'includedData'/);
});

it.each(['a b', 'a/b', 'a\u0000', 'ä#', '{}'])('refuses the name %j', async (name) => {
  expect(await start({ name })).toMatchObject({
    status: 400,
    name: 'InvalidName',
    message: `Invalid Name: '${name}'`,
  });
});

it.each([
  ['that is empty', ''],
  ['that is no JSON', '{'],
  ['with a number above a double', '[1e400]'],
  ['with a long number above a double', `[${'9'.repeat(400)}]`],
  ['with half of a surrogate pair', '{"a":["\\ud83d"]}'],
  ['with half of a surrogate pair in a key', '{"\\udc00":1}'],
  ['that is too deep', '['.repeat(5000) + ']'.repeat(5000)],
])('refuses an input %s', async (_, input) => {
  expect(await start({ input })).toMatchObject({
    status: 400,
    name: 'InvalidExecutionInput',
  });
});

it.each(['"\\ud83d\\ude00"', '[1e308, "1e400"]', 'null', '0', '"text"'])(
  'takes the input %s',
  async (input) => {
    const { answer } = await start({ input });
    expect(JSON.parse(String(answer['output']))).toEqual({ echo: JSON.parse(input) });
  },
);

it.each([
  ['%'],
  ['null'],
  ['[]'],
  ['"text"'],
  ['{"stateMachineArn":1}'],
  ['{"stateMachineArn":{}}'],
  ['{"input":"\\ud83d"}'],
  [`{"name":${'['.repeat(5000)}${']'.repeat(5000)}}`],
  [new Uint8Array([0x7b, 0xff, 0x7d])],
])('refuses the body %#', async (body) => {
  expect(await send(url, startSync, body)).toMatchObject({
    status: 400,
    name: 'SerializationException',
  });
});

it('has an answer to any body, which is never that it failed', async () => {
  const members = fc.record(
    Object.fromEntries(
      [...new Set(Object.values(parameters).flatMap(Object.keys)), 'other'].map((name) => [
        name,
        fc.oneof(
          fc.jsonValue(),
          fc.string({ unit: 'binary' }),
          fc.constantFrom(arn, 'arn:aws:states:us-east-1:000000000000:execution:echo:1'),
        ),
      ]),
    ),
    { requiredKeys: [] },
  );
  const bodies = fc.oneof(
    members.map((value) => Buffer.from(JSON.stringify(value))),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
  );
  const targets = fc
    .constantFrom(...Object.keys(operations))
    .map((operation) => `AWSStepFunctions.${operation}`);
  await fc.assert(
    fc.asyncProperty(targets, bodies, async (target, body) => {
      expect([200, 400, 501]).toContain((await send(url, target, body)).status);
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['arn:aws:states:eu-west-1:000000000000:stateMachine:echo', 'StateMachineDoesNotExist'],
  ['arn:aws:states:us-east-1:111111111111:stateMachine:echo', 'StateMachineDoesNotExist'],
  ['arn:aws-cn:states:us-east-1:000000000000:stateMachine:echo', 'StateMachineDoesNotExist'],
  [`${arn}s`, 'StateMachineDoesNotExist'],
  [`${arn}s:1`, 'StateMachineDoesNotExist'],
  ['echo', 'InvalidArn'],
  ['arn:aws:lambda:us-east-1:000000000000:function:echo', 'InvalidArn'],
  ['arn:aws:states:us-east-1:000000000000:execution:echo:1', 'InvalidArn'],
  ['arn:aws:states:us-east-1:000000000000:stateMachine:', 'InvalidArn'],
  ['arn:aws:states:us-east-1:0:stateMachine:echo', 'InvalidArn'],
  [`${arn}:1:2`, 'InvalidArn'],
  [`${arn}:1`, 'NotImplementedException'],
  [`${arn}:live`, 'NotImplementedException'],
])('refuses the state machine %s with %s', async (stateMachineArn, name) => {
  expect((await start({ stateMachineArn })).name).toBe(name);
  const described = await send(url, describeMachine, JSON.stringify({ stateMachineArn }));
  expect(described.name).toBe(name);
  expect(described.message).toContain(name === 'InvalidArn' ? 'Invalid Arn' : stateMachineArn);
});

it('lists page by page', async () => {
  const found: unknown[] = [];
  let nextToken: unknown;
  do {
    const body = JSON.stringify({ maxResults: 2, nextToken });
    const { answer } = await send(url, listMachines, body);
    const page = answer['stateMachines'] as { name: string }[];
    expect(page.length).toBeLessThanOrEqual(2);
    found.push(...page.map(({ name }) => name));
    nextToken = answer['nextToken'];
  } while (nextToken !== undefined);
  expect(found).toEqual(machineNames);
});

it.each([
  [{ maxResults: 1001 }, 'ValidationException'],
  [{ maxResults: -1 }, 'ValidationException'],
  [{ maxResults: 1.5 }, 'SerializationException'],
  [{ maxResults: '1' }, 'SerializationException'],
  [{ nextToken: '' }, 'ValidationException'],
  [{ nextToken: 'mine' }, 'InvalidToken'],
])('refuses the page %j with %s', async (members, name) => {
  expect(await send(url, listMachines, JSON.stringify(members))).toMatchObject({
    status: 400,
    name,
  });
});

it.each([0, 1000, machineNames.length, null])('lists all at %j a page', async (maxResults) => {
  const { answer } = await send(url, listMachines, JSON.stringify({ maxResults }));
  expect(answer['stateMachines']).toHaveLength(machineNames.length);
  expect(answer).not.toHaveProperty('nextToken');
});

it('refuses by name what it does not do', async () => {
  for (const operation of Object.keys(operations)) {
    const refused = await send(url, `AWSStepFunctions.${operation}`, '{"novelty":1}');
    expect(refused).toMatchObject({ status: 501, name: 'NotImplementedException' });
    expect(refused.message).toContain(`novelty in ${operation}`);
  }
  for (const operation of refusedOperations) {
    const refused = await send(url, `AWSStepFunctions.${operation}`, '{}');
    expect(refused).toMatchObject({ status: 501, name: 'NotImplementedException' });
    expect(refused.message).toContain(operation);
  }
  for (const target of ['AWSStepFunctions.Foo', 'StartSyncExecution', 'AWSStepFunctions.toString'])
    expect(await send(url, target, '{}')).toMatchObject({
      status: 400,
      name: 'UnknownOperationException',
    });
});
