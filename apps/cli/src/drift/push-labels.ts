import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LiveMetrics } from '@chorus/drift';
import type { Registry } from '@chorus/registry';
import { isCausedBy } from '../errors.ts';
import { labelsOf, type Truth, workflowVersion } from './answers-of.ts';
import { keepLabel, readLabels } from './label-store.ts';

/** The clients that read answers and keep labels. */
interface Stores {
  readonly dynamodb: DynamoDBClient;
  readonly registry: Registry;
  /** The tables' physical names. */
  readonly predictions: string;
  readonly labels: string;
  /** The member of each row that the workflow answers with; default as `labelsOf`. */
  readonly member: string | undefined;
}

/** The result of pushing a file of truths. */
export interface LabelReport {
  /** Truths of answers that are kept. */
  readonly pushed: number;
  /** Those that could not be used, by reason, with the first id of each. */
  readonly leftOut: readonly {
    readonly reason: string;
    readonly count: number;
    readonly first: string;
  }[];
  /** By model and version, from all labels that are kept, and what the manifest says of held-out rows. */
  readonly versions: readonly (LiveMetrics & {
    readonly model: string;
    readonly version: string;
    readonly heldOut: LiveMetrics['metrics'];
  })[];
}

/** Truths that are handled at the same time. */
const atOnce = 16;

/** Keeps a label for every answer whose truth is said, and returns how good the answers were. */
export async function pushLabels(
  truths: AsyncIterable<Truth>,
  stores: Stores,
): Promise<LabelReport> {
  const leftOut = new Map<string, { reason: string; count: number; first: string }>();
  const asked = new Map<string, { readonly model: string; readonly version: string }>();
  let pushed = 0;
  const handle = async (truth: Truth): Promise<void> => {
    const labels = await labelsFor(truth, stores);
    if (typeof labels === 'string') {
      const known = leftOut.get(labels) ?? { reason: labels, count: 0, first: truth.id };
      leftOut.set(labels, { ...known, count: known.count + 1 });
      return;
    }
    for (const label of labels) {
      await keepLabel(stores.dynamodb, stores.labels, label);
      asked.set(`${label.model} ${label.version}`, label);
    }
    pushed += 1;
  };
  let together: Promise<void>[] = [];
  for await (const truth of truths) {
    together.push(handle(truth));
    if (together.length < atOnce) continue;
    await Promise.all(together);
    together = [];
  }
  await Promise.all(together);
  const versions = [...asked.values()].map(({ model, version }) => ({ model, version }));
  return {
    pushed,
    leftOut: [...leftOut.values()],
    versions: await Promise.all(versions.map((each) => measure(each, stores))),
  };
}

/** Returns the labels of a truth, or why there are none. */
async function labelsFor(truth: Truth, { dynamodb, predictions, member }: Stores) {
  const { readPrediction } = await import('@chorus/predictions/read');
  const prediction = await readPrediction(dynamodb, predictions, truth.id);
  if (prediction === undefined) return 'of ids that are not known, or whose answer has expired';
  if (prediction.status === 'accepted') return 'of requests that are not answered yet';
  if (prediction.status === 'failed') return 'of requests that failed';
  return (
    labelsOf(prediction, truth, member) ??
    'whose request has no such row, or no answer that can be compared with the truth'
  );
}

async function measure(
  { model, version }: { readonly model: string; readonly version: string },
  { dynamodb, labels, registry }: Stores,
): Promise<LabelReport['versions'][number]> {
  const [{ liveMetrics }, { metricsOf }, kept] = await Promise.all([
    import('@chorus/drift'),
    import('@chorus/registry/manifest'),
    readLabels(dynamodb, labels, model, version),
  ]);
  const manifest =
    version === workflowVersion
      ? undefined
      : await registry.fetchManifest(model, version).catch((error: unknown) => {
          if (isCausedBy(error, 'UnknownVersionError', 'UnknownModelError')) return undefined;
          throw error;
        });
  return { model, version, ...liveMetrics(kept), heldOut: metricsOf(manifest?.training) };
}
