import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, asRecord } from '../api/request.ts';
import {
  jsonOf,
  nothingYet,
  type Progress,
  type Running,
  shownWords,
  startRun,
} from '../api/runs.ts';
import { Answer } from './answer.tsx';
import { fieldsOf, rowOf } from './fields.ts';
import { FieldInput } from './inputs.tsx';

interface TryItProps {
  readonly workflow: string;
  /** `rows`, `a photo`, `a text`. */
  readonly takes: string;
  /** JSON Schema of a request's body. */
  readonly schema: unknown;
  readonly example: unknown;
  readonly onAnswer: (answer: unknown) => void;
}

/** What a form of this kind of request asks for: a photo, a text, or the fields of a row. */
function kindOf(schema: unknown): 'photo' | 'text' | 'row' {
  const { properties } = asRecord(schema);
  const { image, text } = asRecord(properties);
  if (image !== undefined) return 'photo';
  return text === undefined ? 'row' : 'text';
}

/** A form made of the schema of a workflow's requests, and the answer to what was written into it. */
export function TryIt(props: TryItProps): JSX.Element {
  const { workflow, takes, schema, example, onAnswer } = props;
  const kind = kindOf(schema);
  const fields = kind === 'row' ? fieldsOf(schema, example) : [];
  const running = useRef<Running | undefined>(undefined);
  const [progress, setProgress] = useState<Progress>();
  const [words, setWords] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState('');
  useEffect(() => () => running.current?.leave(), []);
  const answer = progress?.exitCode === 0 ? jsonOf(progress.output) : undefined;
  useEffect(() => onAnswer(answer), [progress?.output]);

  async function wordsOf(form: FormData): Promise<readonly string[]> {
    const line = ['predict', workflow, '--json', '--trace'];
    if (kind === 'row') {
      const written = new Map([...form].map(([name, value]) => [name, String(value)]));
      return [...line, '--', JSON.stringify(rowOf(fields, written))];
    }
    if (kind === 'text') return [...line, '--', String(form.get('text') ?? '')];
    const place = String(form.get('at') ?? '').trim();
    const at = place === '' ? [] : [`--at=${place}`];
    const photo = form.get('photo');
    if (!(photo instanceof File) || photo.size === 0) return [...line, ...at];
    const { path } = await ask('POST', 'files', photo);
    return [...line, ...at, `--file=${String(path)}`];
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
        <div class={kind === 'row' ? 'fields' : ''}>
          {fields.map((field) => (
            <FieldInput key={field.name} field={field} />
          ))}
        </div>
        {kind === 'text' && (
          <p class="field">
            <label for="field-text">Text</label>
            <textarea
              id="field-text"
              name="text"
              rows={5}
              defaultValue={String(asRecord(example)['text'] ?? '')}
            />
          </p>
        )}
        {kind === 'photo' && (
          <>
            <p class="field">
              <label for="field-photo">Photo</label>
              <input id="field-photo" name="photo" type="file" accept="image/*" />
              <small>without one, the example is asked about</small>
            </p>
            <p class="field">
              <label for="field-at">Place</label>
              <input id="field-at" name="at" placeholder="52.52,13.40" autocomplete="off" />
              <small>latitude and longitude in degrees, if they are known</small>
            </p>
          </>
        )}
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
