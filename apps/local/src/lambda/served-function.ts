import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Alias,
  type AliasRequest,
  createAlias,
  route,
  updateAlias,
  versionsOf,
} from './aliases.ts';
import { conflict, notFound } from './errors.ts';
import {
  changeSettings,
  type FunctionSettings,
  newRevision,
  type SettingsChange,
} from './functions.ts';
import type { Pool } from './pool.ts';
import { isVersionNumber } from './qualifier.ts';
import type { SavedFunction } from './saved-functions.ts';
import type { LocalFunction } from './service.ts';
import { nextVersion, type PublishedVersion, type PublishRequest } from './versions.ts';
import type { InvocationResult } from './worker.ts';

export const latestVersion = '$LATEST';

/** How long `$LATEST` says `InProgress` after a change, in milliseconds; AWS needs seconds. */
const updateMs = 25;

/** How the last change of `$LATEST` went. */
interface UpdateStatus {
  readonly status: 'InProgress' | 'Successful' | 'Failed';
  readonly reason?: string;
}

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
}

/** One function with its versions and aliases, as Lambda keeps it. Errors are `LambdaError`s with AWS's names. */
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
  /** Changes `$LATEST`; what it is invoked with until the promise resolves is the former configuration. */
  update(change: SettingsChange): { readonly done: Promise<void> };
  publish(request: PublishRequest): Promise<PublishedVersion>;
  createAlias(request: AliasRequest): Promise<Alias>;
  updateAlias(name: string, request: AliasRequest): Promise<Alias>;
  deleteAlias(name: string): Promise<void>;
  invoke(qualifier: string | undefined, event: Event): Promise<ExecutedInvocation>;
  /** How many processes, of all versions, are working on an event. */
  readonly busy: number;
}

/** What a function needs from the service around it. */
export interface Surroundings {
  readonly saved: SavedFunction | undefined;
  save(state: SavedFunction): Promise<void>;
  openPool(version: string, settings: FunctionSettings): Pool;
  /** Lets a pool finish what it has and stop. */
  retirePool(pool: Pool): void;
  /** At least 0, below 1: decides between the two versions of an alias. */
  chance(): number;
}

/** A function with what was saved of it. Its pools open with their first events. */
export function createServedFunction(
  spec: LocalFunction,
  arn: string,
  { saved, save, openPool, retirePool, chance }: Surroundings,
): ServedFunction {
  const codeSha256 = createHash('sha256').update(spec.name).digest('base64');
  const versions = [...(saved?.versions ?? [])];
  const aliases = new Map((saved?.aliases ?? []).map((alias) => [alias.name, alias]));
  const pools = new Map<string, Pool>();
  let latest: FunctionSettings = {
    environment: { ...spec.environment, ...saved?.environment },
    memoryMb: spec.memoryMb,
    timeoutSeconds: spec.timeoutSeconds,
    description: '',
    ...newRevision(),
  };
  /** What `$LATEST` is invoked with: the last configuration whose update is through. */
  let active = latest;
  let update: UpdateStatus = { status: 'Successful' };

  function persist(): Promise<void> {
    const { environment } = latest;
    return save({ environment, versions: [...versions], aliases: [...aliases.values()] });
  }

  function settingsOf(version: string): FunctionSettings {
    const found =
      version === latestVersion ? active : versions.find((each) => each.version === version);
    if (found === undefined) throw notFound(`Function not found: ${arn}:${version}`);
    return found;
  }

  function alias(name: string): Alias {
    const found = aliases.get(name);
    if (found === undefined) throw notFound(`Cannot find alias arn: ${arn}:${name}`);
    return found;
  }

  /** @param chance decides where an alias has two versions */
  function versionOf(qualifier: string | undefined, chance: number): string {
    if (qualifier === undefined || qualifier === latestVersion) return latestVersion;
    if (isVersionNumber(qualifier)) return qualifier;
    const found = aliases.get(qualifier);
    if (found === undefined) throw notFound(`Function not found: ${arn}:${qualifier}`);
    return route(found, chance);
  }

  function assertSettled(): void {
    if (update.status === 'InProgress')
      throw conflict(
        `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
      );
  }

  function retire(version: string): void {
    const pool = pools.get(version);
    pools.delete(version);
    if (pool !== undefined) retirePool(pool);
  }

  /** Versions that lose their last alias finish what they have; asked for by number, they start again. */
  async function changeAliases(change: () => void): Promise<void> {
    const reachable = () => new Set([...aliases.values()].flatMap(versionsOf));
    const before = reachable();
    change();
    const after = reachable();
    for (const version of before) if (!after.has(version)) retire(version);
    await persist();
  }

  async function setAlias(changed: Alias): Promise<Alias> {
    for (const version of versionsOf(changed)) settingsOf(version);
    await changeAliases(() => aliases.set(changed.name, changed));
    return changed;
  }

  async function finishUpdate(): Promise<void> {
    try {
      await sleep(updateMs);
      await persist();
    } catch (cause) {
      update = { status: 'Failed', reason: String(cause) };
      throw cause;
    }
    // The end of an update is a revision too.
    latest = { ...latest, ...newRevision() };
    active = latest;
    update = { status: 'Successful' };
    retire(latestVersion);
  }

  return {
    spec,
    arn,
    codeSha256,
    describe(qualifier) {
      const version = versionOf(qualifier, 1);
      const isLatest = version === latestVersion;
      return {
        version,
        arn: qualifier === undefined ? arn : `${arn}:${qualifier}`,
        settings: isLatest ? latest : settingsOf(version),
        update: isLatest ? update : { status: 'Successful' },
      };
    },
    versions: () => versions,
    aliases: () => [...aliases.values()],
    alias,
    update(change) {
      assertSettled();
      latest = changeSettings(latest, change);
      update = { status: 'InProgress' };
      return { done: finishUpdate() };
    },
    async publish(request) {
      assertSettled();
      const last = versions.at(-1);
      const published = nextVersion(latest, codeSha256, last, request);
      if (published !== last) {
        versions.push(published);
        await persist();
      }
      return published;
    },
    async createAlias(request) {
      const created = createAlias(request);
      if (aliases.has(created.name)) throw conflict(`Alias already exists: ${arn}:${created.name}`);
      return setAlias(created);
    },
    updateAlias: async (name, request) => setAlias(updateAlias(alias(name), request)),
    async deleteAlias(name) {
      alias(name);
      await changeAliases(() => aliases.delete(name));
    },
    async invoke(qualifier, event) {
      const executedVersion = versionOf(qualifier, chance());
      const settings = settingsOf(executedVersion);
      const pool = pools.get(executedVersion) ?? openPool(executedVersion, settings);
      pools.set(executedVersion, pool);
      const functionArn = qualifier === undefined ? arn : `${arn}:${qualifier}`;
      return { ...(await pool.invoke({ ...event, functionArn })), executedVersion };
    },
    get busy() {
      return [...pools.values()].reduce((sum, pool) => sum + pool.busy, 0);
    },
  };
}
