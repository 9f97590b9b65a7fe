import type { S3Client } from '@aws-sdk/client-s3';
import type { ModelEvaluation, PublishedVersion } from '@chorus/pipeline-runs';
import {
  createRegistry,
  isVersion,
  type Manifest,
  parseManifest,
  VersionExistsError,
} from '@chorus/registry';
import { getBytes, putNew } from '@chorus/registry/s3';
import type { ReleaseSettings } from './env.ts';
import { CandidateError } from './errors.ts';

/** The files of a candidate. */
interface Candidate {
  readonly manifest: Omit<Manifest, 'version'>;
  readonly bytes: Uint8Array;
}

/** Publishes a candidate as a version: once, however often it is asked. */
export type Publish = (model: ModelEvaluation) => Promise<PublishedVersion>;

/** Opens the registry and the bucket of candidates. */
export function openPublishing(
  client: S3Client,
  { trainingBucket, modelsBucket }: ReleaseSettings,
): Publish {
  const training = { client, bucket: trainingBucket };
  const registry = createRegistry({ client, bucket: modelsBucket });

  async function read(key: string): Promise<Uint8Array> {
    const bytes = await getBytes(training, key);
    if (bytes === undefined)
      throw new CandidateError(`s3://${trainingBucket}/${key} is not there: train the model first`);
    return bytes;
  }

  async function readCandidate({ model, output }: ModelEvaluation): Promise<Candidate> {
    const bytes = await read(`${output}model.onnx`);
    const text = Buffer.from(await read(`${output}manifest.json`)).toString();
    const manifest: Omit<Manifest, 'version'> = JSON.parse(text);
    if (manifest.name !== model)
      throw new CandidateError(`${output}manifest.json is of ${manifest.name}, not of ${model}`);
    return { manifest, bytes };
  }

  /**
   * Returns the version that the run's candidate is, or is to be, published as. It is written down before it is used, so that a
   * run which is cut off and goes on uses the same.
   */
  async function versionFor(model: string, output: string, attempt: number): Promise<string> {
    const key = `${output}version-${attempt}.json`;
    const wanted = await registry.nextVersion(model);
    const body = Buffer.from(JSON.stringify({ version: wanted }));
    if (await putNew(training, { key, body, contentType: 'application/json' })) return wanted;
    const { version } = JSON.parse(Buffer.from(await read(key)).toString());
    if (typeof version !== 'string' || !isVersion(version))
      throw new CandidateError(`s3://${trainingBucket}/${key} names no version: delete it`);
    return version;
  }

  return async (evaluation) => {
    const { model, output, champion } = evaluation;
    const { manifest, bytes } = await readCandidate(evaluation);
    const lineage = { ...manifest.lineage, ...(champion && { parent: champion.version }) };
    for (let attempt = 1; ; attempt += 1) {
      const version = await versionFor(model, output, attempt);
      try {
        await registry.pushVersion(parseManifest({ ...manifest, lineage, version }), bytes);
        return { model, version, champion: champion?.version ?? null };
      } catch (error) {
        // Another run, or a person, has taken the number meanwhile.
        if (!(error instanceof VersionExistsError) || attempt === 20) throw error;
      }
    }
  };
}
