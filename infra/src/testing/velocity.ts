import { Compile, parse } from 'velocityjs';

/** The input of an API Gateway mapping template. */
export interface MappingInput {
  readonly body: string;
  readonly requestId?: string;
  /** Of the request, by name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameters of its query, by name. */
  readonly query?: Readonly<Record<string, string>>;
  /** What the API knows of the caller: by its key or signature, and by a token. */
  readonly identity?: Readonly<Record<string, string>>;
  readonly authorizer?: Readonly<Record<string, string>>;
}

/** The output of a template: a text, and the status it asks for. */
export interface Mapped {
  readonly text: string;
  readonly status: number | undefined;
  /** The headers that it asks for. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Escapes as Apache Commons' StringEscapeUtils.escapeJavaScript does, which API Gateway uses: `'` and `/` are escaped
 * too.
 */
function escapeJavaScript(text: unknown): string {
  const short: Readonly<Record<string, string>> = {
    '\b': '\\b',
    '\t': '\\t',
    '\n': '\\n',
    '\f': '\\f',
    '\r': '\\r',
    "'": "\\'",
    '"': '\\"',
    '\\': '\\\\',
    '/': '\\/',
  };
  return [...Array(String(text).length).keys()]
    .map((index) => {
      const unit = String(text).charAt(index);
      const code = unit.charCodeAt(0);
      if (short[unit] !== undefined) return short[unit];
      return code < 32 || code > 126
        ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
        : unit;
    })
    .join('');
}

/** Methods of java.lang.String where JavaScript's differ, or are missing. */
const stringMethods: Readonly<
  Record<string, (text: string, ...parameters: readonly string[]) => unknown>
> = {
  matches: (text, pattern = '') => new RegExp(`^(?:${pattern})$`).test(text),
  contains: (text, part = '') => text.includes(part),
  replaceAll: (text, pattern = '', by = '') => text.replace(new RegExp(pattern, 'g'), by),
  length: (text) => text.length,
};

/** Parsed once: a property test runs one template many times. */
const parsed = new Map<string, ReturnType<typeof parse>>();

function parseOnce(template: string): ReturnType<typeof parse> {
  const known = parsed.get(template) ?? parse(template);
  parsed.set(template, known);
  return known;
}

/**
 * Runs a mapping template by a Velocity engine, with the variables that API Gateway gives it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function runTemplate(
  template: string,
  {
    body,
    requestId = 'r-1',
    headers = {},
    query = {},
    identity = {},
    authorizer = {},
  }: MappingInput,
): Mapped {
  const responseOverride: { status?: number; header: Record<string, string> } = { header: {} };
  const text = new Compile(parseOnce(template), {
    env: 'development',
    escape: false,
    customMethodHandlers: Object.entries(stringMethods).map(([name, method]) => ({
      uid: name,
      match: ({ property, context }: { property: string; context: unknown }) =>
        property === name && typeof context === 'string',
      resolve: ({ context, params }: { context: unknown; params: unknown[] }) =>
        method(String(context), ...params.map(String)),
    })),
  }).render({
    input: {
      body,
      params: () => ({
        header: { get: (name: string) => headers[name], keySet: () => Object.keys(headers) },
        querystring: { get: (name: string) => query[name] },
      }),
    },
    context: { requestId, responseOverride, identity, authorizer },
    util: {
      escapeJavaScript,
      base64Decode: (text: string) => Buffer.from(text, 'base64').toString(),
      parseJson: (text: string) => JSON.parse(text) as unknown,
    },
  });
  return { text, status: responseOverride.status, headers: responseOverride.header };
}
