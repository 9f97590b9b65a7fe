import type { Label } from '@chorus/drift';
import type { Done } from '@chorus/predictions';

/** A truth, as the file has it. */
export interface Truth {
  readonly id: string;
  /** The row in the request, from 0. */
  readonly row: number;
  readonly truth: unknown;
}

/** Members of a row that are the answer which is made of several models, where no other is named. */
const usualMembers = ['ensemble', 'label'];

/** The version of a label about what a workflow made of its models' answers. */
export const workflowVersion = 'answer';

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Returns one label for each model that answered a row, and one of the workflow for what it made of them.
 *
 * @param member - the member of the row that the workflow answers with; default: `ensemble` or `label`
 * @returns undefined when the request has no such row, or nothing in it can be compared with the truth
 */
export function labelsOf(
  { id, workflow, body, endedAt: at }: Pick<Done, 'id' | 'workflow' | 'body' | 'endedAt'>,
  { row, truth }: Pick<Truth, 'row' | 'truth'>,
  member?: string,
): readonly Label[] | undefined {
  const { predictions, models } = isMembers(body) ? body : {};
  const found: unknown = Array.isArray(predictions) ? predictions[row] : undefined;
  const members: Members = isMembers(found) ? found : { [usualMembers[0] ?? '']: found };
  const versions = Object.entries(isMembers(models) ? models : {}).flatMap(([name, served]) =>
    isMembers(served) && typeof served['version'] === 'string' ? [[name, served['version']]] : [],
  );
  const made = member ?? usualMembers.find((each) => members[each] !== undefined);
  const answered: readonly (readonly [string, string, unknown])[] = [
    ...versions.map(([name = '', version = '']) => [name, version, members[name]] as const),
    ...(made === undefined ? [] : [[workflow, workflowVersion, members[made]] as const]),
  ];
  const labels = answered.flatMap(([model, version, value]) => {
    const pair = compared(value, truth);
    return pair === undefined ? [] : [{ model, version, id, row, at, ...pair }];
  });
  return labels.length > 0 ? labels : undefined;
}

/** Returns an answer beside the truth, as numbers or as classes; undefined when they cannot be compared. */
function compared(value: unknown, truth: unknown): Pick<Label, 'predicted' | 'truth'> | undefined {
  const predicted = isMembers(value) ? value['label'] : value;
  if (typeof predicted === 'number') {
    const number = typeof truth === 'string' && truth.trim() === '' ? Number.NaN : Number(truth);
    return Number.isFinite(number) ? { predicted, truth: number } : undefined;
  }
  if (typeof predicted !== 'string' || truth === null || truth === undefined) return undefined;
  return { predicted, truth: String(truth) };
}
