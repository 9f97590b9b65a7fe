import { parseRequest } from '@chorus/predictions';
import type { Handler } from '@chorus/runtime/bootstrap';
import { parseQueueEvent } from '@chorus/runtime/queue-function';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import { chanceOf } from './chance.ts';
import { seed } from './env.ts';

/** Longest time from the begin of an event until the process is killed, in milliseconds. */
const longestMs = 60;

/** Kills this process soon at a chance of one in twenty, by the inputs of the messages and how often they came. */
function maybeKill(event: unknown): void {
  const which = parseQueueEvent(event).flatMap(({ body, receives }) => [
    JSON.stringify(parseRequest(body).input),
    String(receives),
  ]);
  const of = seed() ?? '';
  if (chanceOf(of, ...which, 'killed') >= 0.05) return;
  const kill = () => process.kill(process.pid, 'SIGKILL');
  setTimeout(kill, chanceOf(of, ...which, 'when') * longestMs);
}

/** A consumer of requests whose process may be killed at any moment of its work. */
export function mayBeKilled(handle: Handler): Handler {
  return async (event, context) => {
    if (!isReadyEvent(event)) maybeKill(event);
    return handle(event, context);
  };
}
