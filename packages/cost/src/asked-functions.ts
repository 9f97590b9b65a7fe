/** The functions that one request to a workflow asks when nothing fails. */
export interface AskedFunctions {
  /** As the definition names them: `${svr}` is `svr`; once for each time one is asked. */
  readonly functions: readonly string[];
  /** So many of them wait for one another; the others are asked beside them. */
  readonly inTurn: number;
}

const nothing: AskedFunctions = { functions: [], inTurn: 0 };

type Json = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Json => Object(value) as Json;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Returns two parts of a request, one after the other. */
function then(one: AskedFunctions, other: AskedFunctions): AskedFunctions {
  return {
    functions: [...one.functions, ...other.functions],
    inTurn: one.inTurn + other.inTurn,
  };
}

/** Returns parts of a request that are asked at once. */
function beside(parts: readonly AskedFunctions[]): AskedFunctions {
  return {
    functions: parts.flatMap(({ functions }) => functions),
    inTurn: Math.max(0, ...parts.map(({ inTurn }) => inTurn)),
  };
}

/** Of ways through a workflow: the one that asks the least, or the most. */
type Choose = (ways: readonly AskedFunctions[]) => AskedFunctions | undefined;

const byCount = (one: AskedFunctions, other: AskedFunctions): number =>
  one.functions.length - other.functions.length || one.inTurn - other.inTurn;

/** Returns the functions that a state asks by itself; those of one item for a Map. */
function askedInState(state: Json, choose: Choose): AskedFunctions {
  if (state['Type'] === 'Task') {
    const name = String(fields(state['Arguments'])['FunctionName'] ?? '');
    const [, asked] = /^\$\{(\w+)\}$/.exec(name) ?? [];
    return asked === undefined ? nothing : { functions: [asked], inTurn: 1 };
  }
  const branches = [...list(state['Branches']), state['ItemProcessor'] ?? []].flat();
  return beside(branches.flatMap((branch) => askedInMachine(branch, choose) ?? []));
}

/** Returns the status of HTTP with which a state ends a request; undefined where only the run knows it. */
function statusOf(state: Json): number | undefined {
  const { statusCode } = fields(state['Output']);
  return typeof statusCode === 'number' ? statusCode : undefined;
}

/**
 * Returns one way through a machine; undefined if none ends. What is taken after a failure (Catch) is no way, and neither is one
 * that comes to the same state again.
 *
 * @param isEnd tells whether a last state ends a request well. @default all do
 */
function askedInMachine(
  definition: unknown,
  choose: Choose,
  isEnd: (state: Json) => boolean = () => true,
): AskedFunctions | undefined {
  const { StartAt: start, States: states } = fields(definition);
  const known = new Map<string, AskedFunctions | undefined>();
  const from = (name: string): AskedFunctions | undefined => {
    if (known.has(name)) return known.get(name);
    // A way that comes here again before it is known has gone in a circle.
    known.set(name, undefined);
    const state = fields(fields(states)[name]);
    const choices = list(state['Choices']).map((choice) => fields(choice)['Next']);
    const next = [state['Next'], state['Default'], ...choices].filter(
      (each) => typeof each === 'string',
    );
    const rest =
      next.length === 0
        ? isEnd(state) && state['Type'] !== 'Fail'
          ? nothing
          : undefined
        : choose(next.flatMap((each) => from(each) ?? []));
    const way = rest === undefined ? undefined : then(askedInState(state, choose), rest);
    known.set(name, way);
    return way;
  };
  return typeof start === 'string' ? from(start) : undefined;
}

/**
 * Returns what a request to a workflow asks at least and at most when nothing fails: by Amazon States Language, on the ways that
 * end with status 200, or on all where none says its status. Repetitions (Retry) and what is taken after a failure are left out;
 * of a Map it counts one item.
 */
export function askedFunctions(definition: unknown): {
  readonly least: AskedFunctions;
  readonly most: AskedFunctions;
} {
  const way = (choose: Choose): AskedFunctions =>
    askedInMachine(definition, choose, (state) => statusOf(state) === 200) ??
    askedInMachine(definition, choose) ??
    nothing;
  return {
    least: way((ways) => ways.toSorted(byCount).at(0)),
    most: way((ways) => ways.toSorted(byCount).at(-1)),
  };
}
