import { checkVariables } from './check-variables.ts';
import type {
  GraphDefinition,
  MachineDefinition,
  QueryLanguage,
  StateDefinition,
  StateType,
} from './definition.ts';
import { compileCatchers, compileRetriers } from './error-handlers.ts';
import { type DefinitionProblem, InvalidDefinitionError } from './errors.ts';
import { expressLimitSeconds } from './limits.ts';
import type { Graph, MachineType, State, StateMachine } from './machine.ts';
import type { StateCompiler } from './state-compiler.ts';
import { compileChoice } from './states/choice.ts';
import { compileFail } from './states/fail.ts';
import { compileMap } from './states/map.ts';
import { compileParallel } from './states/parallel.ts';
import { compilePass } from './states/pass.ts';
import { compileSucceed } from './states/succeed.ts';
import { compileTask } from './states/task.ts';
import { compileWait } from './states/wait.ts';
import { structureProblems } from './structure.ts';
import { substitute } from './substitute.ts';

export interface CompileOptions {
  /** The state machine's name, for the Context Object; `StateMachine` by default. */
  readonly name?: string;
  /** @default 'EXPRESS' */
  readonly type?: MachineType;
  /** The values of `${token}` in any string of the definition. */
  readonly substitutions?: Readonly<Record<string, string>>;
  /**
   * Whether asl-validator checks the structure, which takes about 0.2 s the first time. True by default; false is for
   * definitions that have passed it before, such as a service's own, which its tests compile.
   */
  readonly checkStructure?: boolean;
}

const stateTypes: Readonly<Record<StateType, (compiler: StateCompiler) => State['run']>> = {
  Choice: compileChoice,
  Fail: compileFail,
  Map: compileMap,
  Parallel: compileParallel,
  Pass: compilePass,
  Succeed: compileSucceed,
  Task: compileTask,
  Wait: compileWait,
};

/**
 * Compiles an Amazon States Language definition: checks it, and parses every expression and path once.
 * Throws `InvalidDefinitionError` with every
 * problem found; those of the contents are only looked for when the structure is sound.
 */
export function compile(definition: unknown, options: CompileOptions = {}): StateMachine {
  const substituted = substitute(definition, options.substitutions ?? {});
  const problems = options.checkStructure === false ? [] : structureProblems(substituted);
  if (problems.length > 0) throw new InvalidDefinitionError(problems);

  const machine = substituted as MachineDefinition;
  const language = machine.QueryLanguage ?? 'JSONPath';
  const type = options.type ?? 'EXPRESS';
  const graph = compileGraph(machine, '', { language, type, problems });
  problems.push(...checkVariables(machine));
  if (problems.length > 0) throw new InvalidDefinitionError(problems);
  return {
    name: options.name ?? 'StateMachine',
    definition: machine,
    graph,
    type,
    timeoutSeconds:
      type === 'STANDARD'
        ? machine.TimeoutSeconds
        : Math.min(machine.TimeoutSeconds ?? expressLimitSeconds, expressLimitSeconds),
  };
}

/** What is the same for all states of a machine. */
interface Whole {
  readonly language: QueryLanguage;
  readonly type: MachineType;
  readonly problems: DefinitionProblem[];
}

function compileGraph(definition: GraphDefinition, at: string, whole: Whole): Graph {
  const checkTarget = (path: string, name: string | undefined) => {
    if (name === undefined || Object.hasOwn(definition.States, name)) return;
    whole.problems.push({ path, message: `There is no state "${name}" here to go to.` });
  };
  checkTarget(`${at}/StartAt`, definition.StartAt);

  const states = new Map<string, State>();
  for (const [name, state] of Object.entries(definition.States)) {
    const path = `${at}/States/${name}`;
    for (const [field, next] of transitions(state)) checkTarget(`${path}/${field}`, next);
    states.set(name, compileState(name, state, path, whole));
  }
  return { startAt: definition.StartAt, states };
}

/** Every field that names a state to go to. */
function transitions(state: StateDefinition): [string, string | undefined][] {
  return [
    ['Next', state.Next],
    ['Default', state.Default],
    ...numbered('Choices', state.Choices),
    ...numbered('Catch', state.Catch),
  ];
}

function numbered(
  field: string,
  rules: readonly { readonly Next?: string }[] = [],
): [string, string | undefined][] {
  return rules.map(({ Next }, index) => [`${field}/${index}/Next`, Next]);
}

function compileState(name: string, definition: StateDefinition, at: string, whole: Whole): State {
  const compiler: StateCompiler = {
    name,
    definition,
    type: whole.type,
    language: definition.QueryLanguage ?? whole.language,
    problem: (field, message) => whole.problems.push({ path: `${at}/${field}`, message }),
    graph: (field, inner) => compileGraph(inner, `${at}/${field}`, whole),
    machine(field, { StartAt, States }, type) {
      compileGraph({ StartAt, States }, `${at}/${field}`, { ...whole, type });
      return { QueryLanguage: whole.language, StartAt, States };
    },
  };
  return {
    name,
    type: definition.Type,
    retryable: ['Task', 'Map', 'Parallel'].includes(definition.Type),
    retriers: compileRetriers(compiler),
    catchers: compileCatchers(compiler),
    run: stateTypes[definition.Type](compiler),
  };
}
