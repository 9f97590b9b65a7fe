import type { ModelVersion } from '../../pins.ts';
import type { KeptReady } from '../aws-tools.ts';

/** A stack of the fake. */
interface FakeStack {
  status: string;
  template: string;
  outputs: Record<string, string>;
  isProtected: boolean;
  tags: Record<string, string>;
  reason?: string;
}

/** A version of a function of the fake. */
interface FakeVersion {
  readonly code: string;
  readonly model: ModelVersion | undefined;
}

/** A function of the fake. */
interface FakeFunction {
  versions: FakeVersion[];
  aliases: Record<string, { version: string; canaries: string[] }>;
  reserved: number;
  ready: KeptReady[];
}

/** A deployment of CodeDeploy's fake. */
interface FakeShift {
  readonly id: string;
  readonly functionName: string;
  readonly from: string;
  readonly to: string;
  status: string;
}

/** Everything that the fake remembers. */
export interface FakeCloud {
  readonly stacks: Map<string, FakeStack>;
  readonly functions: Map<string, FakeFunction>;
  /** Deployment groups. */
  readonly groups: Set<string>;
  readonly shifts: FakeShift[];
  readonly database: { user: boolean; applied: string[] };
  readonly registry: Map<string, string[]>;
  readonly pages: Map<string, string>;
  readonly locks: Set<string>;
  /** Everything that was asked of it, in order. */
  readonly calls: string[];
}

export function emptyCloud(): FakeCloud {
  return {
    stacks: new Map(),
    functions: new Map(),
    groups: new Set(),
    shifts: [],
    database: { user: false, applied: [] },
    registry: new Map(),
    pages: new Map(),
    locks: new Set(),
    calls: [],
  };
}

/** What can be seen of a cloud from outside. */
export interface Seen {
  readonly foundation: string | undefined;
  readonly serving: string | undefined;
  readonly isProtected: boolean;
  /** By function: the version that answers, and those that share with it: `1`, `1+2`. */
  readonly live: Readonly<Record<string, string>>;
  readonly code: Readonly<Record<string, FakeVersion | undefined>>;
  readonly next: Readonly<Record<string, string | undefined>>;
  /** By function: the environments that each version keeps ready: `1 * 2`. */
  readonly ready: Readonly<Record<string, readonly string[]>>;
  readonly database: FakeCloud['database'];
  readonly pages: Readonly<Record<string, string>>;
  readonly locks: readonly string[];
  readonly underWay: readonly string[];
  readonly statuses: Readonly<Record<string, string>>;
}

/** What answers, and what would be there for the next release: two clouds in which it is the same behave the same. */
export function liveIn({ stacks, functions, database, pages, locks, shifts }: FakeCloud): Seen {
  const stack = (id: string) => [...stacks].find(([name]) => name.endsWith(id))?.[1];
  return {
    foundation: stack('foundation')?.template,
    serving: stack('serving')?.template,
    isProtected: stack('foundation')?.isProtected === true,
    live: Object.fromEntries(
      [...functions].map(([name, { aliases }]) => [
        name,
        [aliases['live']?.version, ...(aliases['live']?.canaries ?? [])].join('+'),
      ]),
    ),
    code: Object.fromEntries(
      [...functions].map(([name, { aliases, versions }]) => [
        name,
        versions[Number(aliases['live']?.version) - 1],
      ]),
    ),
    next: Object.fromEntries(
      [...functions].map(([name, { aliases }]) => [name, aliases['next']?.version]),
    ),
    ready: Object.fromEntries(
      [...functions].map(([name, { ready }]) => [
        name,
        ready.map(({ version, environments }) => `${version} * ${environments}`),
      ]),
    ),
    database: structuredClone(database),
    pages: Object.fromEntries(pages),
    locks: [...locks],
    underWay: shifts.filter(({ status }) => status === 'InProgress').map(({ id }) => id),
    statuses: Object.fromEntries([...stacks].map(([name, { status }]) => [name, status])),
  };
}

/**
 * What a release leaves, whatever way led there: checksums are known once weights were pushed, which may be on the way, and
 * statuses of stacks tell of the way.
 */
export function endOf(cloud: FakeCloud): object {
  const { statuses: _, code, ...seen } = liveIn(cloud);
  const versions = Object.entries(code).map(([name, each]) => [
    name,
    each && { code: each.code, model: each.model?.version },
  ]);
  return { ...seen, code: Object.fromEntries(versions) };
}
