import type { Blueprint, FunctionSpec, WorkflowSpec } from '@chorus/blueprint';
import { substitutionKey } from '@chorus/blueprint/names';
import { type AskedFunctions, askedFunctions, serverlessBill, type Traffic } from '@chorus/cost';

/** A function that a request asks, with what its price depends on. */
interface SizedFunction {
  readonly name: string;
  readonly memoryMb: number;
  readonly architecture: Traffic['architecture'];
}

/** The functions that a request to a workflow invokes when nothing fails, and their cost. */
interface Way {
  readonly functions: readonly SizedFunction[];
  /** So many of them wait for one another. */
  readonly inTurn: number;
  /** Items that they write into tables. */
  readonly writes: number;
  /** Dollars of a million requests, without what is paid once a month. */
  readonly perMillion: number;
  /** Dollars of the month's requests. */
  readonly month: number;
}

/** The cost of a workflow. */
export interface WorkflowCost {
  readonly name: string;
  /** By the way through it that asks the fewest functions, ... */
  readonly least: Way;
  /** ... and by the one that asks the most. */
  readonly most: Way;
  /** Dollars a month, without a request, of a stage with this workflow alone. */
  readonly atRest: number;
}

/** A month's traffic, without the functions that it asks. */
export type Requests = Omit<Traffic, 'functions' | 'inTurn' | 'writes'>;

/** The sizes that the caller gives to all functions, instead of their own. */
interface Sizes {
  readonly memoryMb: number | undefined;
  readonly architecture: Traffic['architecture'] | undefined;
}

/** A request is traced and logged as often as it comes; a metric is paid by the month. */
const perMillionOf = (traffic: Traffic): number =>
  serverlessBill({ ...traffic, requests: 1e6 })
    .lines.filter(({ what }) => what !== 'CloudWatch metrics')
    .reduce((sum, { cost }) => sum + cost, 0);

const isWriter = ({ links = [] }: FunctionSpec): boolean =>
  links.some((link) => link.kind === 'table' && link.access !== 'read');

function wayOf(
  { functions: names, inTurn }: AskedFunctions,
  specs: readonly FunctionSpec[],
  requests: Requests,
  sizes: Sizes,
): Way {
  const asked = names.flatMap(
    (key) => specs.find(({ name }) => substitutionKey(name) === key) ?? [],
  );
  const functions = asked.map(({ name, memoryMb, architecture }) => ({
    name,
    memoryMb: sizes.memoryMb ?? memoryMb,
    architecture: sizes.architecture ?? architecture ?? requests.architecture,
  }));
  const writes = asked.filter(isWriter).length;
  const traffic = { ...requests, functions, inTurn, writes };
  return {
    functions,
    inTurn,
    writes,
    perMillion: perMillionOf(traffic),
    month: serverlessBill(traffic).total,
  };
}

async function costOfWorkflow(
  { name, definition, functions }: WorkflowSpec,
  requests: Requests,
  sizes: Sizes,
  atRest: (workflow: string) => Promise<number>,
): Promise<WorkflowCost> {
  const { least, most } = askedFunctions(definition);
  const way = (asked: AskedFunctions) => wayOf(asked, functions, requests, sizes);
  return { name, least: way(least), most: way(most), atRest: await atRest(name) };
}

/** Returns the cost of each workflow that callers ask; see `askedFunctions` for what a request asks. */
export function costOfWorkflows(
  { workflows }: Pick<Blueprint, 'workflows'>,
  requests: Requests,
  sizes: Sizes,
  atRest: (workflow: string) => Promise<number>,
): Promise<readonly WorkflowCost[]> {
  return Promise.all(workflows.map((each) => costOfWorkflow(each, requests, sizes, atRest)));
}
