import { BenchError } from './errors.ts';
import { run } from './run.ts';

const { stdout, stderr, argv } = process;

/** On a terminal a line that the next one overwrites, else a line each. */
function progress(line: string): void {
  if (stderr.isTTY) stderr.write(`\r\u001b[K${line}`);
  else if (line !== '') stderr.write(`${line}\n`);
}

try {
  await run(argv.slice(2), { out: (text) => stdout.write(text), progress });
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
