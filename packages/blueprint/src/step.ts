import type { Given, State, States, To } from './outcome.ts';
import type { Need, Readable } from './ports.ts';
import type { FunctionSpec } from './types.ts';

/** The place of a step in its workflow. */
export interface Place {
  /** The values that may be read here. */
  readonly readables: readonly Readable[];
  /** Makes a tensor of parts of the request, if it can be taken apart. @throws {BlueprintError} when they do not fit */
  readonly tensorOf?: ((need: Need, who: string) => Readable) | undefined;
  /** JSONata of how many rows the question has. */
  readonly rows: string;
  /** Steps of this scope came before: the state's input holds `{models, failed}` of them. */
  readonly follows: boolean;
  /** Time has passed since the request came. */
  readonly isLate: boolean;
  /** The transitions after an answer and after a failure. */
  readonly answered: To;
  readonly failed: To;
  /** Makes a state's name that no other state of the machine has. */
  readonly nameState: (wish: string) => string;
  /**
   * Makes the name of a variable that no scope around this one, or within it, has. Within one scope the same wish gives the
   * same variable, so that what comes later replaces what came before; one of its `own` nothing else has.
   */
  readonly nameVariable: (wish: string, scope: string, own?: 'own') => string;
  /** Says that the workflow reads the breakers first; returns the variable of those that know of failures. */
  readonly readBreakers: () => string;
  /** Each question notes when it began and ended, for a timeline in the answer. @default false */
  readonly timed?: boolean;
  /** The scope, by the branches that lead to it: `/`, `/0/`. */
  readonly scope: string;
}

/** A step as states. */
export interface Fragment {
  /** Name of the state that it begins with. */
  readonly start: string;
  readonly states: States;
  readonly given: Given;
}

/** A question to a model about nothing but the request. */
export interface PlainAsk {
  readonly model: string;
  /** `{inputs, outputs}` of the question, as templates. @throws {BlueprintError} naming both sides when something does not fit */
  readonly tensors: (place: Place) => State;
  /**
   * JSONata of the outcome of what became of the question.
   *
   * @param answer JSONata of that: `{payload, attempts}`, or `{error, message}`
   * @param rows JSONata of how many rows were asked about
   */
  readonly outcome: (answer: string, rows: string) => string;
  readonly given: Given;
}

/** How a gathering of such questions is answered by messages: each model has a queue of its own, and the last one goes on. */
export interface FanOut {
  readonly asks: readonly PlainAsk[];
  /** The states that follow, beginning with one that gathers the outcomes, of which there is JSONata in the order of `asks`. */
  readonly gathered: (place: Place, outcomes: readonly string[]) => Fragment;
}

/**
 * A part of a workflow. Its outcome is the output of its last state:
 *
 * - `outputs` when it has answered: tensors and values by name; a gathering has the outcomes of its `branches` too
 * - `models`: who served, each `{version, durationMs, coldStart, attempts}`
 * - `failed`: who did not, each `{error, message}`
 * - `refused`: those of `failed` that made the step fail, when these are not all
 */
export interface Step {
  /** Its name in messages and in names of states. */
  readonly title: string;
  readonly functions: readonly FunctionSpec[];
  /** How many of its models have to answer at least. */
  readonly quorum: number;
  /** Where it asks one model about the request, and does nothing else. @default it does more */
  readonly plain?: PlainAsk;
  /** Where it gathers such questions, and does nothing else. @default it does more */
  readonly fanOut?: FanOut;
  /** @throws {BlueprintError} naming both sides when something does not fit */
  readonly build: (place: Place) => Fragment;
}

/** Makes names of states unique: `Ask svr`, `Ask svr 2`. Step Functions takes 80 characters. */
export function stateNames(): (wish: string) => string {
  const taken = new Set<string>();
  return (wish) => {
    const name = wish.slice(0, 76);
    const free = [name, ...Array.from({ length: 99 }, (_, index) => `${name} ${index + 2}`)].find(
      (each) => !taken.has(each),
    );
    taken.add(free ?? name);
    return free ?? name;
  };
}

/**
 * Makes names of variables that Step Functions takes: a scope must not assign what one around it does. Branches beside each
 * other may have the same.
 *
 * @param reserved names that no step may assign
 */
export function variableNames(reserved: readonly string[]): Place['nameVariable'] {
  const taken: { readonly name: string; readonly scope: string; readonly own?: 'own' }[] = [];
  const isFree = (name: string, scope: string, own?: 'own'): boolean =>
    !reserved.includes(name) &&
    taken.every(
      (each) =>
        each.name !== name ||
        (each.scope === scope && each.own === undefined && own === undefined) ||
        !(each.scope.startsWith(scope) || scope.startsWith(each.scope)),
    );
  return (wish, scope, own) => {
    let name = wish;
    for (let count = 2; !isFree(name, scope, own); count += 1) name = `${wish}_${count}`;
    taken.push({ name, scope, ...(own && { own }) });
    return name;
  };
}

/** The functions of several steps, each once. */
export function functionsOf(steps: readonly Step[]): readonly FunctionSpec[] {
  return [
    ...new Map(
      steps.flatMap(({ functions }) => functions).map((each) => [each.name, each]),
    ).values(),
  ];
}
