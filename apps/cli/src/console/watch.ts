import type { Command } from '../command.ts';
import type { EventStream } from './event-stream.ts';
import type { Run, Runs } from './runs.ts';

/** Pause between two runs of a command that a page watches, in milliseconds. */
const pauseMs = 2000;

/** Returns a run once it has ended. */
function ended(runs: Runs, started: Run): Promise<Run> {
  return new Promise((resolve) => {
    const stop = runs.follow(started.id, (run) => {
      if (run.exitCode === undefined) return;
      stop();
      resolve(run);
    });
  });
}

/**
 * Sends what a run says, and its end.
 *
 * @param from the note from which on a page has not got them yet; what was measured, and how it ended, it gets whole
 */
export function sendRun(runs: Runs, run: Run, from: number, stream: EventStream): void {
  let sent = from;
  let drawn = 0;
  const tell = ({ notes, measured, exitCode, output }: Run): void => {
    const fresh = { notes: notes.slice(sent), measured: measured.slice(drawn) };
    sent = notes.length;
    drawn = measured.length;
    if (exitCode !== undefined) {
      stop();
      stream.send({ ...fresh, exitCode, output }, sent);
      stream.end();
    } else if (fresh.notes.length + fresh.measured.length > 0) stream.send(fresh, sent);
  };
  const stop = runs.follow(run.id, tell);
  stream.gone.addEventListener('abort', stop);
  tell(run);
}

/** Runs a command that changes nothing as long as a page listens, and sends what it printed whenever that is something new. */
export async function watch(
  runs: Runs,
  { words }: { readonly command: Command; readonly words: readonly string[] },
  stream: EventStream,
): Promise<void> {
  let last: string | undefined;
  while (!stream.gone.aborted) {
    const run = await ended(runs, runs.start(words));
    const { exitCode, output, notes } = run;
    const said = JSON.stringify({ exitCode, output, notes });
    if (said !== last) stream.send({ exitCode, output, notes, at: run.startedAt });
    last = said;
    await pause(stream.gone);
  }
}

/** Waits, or less when the page has gone. */
function pause(gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (gone.aborted) return resolve();
    const timer = setTimeout(resolve, pauseMs);
    gone.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
