import { parseArgs } from 'node:util';
import { UsageError } from './errors.ts';

/** The command line's arguments. */
export interface Arguments {
  /** Benchmarks to run. */
  readonly names: readonly string[];
  /** Few rounds: whether it works, not what it measures. Nothing is written. */
  readonly quick: boolean;
  /** One JSON document on standard output instead of tables. */
  readonly json: boolean;
}

/**
 * Reads the command line.
 *
 * @param known every benchmark's name
 * @param usual those that run when none is named
 * @throws {UsageError} for a flag or a benchmark that does not exist
 */
export function readArguments(
  argv: readonly string[],
  known: readonly string[],
  usual: readonly string[],
): Arguments {
  const usage = `pnpm bench [${known.join('|')}]… [--quick] [--json]`;
  const options = { quick: { type: 'boolean' }, json: { type: 'boolean' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const unknown = positionals.filter((name) => !known.includes(name));
    if (unknown.length > 0) throw new UsageError(`no benchmark ${unknown.join(', ')}; ${usage}`);
    return {
      names: positionals.length > 0 ? positionals : usual,
      quick: values.quick ?? false,
      json: values.json ?? false,
    };
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}; ${usage}`, { cause });
  }
}
