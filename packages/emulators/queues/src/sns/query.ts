import { XMLBuilder } from 'fast-xml-parser';
import { MessagingApiError } from '../errors.ts';
import { isJson, type Json } from '../json.ts';

/** A parameter of the query protocol with parts: `Attributes.entry.1.key`. */
type Tree = Map<string, Tree | string>;

function treeOf(parameters: URLSearchParams): Tree {
  const root: Tree = new Map();
  for (const [name, value] of parameters) {
    const parts = name.split('.');
    const last = parts.pop() ?? '';
    let node = root;
    for (const part of parts) {
      const next = node.get(part) ?? new Map();
      if (typeof next === 'string') throw strange(name);
      node.set(part, next);
      node = next;
    }
    if (node.has(last)) throw strange(name);
    node.set(last, value);
  }
  return root;
}

const strange = (name: string): MessagingApiError =>
  new MessagingApiError('MalformedQueryString', `The parameter ${name} contradicts another one.`);

/** Numbers count the members of lists and maps; their order is the numbers'. */
const inOrder = (tree: Tree): readonly (Tree | string)[] =>
  [...tree].sort(([a], [b]) => Number(a) - Number(b)).map(([, each]) => each);

/** A list is `member.1`, a map `entry.1` with a key, or a name, and a value. */
function parameterOf(tree: Tree | string): unknown {
  if (typeof tree === 'string') return tree;
  const [only] = tree.values();
  if (tree.size === 1 && only instanceof Map && tree.has('member'))
    return inOrder(only).map(parameterOf);
  if (tree.size === 1 && only instanceof Map && tree.has('entry'))
    return Object.fromEntries(
      inOrder(only).map((entry) => {
        if (typeof entry === 'string') throw strange('entry');
        const key = entry.get('key') ?? entry.get('Name');
        const value = entry.get('value') ?? entry.get('Value');
        if (typeof key !== 'string' || value === undefined) throw strange('entry');
        return [key, parameterOf(value)];
      }),
    );
  return Object.fromEntries([...tree].map(([name, each]) => [name, parameterOf(each)]));
}

/**
 * Returns the action and the parameters of a request in AWS's query protocol.
 *
 * @throws {MessagingApiError} if there is no action, or parameters contradict each other
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function parseQuery(body: string): { readonly action: string; readonly parameters: Json } {
  const tree = treeOf(new URLSearchParams(body));
  const { Action, Version: _, ...parameters } = parameterOf(tree) as Json;
  if (typeof Action !== 'string' || Action === '')
    throw new MessagingApiError('MissingAction', 'The request has no Action.');
  return { action: Action, parameters };
}

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';
const builder = new XMLBuilder({ ignoreAttributes: false });

/** Lists have members, and the one map that SNS answers with has entries. */
function inXml(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return { member: value.map((each) => inXml(each)) };
  if (!isJson(value)) return value;
  if (name === 'Attributes')
    return { entry: Object.entries(value).map(([key, each]) => ({ key, value: each })) };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inXml(each, key)]));
}

/** Returns the body of a success. */
export const answerInXml = (action: string, result: Json, requestId: string): string =>
  builder.build({
    [`${action}Response`]: {
      '@_xmlns': namespace,
      ...(Object.keys(result).length > 0 && { [`${action}Result`]: inXml(result) }),
      ResponseMetadata: { RequestId: requestId },
    },
  });

/** Returns the body of an error. */
export const errorInXml = (
  {
    code,
    message,
    status,
  }: { readonly code: string; readonly message: string; readonly status: number },
  requestId: string,
): string =>
  builder.build({
    ErrorResponse: {
      '@_xmlns': namespace,
      Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
      RequestId: requestId,
    },
  });
