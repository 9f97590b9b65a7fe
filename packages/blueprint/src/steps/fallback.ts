import { accountOfInput, land, refusedOf } from '../account.ts';
import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import { leadsTo } from '../leads-to.ts';
import type { Given, Output, States, To } from '../outcome.ts';
import { inScope } from '../ports.ts';
import { functionsOf, type Place, type Step } from '../step.ts';
import { assertAlike, commonOf } from './choose.ts';
import { remembered } from './sequence.ts';

/** When the first step's answer is not good enough, and what is done instead. */
export interface Fallback {
  /** JSONata over what the step gave, such as `$confidence.data[0] >= 0.8`: while it is true its answer stands. @default true */
  readonly unless?: string;
  readonly use: Step;
  /** An answer that is not good enough stands where the other step fails. @default false: then both have failed */
  readonly keep?: boolean;
  /**
   * Name of an output that tells which of them answered and why, `{by, because}`. `because` is
   *
   * - `accepted`: the first, whose answer is good enough
   * - `rejected`: the other, since the first's answer is not; `first` holds what `first` says
   * - `failed`: the other, since the first failed; `failed` says why
   * - `kept`: the first, though its answer is not good enough, since the other failed; `failed` says why
   *
   * @default it is not told
   */
  readonly decision?: string;
  /** JSONata over what the step gave, for the decision: `{ "confidence": $confidence.data[0] }`. @default nothing */
  readonly first?: string;
}

/** A place whose answers pass by a state that adds the decision to them; the place itself where none is told. */
interface Told {
  readonly answered: To;
  readonly states: States;
}

/** Adds who answered and why, both JSONata, to an outcome. */
function tell(place: Place, name: string | undefined, by: string, because: string): Told {
  if (name === undefined) return { answered: place.answered, states: {} };
  const state = place.nameState(`Tell ${by}`);
  const decision = `$merge([{ "by": ${JSON.stringify(by)} }, ${because}])`;
  return {
    answered: { Next: state },
    states: {
      [state]: {
        Type: 'Pass',
        Output: jsonata(
          `$merge([$states.input, { "outputs": $merge([$states.input.outputs, { ${JSON.stringify(name)}: ${decision} }]) }])`,
        ),
        ...place.answered,
      },
    },
  };
}

/** Returns what a fallback gives: what both give, and the decision. */
function withDecision(given: Given, decision: string | undefined): Given {
  if (decision === undefined) return given;
  const output: Output = { port: { name: decision, datatype: 'JSON' }, at: `outputs.${decision}` };
  return { ...given, outputs: [...given.outputs, output] };
}

/**
 * Does a step, and another when it fails or its answer is not good enough.
 *
 * @throws {BlueprintError} for an answer to keep that is always good enough, or to tell of in no decision
 */
export function fallback(step: Step, options: Fallback): Step {
  const { unless, use, keep = false, decision, first } = options;
  const title = `${step.title} or ${use.title}`;
  if (unless === undefined && (keep || first !== undefined))
    throw new BlueprintError(
      `${title}: without \`unless\` the answer of ${step.title} always stands`,
    );
  if (decision === undefined && first !== undefined)
    throw new BlueprintError(
      `${title}: \`first\` is a part of the \`decision\`, which has no name`,
    );
  return {
    title,
    functions: functionsOf([step, use]),
    quorum: Math.min(step.quorum, use.quorum),
    build(place) {
      const instead = place.nameState(`Instead of ${step.title}`);
      const after = unless === undefined ? undefined : place.nameState(`After ${step.title}`);
      const accepted = tell(place, decision, step.title, '{ "because": "accepted" }');
      const tried = step.build({
        ...place,
        answered: after === undefined ? accepted.answered : { Next: after },
        failed: { Next: instead },
      });
      const { assign, readables } =
        unless === undefined
          ? { assign: {}, readables: [] }
          : remembered(tried.given.outputs, step.title, place);
      const here = [...place.readables, ...readables];
      const isRemembered = decision !== undefined || keep;
      const own = (wish: string) => place.nameVariable(wish, place.scope, 'own');
      // What came of the first is remembered in one variable: the state's input holds only what comes after.
      const reason = isRemembered ? own('reason') : '';
      const outcome = keep ? own('outcome') : '';
      // Its own variable, since a step that answers within the other drops what made the first fail.
      const refused = own('refused');
      const neither = place.nameState(`Neither of ${title}`);
      const told = first === undefined ? {} : { first: jsonata(inScope(first, here)) };
      const rejected = isRemembered ? place.nameState(`Better than ${step.title}`) : instead;
      const usedTold = tell(place, decision, use.title, `$${reason}`);
      const kept = keepAnswer();
      const used = use.build({
        ...place,
        readables: here,
        follows: true,
        isLate: true,
        answered: usedTold.answered,
        failed: kept.failed,
      });
      // A state that nothing leads to is no valid state: the other step may be one that cannot fail.
      const canFail = leadsTo(used.states, kept.failed.Next);
      const common = commonOf(title, [tried.given, used.given]);
      assertAlike(title, common, [tried, used]);
      const judged: States =
        after === undefined || unless === undefined
          ? {}
          : judge(
              after,
              unless,
              { ...assign, ...(keep && { [outcome]: jsonata('$states.input') }) },
              rejected,
            );

      function judge(name: string, condition: string, kept: typeof assign, no: string): States {
        const enough = place.nameState(`Enough of ${step.title}`);
        const yes = land(place, accepted.answered, `Kept ${step.title}`, jsonata('$states.input'));
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

      /** Where the other step fails: the first's answer as it was, if there was one to keep; else what made both fail. */
      function keepAnswer(): {
        readonly failed: { readonly Next: string };
        readonly states: States;
      } {
        const both: States = {
          [neither]: {
            Type: 'Pass',
            Output: jsonata(
              `$merge([$states.input, { "refused": $merge([$${refused}, ${refusedOf('$states.input')}]) }])`,
            ),
            ...place.failed,
          },
        };
        if (!keep) return { failed: { Next: neither }, states: both };
        const without = place.nameState(`Without ${use.title} too`);
        const again = place.nameState(`Back to ${step.title}`);
        const back = tell(
          place,
          decision,
          step.title,
          `$merge([$${reason}, { "because": "kept" }])`,
        );
        return {
          failed: { Next: without },
          states: {
            [without]: {
              Type: 'Choice',
              Choices: [{ Condition: jsonata(`$${reason}.because = "rejected"`), Next: again }],
              Default: neither,
            },
            [again]: {
              Type: 'Pass',
              Output: jsonata(
                `$merge([$${outcome}, { "models": $states.input.models, "failed": $states.input.failed }])`,
              ),
              ...back.answered,
            },
            ...both,
            ...back.states,
          },
        };
      }

      return {
        start: tried.start,
        states: {
          ...tried.states,
          ...judged,
          ...accepted.states,
          [instead]: {
            Type: 'Pass',
            ...((isRemembered || canFail) && {
              Assign: {
                ...(isRemembered && { [reason]: { because: 'failed' } }),
                ...(canFail && { [refused]: jsonata(refusedOf('$states.input')) }),
              },
            }),
            Output: accountOfInput,
            Next: used.start,
          },
          ...(isRemembered &&
            unless !== undefined && {
              [rejected]: {
                Type: 'Pass',
                Assign: {
                  [reason]: { because: 'rejected', ...told },
                  ...(canFail && { [refused]: {} }),
                },
                Output: accountOfInput,
                Next: used.start,
              },
            }),
          ...used.states,
          ...usedTold.states,
          ...(canFail && kept.states),
        },
        given: withDecision(common, decision),
      };
    },
  };
}
