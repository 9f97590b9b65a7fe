import { spawn } from 'node:child_process';
import { blueprint } from '@chorus/service';
import { preview, stages } from '../stages.ts';
import { bundleTasks } from './architecture.ts';

/** SageMaker trains on x86, whatever the processor of the functions. */
const trainedOnX86 = (blueprint.jobs ?? []).flatMap(({ sageMaker }) =>
  sageMaker === undefined ? [] : [{ architecture: 'x64' as const }],
);

/** `pnpm bundle`: pages, and the functions for the processors of every stage; options are passed on to Turborepo. */
const tasks = bundleTasks(
  [...blueprint.functions, ...trainedOnX86],
  [...Object.values(stages), preview],
);
const turbo = spawn('turbo', ['run', ...tasks, ...process.argv.slice(2)], { stdio: 'inherit' });
turbo.on('error', ({ message }) => {
  console.error(`Turborepo does not start (${message}). Run it as: npx -y pnpm@12 bundle`);
  process.exitCode = 1;
});
turbo.on('close', (code) => {
  process.exitCode = code ?? 1;
});
