import type { JSX } from 'preact';
import type { Field } from './fields.ts';

/** Returns the range of a field in words. */
function rangeOf({ minimum, maximum }: Field): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? '' : `at most ${maximum}`;
}

/** The control of a field. */
function Control({ field, id }: { readonly field: Field; readonly id: string }): JSX.Element {
  const { name, type, choices, example } = field;
  const common = { id, name, 'aria-describedby': `${id}-help` };
  if (type === 'file') return <input {...common} type="file" />;
  if (type === 'long text') return <textarea {...common} rows={5} defaultValue={example} />;
  if (choices === undefined)
    return (
      <input
        {...common}
        defaultValue={example}
        inputMode={type === 'number' ? 'decimal' : 'text'}
        autocomplete="off"
      />
    );
  return (
    <select {...common} defaultValue={example}>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice === '' ? 'not said' : choice}
        </option>
      ))}
    </select>
  );
}

/** One field of a request. What it takes is said; whether a value is right says the service alone. */
export function FieldInput({ field }: { readonly field: Field }): JSX.Element {
  const { name, description, type } = field;
  const hint = type === 'file' ? 'without one, the example is asked about' : rangeOf(field);
  const help = [description, hint].filter((part) => part !== '').join('; ');
  const id = `field-${name}`;
  return (
    <p class="field">
      <label for={id}>{name}</label>
      <Control field={field} id={id} />
      <small id={`${id}-help`}>{help}</small>
    </p>
  );
}
