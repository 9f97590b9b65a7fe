import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './errors.ts';
import { didYouMean } from './nearest.ts';

/** A flag as `node:util` parses it, and as help shows it. */
interface Flag {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** The placeholder of its value in help: `--seed <n>`. */
  readonly value?: string;
  readonly description: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** The type of a flag's value after parsing. */
type ValueOf<F extends Flag> = F['type'] extends 'boolean'
  ? boolean
  : F extends { readonly multiple: true }
    ? string[]
    : string;

export interface Parsed<F extends Flags> {
  readonly values: { readonly [Name in keyof F]?: ValueOf<F[Name]> };
  readonly positionals: readonly string[];
}

/**
 * Parses a command's own arguments.
 *
 * @throws {UsageError} for a flag that does not exist, naming the nearest, or one without its value
 */
export function parseArguments<const F extends Flags>(
  flags: F,
  argv: readonly string[],
): Parsed<F> {
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    Object.entries(flags).map(([name, { type, multiple = false }]) => [name, { type, multiple }]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    });
    return { values: values as Parsed<F>['values'], positionals };
  } catch (cause) {
    throw new UsageError(explainMistake(cause, argv, Object.keys(flags)), { cause });
  }
}

function explainMistake(cause: unknown, argv: readonly string[], names: readonly string[]): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const unknown = /'(?<flag>-[^']*)'/.exec(String(cause))?.groups?.['flag'] ?? argv.join(' ');
    const guess = didYouMean(
      unknown,
      names.map((name) => `--${name}`),
    );
    return `Unknown flag ${unknown}.${guess}`;
  }
  if (!(cause instanceof Error)) return String(cause);
  // Node names the flag in its first sentence. A value that begins with a dash might be another flag.
  const ambiguous = /^Option '(?:-\w, )?(?<flag>--[\w-]+)[^']*' argument is ambiguous/.exec(
    cause.message,
  );
  const flag = ambiguous?.groups?.['flag'];
  const value = flag === undefined ? undefined : argv[argv.indexOf(flag) + 1];
  if (flag !== undefined && value !== undefined)
    return `${flag} has no value. One that begins with a dash needs an equals sign: ${flag}=${value}`;
  return cause.message.split('\n')[0] ?? cause.message;
}

/**
 * Returns the one value of each expected argument.
 *
 * @param names what they are called in messages, `['name', 'version']`
 * @throws {UsageError} if one is missing or there are more
 */
export function takeArguments<const Names extends readonly string[]>(
  names: Names,
  positionals: readonly string[],
): { readonly [Index in keyof Names]: string } {
  const missing = names.slice(positionals.length);
  if (missing.length > 0) {
    throw new UsageError(`Missing: ${missing.map((name) => `<${name}>`).join(' ')}`);
  }
  if (positionals.length > names.length) {
    throw new UsageError(`One argument too many: ${positionals[names.length]}`);
  }
  return positionals as unknown as { readonly [Index in keyof Names]: string };
}

/**
 * `NAME=VALUE` pairs of a flag that may be given several times; the last one of a name counts.
 *
 * @throws {UsageError} if one has no `=` or no name
 */
export function parsePairs(flag: string, pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new UsageError(`--${flag} takes name=value, got '${pair}'`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}
