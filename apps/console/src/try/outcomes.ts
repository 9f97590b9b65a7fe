import { asList, asRecord } from '../api/request.ts';
import type { StateOutcome } from '../graph/graph.tsx';
import { readTimeline } from '../parts/timeline.tsx';

/** The functions that the states of a definition ask, by the states' names, as `${…}` names them. */
function functionsOf(definition: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const look = (machine: unknown): void => {
    for (const [name, value] of Object.entries(asRecord(asRecord(machine)['States']))) {
      const state = asRecord(value);
      const asked = asRecord(state['Arguments'])['FunctionName'];
      const key = /^\$\{(?<key>\w+)\}$/.exec(String(asked))?.groups?.['key'];
      if (key !== undefined) found.set(name, key);
      for (const inner of [...asList(state['Branches']), state['ItemProcessor']])
        if (inner !== undefined) look(inner);
    }
  };
  look(definition);
  return found;
}

/** Returns what became of the states that ask functions, by an answer with a timeline. */
export function outcomesOf(
  definition: unknown,
  answer: unknown,
): ReadonlyMap<string, StateOutcome> {
  const timeline = readTimeline(asRecord(answer)['trace']);
  const outcomes = new Map<string, StateOutcome>();
  if (timeline === undefined) return outcomes;
  for (const [state, key] of functionsOf(definition)) {
    const steps = timeline.steps.filter((step) => step.function.replaceAll(/\W/g, '_') === key);
    const last = steps.at(-1);
    if (last !== undefined) outcomes.set(state, last.error === undefined ? 'done' : 'failed');
  }
  return outcomes;
}
