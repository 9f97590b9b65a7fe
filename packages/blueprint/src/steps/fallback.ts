import { accountOfInput, land, refusedOf } from '../account.ts';
import { jsonata } from '../jsonata.ts';
import type { States } from '../outcome.ts';
import { inScope } from '../ports.ts';
import { functionsOf, type Step } from '../step.ts';
import { assertAlike, commonOf } from './choose.ts';
import { remembered } from './sequence.ts';

/** When the first step's answer is not good enough, and what is done instead. */
export interface Fallback {
  /** JSONata over what the step gave, such as `$confidence.data[0] >= 0.8`: while it is true its answer stands. @default true */
  readonly unless?: string;
  readonly use: Step;
}

/** Does a step, and another when it fails or its answer is not good enough. */
export function fallback(step: Step, { unless, use }: Fallback): Step {
  const title = `${step.title} or ${use.title}`;
  return {
    title,
    functions: functionsOf([step, use]),
    quorum: Math.min(step.quorum, use.quorum),
    build(place) {
      const instead = place.nameState(`Instead of ${step.title}`);
      const after = unless === undefined ? undefined : place.nameState(`After ${step.title}`);
      const tried = step.build({
        ...place,
        answered: after === undefined ? place.answered : { Next: after },
        failed: { Next: instead },
      });
      const { assign, readables } =
        unless === undefined
          ? { assign: {}, readables: [] }
          : remembered(tried.given.outputs, step.title, place);
      const here = [...place.readables, ...readables];
      const used = use.build({
        ...place,
        readables: here,
        follows: true,
        isLate: true,
      });
      const given = commonOf(title, [tried.given, used.given]);
      assertAlike(title, given, [tried, used]);
      const judged: States =
        after === undefined || unless === undefined ? {} : judge(after, unless, assign, instead);
      function judge(name: string, condition: string, kept: typeof assign, no: string): States {
        const enough = place.nameState(`Enough of ${step.title}`);
        const yes = land(place, place.answered, `Kept ${step.title}`, jsonata('$states.input'));
        return {
          [name]: { Type: 'Pass', Assign: kept, Next: enough },
          [enough]: {
            Type: 'Choice',
            Choices: [{ Condition: jsonata(inScope(condition, here)), Next: yes.next }],
            Default: no,
          },
          ...yes.states,
        };
      }
      return {
        start: tried.start,
        states: {
          ...tried.states,
          ...judged,
          [instead]: {
            Type: 'Pass',
            Output: { ...accountOfInput, refused: jsonata(refusedOf('$states.input')) },
            Next: used.start,
          },
          ...used.states,
        },
        given,
      };
    },
  };
}
