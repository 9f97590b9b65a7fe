import { useEffect, useState } from 'preact/hooks';
import { jsonOf, type Progress, startRun } from './runs.ts';

/** The result of a command that was run once. */
export interface Read {
  /** Its JSON; undefined before it has ended, and after a failure. */
  readonly value: unknown;
  /** Why it failed. */
  readonly error: string | undefined;
  readonly isReading: boolean;
  /** Runs it again. */
  again(): void;
}

/** Runs a command with `--json` once, and again when asked to: for those that cost more than a look. */
export function useCommand(words: readonly string[]): Read {
  const key = JSON.stringify(words);
  const [progress, setProgress] = useState<Progress>();
  const [refused, setRefused] = useState<string>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    setProgress(undefined);
    setRefused(undefined);
    const started = startRun([...words, '--json'], setProgress);
    started.catch((error: unknown) => setRefused(String(error)));
    return () => {
      void started.then(
        (running) => running.leave(),
        () => {},
      );
    };
  }, [key, round]);
  const isDone = progress?.exitCode === 0;
  const failed = progress?.exitCode !== undefined && !isDone;
  return {
    value: isDone ? jsonOf(progress.output) : undefined,
    error:
      refused ?? (failed ? progress.notes.join('\n').replaceAll(/^chorus: /gm, '') : undefined),
    isReading: progress?.exitCode === undefined && refused === undefined,
    again: () => setRound(round + 1),
  };
}
