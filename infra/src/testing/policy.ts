/** A statement as it is in a template, with everything resolved. */
export interface PolicyStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

export interface Policy {
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

/** A call of AWS, as IAM sees it. */
export interface Call {
  /** `s3:GetObject` */
  readonly action: string;
  /** ARN, or `*` for a call that names nothing. */
  readonly resource: string;
  /** Condition keys with their values; one that is missing is not there. */
  readonly context?: Readonly<Record<string, string>>;
}

/** What a caller has: its own policies, and those that bound it. */
export interface Rights {
  readonly policies: readonly Policy[];
  /** Permissions boundary. @default none */
  readonly boundary?: readonly Policy[] | undefined;
  /** Policies of the session. @default none */
  readonly session?: readonly Policy[] | undefined;
}

export type Verdict = 'allowed' | 'denied' | 'not allowed';

function listOf<Of>(value: Of | readonly Of[] | undefined): readonly Of[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Of];
}

/** Whether a text has the form of a pattern with `*` and `?`. */
function isLike(pattern: string, text: string): boolean {
  if (pattern.includes('${'))
    throw new Error(`policy variables are not evaluated here: ${pattern}`);
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Whether an ARN has the form of a pattern, part by part: a wildcard reaches over no colon before the last part. */
function isLikeArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [parts, texts] = [pattern, arn].map((each) => {
    const all = each.split(':');
    return [...all.slice(0, 5), all.slice(5).join(':')];
  });
  return (
    parts !== undefined &&
    texts !== undefined &&
    parts.every((part, index) => isLike(part, texts[index] ?? ''))
  );
}

type Operator = (wanted: string, value: string) => boolean;

const equals: Operator = (wanted, value) => wanted === value;

/** The operators that are used here; any other one is an error. */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: equals,
  StringLike: isLike,
  ArnEquals: isLikeArn,
  ArnLike: isLikeArn,
  Bool: (wanted, value) => wanted.toLowerCase() === value.toLowerCase(),
};

/** Whether one condition holds: any of its values for a positive operator, none of them for a negative one. */
function holds(operator: string, values: readonly string[], value: string | undefined): boolean {
  if (operator === 'Null') return values.includes(String(value === undefined));
  const isOptional = operator.endsWith('IfExists');
  const name = operator.replace(/IfExists$/, '');
  const isNegative = /^(String|Arn)Not/.test(name);
  const operation = operators[name.replace(/^(String|Arn)Not/, '$1')];
  if (operation === undefined) throw new Error(`the condition ${operator} is not evaluated here`);
  if (value === undefined) return isOptional || isNegative;
  return isNegative !== values.some((wanted) => operation(wanted, value));
}

function areMet(
  { Condition = {} }: PolicyStatement,
  context: Readonly<Record<string, string>>,
): boolean {
  const found = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      holds(operator, listOf(values), found.get(key.toLowerCase())),
    ),
  );
}

/** Whether a statement speaks of a call. One without resources, of a trust policy, speaks of any. */
function appliesTo(statement: PolicyStatement, { action, resource, context = {} }: Call): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  const isAction = (pattern: string) => isLike(pattern.toLowerCase(), action.toLowerCase());
  const isResource = (pattern: string) => isLikeArn(pattern, resource);
  const ofAction =
    NotAction === undefined ? listOf(Action).some(isAction) : !listOf(NotAction).some(isAction);
  const ofResource =
    NotResource === undefined
      ? Resource === undefined || listOf(Resource).some(isResource)
      : !listOf(NotResource).some(isResource);
  return ofAction && ofResource && areMet(statement, context);
}

function judgeBy(policies: readonly Policy[], call: Call): Verdict {
  const applying = policies
    .flatMap(({ Statement }) => listOf(Statement))
    .filter((statement) => appliesTo(statement, call));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return applying.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'not allowed';
}

/**
 * Judges a call as IAM does within one account: an explicit denial wins; else every kind of policy that there is has to allow
 * it. Policies of resources and of organisations are not looked at.
 *
 * @throws if a policy has a condition or a variable that is not known here
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function judge({ policies, boundary, session }: Rights, call: Call): Verdict {
  const verdicts = [policies, boundary, session].flatMap((kind) =>
    kind === undefined ? [] : [judgeBy(kind, call)],
  );
  if (verdicts.includes('denied')) return 'denied';
  return verdicts.includes('not allowed') ? 'not allowed' : 'allowed';
}

/**
 * Judges an action without a resource: on one that a statement of the caller's own policies names, with something in the place
 * of wildcards.
 */
export function judgeSomewhere(rights: Rights, action: string): Verdict {
  const named = rights.policies
    .flatMap(({ Statement }) => listOf(Statement))
    .filter(
      ({ Effect, Action }) =>
        Effect === 'Allow' &&
        listOf(Action).some((pattern) => isLike(pattern.toLowerCase(), action.toLowerCase())),
    )
    .flatMap(({ Resource, Condition = {} }) =>
      listOf(Resource).map((resource) => ({
        resource: resource === '*' ? '*' : resource.replaceAll('*', 'some'),
        context: meeting(Condition),
      })),
    );
  return named.some((place) => judge(rights, { action, ...place }) === 'allowed')
    ? 'allowed'
    : 'not allowed';
}

/** Returns values that meet conditions which ask for one. */
function meeting(conditions: NonNullable<PolicyStatement['Condition']>): Record<string, string> {
  return Object.fromEntries(
    Object.values(conditions).flatMap((keys) =>
      Object.entries(keys).map(([key, values]) => [
        key,
        (listOf(values)[0] ?? '').replaceAll('*', 'some'),
      ]),
    ),
  );
}
