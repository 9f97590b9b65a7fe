import type { AnswerSpec } from './answers/answer.ts';
import { refusalOfInput } from './failures.ts';
import { jsonata } from './jsonata.ts';
import { leadsTo } from './leads-to.ts';
import type { State, States } from './outcome.ts';
import type { Request } from './requests/request.ts';
import { modelsOfInput, timelineOfInput } from './trace/timing.ts';

/** What the last states of a workflow are made of. */
interface Last {
  readonly request: Request;
  readonly answer: AnswerSpec;
  /** Whether the answer has a timeline. */
  readonly timed: boolean;
}

/** JSONata of the answer to a request that too little was answered of. */
function refusalOf({ request, timed }: Last): string {
  const plain = refusalOfInput(request.reworded);
  return timed
    ? `($refusal := ${plain}; $merge([$refusal, { "body": $merge([$refusal.body, { "trace": ${timelineOfInput} }]) }]))`
    : plain;
}

/** The states after the steps, `Answer` and `Refuse`: their output is `{statusCode, body}`. @param steps the states before them */
export function lastStates(steps: States, last: Last): States {
  const { answer, timed } = last;
  const state: State = {
    Type: 'Pass',
    Output: {
      statusCode: 200,
      body: {
        ...answer.body,
        models: jsonata(timed ? modelsOfInput : '$states.input.models'),
        failed: jsonata('$states.input.failed'),
        requestId: jsonata('$states.context.Execution.Name'),
        ...(timed && { trace: jsonata(timelineOfInput) }),
      },
    },
    End: true,
  };
  return {
    Answer: state,
    // A state that nothing leads to is no valid state: steps that ask no function cannot fail.
    ...(leadsTo(steps, 'Refuse') && {
      Refuse: { Type: 'Pass', Output: jsonata(refusalOf(last)), End: true },
    }),
  };
}
