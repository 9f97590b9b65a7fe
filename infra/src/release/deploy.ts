import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultStage } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { processVariables, readVersions } from '../env.ts';
import { withAwsTools } from './aws-tools.ts';
import { deploy, pinVersions, release } from './deployment.ts';

// `pnpm run deploy [--stage staging] [--pin | --assembly cdk.out] [-- more for cdk deploy]`.
const models = blueprint.functions.flatMap(({ kind, name }) => (kind === 'model' ? [name] : []));
const variables = processVariables();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      stage: { type: 'string', default: defaultStage },
      pin: { type: 'boolean', default: false },
      assembly: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { stage, assembly, pin } = values;
  await withAwsTools(stage, models, variables, async (tools) => {
    const deployment = {
      tools,
      blueprint,
      root: join(import.meta.dirname, '../../..'),
      stage,
      asked: readVersions(variables, stage, models),
      parameters: positionals,
    };
    if (assembly !== undefined) return release(deployment, assembly);
    if (!pin) return deploy(deployment);
    // For $GITHUB_ENV, or `export`.
    for (const [name, value] of Object.entries(await pinVersions(deployment)))
      process.stdout.write(`${name}=${value}\n`);
  });
}

try {
  await main();
} catch (error) {
  // What went wrong is for a person to read; where in this program it did is not.
  console.error(`deploy: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
