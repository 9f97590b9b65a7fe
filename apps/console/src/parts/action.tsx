import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { nothingYet, type Progress, type Running, shownWords, startRun } from '../api/runs.ts';
import { PromotionChart } from '../charts/promotion-chart.tsx';

/** Something that changes something: what it says, what it does, and the command that does it. */
export interface ActionProps {
  readonly label: string;
  /** What will happen, for the confirmation. */
  readonly consequence: string;
  /** What follows `chorus`. */
  readonly words: readonly string[];
  /** Whether it takes a while, and can be interrupted. */
  readonly canStop?: boolean;
}

/** How a command has ended, in a word. */
function outcomeOf({ exitCode }: Progress): string {
  if (exitCode === undefined) return 'Running…';
  return exitCode === 0 ? 'Done.' : 'It was not done.';
}

/** A command as it runs: what it says, and how it ended. */
export function RunLog(props: { readonly progress: Progress }): JSX.Element {
  const { notes, measured, output, isLost } = props.progress;
  return (
    <div class="log" role="log" aria-label="What the command says">
      {isLost && <p class="notice warn">The connection is lost; the command runs on.</p>}
      <PromotionChart measured={measured} />
      {notes.length > 0 && <pre>{notes.join('\n')}</pre>}
      {output.trim() !== '' && <pre>{output.trim()}</pre>}
      <p>
        <strong>{outcomeOf(props.progress)}</strong>
      </p>
    </div>
  );
}

/** A button that says what it will do before it does it, and shows how that goes. */
export function Action({ label, consequence, words, canStop }: ActionProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const running = useRef<Running | undefined>(undefined);
  const [progress, setProgress] = useState<Progress>();
  const [refused, setRefused] = useState('');
  useEffect(() => () => running.current?.leave(), []);

  async function start(): Promise<void> {
    setRefused('');
    setProgress(nothingYet);
    try {
      running.current = await startRun(words, setProgress);
    } catch (error) {
      setProgress(undefined);
      setRefused(error instanceof Error ? error.message : String(error));
    }
  }
  function close(): void {
    running.current?.leave();
    setProgress(undefined);
    dialog.current?.close();
  }
  const isRunning = progress !== undefined && progress.exitCode === undefined;
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} aria-label={label} onClose={() => setProgress(undefined)}>
        <h2>{label}</h2>
        <p>{consequence}</p>
        <p>
          <code>{shownWords(words)}</code>
        </p>
        {refused !== '' && (
          <p class="notice warn" role="alert">
            {refused}
          </p>
        )}
        {progress !== undefined && <RunLog progress={progress} />}
        <p class="buttons">
          {progress === undefined && (
            <button type="button" class="primary" onClick={start}>
              {label}
            </button>
          )}
          {isRunning && canStop === true && (
            <button type="button" onClick={() => void running.current?.interrupt()}>
              Stop it, and take everything back
            </button>
          )}
          <button type="button" onClick={close}>
            {progress === undefined ? 'Cancel' : 'Close'}
          </button>
        </p>
      </dialog>
    </>
  );
}
