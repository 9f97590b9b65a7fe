import type { Settings } from './env.ts';
import { CliError, UsageError } from './errors.ts';
import { type HttpApi, post } from './http-api.ts';
import { didYouMean } from './nearest.ts';
import { signer } from './signer.ts';
import { findTarget } from './target.ts';

/** The function, table or queue that a fault is on. */
export interface FaultTarget {
  readonly kind: string;
  readonly name: string;
}

/** A fault that runs or has ended, as the local cloud tells it. */
export interface Fault {
  readonly fault: string;
  readonly target: FaultTarget;
  /** Above 0, at most 1. */
  readonly share: number;
  readonly forMs: number;
  readonly byMs?: number;
  readonly seed: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endsAt: string;
  readonly ended?: string;
  readonly seen: number;
  readonly hit: number;
}

/** The faults that the local cloud reports. */
export interface Faults {
  readonly targets: readonly FaultTarget[];
  readonly running: readonly Fault[];
  /** The latest first. */
  readonly ended: readonly Fault[];
}

/** Asks the local cloud about its faults. */
export interface ChaosCloud {
  list(): Promise<Faults>;
  /** @throws {CliError} what the cloud refuses it for */
  start(order: object): Promise<Fault>;
  stop(target?: FaultTarget): Promise<readonly Fault[]>;
}

/** @throws {CliError} if it did not succeed */
async function ask<Of>(api: HttpApi, path: string, body: object): Promise<Of> {
  const { status, json } = await post(api, path, body);
  const answer: Record<string, unknown> = Object(json);
  // Of Chorus's own answers none is without one of them.
  if (status === 200 && ['running', 'fault', 'ended'].some((name) => name in answer))
    return answer as Of;
  const { error, message } = answer;
  throw new CliError(
    String(error ?? message ?? `${status}: ${api.url} is no local cloud that has faults`),
  );
}

/**
 * Finds the local cloud.
 *
 * @throws {CliError} if none runs
 */
export async function findChaosCloud(settings: Settings): Promise<ChaosCloud> {
  const { client, apiUrl } = await findTarget(settings);
  const { LambdaClient } = await import('@aws-sdk/client-lambda');
  const admit = await signer(new LambdaClient(client).config, 'chorus');
  const api: HttpApi = { url: apiUrl ?? '', admit };
  return {
    list: () => ask(api, '/chaos/list', {}),
    start: (order) => ask(api, '/chaos/start', order),
    async stop(target) {
      const { ended } = await ask<Pick<Faults, 'ended'>>(
        api,
        '/chaos/stop',
        target ? { target } : {},
      );
      return ended;
    },
  };
}

const withKind = ({ kind, name }: FaultTarget): string => `${kind}:${name}`;

/** Returns how a target is written: with its kind where the name alone would be of several. */
export function targetText(target: FaultTarget): string {
  return target.kind === 'function' ? target.name : withKind(target);
}

/**
 * Returns what a word of the command line names: `svr`, `table:reviews`.
 *
 * @throws {UsageError} if it names nothing, or several things
 */
export function findFaultTarget(word: string, targets: readonly FaultTarget[]): FaultTarget {
  const found = targets.filter((each) => each.name === word || withKind(each) === word);
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined)
    throw new UsageError(`${word} is several: say ${found.map(withKind).join(' or ')}`);
  const names = targets.flatMap((each) => [each.name, withKind(each)]);
  throw new UsageError(
    `There is no '${word}' that may have a fault, only: ${targets.map(targetText).join(', ')}.${didYouMean(word, names)}`,
  );
}
