import {
  type AcceptInput,
  asynchronousQuery,
  keyHeader,
  type OnceInput,
  traceQuery,
  webhookQuery,
} from '@chorus/blueprint';
import { traceHeader, tracePattern } from '@chorus/protocol';

/** ARNs of the state machines that a route starts by its query instead of its workflow; see `chooseMachine`. */
export interface AsynchronousMachines {
  readonly accept: string;
  readonly refuse: string;
  readonly refuseWebhook: string;
}

/** Velocity that sets `$webhook` and `$machine`. A parameter that there is not is null, and an empty text once it is written. */
function choose(stateMachineArn: string, asynchronous: AsynchronousMachines): string {
  const { name, later, now } = asynchronousQuery;
  return `#set($webhook = $input.params().querystring.get("${webhookQuery}"))
#set($webhook = "$!webhook")
#set($value = $input.params().querystring.get("${name}"))
#set($value = "$!value")
#if($value == "${later}")
#set($machine = "${asynchronous.accept}")
#elseif($value != "" && $value != "${now}")
#set($machine = "${asynchronous.refuse}")
#elseif($webhook == "")
#set($machine = "${stateMachineArn}")
#else
#set($machine = "${asynchronous.refuseWebhook}")
#end
`;
}

/**
 * Velocity that makes of `$text`, for the machine that accepts requests, the text of an `AcceptInput`. The API has validated that the
 * body is one JSON object.
 */
function wrapForAccept(accept: string): string {
  const names = ['request', 'webhook'] satisfies readonly (keyof AcceptInput)[];
  return `#if($machine == "${accept}")
#set($before = '{"${names[0]}":')
#set($between = ',"${names[1]}":"')
#set($after = '"}')
#set($jsonWebhook = ${escaped('$webhook')})
#set($text = "$before$text$between$jsonWebhook$after")
#end
`;
}

/** ARNs of the state machines that a route starts by `trace` in its query; see `chooseMachine`. */
export interface TracedMachines {
  readonly machine: string;
  readonly refuse: string;
}

/** Velocity that sets another `$machine` where a timeline is asked for. */
function chooseTraced(stateMachineArn: string, traced: TracedMachines): string {
  const { name, on, off } = traceQuery;
  return `#set($value = $input.params().querystring.get("${name}"))
#set($value = "$!value")
#if($value == "${on}" && $machine == "${stateMachineArn}")
#set($machine = "${traced.machine}")
#elseif($value != "" && $value != "${off}")
#set($machine = "${traced.refuse}")
#end
`;
}

/** What starts a route's state machines for requests with an Idempotency-Key, and the route; see `onceMachine`. */
export interface Once {
  readonly machine: string;
  readonly route: string;
}

/** Velocity for a reference as it may stand between the quotes of a JSON string. */
const escaped = (reference: string) =>
  `$util.escapeJavaScript(${reference}).replaceAll("\\\\'", "'")`;

/**
 * Velocity that sets `$key`, to an empty text where there is none. A client of HTTP/2 writes names of headers in small letters, and
 * the map has them as they came. Who calls is known by a key of the API, by a signature, or by a token.
 */
const readKey = `#set($key = "")
#foreach($name in $input.params().header.keySet())
#if($name.toLowerCase() == "${keyHeader}")
#set($key = $input.params().header.get($name))
#end
#end
#set($caller = "$!context.identity.apiKeyId$!context.identity.userArn$!context.authorizer.principalId")
#set($jsonText = ${escaped('$text')})
#set($jsonKey = ${escaped('$key')})
#set($jsonCaller = ${escaped('$caller')})
`;

/**
 * Velocity that sets `$trace` to a caller's `traceparent`, and to an empty text where there is none or it is none; see
 * `traceIdOf`. It writes nothing.
 */
export const readTrace: string = `#set($trace = "")
#foreach($name in $input.params().header.keySet())
#if($name.toLowerCase() == "${traceHeader}")
#set($trace = $input.params().header.get($name))
#end
#end
#if(!$trace.matches("${tracePattern}"))
#set($trace = "")
#end
`;

/** Velocity that sets `$id`, the execution's name, as `executionNameOf` makes it. */
const nameExecution = `${readTrace}#if($trace == "")
#set($id = $context.requestId)
#else
#set($id = "$trace.substring(3, 35)-$context.requestId")
#end
`;

/** Velocity of a call that starts a state machine with an input, both as they stand in JSON. */
const start = (machine: string, input: string) => `{
  "stateMachineArn": "${machine}",
  "name": "${escaped('$id')}",
  "input": "${input}"
}`;

/** The input of the machine that answers once, as JSON within JSON. */
function onceInput({ route }: Once, machine: string): string {
  const members = {
    text: escaped('$jsonText'),
    key: escaped('$jsonKey'),
    route,
    caller: escaped('$jsonCaller'),
    machine,
  } satisfies OnceInput;
  const written = Object.entries(members).map(([name, value]) => `\\"${name}\\":\\"${value}\\"`);
  return `{${written.join(',')}}`;
}

/**
 * Velocity that makes a call of StartSyncExecution from a request's body, for API Gateway's `application/json`.
 *
 * - The API lists `*∕*` as binary, for the tensors of `/v2`. Depending on how API Gateway takes that for JSON, the body
 *   is its text or, converted to text, base64. JSON cannot be mistaken for base64 unless it is a bare word or number,
 *   which Step Functions refuses either way.
 * - `escapeJavaScript` writes `'` as `\'`, which is not JSON; AWS's own advice is to take that back.
 * - A client may choose the request's id, so that is escaped too.
 *
 * @param stateMachineArn of the workflow; ARNs may hold tokens of the CDK
 */
export function requestTemplate(
  stateMachineArn: string,
  asynchronous?: AsynchronousMachines,
  once?: Once,
  traced?: TracedMachines,
): string {
  const isChosen = asynchronous !== undefined || traced !== undefined;
  const machine = isChosen ? '$machine' : stateMachineArn;
  const plain = start(machine, escaped('$text'));
  const call =
    once === undefined
      ? plain
      : `${readKey}#if($key == "")
${plain}
#else
${start(once.machine, onceInput(once, machine))}
#end`;
  const first =
    asynchronous === undefined
      ? `#set($machine = "${stateMachineArn}")\n`
      : choose(stateMachineArn, asynchronous);
  const chosen = `${first}${traced === undefined ? '' : chooseTraced(stateMachineArn, traced)}`;
  return `${isChosen ? chosen : ''}${nameExecution}#set($text = $input.body)
#if($text.matches("[A-Za-z0-9+/=]+"))
#set($text = $util.base64Decode($text))
#end
${asynchronous === undefined ? '' : wrapForAccept(asynchronous.accept)}${call}`;
}
