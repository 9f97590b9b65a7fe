import { BlueprintError } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preview } from '../stages.ts';
import { OptionError } from './errors.ts';
import { narrow } from './narrow.ts';
import type { StageOptions } from './options.ts';
import { type Assembly, cleanUp, ofType, synthesise } from './testing/assembly.ts';
import { methods } from './testing/methods.ts';

afterAll(cleanUp);

const region = 'us-east-1';
const models = blueprint.functions.filter(({ kind }) => kind === 'model');

/** Returns the resources of a type in any template. */
function all(assembly: Assembly, type: RegExp): readonly string[] {
  return assembly
    .names()
    .filter((name) => name.endsWith('.template.json'))
    .flatMap((file) => [...(assembly.file(file) ?? '').matchAll(/"Type":\s*"(AWS::[\w:]+)"/g)])
    .flatMap(([, found = '']) => (type.test(found) ? [found] : []));
}

/** Properties of a function, by its name in the blueprint. */
const functionOf = (assembly: Assembly, name: string) =>
  ofType(assembly.resources('Models'), 'AWS::Lambda::Function').find(
    ([, { Properties }]) => Properties['FunctionName'] === `chorus-${name}`,
  )?.[1].Properties;

describe('a stage of the workflow house-price alone', () => {
  let deployed: Assembly;
  beforeAll(() => {
    deployed = synthesise({ workflows: ['house-price'] });
  });

  it('has its models and the gateway, and none of what photos need', () => {
    const names = ofType(deployed.resources('Models'), 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties['FunctionName'],
    );
    const asked = blueprint.workflows[0]?.functions.map(({ name }) => `chorus-${name}`) ?? [];
    // Those behind the routes, those that answer later, and those that train its models again.
    const others = [
      ...['bury-prediction', 'call-webhook', 'count-drift', 'gateway'],
      ...['read-prediction', 'run-workflow'],
      ...['evaluate-models', 'prepare-data', 'record-run', 'release', 'train'],
    ];
    expect(names.sort()).toEqual([...asked, ...others.map((name) => `chorus-${name}`)].sort());
    expect(Object.keys(methods(deployed.resources('Api'))).sort()).toEqual([
      'ANY /openapi.json',
      'ANY /v2',
      'ANY /v2/{proxy+}',
      'GET /predictions/{id}',
      'POST /predict/house-price',
      'POST /predict/{model}',
    ]);
    expect(all(deployed, /::(?:RDS|ElastiCache|EC2)::/)).toEqual([]);
    // Of models, of what was read of it, of files of rows, and of rows to train on.
    expect(all(deployed, /::S3::Bucket$/)).toHaveLength(4);
    // Of the workflow, of what is tried of it, and of what is a part of how it is answered.
    const { machines = [] } = narrow(blueprint, { region, workflows: ['house-price'] });
    expect(all(deployed, /::StateMachine$/)).toHaveLength(2 + machines.length);
  });

  it('tells the gateway of no workflow, model or bucket that is not there', () => {
    const { Variables } = Object(functionOf(deployed, 'gateway')?.['Environment']);
    expect(Object.keys(Variables).sort()).toEqual([
      'MODEL_FUNCTIONS',
      'REQUESTS_TABLE',
      'WORKFLOW_ARNS',
    ]);
    expect(JSON.stringify(Variables)).not.toMatch(/animal|image-classifier/);
  });
});

describe('a stage whose models are asked by messages', () => {
  const workflows = ['house-price'];
  const whole = narrow(blueprint, { region, workflows });
  const fanned = narrow(blueprint, { region, workflows, fanOut: true });
  const asked = blueprint.workflows[0]?.functions.map(({ name }) => name) ?? [];
  const names = (all: readonly { readonly name: string }[] = []) => all.map(({ name }) => name);

  it('has a queue for each of them, and every other stage has none', () => {
    const queues = names(fanned.queues).filter((name) => !names(whole.queues).includes(name));
    expect(queues).toEqual(asked.map((name) => `ask-${name}`));
    expect(names(fanned.topics)).toEqual([...names(whole.topics), 'house-price-questions']);
    expect(names(fanned.machines).filter((name) => !names(whole.machines).includes(name))).toEqual([
      'house-price-finish',
    ]);
    const accept = ({ machines }: typeof whole) =>
      JSON.stringify(machines?.find(({ name }) => name === 'house-price-accept'));
    expect(accept(fanned)).toContain('HOUSE_PRICE_QUESTIONS_TOPIC');
    expect(accept(whole)).not.toContain('QUESTIONS');
  });

  it('lets each model take its own messages, gather answers, start what follows, and nothing else', () => {
    const deployed = synthesise({ workflows, fanOut: true });
    const mappings = ofType(deployed.resources('Triggers'), 'AWS::Lambda::EventSourceMapping');
    // Those of the models, and of the requests that are run as a whole.
    expect(mappings).toHaveLength(1 + asked.length);
    for (const name of asked) {
      const [, role] =
        ofType(deployed.resources('Models'), 'AWS::IAM::Role').find(
          ([, { Properties }]) => Properties['Description'] === `Of the function chorus-${name}`,
        ) ?? [];
      const text = JSON.stringify(role?.Properties['Policies']);
      const actions = [
        ...text.matchAll(/"(?<action>(?:dynamodb|sqs|sns|states|events|lambda):\w+)"/g),
      ];
      expect([...new Set(actions.map(({ groups }) => groups?.['action']))].sort()).toEqual([
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'events:PutEvents',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
        'states:StartSyncExecution',
      ]);
      for (const other of asked.filter((each) => each !== name))
        expect(text).not.toContain(`chorus-ask-${other}`);
      expect(text).toContain('stateMachine:chorus-house-price-finish');
    }
  });
});

it('a function that the stage names outlives the workflow that asked it, for as long as it is named', () => {
  const going = { locate: {}, features: { concurrency: 5 } };
  const part = narrow(blueprint, { region, workflows: ['house-price'], functions: going });
  const names = part.functions.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['locate', 'features']));
  expect(names).not.toContain('image-classifier');
  expect(part.featureStore).toEqual(blueprint.featureStore);
  expect(part.buckets.map(({ name }) => name)).toContain('uploads');
});

it('a stage of no workflow has the gateway and nothing that is empty', () => {
  const deployed = synthesise({ workflows: [] });
  for (const file of deployed.names().filter((name) => name.endsWith('.template.json')))
    expect([file, JSON.parse(deployed.file(file) ?? '{}').Resources]).not.toEqual([file, {}]);
  expect(all(deployed, /::StateMachine$/)).toEqual([]);
  expect(all(deployed, /::Lambda::Function$/)).toHaveLength(1);
});

it.each<[string, Partial<StageOptions>]>([
  ['without a feature store', { featureStore: false }],
  ['for a pull request', preview],
])('a stage %s has no network; who asks for one runs without, and knows of none', (_, options) => {
  const deployed = synthesise(options);
  expect(all(deployed, /::(?:RDS|ElastiCache|EC2|SSM)::/)).toEqual([]);
  const features = functionOf(deployed, 'features');
  expect(features).toBeDefined();
  expect(features).not.toHaveProperty('VpcConfig');
  expect(features).not.toHaveProperty('Environment');
  expect(Object.keys(methods(deployed.resources('Api')))).toHaveLength(blueprint.routes.length);
  expect(deployed.template('Foundation')['Outputs']).not.toHaveProperty('DatabaseArn');
});

describe('the sizes that a stage gives to functions', () => {
  it('are theirs, and others keep those of the service', () => {
    const functions = {
      svr: { memoryMb: 3008, concurrency: 4, keepWarmMinutes: 5 },
    };
    const deployed = synthesise({ functions });
    expect(functionOf(deployed, 'svr')).toMatchObject({
      MemorySize: 3008,
      ReservedConcurrentExecutions: 4,
    });
    expect(functionOf(deployed, 'random-forest')?.['MemorySize']).toBe(models[1]?.memoryMb);
    // Beside those of the rows to train on, of models that drift and of webhooks.
    expect(all(deployed, /::Events::Rule$/)).toHaveLength(4);
  });

  it('are in the functions that workflows ask, too', () => {
    const part = narrow(blueprint, { region, functions: { svr: { memoryMb: 3008 } } });
    const asked = part.workflows.flatMap(({ functions }) => functions);
    expect(asked.filter((each) => !part.functions.includes(each))).toEqual([]);
    expect(asked.find(({ name }) => name === 'svr')?.memoryMb).toBe(3008);
  });

  it.each<[Partial<StageOptions>, string]>([
    [{ functions: { svm: { memoryMb: 512 } } }, 'functions.svm: the service has no such function'],
    [
      { functions: { svr: { provisionedConcurrency: 6 } } },
      'svr: provisionedConcurrency 6 is more than half of its concurrency 10',
    ],
    [
      { functions: { svr: { snapStart: true, provisionedConcurrency: 1 } } },
      'svr: Lambda does not offer snapStart together with provisionedConcurrency',
    ],
    [
      { functions: { features: { concurrency: 40 } } },
      'features: 40 environments with 1 connection each are 40',
    ],
  ])('are refused where they contradict each other: %j', (options, message) => {
    expect(() => synthesise(options)).toThrow(OptionError);
    expect(() => synthesise(options)).toThrow(message);
  });
});

it('a workflow that the service has not is refused by name', () => {
  const refused = () => narrow(blueprint, { region, workflows: ['weather'] });
  expect(refused).toThrow(BlueprintError);
  expect(refused).toThrow('there is no workflow weather; the service has house-price, animal');
});
