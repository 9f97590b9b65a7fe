import { InvalidPatternError } from '../errors.ts';
import { canBeChosen } from './choose-leaves.ts';
import { type EventLeaf, type FlatEvent, flattenEvent } from './flatten-event.ts';
import { isLeaf, isObject } from './json.ts';
import { type LeafTest, operatorNames, operatorTest } from './value-test.ts';

/** Whether an event, parsed JSON, is among those of a pattern. */
export type EventPattern = (event: unknown) => boolean;

/** What a field of an event has to be. */
interface Field {
  readonly tests: readonly LeafTest[];
  /** Whether the field may be missing. */
  readonly mayMiss: boolean;
}

/** Fields that all have to be so, by path. */
type Branch = ReadonlyMap<string, Field>;

/** As many ways to fulfil a pattern as EventBridge takes. */
const mostBranches = 1000;

function fieldOf(name: string, values: readonly unknown[]): Field {
  if (values.length === 0) throw new InvalidPatternError(`${name} is an empty array`);
  const tests: LeafTest[] = [];
  let mayMiss = false;
  for (const value of values)
    if (isLeaf(value)) tests.push((leaf) => leaf === value);
    else if (isObject(value)) {
      const test = operatorTest(value);
      if (typeof test === 'function') tests.push(test);
      else if (test.exists) tests.push(() => true);
      else mayMiss = true;
    } else throw new InvalidPatternError(`${name} has an array in its array`);
  return { tests, mayMiss };
}

/** Adds what an object of the pattern demands to each branch. */
function compileObject(
  pattern: Readonly<Record<string, unknown>>,
  path: string,
  branches: readonly Branch[],
  isInOr: boolean,
): readonly Branch[] {
  const members = Object.entries(pattern);
  if (members.length === 0)
    throw new InvalidPatternError(`${path === '' ? 'the pattern' : path} is an empty object`);
  let all = branches;
  for (const [name, value] of members) {
    const inner = path === '' ? name : `${path}.${name}`;
    if (name === '$or') all = compileOr(value, path, all);
    else if (isInOr && operatorNames.includes(name))
      throw new InvalidPatternError(`${name} is an operator and no field inside $or`);
    else if (isObject(value)) all = compileObject(value, inner, all, isInOr);
    else if (Array.isArray(value)) {
      const field = fieldOf(inner, value);
      all = all.map((branch) => new Map(branch).set(inner, field));
    } else throw new InvalidPatternError(`${inner} must be an object or an array`);
  }
  return all;
}

function compileOr(value: unknown, path: string, branches: readonly Branch[]): readonly Branch[] {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject))
    throw new InvalidPatternError('$or must be an array of at least two objects');
  const all = value.flatMap((each) => compileObject(each, path, branches, true));
  if (all.length > mostBranches)
    throw new InvalidPatternError(`the pattern has more than ${mostBranches} combinations of $or`);
  return all;
}

function fulfils(event: FlatEvent, fields: readonly (readonly [string, Field])[]): boolean {
  const choices: (readonly EventLeaf[])[] = [];
  for (const [path, { tests, mayMiss }] of fields) {
    const leaves = event.get(path);
    if (leaves === undefined) {
      if (!mayMiss) return false;
    } else choices.push(leaves.filter(({ value }) => tests.some((test) => test(value))));
  }
  return canBeChosen(choices);
}

/**
 * Compiles a pattern of EventBridge: `{"source": ["shop"], "detail": {"total": [{"numeric": [">", 100]}]}}`. Fields that are in
 * different elements of one array are not matched together.
 *
 * @param pattern parsed JSON
 * @throws {InvalidPatternError} for what EventBridge refuses, and for operators that it does not have
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compilePattern(pattern: unknown): EventPattern {
  if (!isObject(pattern)) throw new InvalidPatternError('the pattern must be an object');
  const branches = compileObject(pattern, '', [new Map()], false).map((branch) => [...branch]);
  return (event) => {
    const flat = flattenEvent(event);
    return branches.some((fields) => fulfils(flat, fields));
  };
}
