import { type BadRequest, badRequests } from './index.ts';
import { type Reply, send } from './send.ts';
import type { Targets } from './targets.ts';

export interface RunOptions {
  readonly targets: Targets;
  readonly ports: Readonly<Record<BadRequest['to'], number>>;
  readonly seed: number;
  readonly count: number;
  /** Requests on their way at once. */
  readonly atOnce: number;
  /** Called now and then, and in the end: asks what is right, and throws when the answer is not. */
  askRightly(): Promise<void>;
}

/** The outcome of all requests. */
export interface Report {
  /** How many answers had which status; 0: the connection was closed without one. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Requests that should not have been answered so. */
  readonly faults: readonly string[];
}

/** Answers of 500 and above that are right, because the caller asked for them by name. */
const explained: readonly (readonly [status: number, by: RegExp])[] = [
  [501, /not (?:supported|implemented)|NotImplemented|has no service|does not (?:do|implement)/i],
  // The caller's own deadline, of a microsecond or so.
  [503, /deadline|took too long|States\.Timeout/],
  [504, /deadline|took too long/],
];

/** Signs of the program's inside, which no answer may show. */
const stackTrace =
  /\n\s+at \S+|\\n\s+at \S+|node:internal|file:\/\/\/work|\.ts:\d+|Maximum call stack|\b(?:Range|Type|Reference|Syntax|URI)Error\b/;

function faultOf({ what, bytes, hangsUp = false }: BadRequest, reply: Reply): string | undefined {
  const { statuses, text, isMissing } = reply;
  const shown = `${what} -> ${text.slice(0, 600)} (${JSON.stringify(bytes.toString('latin1').slice(0, 1200))})`;
  if (isMissing && !hangsUp) return `no answer: ${shown}`;
  const isExplained = (status: number): boolean =>
    explained.some(([known, by]) => known === status && by.test(text));
  if (statuses.some((status) => status >= 500 && !isExplained(status))) return shown;
  // Lambda hands on what a function threw, its stack too.
  const isOfFunction = /^x-amz-function-error: /im.test(text);
  return stackTrace.test(text) && !isOfFunction ? `shows the inside: ${shown}` : undefined;
}

/** Sends bad requests, some at once, and right ones between them. */
export async function runBadRequests(options: RunOptions): Promise<Report> {
  const { targets, ports, seed, count, atOnce, askRightly } = options;
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  const requests = badRequests(targets, seed, count);
  let sent = 0;
  const sendNext = async (): Promise<void> => {
    for (const request of requests) {
      sent += 1;
      if (sent % 50 === 0) await askRightly();
      const reply = await send(ports[request.to], request);
      for (const status of reply.statuses.length === 0 ? [0] : reply.statuses)
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const fault = request.to === 'cloud' ? faultOf(request, reply) : undefined;
      if (fault !== undefined) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sendNext));
  await askRightly();
  return { statuses, faults };
}
