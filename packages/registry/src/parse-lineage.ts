import { readObject, readOptional, readText, wrong } from './fields.ts';
import type { Lineage } from './manifest.ts';
import { isVersion } from './model-key.ts';

/** Checks what is known of how a version came about. @throws {ManifestError} */
export function parseLineage(value: unknown, path: string): Lineage {
  const lineage = readObject(value, path);
  return {
    ...readOptional(lineage, 'code', path, parseCode),
    ...readOptional(lineage, 'parent', path, parseParent),
    ...readOptional(lineage, 'execution', path, readText),
  };
}

function parseCode(value: unknown, path: string): NonNullable<Lineage['code']> {
  const { commit, dirty } = readObject(value, path);
  const name = readText(commit, `${path}.commit`);
  return typeof dirty === 'boolean'
    ? { commit: name, dirty }
    : wrong(`${path}.dirty`, 'true or false', dirty);
}

function parseParent(value: unknown, path: string): string {
  const version = readText(value, path);
  return isVersion(version) ? version : wrong(path, 'v1, v2, v3, …', version);
}
