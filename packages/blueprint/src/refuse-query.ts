import { jsonata } from './jsonata.ts';
import type { MachineSpec } from './types.ts';

const timeoutSeconds = 5;

/**
 * Returns the state machine `refuse-…` that answers 400 for a value of a query's parameter. API Gateway's templates can choose a
 * machine, but not an answer.
 *
 * @param machine the machine's name
 * @param parameter the parameter's name
 */
export function refuseQuery(machine: string, parameter: string, error: string): MachineSpec {
  return {
    name: machine,
    definition: {
      Comment: `Refuses a value of the parameter ${parameter}.`,
      QueryLanguage: 'JSONata',
      TimeoutSeconds: timeoutSeconds,
      StartAt: 'Refuse',
      States: {
        Refuse: {
          Type: 'Pass',
          Output: {
            statusCode: 400,
            body: { error, requestId: jsonata('$states.context.Execution.Name') },
          },
          End: true,
        },
      },
    },
    functions: [],
    timeoutSeconds,
  };
}
