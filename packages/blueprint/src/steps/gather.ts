import { land, refusedOf } from '../account.ts';
import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import type { Given, State } from '../outcome.ts';
import type { Port } from '../ports.ts';
import { type FanOut, type Fragment, functionsOf, type Place, type Step } from '../step.ts';

/** How many of the steps must answer. */
export interface Quorum {
  readonly quorum: number;
}

/** Which of the steps must answer, by name. */
export interface Required<Name extends string> {
  readonly required: readonly Name[];
}

/** Returns the place where each branch begins: nothing came before it in its scope, but time may have passed. */
const inside = (place: Place, branch: number): Place => ({
  ...place,
  scope: `${place.scope}${branch}/`,
  follows: false,
  answered: { End: true },
  failed: { End: true },
});

/** A Parallel over branches; its outcome has their accounts and, besides, `more`. */
function parallel(place: Place, branches: readonly Fragment[], more: State, next: string): State {
  const all = (part: string): string =>
    jsonata(
      place.follows
        ? `$merge([$states.input.${part}, $states.result.${part}])`
        : `$merge($states.result.${part})`,
    );
  return {
    Type: 'Parallel',
    // The account of what came before is not the branches' to repeat.
    ...(place.follows && { Arguments: {} }),
    Branches: branches.map(({ start, states }) => ({ StartAt: start, States: states })),
    Output: { ...more, models: all('models'), failed: all('failed') },
    Next: next,
  };
}

/** The Choice behind a Parallel, and the states that end a branch of another gathering. */
function decide(place: Place, condition: string, name: string, given: Given): Fragment {
  const outputs = given.outputs.map(({ port, at }) => `"${port.name}": $states.input.${at}`);
  const enough = land(
    place,
    place.answered,
    'Gathered',
    jsonata(`$merge([$states.input, { "outputs": { ${outputs.join(', ')} } }])`),
  );
  const few = land(
    place,
    place.failed,
    'Too few',
    jsonata(
      `{ "models": $states.input.models, "failed": $states.input.failed, "refused": ${refusedOf('$states.input')} }`,
    ),
  );
  return {
    start: name,
    states: {
      [name]: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata(condition), Next: enough.next }],
        Default: few.next,
      },
      ...enough.states,
      ...few.states,
    },
    given,
  };
}

/** Outputs of a branch as they stand in the gathering's outcome. */
const within = (branch: string, { voices, outputs }: Given): Given => {
  const moved = (each: Given['outputs']): Given['outputs'] =>
    each.map(({ port, at }) => ({ port, at: `${branch}.${at}` }));
  return {
    outputs: moved(outputs),
    voices: voices.map((voice) => ({ ...voice, outputs: moved(voice.outputs) })),
  };
};

/** What a list gives, of what its branches give. */
function givenByList(
  titles: readonly string[],
  branches: readonly Given[],
  { quorum }: Quorum,
): Given {
  const parts = branches.map((given, index) => within(`branches[${index}]`, given));
  return {
    // What may be missing nothing can rely on.
    outputs: quorum === branches.length ? parts.flatMap(({ outputs }) => outputs) : [],
    voices: parts.map(({ outputs, voices }, index) => ({
      name: titles[index] ?? '',
      outputs: voices.length === 1 ? (voices[0]?.outputs ?? []) : outputs,
    })),
  };
}

/** The Choice behind a list. */
const decideList = (place: Place, { quorum }: Quorum, name: string, given: Given): Fragment =>
  decide(place, `$count($states.input.branches.outputs) >= ${quorum}`, name, given);

function gatherList(steps: readonly Step[], options: Quorum, place: Place): Fragment {
  const [start, quorumName] = [place.nameState('Gather'), place.nameState('Quorum')];
  const branches = steps.map((step, index) => step.build(inside(place, index)));
  const given = givenByList(
    steps.map(({ title }) => title),
    branches.map((branch) => branch.given),
    options,
  );
  const more = { branches: jsonata('$states.result'), quorum: options.quorum };
  const choice = decideList(place, options, quorumName, given);
  return {
    start,
    states: { [start]: parallel(place, branches, more, quorumName), ...choice.states },
    given,
  };
}

/** How a list is answered by messages, if each of its steps is a question to a model and nothing else. */
function fanOutOf(steps: readonly Step[], options: Quorum): FanOut | undefined {
  const asks = steps.flatMap(({ plain }) => plain ?? []);
  // One model that is asked twice has one queue, and gives one answer.
  const models = new Set(asks.map(({ model }) => model));
  if (models.size < steps.length) return undefined;
  return {
    asks,
    gathered(place, outcomes) {
      const [start, quorumName] = [place.nameState('Gather'), place.nameState('Quorum')];
      const given = givenByList(
        asks.map(({ model }) => model),
        asks.map((each) => each.given),
        options,
      );
      const choice = decideList(place, options, quorumName, given);
      const gathered = jsonata(`(
        $branches := [${outcomes.join(', ')}];
        {
          "branches": $branches,
          "quorum": ${options.quorum},
          "models": $merge($branches.models),
          "failed": $merge($branches.failed)
        }
      )`);
      return {
        start,
        states: { [start]: { Type: 'Pass', Output: gathered, Next: quorumName }, ...choice.states },
        given,
      };
    },
  };
}

function gatherNamed(
  steps: Readonly<Record<string, Step>>,
  required: readonly string[],
  place: Place,
): Fragment {
  const [start, quorumName] = [place.nameState('Gather'), place.nameState('Quorum')];
  const names = Object.keys(steps);
  const branches = Object.values(steps).map((step, index) => step.build(inside(place, index)));
  const outputs = names.map((name, index) => {
    const result = `$states.result[${index}]`;
    return [name, jsonata(`$exists(${result}.outputs) ? ${result}.outputs : null`)];
  });
  const refused = names.flatMap((name, index) =>
    required.includes(name) ? [`(${refusedOf(`$states.result[${index}]`)})`] : [],
  );
  const given = names.map((name) => {
    const port: Port = { name, datatype: 'JSON' };
    return { port, at: `outputs.${name}` };
  });
  const more = {
    outputs: Object.fromEntries(outputs),
    refused: jsonata(`$merge([${refused.join(', ')}])`),
  };
  const condition = required.map((name) => `$states.input.outputs.${name} != null`).join(' and ');
  const choice = decide(place, condition, quorumName, {
    outputs: given,
    voices: given.map((output) => ({ name: output.port.name, outputs: [output] })),
  });
  return {
    start,
    states: { [start]: parallel(place, branches, more, quorumName), ...choice.states },
    given: choice.given,
  };
}

/**
 * Does steps at once. As a list they are asked the same, and a `quorum` of them must answer; by name each has its own
 * meaning, and those `required` must answer: the others are null where they did not.
 *
 * @throws {BlueprintError} if the quorum cannot be met by the steps given
 */
export function gather(steps: readonly Step[], options: Quorum): Step;
export function gather<Name extends string>(
  steps: Readonly<Record<Name, Step>>,
  options: Required<NoInfer<Name>>,
): Step;
export function gather(
  steps: readonly Step[] | Readonly<Record<string, Step>>,
  options: Quorum | Required<string>,
): Step {
  const all = Object.values(steps);
  const needed = 'quorum' in options ? options.quorum : options.required.length;
  if (!Number.isInteger(needed) || needed < 1 || needed > all.length)
    throw new BlueprintError(
      `a quorum of ${needed} needs that many steps, got ${all.length}: ${all.map(({ title }) => title).join(', ')}`,
    );
  const quorum =
    'quorum' in options
      ? all
          .map((step) => step.quorum)
          .toSorted((a, b) => a - b)
          .slice(0, needed)
          .reduce((sum, each) => sum + each, 0)
      : Object.entries(steps).reduce(
          (sum, [name, step]: [string, Step]) =>
            sum + (options.required.includes(name) ? step.quorum : 0),
          0,
        );
  const fanOut = 'quorum' in options ? fanOutOf(all, options) : undefined;
  return {
    title: all.map(({ title }) => title).join(' and '),
    functions: functionsOf(all),
    quorum,
    ...(fanOut && { fanOut }),
    build: (place) =>
      'quorum' in options
        ? gatherList(all, options, place)
        : gatherNamed(Object.fromEntries(Object.entries(steps)), options.required, place),
  };
}
