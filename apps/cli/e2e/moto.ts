/**
 * Runs the commands about a deployed stage against moto, an AWS that others wrote: `node apps/cli/e2e/moto.ts`. It needs
 * `moto_server` of `.ci/moto.txt`. Moto has no containers here, so what functions answer is told by this program; buckets,
 * versions, aliases, stacks and keys are moto's own.
 */

import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  GetApiKeysCommand,
} from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { blueprint } from '@chorus/service';
import { answerOfVersion } from '../src/testing/fake-lambda.ts';
import { freePort, listen, runChorus, until } from './programs.ts';

const stage = 'staging';
const bucket = 'chorus-staging-models-123456789012-us-east-1';
const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
const model = 'random-forest';

const motoPort = await freePort();
const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(motoPort)], { stdio: 'ignore' });
const ended = new Promise<never>((_, reject) => {
  moto.once('error', reject).once('exit', () => reject(new Error('moto_server ended')));
});
ended.catch(() => undefined);

/** Hands a request on to moto as it is. */
function forward(incoming: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request({ port: motoPort, host: '127.0.0.1', method, path: url, headers });
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', (error) => response.destroy(error));
  onward.end(body);
}

/** Answers an invocation as the model's version would that moto has there. */
async function invoke(url: URL, lambda: LambdaClient, response: ServerResponse): Promise<void> {
  const [, , , FunctionName = ''] = url.pathname.split('/');
  const Qualifier = url.searchParams.get('Qualifier') ?? '$LATEST';
  const { Environment, Version = '' } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName, Qualifier }),
  );
  const [, , version] = (Environment?.Variables?.['MODEL_KEY'] ?? '').split('/');
  response.setHeader('x-amz-executed-version', Version);
  response.end(JSON.stringify(answerOfVersion(version)));
}

const asked: string[] = [];
const answer = {
  predictions: [{ [model]: 24.5, ensemble: 24.5 }],
  models: { [model]: { version: 'v2', durationMs: 0.5, coldStart: false, attempts: 1 } },
  failed: {},
  requestId: 'r-1',
};
const server = createServer(async (incoming, response) => {
  const url = new URL(incoming.url ?? '/', 'http://here');
  const body = await buffer(incoming);
  if (url.pathname.startsWith('/live/predict/')) {
    asked.push(String(incoming.headers['x-api-key']));
    response.end(JSON.stringify(answer));
  } else if (url.pathname.endsWith('/invocations')) await invoke(url, lambda, response);
  else forward(incoming, body, response);
});
const endpoint = await listen(server);
const client = { endpoint, region: 'us-east-1', credentials };
const lambda = new LambdaClient(client);
const gateway = new APIGatewayClient(client);

/** Makes what a deployment of the stage leaves behind. */
async function deployStage(): Promise<void> {
  // Moto's CloudFormation does not know keys.
  const { id } = await gateway.send(new CreateApiKeyCommand({ name: 'key', enabled: true }));
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'model',
          AssumeRolePolicyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'lambda.amazonaws.com' },
                Action: 'sts:AssumeRole',
              },
            ],
          },
        },
      },
    },
    Outputs: {
      ApiUrl: { Value: `${endpoint}/live/` },
      KeyId: { Value: id },
      Access: { Value: 'api-key' },
    },
  };
  await new CloudFormationClient(client).send(
    new CreateStackCommand({
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      StackName: `chorus-${stage}-serving`,
      TemplateBody: JSON.stringify(template),
    }),
  );
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const { name, kind } of blueprint.functions) {
    if (kind !== 'model') continue;
    const FunctionName = `chorus-${stage}-${name}`;
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: 'arn:aws:iam::123456789012:role/model',
        Code: { ZipFile: Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64') },
        Handler: 'main',
        Runtime: 'nodejs22.x',
        Environment: { Variables: { MODEL_BUCKET: bucket } },
      }),
    );
    const { Version: FunctionVersion } = await lambda.send(
      new PublishVersionCommand({ FunctionName }),
    );
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion }));
  }
}

const failures: string[] = [];
function check(what: string, isSo: boolean): void {
  console.log(`${isSo ? 'ok    ' : 'FAILED'} ${what}`);
  if (!isSo) failures.push(what);
}

/** Runs a command for the stage. */
async function chorus(argv: readonly string[], code = 0): Promise<string> {
  const variables = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const ran = await runChorus([...argv, '--aws', '--stage', stage], variables);
  check(`chorus ${argv.join(' ')}`, ran.code === code);
  if (ran.code !== code) console.log(ran.stdout, ran.stderr);
  return ran.stdout;
}

/** Returns the number of the function's version that answers. */
async function liveVersion(): Promise<string | undefined> {
  const { FunctionVersion } = await lambda.send(
    new GetAliasCommand({ FunctionName: `chorus-${stage}-${model}`, Name: 'live' }),
  );
  return FunctionVersion;
}

try {
  await Promise.race([until(() => fetch(`http://127.0.0.1:${motoPort}/moto-api/`)), ended]);
  await deployStage();
  await chorus(['models', 'train', model, '--set', 'trees=2']);
  await chorus(['models', 'train', model, '--set', 'trees=3']);
  const listed = await chorus(['models', 'list']);
  check(
    'both versions are listed',
    ['v1', 'v2'].every((version) => listed.includes(version)),
  );
  await chorus(['models', 'swap', model, 'v1']);
  const first = await liveVersion();
  await chorus(['models', 'promote', model, 'v2', '--shadow', '0s', '--canary', '0%']);
  check('the alias moved', (await liveVersion()) !== first);
  await chorus(['models', 'rollback', model]);
  check('the alias is back', (await liveVersion()) === first);
  await chorus(['models', 'swap', model, 'v9'], 1);
  await chorus(['predict', 'house-price']);
  const { items } = await gateway.send(new GetApiKeysCommand({ includeValues: true }));
  const [key] = items ?? [];
  check('predict sent the key of the stage', key?.value !== undefined && asked[0] === key.value);
} finally {
  server.close();
  server.closeAllConnections();
  moto.removeAllListeners().kill();
}
if (failures.length > 0) process.exitCode = 1;
