import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { blueprint } from '@chorus/blueprint';
import { withAwsTools } from './aws-tools.ts';
import { deploy, pinVersions, release } from './deployment.ts';
import { processVariables, readVersions } from './env.ts';

// `pnpm run deploy [--stage staging] [--pin | --assembly cdk.out] [-- more for cdk deploy]`.
const { values, positionals } = parseArgs({
  options: {
    stage: { type: 'string', default: 'production' },
    pin: { type: 'boolean', default: false },
    assembly: { type: 'string' },
  },
  allowPositionals: true,
});
const { stage, assembly } = values;
const models = blueprint.functions.flatMap(({ kind, name }) => (kind === 'model' ? [name] : []));
const variables = processVariables();

await withAwsTools(stage, models, variables, async (tools) => {
  const deployment = {
    tools,
    blueprint,
    root: join(import.meta.dirname, '../..'),
    stage,
    asked: readVersions(variables, stage, models),
    parameters: positionals,
  };
  if (assembly !== undefined) return release(deployment, assembly);
  if (!values.pin) return deploy(deployment);
  // For $GITHUB_ENV, or `export`.
  for (const [name, value] of Object.entries(await pinVersions(deployment)))
    process.stdout.write(`${name}=${value}\n`);
});
