import { createHash } from 'node:crypto';
import {
  type Alias,
  type AliasRequest,
  createAlias,
  route,
  updateAlias,
  versionsOf,
} from './aliases.ts';
import { conflict, notFound } from './errors.ts';
import { type FunctionState, initialState, savedOf } from './function-state.ts';
import {
  changeSettings,
  type FunctionSettings,
  newRevision,
  type SettingsChange,
} from './functions.ts';
import { invokeWithFault } from './invoke-with-fault.ts';
import type { LocalFunction } from './local-function.ts';
import type { Pool } from './pool.ts';
import { isVersionNumber, latestVersion } from './qualifier.ts';
import type { Surroundings } from './surroundings.ts';
import { nextVersion, type PublishedVersion, type PublishRequest } from './versions.ts';
import type { InvocationResult } from './worker.ts';

/** How long `$LATEST` says `InProgress` after a change, in milliseconds; AWS needs seconds. */
const updateMs = 25;

/** The outcome of the last change of `$LATEST`. */
type UpdateStatus = 'InProgress' | 'Successful';

/** `$LATEST` or a published version, as it was asked for. */
export interface DescribedFunction {
  readonly version: string;
  /** With the qualifier it was asked for by. */
  readonly arn: string;
  readonly settings: FunctionSettings;
  readonly update: UpdateStatus;
}

/** An answer, and which version gave it. */
export interface ExecutedInvocation extends InvocationResult {
  readonly executedVersion: string;
}

interface Event {
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly withLog?: boolean;
}

/**
 * One function with its versions and aliases, as Lambda keeps it. Errors are `LambdaError`s with AWS's names. A change is saved
 * before it counts: one that could not be saved has not happened.
 */
export interface ServedFunction {
  readonly spec: LocalFunction;
  readonly arn: string;
  /** The same for every version: the code is the package's folder as it is now. */
  readonly codeSha256: string;
  /** @param qualifier a version, an alias (whose main version it is), or by default `$LATEST` */
  describe(qualifier?: string): DescribedFunction;
  /** Oldest first. */
  versions(): readonly PublishedVersion[];
  aliases(): readonly Alias[];
  alias(name: string): Alias;
  /** Changes `$LATEST`; what it is invoked with until `done` resolves is the former configuration. */
  update(change: SettingsChange): Promise<{ readonly done: Promise<void> }>;
  publish(request: PublishRequest): Promise<PublishedVersion>;
  /** Deletes a published version that no alias names. */
  removeVersion(version: string): Promise<void>;
  createAlias(request: AliasRequest): Promise<Alias>;
  updateAlias(name: string, request: AliasRequest): Promise<Alias>;
  deleteAlias(name: string): Promise<void>;
  /** Deletes the function: its processes finish what they have and stop, and nothing changes it any more. */
  remove(): Promise<void>;
  invoke(qualifier: string | undefined, event: Event): Promise<ExecutedInvocation>;
  /** Begins to keep environments initialised, if it has any to keep. */
  keepEnvironments(): void;
  /** How many processes, of all versions, are working on an event. */
  readonly busy: number;
}

/** Creates a function with what was saved of it. Its pools open with their first events. */
export function createServedFunction(
  spec: LocalFunction,
  arn: string,
  { saved, save, forget, openPool, retirePool, chance, fault, sleep }: Surroundings,
): ServedFunction {
  const codeSha256 = createHash('sha256').update(spec.name).digest('base64');
  const pools = new Map<string, Pool>();
  const { environments = 0 } = spec.kept ?? {};
  let state = initialState(spec, saved);
  /** The configuration that `$LATEST` is invoked with: the last one whose update is through. */
  let active = state.latest;
  let update: UpdateStatus = 'Successful';
  let isRemoved = false;
  let isKeeping = false;
  let changing: Promise<unknown> = Promise.resolve();

  /** One change after the other, each on what the one before has left. */
  function inTurn<Of>(change: () => Promise<Of>): Promise<Of> {
    const changed = changing.then(change);
    // What failed is its own caller's.
    changing = changed.catch(() => {});
    return changed;
  }

  /** A change that waited for its turn may find that the function is gone. */
  function assertThere(): void {
    if (isRemoved) throw notFound(`Function not found: ${arn}`);
  }

  /** Saves what is to be, and only then lets it be. */
  async function become(next: FunctionState): Promise<void> {
    assertThere();
    await save(savedOf(next));
    state = next;
  }

  function settingsOf(version: string): FunctionSettings {
    const found =
      version === latestVersion ? active : state.versions.find((each) => each.version === version);
    if (found === undefined) throw notFound(`Function not found: ${arn}:${version}`);
    return found;
  }

  function alias(name: string): Alias {
    const found = state.aliases.get(name);
    if (found === undefined) throw notFound(`Cannot find alias arn: ${arn}:${name}`);
    return found;
  }

  /** @param chance decides where an alias has two versions */
  function versionOf(qualifier: string | undefined, chance: number): string {
    if (qualifier === undefined || qualifier === latestVersion) return latestVersion;
    if (isVersionNumber(qualifier)) return qualifier;
    const found = state.aliases.get(qualifier);
    if (found === undefined) throw notFound(`Function not found: ${arn}:${qualifier}`);
    return route(found, chance);
  }

  function assertSettled(): void {
    if (update === 'InProgress')
      throw conflict(
        `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
      );
  }

  function retire(version: string): void {
    const pool = pools.get(version);
    pools.delete(version);
    if (pool !== undefined) retirePool(pool);
  }

  function poolOf(version: string): Pool {
    const pool = pools.get(version) ?? openPool(version, settingsOf(version));
    pools.set(version, pool);
    return pool;
  }

  /** Keeps environments of the version that the alias names now, and of no other. */
  function keepEnvironments(): void {
    const kept = state.aliases.get(spec.kept?.alias ?? '')?.functionVersion;
    if (!isKeeping || kept === undefined) return;
    poolOf(kept);
    for (const [version, pool] of pools) pool.keep(version === kept ? environments : 0);
  }

  /** Versions that lose their last alias finish what they have; asked for by number, they start again. */
  async function setAliases(aliases: ReadonlyMap<string, Alias>): Promise<void> {
    const reachable = () => new Set([...state.aliases.values()].flatMap(versionsOf));
    const before = reachable();
    await become({ ...state, aliases });
    const after = reachable();
    for (const version of before) if (!after.has(version)) retire(version);
    keepEnvironments();
  }

  async function setAlias(changed: Alias): Promise<Alias> {
    for (const version of versionsOf(changed)) settingsOf(version);
    await setAliases(new Map(state.aliases).set(changed.name, changed));
    return changed;
  }

  async function finishUpdate(): Promise<void> {
    await sleep(updateMs);
    await inTurn(async () => {
      // The end of an update is a revision too.
      state = { ...state, latest: { ...state.latest, ...newRevision() } };
      active = state.latest;
      update = 'Successful';
      retire(latestVersion);
    });
  }

  return {
    spec,
    arn,
    codeSha256,
    describe(qualifier) {
      const version = versionOf(qualifier, 1);
      const named = { version, arn: qualifier === undefined ? arn : `${arn}:${qualifier}` };
      return version === latestVersion
        ? { ...named, settings: state.latest, update }
        : { ...named, settings: settingsOf(version), update: 'Successful' };
    },
    versions: () => state.versions,
    aliases: () => [...state.aliases.values()],
    alias,
    async update(change) {
      await inTurn(async () => {
        assertSettled();
        await become({ ...state, latest: changeSettings(state.latest, change) });
        update = 'InProgress';
      });
      return { done: finishUpdate() };
    },
    publish: (request) =>
      inTurn(async () => {
        assertSettled();
        const last = state.versions.at(-1);
        const published = nextVersion(state.latest, codeSha256, last, request, state.published);
        if (published !== last)
          await become({
            ...state,
            versions: [...state.versions, published],
            published: Number(published.version),
          });
        return published;
      }),
    removeVersion: (version) =>
      inTurn(async () => {
        settingsOf(version);
        const named = [...state.aliases.values()].find((each) =>
          versionsOf(each).includes(version),
        );
        if (named !== undefined)
          throw conflict(`Version ${version} of ${arn} is named by the alias ${named.name}`);
        await become({
          ...state,
          versions: state.versions.filter((each) => each.version !== version),
        });
        retire(version);
      }),
    createAlias: (request) =>
      inTurn(async () => {
        const created = createAlias(request);
        if (state.aliases.has(created.name))
          throw conflict(`Alias already exists: ${arn}:${created.name}`);
        return setAlias(created);
      }),
    updateAlias: (name, request) => inTurn(async () => setAlias(updateAlias(alias(name), request))),
    deleteAlias: (name) =>
      inTurn(async () => {
        alias(name);
        const aliases = new Map(state.aliases);
        aliases.delete(name);
        await setAliases(aliases);
      }),
    remove: () =>
      inTurn(async () => {
        assertThere();
        await forget();
        isRemoved = true;
        for (const version of [...pools.keys()]) retire(version);
      }),
    async invoke(qualifier, event) {
      assertThere();
      const executedVersion = versionOf(qualifier, chance());
      const pool = poolOf(executedVersion);
      const functionArn = qualifier === undefined ? arn : `${arn}:${qualifier}`;
      const asked = { ...event, functionArn };
      const faulty = fault();
      const result =
        faulty === undefined ? pool.invoke(asked) : invokeWithFault(pool, asked, faulty);
      return { ...(await result), executedVersion };
    },
    keepEnvironments() {
      isKeeping = true;
      keepEnvironments();
    },
    get busy() {
      return [...pools.values()].reduce((sum, pool) => sum + pool.busy, 0);
    },
  };
}
