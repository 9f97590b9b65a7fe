import type { JSX } from 'preact';
import type { Field } from './fields.ts';

/** What a field takes, in words. */
function rangeOf({ minimum, maximum }: Field): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? '' : `at most ${maximum}`;
}

/** One field of a row. What it takes is said; whether a value is right says the service alone. */
export function FieldInput({ field }: { readonly field: Field }): JSX.Element {
  const { name, description, type, choices, example } = field;
  const help = [description, rangeOf(field)].filter((part) => part !== '').join('; ');
  const id = `field-${name}`;
  return (
    <p class="field">
      <label for={id}>{name}</label>
      {choices === undefined ? (
        <input
          id={id}
          name={name}
          defaultValue={example}
          inputMode={type === 'number' ? 'decimal' : 'text'}
          aria-describedby={`${id}-help`}
          autocomplete="off"
        />
      ) : (
        <select id={id} name={name} defaultValue={example} aria-describedby={`${id}-help`}>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      )}
      <small id={`${id}-help`}>{help}</small>
    </p>
  );
}
