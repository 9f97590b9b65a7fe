import { BlueprintError } from '../errors.ts';
import { bucketVariable, pascalCase } from '../names.ts';
import type { Named, Needs } from './needs.ts';

/** Objects of a bucket that a function reads or writes. */
export interface BucketLink {
  readonly kind: 'bucket';
  readonly bucket: string;
  readonly access: 'read' | 'write';
  /** Start of the keys: `uploads/`; '' for the whole bucket. */
  readonly prefix: string;
}

/** Characters that IAM reads as wildcards or variables. */
const special = /[*?$]/;

/**
 * Lets a function read or write objects of a bucket, by its name in the blueprint. The function finds the bucket's
 * name in `<NAME>_BUCKET`. A function that does both, or has more prefixes, has a link for each.
 */
export function bucket(
  name: string,
  { access, prefix }: Pick<BucketLink, 'access' | 'prefix'>,
): BucketLink {
  return { kind: 'bucket', bucket: name, access, prefix };
}

/** @throws {BlueprintError} if there is no such bucket, or the prefix would cover other keys than it shows */
export function needsOfBucket(
  { bucket: name, access, prefix }: BucketLink,
  { buckets }: Named,
): Needs {
  if (!buckets.includes(name)) throw new BlueprintError(`there is no bucket ${name}`);
  if (special.test(prefix) || !/^$|[^/]\/$/.test(prefix))
    throw new BlueprintError(
      `the prefix ${JSON.stringify(prefix)} of the bucket ${name} has to end in one slash, without * ? $: uploads/`,
    );
  const objects = {
    resources: [{ kind: 'objects', bucket: name, keys: `${prefix}*` }],
    wildcard: 'Each object has a key of its own, made while the service runs',
  } as const;
  const title = pascalCase(name);
  return {
    variables: { [bucketVariable(name)]: { kind: 'bucket', bucket: name } },
    statements:
      access === 'write'
        ? [{ sid: `Write${title}`, actions: ['s3:PutObject'], ...objects }]
        : [
            { sid: `Read${title}`, actions: ['s3:GetObject'], ...objects },
            // S3 answers 403 for a missing object to a caller that may not list, and 404 to one that may. A condition
            // on the prefix does not hold for GetObject, and would make it 403 again.
            {
              sid: `Miss${title}`,
              actions: ['s3:ListBucket'],
              resources: [{ kind: 'bucket', bucket: name }],
            },
          ],
  };
}
