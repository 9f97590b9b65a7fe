import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** The services of IAM, by the SDK's clients. */
const services: Readonly<Record<string, string>> = {
  'api-gateway': 'apigateway',
  cloudformation: 'cloudformation',
  'cloudwatch-logs': 'logs',
  codedeploy: 'codedeploy',
  dynamodb: 'dynamodb',
  ec2: 'ec2',
  ecr: 'ecr',
  eventbridge: 'events',
  lambda: 'lambda',
  rds: 'rds',
  'rds-data': 'rds-data',
  s3: 's3',
  sfn: 'states',
  sns: 'sns',
  sqs: 'sqs',
  'service-quotas': 'servicequotas',
  ssm: 'ssm',
  sts: 'sts',
};

/** Actions that are not named as the commands are. */
const renamed: Readonly<Record<string, readonly string[]>> = {
  'lambda:Invoke': ['lambda:InvokeFunction'],
  'sqs:DeleteMessageBatch': ['sqs:DeleteMessage'],
  's3:HeadObject': ['s3:GetObject'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  's3:ListObjectVersions': ['s3:ListBucketVersions'],
  's3:DeleteObjects': ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  's3:HeadBucket': ['s3:ListBucket'],
  's3:CopyObject': ['s3:GetObject', 's3:PutObject'],
  // The caller reads the administrator's secret with it.
  'rds-data:ExecuteStatement': ['rds-data:ExecuteStatement', 'secretsmanager:GetSecretValue'],
};

function actionsOf(client: string, command: string): readonly string[] {
  const service = services[client];
  if (service === undefined)
    throw new Error(`${client} has no service of IAM in ${import.meta.url}`);
  if (service === 'apigateway') return [`apigateway:${/^Get/.test(command) ? 'GET' : 'PATCH'}`];
  const action = `${service}:${command}`;
  return renamed[action] ?? [action];
}

/** The imports of a module that are there when it runs. */
const imports =
  /(?:import|export)\s+(?!type\b)[^;'"]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|import\s+'([^']+)'/g;
const clientImport = /import\s*\{([^}]*)\}\s*from\s*'@aws-sdk\/(?:client-([\w-]+)|rds-signer)'/g;

/**
 * What the image of each model has, and its process loads with the first message of a queue. Whether there is a queue is the
 * stage's to say, so that an image is the same in all of them.
 */
const ofMessages = 'packages/runtime/src/questions/question-handler.ts';

function resolveImport(from: string, name: string): string | undefined {
  if (name.startsWith('.')) return resolve(dirname(from), name);
  if (!name.startsWith('@chorus/')) return undefined;
  return createRequire(from).resolve(name);
}

/**
 * Returns the actions that code may call, by the SDK's commands that it makes: of a module, and of all of this workspace that
 * it imports.
 *
 * @param entry the module, absolute
 * @param takesMessages whether it is given the messages of a queue; what a model loads for them is left out otherwise, unless it
 * is there from the start
 */
export function callsOf(entry: string, takesMessages: boolean): readonly string[] {
  const actions = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !file.endsWith('.ts') || !existsSync(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, , client] of text.matchAll(clientImport))
      for (const [, command] of client === undefined ? [] : text.matchAll(/new (\w+)Command\(/g))
        if (command !== undefined && importsName(text, client ?? '', `${command}Command`))
          for (const action of actionsOf(client ?? '', command)) actions.add(action);
    for (const [, , client] of text.matchAll(clientImport))
      for (const [, command] of client === undefined ? [] : text.matchAll(/\bpaginate(\w+)\(/g))
        if (command !== undefined && importsName(text, client ?? '', `paginate${command}`))
          for (const action of actionsOf(client ?? '', command)) actions.add(action);
    if (text.includes('@aws-sdk/rds-signer')) actions.add('rds-db:connect');
    for (const [, fromStart, later, forEffect] of text.matchAll(imports)) {
      const name = fromStart ?? later ?? forEffect;
      const next = name === undefined ? undefined : resolveImport(file, name);
      const isNeeded = takesMessages || later === undefined || !next?.endsWith(ofMessages);
      if (next !== undefined && isNeeded) visit(next);
    }
  };
  visit(entry);
  return [...actions].sort();
}

/** Whether a module takes a name from this client, and not from another one. */
function importsName(text: string, client: string, name: string): boolean {
  return [...text.matchAll(clientImport)].some(
    ([, names, from]) => from === client && new RegExp(`\\b${name}\\b`).test(names ?? ''),
  );
}

/** Returns the entry point of a function's package. */
export function entryOf(root: string, source: string): string {
  return join(root, source, 'src/main.ts');
}
