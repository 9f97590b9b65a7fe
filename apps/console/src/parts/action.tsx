import { type ComponentChildren, createContext, type JSX } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { nothingYet, type Progress, type Running, shownWords, startRun } from '../api/runs.ts';
import { PromotionChart } from '../charts/promotion-chart.tsx';

/** Something that changes something: what it says, what it does, and the command that does it. */
export interface ActionProps {
  readonly label: string;
  /** The text of the confirmation: says what will happen. */
  readonly consequence: string;
  /** The words after `chorus`. */
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

/** The dialog that asks a person to confirm an action, and shows how it goes. */
function ActionDialog(props: {
  readonly action: ActionProps;
  readonly onClose: () => void;
}): JSX.Element {
  const { label, consequence, words, canStop } = props.action;
  const dialog = useRef<HTMLDialogElement>(null);
  const running = useRef<Running | undefined>(undefined);
  const [progress, setProgress] = useState<Progress>();
  const [refused, setRefused] = useState('');
  useEffect(() => {
    dialog.current?.showModal();
    return () => running.current?.leave();
  }, []);

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
  const isRunning = progress !== undefined && progress.exitCode === undefined;
  return (
    <dialog ref={dialog} aria-label={label} onClose={props.onClose}>
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
        <button type="button" onClick={() => dialog.current?.close()}>
          {progress === undefined ? 'Cancel' : 'Close'}
        </button>
      </p>
    </dialog>
  );
}

/** Asks a person to confirm an action. */
const Confirm = createContext<(action: ActionProps) => void>(() => {});

/** The views, and above them the action that a person was asked to confirm: it stays when its button goes. */
export function WithActions(props: { readonly children: ComponentChildren }): JSX.Element {
  const [action, setAction] = useState<ActionProps>();
  return (
    <Confirm.Provider value={setAction}>
      {props.children}
      {action !== undefined && (
        <ActionDialog action={action} onClose={() => setAction(undefined)} />
      )}
    </Confirm.Provider>
  );
}

/** A button that says what it will do before it does it, and shows how that goes. */
export function Action(props: ActionProps): JSX.Element {
  const confirm = useContext(Confirm);
  return (
    <button type="button" onClick={() => confirm(props)}>
      {props.label}
    </button>
  );
}
