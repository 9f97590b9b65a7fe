import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import { functionsOf, type Step } from '../step.ts';
import { assertAlike, commonOf } from './choose.ts';

/** A step and how often it is the one that is done, beside the others' weights. */
interface Share {
  readonly weight: number;
  readonly step: Step;
}

/**
 * Does one of several steps, drawn anew for every request by weight.
 *
 * @throws {BlueprintError} if there is none, or a weight is not a positive number
 */
export function split(...shares: readonly [Share, ...Share[]]): Step {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  const steps = shares.map(({ step }) => step);
  const title = steps.map((step) => step.title).join(' or ');
  const bad = shares.find(({ weight }) => !(weight > 0 && Number.isFinite(weight)));
  if (shares.length === 0 || bad !== undefined)
    throw new BlueprintError(
      `split ${title}: weights are positive numbers, got ${bad?.weight ?? 'none'}`,
    );
  return {
    title,
    functions: functionsOf(steps),
    quorum: Math.min(...steps.map(({ quorum }) => quorum)),
    build(place) {
      const [draw, start] = [place.nameState('Draw'), place.nameState('Split')];
      const drawn = place.nameVariable('draw', place.scope);
      const [one, ...others] = shares.map(({ step }) => step.build(place));
      if (one === undefined) throw new BlueprintError('split: there is no step');
      const fragments = [one, ...others];
      const given = commonOf(title, [one.given, ...others.map((each) => each.given)]);
      assertAlike(title, given, fragments);
      const upTo = (index: number): number =>
        shares.slice(0, index + 1).reduce((sum, { weight }) => sum + weight, 0) / total;
      return {
        start: draw,
        states: {
          [draw]: { Type: 'Pass', Assign: { [drawn]: jsonata('$random()') }, Next: start },
          [start]: {
            Type: 'Choice',
            Choices: fragments.map((fragment, index) => ({
              Condition: jsonata(`$${drawn} < ${upTo(index)}`),
              Next: fragment.start,
            })),
            // A number drawn is below 1, which rounding may miss.
            Default: fragments.at(-1)?.start,
          },
          ...Object.assign({}, ...fragments.map(({ states }) => states)),
        },
        given,
      };
    },
  };
}
