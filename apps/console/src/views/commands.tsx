import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Command, Flag, Offer } from '../api/commands.ts';
import { nothingYet, type Progress, type Running, shownWords, startRun } from '../api/runs.ts';
import { RunLog } from '../parts/action.tsx';
import { Table } from '../parts/table.tsx';
import { View } from '../parts/view.tsx';
import { addressOf } from '../route.ts';

/** Returns the words of an operand's field: apart at spaces, but for what stands in quotes. */
function operandsOf(text: string): readonly string[] {
  return [...text.matchAll(/'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<bare>\S+)/g)].map(
    ({ groups = {} }) => groups['single'] ?? groups['double'] ?? groups['bare'] ?? '',
  );
}

function wordsOf({ name, flags }: Command, form: FormData): readonly string[] {
  const given = flags.flatMap(({ name: flag, value, multiple }) => {
    const text = String(form.get(flag) ?? '').trim();
    if (text === '') return [];
    if (value === undefined) return [`--${flag}`];
    return (multiple ? text.split('\n') : [text]).map((each) => `--${flag}=${each.trim()}`);
  });
  return [...name.split(' '), ...given, ...operandsOf(String(form.get(' operands') ?? ''))];
}

function FlagInput({ flag }: { readonly flag: Flag }): JSX.Element {
  const { name, value, multiple, description } = flag;
  const id = `flag-${name}`;
  const common = { id, name, 'aria-describedby': `${id}-help` };
  return (
    <p class="field">
      <label for={id}>--{name}</label>
      {value === undefined && <input {...common} type="checkbox" />}
      {value !== undefined && multiple && <textarea {...common} rows={2} placeholder={value} />}
      {value !== undefined && !multiple && (
        <input {...common} placeholder={value} autocomplete="off" />
      )}
      <small id={`${id}-help`}>
        {description}
        {multiple && '; one a line'}
      </small>
    </p>
  );
}

function CommandForm({ command }: { readonly command: Command }): JSX.Element {
  const running = useRef<Running | undefined>(undefined);
  const [progress, setProgress] = useState<Progress>();
  const [words, setWords] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState('');
  useEffect(() => () => running.current?.leave(), []);
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const line = wordsOf(command, new FormData(event.currentTarget));
    running.current?.leave();
    setWords(line);
    setRefused('');
    setProgress(nothingYet);
    try {
      running.current = await startRun(line, setProgress);
    } catch (error) {
      setProgress(undefined);
      setRefused(error instanceof Error ? error.message : String(error));
    }
  }
  const isRunning = progress !== undefined && progress.exitCode === undefined;
  return (
    <>
      <p>{command.details.join(' ')}</p>
      <form onSubmit={submit}>
        {command.operands !== '' && (
          <p class="field">
            <label for="operands">{command.operands}</label>
            <input id="operands" name=" operands" autocomplete="off" />
          </p>
        )}
        <div class="fields">
          {command.flags.map((flag) => (
            <FlagInput key={flag.name} flag={flag} />
          ))}
        </div>
        <p class="buttons">
          <button type="submit" class="primary" disabled={isRunning}>
            Run it
          </button>
          {isRunning && (
            <button type="button" onClick={() => void running.current?.interrupt()}>
              Interrupt it
            </button>
          )}
        </p>
      </form>
      {refused !== '' && (
        <p class="notice warn" role="alert">
          {refused}
        </p>
      )}
      {words.length > 0 && (
        <p>
          <code>{shownWords(words)}</code>
        </p>
      )}
      {progress !== undefined && <RunLog progress={progress} />}
    </>
  );
}

/** Every command there is, each with a form of its flags. */
export function Commands(props: {
  readonly offer: Offer;
  readonly name: string | undefined;
}): JSX.Element {
  const command = props.offer.commands.find(({ name }) => name === props.name);
  if (command !== undefined)
    return (
      <View title={`chorus ${command.name}`}>
        <p class="muted">{command.summary}</p>
        {command.terminalOnly === undefined ? (
          <CommandForm key={command.name} command={command} />
        ) : (
          <p class="notice">It is for a terminal: {command.terminalOnly}.</p>
        )}
      </View>
    );
  return (
    <View title="Commands">
      <p class="muted">
        All that chorus can do in a terminal. Each changes what it says, and nothing else.
      </p>
      <Table
        caption="Commands"
        head={['Command', 'What it does', 'Kind']}
        rows={props.offer.commands.map(({ name, operands, summary, reads, terminalOnly }) => ({
          key: name,
          cells: [
            <a key={name} href={addressOf('commands', name)}>
              chorus {name} {operands}
            </a>,
            summary,
            terminalOnly === undefined ? (reads ? 'reads' : 'changes') : 'terminal only',
          ],
        }))}
      />
    </View>
  );
}
