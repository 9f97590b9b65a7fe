import { enableCompileCache } from 'node:module';
import { processVariables } from './env.ts';

// Halves the start: stripping types takes longer than anything else that is done for `chorus help`.
enableCompileCache();
const { run } = await import('./run.ts');

const { argv, stdin, stdout, stderr } = process;

// `chorus … | head` closes the pipe early: that is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

/** Takes over SIGINT and SIGTERM once each; the second one ends the process as ever. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

const env = processVariables();
process.exitCode = await run(argv.slice(2), { stdin, stdout, stderr, env, interruption });
