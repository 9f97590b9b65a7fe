import { EvaluationError, PathSyntaxError } from './errors.ts';
import { IntrinsicArgumentError, intrinsics } from './intrinsics.ts';
import { compilePath } from './json-path.ts';
import type { Query } from './query.ts';

/** Most calls inside each other (AWS's limit). */
const deepestNesting = 10;

interface Reader {
  readonly text: string;
  at: number;
}

/**
 * Compiles an intrinsic function call such as `States.Format('{} of {}', $.n, States.ArrayLength($.a))`
 * (specification: "Intrinsic Functions"). Throws `PathSyntaxError`; at run time `States.IntrinsicFailure`.
 */
export function compileIntrinsic(text: string): Query {
  const reader: Reader = { text, at: 0 };
  const query = readCall(reader, 1);
  skipSpace(reader);
  if (reader.at < text.length) throw syntaxError(reader, 'nothing more');
  return query;
}

function readCall(reader: Reader, depth: number): Query {
  skipSpace(reader);
  const name = take(reader, /[A-Za-z0-9._]+/y);
  const intrinsic = name && Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
  if (!name || !intrinsic) throw syntaxError(reader, 'the name of an intrinsic function');
  if (depth > deepestNesting) throw syntaxError(reader, `at most ${deepestNesting} nested calls`);
  if (!take(reader, /\(/y)) throw syntaxError(reader, '"("');

  const args: Query[] = [];
  skipSpace(reader);
  if (!take(reader, /\)/y)) {
    do {
      args.push(readArgument(reader, depth, name === 'States.Format' && args.length === 0));
      skipSpace(reader);
    } while (take(reader, /,/y));
    if (!take(reader, /\)/y)) throw syntaxError(reader, '"," or ")"');
  }
  const [fewest, most] = intrinsic.arity;
  if (args.length < fewest || args.length > most) {
    throw new PathSyntaxError(`${name} does not take ${args.length} arguments: "${reader.text}".`);
  }

  return (data) => {
    const values = args.map((arg) => arg(data));
    try {
      return intrinsic.call(values, data.random);
    } catch (error) {
      if (!(error instanceof IntrinsicArgumentError)) throw error;
      throw new EvaluationError('States.IntrinsicFailure', `${name}: ${error.message}`, {
        cause: error,
      });
    }
  };
}

/** `template`: the text of a literal is kept as written, for `States.Format` reads its escapes itself. */
function readArgument(reader: Reader, depth: number, template: boolean): Query {
  skipSpace(reader);
  const quoted = take(reader, /'(?:\\.|[^'\\])*'/suy);
  if (quoted !== undefined) {
    const raw = quoted.slice(1, -1);
    const value = template ? raw : raw.replace(/\\(['{}\\])/g, '$1');
    return () => value;
  }
  const number = take(reader, /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return () => Number(number);
  const word = take(reader, /(?:null|true|false)\b/y);
  if (word !== undefined) {
    const value: unknown = JSON.parse(word);
    return () => value;
  }
  if (reader.text[reader.at] === '$') return readPath(reader);
  return readCall(reader, depth + 1);
}

/** A path ends at a comma or parenthesis outside its own brackets and quotes. */
function readPath(reader: Reader): Query {
  const text = take(
    reader,
    /(?:\\.|\(\)|\[(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\[[^\]]*\]|[^\]])*\]|[^,()[\\])+/suy,
  );
  const path = (text ?? '').trimEnd();
  const query = compilePath(path);
  return (data) => {
    const value = query(data);
    if (value !== undefined) return value;
    throw new EvaluationError('States.IntrinsicFailure', `The path "${path}" found nothing.`);
  };
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found !== undefined) reader.at += found.length;
  return found;
}

function skipSpace(reader: Reader): void {
  take(reader, /\s+/y);
}

function syntaxError(reader: Reader, expected: string): PathSyntaxError {
  return new PathSyntaxError(
    `"${reader.text}" is not a valid intrinsic function: expected ${expected} at ${reader.at}.`,
  );
}
