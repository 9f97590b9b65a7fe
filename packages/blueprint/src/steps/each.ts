import { land, refusedOf } from '../account.ts';
import { jsonata } from '../jsonata.ts';
import { inScope, type Port } from '../ports.ts';
import type { Step } from '../step.ts';

/** How a list's items are gone through. */
interface Each {
  /** The name of an item in expressions, `$item`. @default 'item' */
  readonly as?: string;
  /** The name of the list of outputs: `{<output>: value}` for each item, null where its step failed. @default 'items' */
  readonly name?: string;
  /** How many items are worked on at once. */
  readonly atOnce: number;
}

/**
 * Does a step for every item of a list: JSONata over what may be read there. Items whose step fails are null; when all of
 * several fail, so does the whole.
 */
export function each(
  items: string,
  step: Step,
  { as = 'item', name = 'items', atOnce }: Each,
): Step {
  return {
    title: `each ${as}`,
    functions: step.functions,
    quorum: step.quorum,
    build(place) {
      const [start, inside, any] = [
        place.nameState(`Each ${as}`),
        place.nameState(`Take ${as}`),
        place.nameState('Any'),
      ];
      const port: Port = { name: as, datatype: 'JSON' };
      const scope = `${place.scope}each/`;
      const variable = place.nameVariable(as, scope);
      const body = step.build({
        ...place,
        readables: [
          ...place.readables,
          { port, from: `each ${as}`, value: jsonata(`$${variable}`) },
        ],
        rows: '1',
        scope,
        follows: false,
        isLate: true,
        answered: { End: true },
        failed: { End: true },
      });
      const all = (part: string): string =>
        jsonata(
          place.follows
            ? `$merge([$states.input.${part}, $states.result.${part}])`
            : `$merge($states.result.${part})`,
        );
      const given = [{ port: { name, datatype: 'JSON' } as const, at: `outputs.${name}` }];
      const none = land(place, place.answered, `Each ${as} done`, jsonata('$states.input'));
      const failed = land(
        place,
        place.failed,
        `No ${as}`,
        jsonata(
          `{ "models": $states.input.models, "failed": $states.input.failed, "refused": ${refusedOf('$states.input')} }`,
        ),
      );
      return {
        start,
        states: {
          [start]: {
            Type: 'Map',
            Items: jsonata(`[${inScope(items, place.readables)}]`),
            ItemSelector: { [as]: jsonata('$states.context.Map.Item.Value') },
            MaxConcurrency: atOnce,
            ItemProcessor: {
              ProcessorConfig: { Mode: 'INLINE' },
              StartAt: inside,
              States: {
                [inside]: {
                  Type: 'Pass',
                  Assign: { [variable]: jsonata(`$states.input.${as}`) },
                  Output: {},
                  Next: body.start,
                },
                ...body.states,
              },
            },
            Output: {
              outputs: {
                [name]: jsonata('[$states.result.($exists(outputs) ? outputs : null)]'),
              },
              models: all('models'),
              failed: all('failed'),
            },
            Next: any,
          },
          [any]: {
            Type: 'Choice',
            Choices: [
              {
                Condition: jsonata(
                  `$count($states.input.outputs.${name}[$ != null]) > 0 or $count($states.input.outputs.${name}) = 0`,
                ),
                Next: none.next,
              },
            ],
            Default: failed.next,
          },
          ...none.states,
          ...failed.states,
        },
        given: { outputs: given, voices: [{ name, outputs: given }] },
      };
    },
  };
}
