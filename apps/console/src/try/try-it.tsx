import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../api/request.ts';
import {
  jsonOf,
  nothingYet,
  type Progress,
  type Running,
  shownWords,
  startRun,
} from '../api/runs.ts';
import { Answer } from './answer.tsx';
import { bodyOf, fieldsOf } from './fields.ts';
import { FieldInput } from './inputs.tsx';

interface TryItProps {
  readonly workflow: string;
  /** The kind of its requests, in words. */
  readonly takes: string;
  /** JSON Schema of a request's body. */
  readonly schema: unknown;
  readonly example: unknown;
  /** The options of the command line that it has a use for. */
  readonly options: readonly string[];
  readonly onAnswer: (answer: unknown) => void;
}

/** A form made of the schema of a workflow's requests, and the answer to what was written into it. */
export function TryIt(props: TryItProps): JSX.Element {
  const { workflow, takes, schema, example, options, onAnswer } = props;
  const fields = fieldsOf(schema, example);
  const file = fields.find(({ type }) => type === 'file');
  const hasPlace = options.includes('at');
  const running = useRef<Running | undefined>(undefined);
  const [progress, setProgress] = useState<Progress>();
  const [words, setWords] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState('');
  useEffect(() => () => running.current?.leave(), []);
  const answer = progress?.exitCode === 0 ? jsonOf(progress.output) : undefined;
  useEffect(() => onAnswer(answer), [progress?.output]);

  async function wordsOf(form: FormData): Promise<readonly string[]> {
    const line = ['predict', workflow, '--json', '--trace'];
    const place = String(form.get(' at') ?? '').trim();
    if (place !== '') line.push(`--at=${place}`);
    if (file === undefined) {
      const written = new Map([...form].map(([name, value]) => [name, String(value)]));
      return [...line, `--body=${JSON.stringify(bodyOf(fields, written))}`];
    }
    const chosen = form.get(file.name);
    // Without one, the command asks about its example.
    if (!(chosen instanceof File) || chosen.size === 0) return line;
    const { path } = await ask('POST', 'files', chosen);
    return [...line, `--file=${String(path)}`];
  }

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const form = new FormData(event.currentTarget);
    running.current?.leave();
    setRefused('');
    setProgress(nothingYet);
    try {
      const line = await wordsOf(form);
      setWords(line);
      running.current = await startRun(line, setProgress);
    } catch (error) {
      setProgress(undefined);
      setRefused(error instanceof Error ? error.message : String(error));
    }
  }

  const failed = progress?.exitCode !== undefined && progress.exitCode !== 0;
  return (
    <section aria-label={`Try ${workflow}`}>
      <h2>Try it with {takes}</h2>
      <form onSubmit={submit}>
        <div class={fields.length > 4 ? 'fields' : ''}>
          {(file === undefined ? fields : [file]).map((field) => (
            <FieldInput key={field.name} field={field} />
          ))}
          {hasPlace && (
            <p class="field">
              <label for="field-at">Place</label>
              <input id="field-at" name=" at" placeholder="52.52,13.40" autocomplete="off" />
              <small>latitude and longitude in degrees, if they are known</small>
            </p>
          )}
        </div>
        <p>
          <button
            type="submit"
            class="primary"
            disabled={progress !== undefined && progress.exitCode === undefined}
          >
            Ask
          </button>
        </p>
      </form>
      <div role="status">
        {progress !== undefined && progress.exitCode === undefined && <p class="muted">Asking…</p>}
      </div>
      {(failed || refused !== '') && (
        <p class="notice warn pre" role="alert">
          {refused === '' ? progress?.notes.join('\n').replaceAll(/^chorus: /gm, '') : refused}
        </p>
      )}
      {answer !== undefined && <Answer answer={answer} />}
      {words.length > 0 && progress?.exitCode !== undefined && (
        <details>
          <summary>The same in a terminal</summary>
          <code>{shownWords(words)}</code>
        </details>
      )}
    </section>
  );
}
