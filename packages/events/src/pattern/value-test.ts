import { InvalidPatternError } from '../errors.ts';
import { cidrTest } from './cidr.ts';
import { isObject, type Leaf } from './json.ts';
import { numericTest } from './numeric.ts';
import { matchesParts, wildcardParts } from './wildcard.ts';

export type LeafTest = (value: Leaf) => boolean;

type TextTest = (value: string) => boolean;

const ofText =
  (test: TextTest): LeafTest =>
  (value) =>
    typeof value === 'string' && test(value);

function textOf(operator: string, value: unknown): string {
  if (typeof value !== 'string') throw new InvalidPatternError(`${operator} must be text`);
  return value;
}

/** Whether two texts are the same but for upper and lower case, character by character. */
function isSameIgnoringCase(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  return [...one].every((character, index) => {
    const twin = [...other][index] ?? '';
    return (
      character.toLowerCase() === twin.toLowerCase() ||
      character.toUpperCase() === twin.toUpperCase()
    );
  });
}

/** The one member of an operator's object. @throws {InvalidPatternError} if there is none, or another */
function onlyMember(what: string, value: object): readonly [string, unknown] {
  const [member, ...others] = Object.entries(value);
  if (member === undefined) throw new InvalidPatternError(`${what} is empty`);
  if (others.length > 0)
    throw new InvalidPatternError(
      `${what} has ${member[0]} and ${others[0]?.[0]}: only one is allowed in each`,
    );
  return member;
}

/** The text of a prefix or suffix, which may be `{"equals-ignore-case": "text"}`. */
function affix(
  operator: 'prefix' | 'suffix',
  given: unknown,
  cut: (value: string, length: number) => string,
): TextTest {
  if (!isObject(given)) {
    const text = textOf(operator, given);
    return (value) => cut(value, text.length) === text;
  }
  const [name, inner] = onlyMember(operator, given);
  if (name !== 'equals-ignore-case') throw new InvalidPatternError(`${operator} has no ${name}`);
  const text = textOf(`${name} of ${operator}`, inner);
  return (value) => isSameIgnoringCase(cut(value, text.length), text);
}

const fromStart = (value: string, length: number): string => value.slice(0, length);
const fromEnd = (value: string, length: number): string =>
  value.slice(Math.max(value.length - length, 0));

function wildcard(given: unknown): TextTest {
  const parts = wildcardParts(textOf('wildcard', given));
  return (value) => matchesParts(parts, value);
}

function equalsIgnoreCase(given: unknown): TextTest {
  const text = textOf('equals-ignore-case', given);
  return (value) => isSameIgnoringCase(value, text);
}

/** The operators on texts that anything-but takes as well, there with a list too. */
const textOperators: Readonly<Record<string, (given: unknown) => TextTest>> = {
  prefix: (given) => affix('prefix', given, fromStart),
  suffix: (given) => affix('suffix', given, fromEnd),
  'equals-ignore-case': equalsIgnoreCase,
  wildcard,
};

function anythingBut(given: unknown): LeafTest {
  if (isObject(given)) {
    const [name, inner] = onlyMember('anything-but', given);
    const operator = Object.hasOwn(textOperators, name) ? textOperators[name] : undefined;
    if (operator === undefined) throw new InvalidPatternError(`anything-but has no ${name}`);
    const values = Array.isArray(inner) ? inner : [inner];
    const tests = values.map((each) => {
      if (textOf(`${name} of anything-but`, each) === '' && name.endsWith('fix'))
        throw new InvalidPatternError(`${name} of anything-but must not be empty`);
      return ofText(operator(each));
    });
    if (tests.length === 0) throw new InvalidPatternError(`${name} of anything-but is empty`);
    return (value) => !tests.some((test) => test(value));
  }
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  const types = new Set(values.map((each) => typeof each));
  const [type, ...others] = types;
  if ((type !== 'string' && type !== 'number') || others.length > 0)
    throw new InvalidPatternError('anything-but takes texts only, or numbers only');
  return (value) => !values.includes(value);
}

const operators: Readonly<Record<string, (given: unknown) => LeafTest>> = {
  ...Object.fromEntries(
    Object.entries(textOperators).map(([name, make]) => [name, (given) => ofText(make(given))]),
  ),
  'anything-but': anythingBut,
  cidr: (given) => ofText(cidrTest(given)),
  numeric: (given) => {
    const test = numericTest(given);
    return (value) => typeof value === 'number' && test(value);
  },
};

/** The names that fields inside `$or` must not have. */
export const operatorNames: readonly string[] = [...Object.keys(operators), 'exists'];

/** Returns the test of an operator's object: `{"prefix": "a"}`. @throws {InvalidPatternError} */
export function operatorTest(value: object): LeafTest | { readonly exists: boolean } {
  const [name, given] = onlyMember('an operator', value);
  if (name === 'exists') {
    if (typeof given !== 'boolean') throw new InvalidPatternError('exists must be true or false');
    return { exists: given };
  }
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator === undefined)
    throw new InvalidPatternError(
      `there is no operator ${JSON.stringify(name)}: only ${operatorNames.join(', ')}`,
    );
  return operator(given);
}
