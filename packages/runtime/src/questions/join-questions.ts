import { asRecord } from '../proxy-event.ts';

/** The tensors of a question, as a request of the Open Inference Protocol has them; nothing is checked yet. */
export interface Tensors {
  readonly inputs: readonly unknown[];
  readonly outputs: readonly unknown[];
}

type Response = Readonly<Record<string, unknown>>;

/** Several questions as one. */
export interface Joined {
  readonly question: Tensors;
  /** Returns the response to each question, of that to all; undefined if it cannot be taken apart by rows. */
  divide(response: Response): readonly { readonly response: Response }[] | undefined;
}

/** A tensor that can be cut between its rows. */
interface Rows {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  /** The elements, or the rows with theirs. */
  readonly data: readonly unknown[];
  readonly isNested: boolean;
}

const isSize = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;

/** Returns a tensor that can be cut between its rows; undefined of anything else, such as one with parameters for its elements. */
function rowsOf(tensor: unknown): Rows | undefined {
  const { name, datatype, shape, data, parameters } = asRecord(tensor);
  if (typeof name !== 'string' || typeof datatype !== 'string') return undefined;
  if (!Array.isArray(shape) || shape.length === 0 || !shape.every(isSize)) return undefined;
  if (!Array.isArray(data) || parameters !== undefined) return undefined;
  const isNested = data.some((each) => Array.isArray(each));
  const size = isNested ? shape[0] : shape.reduce((product, each) => product * each, 1);
  return data.length === size ? { name, datatype, shape, data, isNested } : undefined;
}

/** Returns the tensors of which all can be cut between the same number of rows. */
function tableOf(tensors: readonly unknown[]): readonly Rows[] | undefined {
  const table = tensors.map(rowsOf);
  const isWhole = table.every((each) => each !== undefined);
  return isWhole && table.every(({ shape }) => shape[0] === table[0]?.shape[0]) && table.length > 0
    ? table
    : undefined;
}

/** What has to be the same of questions that are joined: all but their rows. */
const kindOf = (table: readonly Rows[], { outputs }: Tensors): string =>
  JSON.stringify([
    table.map(({ name, datatype, shape, isNested }) => [name, datatype, isNested, shape.slice(1)]),
    outputs,
  ]);

/**
 * Joins questions along the rows of their tensors.
 *
 * @returns undefined where they differ in more than their rows, or one has tensors that cannot be joined
 */
export function joinQuestions(questions: readonly Tensors[]): Joined | undefined {
  const tables = questions.flatMap((question) => {
    const table = tableOf(question.inputs);
    return table === undefined ? [] : [{ table, kind: kindOf(table, question) }];
  });
  const [first, ...others] = tables;
  if (first === undefined || tables.length < questions.length) return undefined;
  if (others.some(({ kind }) => kind !== first.kind)) return undefined;
  const counts = tables.map(({ table }) => table[0]?.shape[0] ?? 0);
  const total = counts.reduce((sum, each) => sum + each, 0);
  return {
    question: {
      inputs: first.table.map(({ name, datatype, shape }, index) => ({
        name,
        datatype,
        shape: [total, ...shape.slice(1)],
        data: tables.flatMap(({ table }) => table[index]?.data ?? []),
      })),
      outputs: questions[0]?.outputs ?? [],
    },
    divide(response) {
      const outputs = Array.isArray(response['outputs']) ? tableOf(response['outputs']) : undefined;
      if (outputs?.[0]?.shape[0] !== total) return undefined;
      let from = 0;
      return counts.map((count) => {
        const parts = outputs.map(({ name, datatype, shape, data }) => {
          const perRow = data.length / total;
          const own = data.slice(from * perRow, (from + count) * perRow);
          return { name, datatype, shape: [count, ...shape.slice(1)], data: own };
        });
        from += count;
        return { response: { ...response, outputs: parts } };
      });
    },
  };
}
