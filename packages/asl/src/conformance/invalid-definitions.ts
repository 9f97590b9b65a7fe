import { only, task } from './row.ts';

/** A definition that must be refused, where the problem lies, and what must be said of it. */
export interface InvalidDefinition {
  readonly title: string;
  readonly definition: unknown;
  readonly path: string;
  readonly message: RegExp;
}

const machine = (
  states: Readonly<Record<string, unknown>>,
  language: 'JSONPath' | 'JSONata' = 'JSONPath',
) => ({ StartAt: Object.keys(states)[0], States: states, QueryLanguage: language });
const jsonata = (state: Readonly<Record<string, unknown>>) => machine(only(state), 'JSONata');
const jsonPath = (state: Readonly<Record<string, unknown>>) => machine(only(state));
const inner = (state: Readonly<Record<string, unknown>>) => ({
  StartAt: 'B',
  States: { B: state },
});

export const invalidDefinitions: readonly InvalidDefinition[] = [
  {
    title: 'a state of JSONPath in a machine of JSONata',
    definition: jsonata({ Type: 'Pass', QueryLanguage: 'JSONPath' }),
    path: '/States/A/QueryLanguage',
    message: /cannot be JSONPath/,
  },
  {
    title: 'credentials without a role',
    definition: jsonata(task({ Credentials: {} })),
    path: '/States/A/Credentials',
    message: /'RoleArn' is required/,
  },
  {
    title: 'an operator of filters that is not done',
    definition: jsonPath({ Type: 'Pass', InputPath: '$.a[?(@.b =~ /x/)]' }),
    path: '/States/A/InputPath',
    message: /not a valid path: expected .* at 9/,
  },
  {
    title: 'no machine at all',
    definition: 'x',
    path: '',
    message: /an object with StartAt and States/,
  },
  {
    title: 'an unknown field',
    definition: jsonPath({ Type: 'Pass', Foo: 1 }),
    path: '/States/A',
    message: /exactly one schema/,
  },
  {
    title: 'a StartAt that is no state',
    definition: { ...jsonPath({ Type: 'Pass' }), StartAt: 'Z' },
    path: '',
    message: /Z/,
  },
  {
    title: 'a state no one goes to',
    definition: machine({ A: { Type: 'Succeed' }, B: { Type: 'Succeed' } }),
    path: '',
    message: /B is not reachable/,
  },
  {
    title: 'Next and End together',
    definition: jsonPath({ Type: 'Pass', Next: 'A' }),
    path: '',
    message: /exactly one of "End", "Next"/,
  },
  {
    title: 'a JSONPath field in a JSONata state',
    definition: jsonata({ Type: 'Pass', InputPath: '$' }),
    path: '/States/A/InputPath',
    message: /belongs to JSONPath/,
  },
  {
    title: 'a JSONata field in a JSONPath state',
    definition: jsonPath({ Type: 'Pass', Output: 1 }),
    path: '/States/A/Output',
    message: /belongs to JSONata/,
  },
  {
    title: 'Result in a JSONata Pass',
    definition: jsonata({ Type: 'Pass', Result: 1 }),
    path: '/States/A/Result',
    message: /belongs to JSONPath/,
  },
  {
    title: 'a path that does not begin with $',
    definition: jsonPath({ Type: 'Pass', InputPath: 'a' }),
    path: '/States/A/InputPath',
    message: /./,
  },
  {
    title: 'a variable in ResultPath',
    definition: jsonPath({ Type: 'Pass', ResultPath: '$v.x' }),
    path: '/States/A/ResultPath',
    message: /./,
  },
  {
    title: 'an unknown intrinsic function',
    definition: jsonPath({ Type: 'Pass', Parameters: { 'x.$': 'States.Nope()' } }),
    path: '/States/A/Parameters/x.$',
    message: /./,
  },
  {
    title: 'an intrinsic function with too many arguments',
    definition: jsonPath({ Type: 'Pass', Parameters: { 'x.$': 'States.UUID(1)' } }),
    path: '/States/A/Parameters/x.$',
    message: /./,
  },
  {
    title: 'two fields of one name in a template',
    definition: jsonPath({ Type: 'Pass', Parameters: { x: 1, 'x.$': '$' } }),
    path: '',
    message: /duplicate field/,
  },
  {
    title: 'JSONata that does not parse',
    definition: jsonata({ Type: 'Pass', Output: { x: '{% a[1,2) %}' } }),
    path: '/States/A/Output/x',
    message: /Expected "\]"/,
  },
  {
    title: 'a name at the top level of an expression',
    definition: jsonata({ Type: 'Pass', Output: '{% price * 2 %}' }),
    path: '/States/A/Output',
    message: /'price' at the top level.*\$states\.input/,
  },
  {
    title: '$ at the top level',
    definition: jsonata({ Type: 'Pass', Output: '{% $.price %}' }),
    path: '/States/A/Output',
    message: /'\$' at the top level/,
  },
  {
    title: '$eval',
    definition: jsonata({ Type: 'Pass', Output: "{% $eval('1') %}" }),
    path: '/States/A/Output',
    message: /\$parse/,
  },
  {
    title: '$states.result where there is none',
    definition: jsonata({ ...task(), Arguments: '{% $states.result.x %}' }),
    path: '/States/A/Arguments',
    message: /\$states\.result is not available/,
  },
  {
    title: '$states.errorOutput outside a Catcher',
    definition: jsonata({ ...task(), Output: '{% $states.errorOutput %}' }),
    path: '/States/A/Output',
    message: /\$states\.errorOutput is not available/,
  },
  {
    title: 'an expression that does not close',
    definition: jsonata({ Type: 'Pass', Output: { x: '{% 1' } }),
    path: '/States/A/Output/x',
    message: /end with "%}"/,
  },
  {
    title: 'a variable named states',
    definition: jsonata({ Type: 'Pass', Assign: { states: 1 } }),
    path: '/States/A/Assign/states',
    message: /reserved/,
  },
  {
    title: 'a part of a variable',
    definition: jsonata({ Type: 'Pass', Assign: { 'x.y': 1 } }),
    path: '/States/A/Assign/x.y',
    message: /identifier/,
  },
  {
    title: 'a variable of an outer scope assigned in an inner one',
    definition: jsonata({
      Type: 'Parallel',
      Assign: { v: 1 },
      Branches: [inner({ Type: 'Pass', Assign: { v: 2 }, End: true })],
    }),
    path: '/States/A/Branches/0/States/B/Assign/v',
    message: /outer scope/,
  },
  {
    title: 'a transition out of a Map',
    definition: machine({
      A: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'B',
          States: {
            B: {
              Type: 'Choice',
              Choices: [{ Variable: '$', IsNull: true, Next: 'C' }],
              Default: 'D',
            },
            D: { Type: 'Succeed' },
          },
        },
        Next: 'C',
      },
      C: { Type: 'Succeed' },
    }),
    path: '/States/A/ItemProcessor/States/B/Choices/0/Next',
    message: /no state "C" here/,
  },
  {
    title: 'States.ALL with other names',
    definition: jsonPath(task({ Retry: [{ ErrorEquals: ['E', 'States.ALL'] }] })),
    path: '/States/A/Retry/0/ErrorEquals',
    message: /alone/,
  },
  {
    title: 'States.ALL before another Retrier',
    definition: jsonPath(
      task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] }),
    ),
    path: '/States/A/Retry/0/ErrorEquals',
    message: /last/,
  },
  {
    title: 'a BackoffRate below 1',
    definition: jsonPath(task({ Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] })),
    path: '/States/A/Retry/0/BackoffRate',
    message: /./,
  },
  {
    title: 'an unknown JitterStrategy',
    definition: jsonPath(task({ Retry: [{ ErrorEquals: ['E'], JitterStrategy: 'SOME' }] })),
    path: '/States/A/Retry/0/JitterStrategy',
    message: /FULL or NONE/,
  },
  {
    title: 'a heartbeat longer than the timeout',
    definition: jsonPath(task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 })),
    path: '/States/A/HeartbeatSeconds',
    message: /smaller/,
  },
  {
    title: 'a token without substitution',
    definition: jsonPath({ Type: 'Task', Resource: ['$', '{nope}'].join('') }),
    path: '/States/A/Resource',
    message: /No substitution.*nope/,
  },
  {
    title: 'a resource that is no ARN',
    definition: jsonPath({ Type: 'Task', Resource: 'nothing' }),
    path: '/States/A/Resource',
    message: /./,
  },
  {
    title: 'waiting for a task token',
    definition: jsonPath({
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    }),
    path: '/States/A/Resource',
    message: /waitForTaskToken/,
  },
];
