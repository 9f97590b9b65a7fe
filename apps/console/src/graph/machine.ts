import { asList, asRecord, type Value } from '../api/request.ts';

/** A transition of a state machine. */
export interface Transition {
  readonly to: string;
  /** Why it is taken: nothing for the only way on. */
  readonly kind: 'next' | 'choice' | 'otherwise' | 'catch';
  /** The condition or the errors, in full. */
  readonly because: string;
  /** The same in a few words, for the drawing; empty for the only way on. */
  readonly label: string;
}

/** A state, and the machines in it: branches of a Parallel, the processor of a Map. */
export interface State {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
  readonly transitions: readonly Transition[];
  readonly inner: readonly Machine[];
}

/** A state machine, or a part of one. */
export interface Machine {
  readonly start: string;
  readonly states: readonly State[];
}

/** Longest label, in characters. */
const longestLabel = 26;

/** Cuts what is too long for a drawing. */
function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > longestLabel ? `${line.slice(0, longestLabel - 1)}…` : line;
}

/** Returns a condition of a choice without the marks of JSONata. */
function conditionOf(choice: Value): string {
  const { Condition: condition } = choice;
  if (typeof condition !== 'string') return 'by a rule';
  return condition.replace(/^\{%/, '').replace(/%\}$/, '').trim();
}

/** Returns the errors of a catcher, for people: all of them, or their names. */
function errorsOf(names: readonly string[]): string {
  return names.includes('States.ALL') ? 'any error' : names.join(', ');
}

function transitionsOf(state: Value): readonly Transition[] {
  const { Next: next, Default: otherwise } = state;
  const choices = asList(state['Choices']).map((each): Transition => {
    const choice = asRecord(each);
    const because = conditionOf(choice);
    return { to: String(choice['Next']), kind: 'choice', because, label: short(because) };
  });
  const caught = Map.groupBy(asList(state['Catch']).map(asRecord), (each) => String(each['Next']));
  const catchers = [...caught].map(([to, each]): Transition => {
    const because = errorsOf(each.flatMap((catcher) => asList(catcher['ErrorEquals']).map(String)));
    return { to, kind: 'catch', because, label: short(because) };
  });
  return [
    ...(typeof next === 'string'
      ? [{ to: next, kind: 'next', because: '', label: '' } as const]
      : []),
    ...choices,
    ...(typeof otherwise === 'string'
      ? [{ to: otherwise, kind: 'otherwise', because: 'otherwise', label: 'otherwise' } as const]
      : []),
    ...catchers,
  ];
}

/** Reads a definition in Amazon States Language. */
export function readMachine(definition: unknown): Machine {
  const { StartAt: start, States: states } = asRecord(definition);
  return {
    start: String(start),
    states: Object.entries(asRecord(states)).map(([name, value]) => {
      const state = asRecord(value);
      const processors = [state['ItemProcessor'], state['Iterator']];
      const inner = [
        ...asList(state['Branches']),
        ...processors.filter((each) => each !== undefined),
      ];
      return {
        name,
        type: String(state['Type']),
        comment: typeof state['Comment'] === 'string' ? state['Comment'] : '',
        transitions: transitionsOf(state),
        inner: inner.map(readMachine),
      };
    }),
  };
}
