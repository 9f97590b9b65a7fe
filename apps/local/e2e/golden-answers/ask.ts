import type { Question } from './questions.ts';

/** The answer to a question, without the parts that differ from one run to the next. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** By the question's name. */
export type Answers = Readonly<Record<string, Answer>>;

/** Fields that say when, how fast, on which attempt or under which id something was answered. */
const fleeting =
  /^(?:requestId|durationMs|coldStart|attempts|chorus_cost_usd|chorus_(?:.+_)?(?:duration_ms|cold_start|attempts))$/;

const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;

/** A key that a question itself names stays; it is no id of this run. */
const kept = '1b4e28ba-2fa1-11d2-883f-0016d3cca427';

function steady(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .replaceAll(uuid, (id) => (id === kept ? id : '<id>'))
      .replaceAll(/\b\d+(?:\.\d+)? ms\b/g, '<time>');
  if (Array.isArray(value)) return value.map(steady);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !fleeting.test(key))
      .map(([key, each]) => [key, key === 'id' && each !== 'mine' ? '<id>' : steady(each)]),
  );
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array
    ? (body as string | Uint8Array<ArrayBuffer>)
    : JSON.stringify(body);
}

async function answerOf(url: string, { path, body, headers }: Question): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: headers ?? { 'content-type': 'application/json' },
      body: bodyOf(body),
    }),
  });
  const text = await response.text();
  return { status: response.status, body: steady(text === '' ? '' : JSON.parse(text)) };
}

/** Asks one after the other, so that a burst turns none away. */
export async function answersOf(url: string, questions: readonly Question[]): Promise<Answers> {
  const answers: Record<string, Answer> = {};
  for (const question of questions) answers[question.name] = await answerOf(url, question);
  return answers;
}
