import type { Column } from '@chorus/protocol';
import { byModel, ensemble } from './answers/by-model.ts';
import { BlueprintError } from './errors.ts';
import { failureOfInput, retry, statusByError } from './failures.ts';
import { jsonata } from './jsonata.ts';
import { budgetMs, timeoutSeconds } from './limits.ts';
import { substitutionKey } from './names.ts';
import { rows } from './requests/rows.ts';
import {
  acceptsRows,
  assertReadable,
  budgetOfInput,
  budgetSeconds,
  dataOfRows,
  explainRejection,
  rowsOfInput,
} from './rows-jsonata.ts';
import type { FunctionSpec, WorkflowSpec } from './types.ts';

/** A workflow that asks several models the same question at once and gathers what they answer. */
export interface ScatterGather {
  readonly name: string;
  /** The one table every model takes. */
  readonly input: { readonly name: string; readonly columns: readonly Column[] };
  /** The one number per row every model answers with. */
  readonly output: { readonly name: string };
  readonly models: readonly FunctionSpec[];
  /** How many models must answer; with fewer the whole answer is an error. */
  readonly quorum: number;
  /** A row to try the workflow with. */
  readonly example: Readonly<Record<string, number>>;
  /** @default 1000 */
  readonly maxBatch?: number;
  /** What a caller gets who names no deadline, in milliseconds. @default 25000 */
  readonly budgetMs?: number;
}

/** One branch: ask the model; whatever goes wrong becomes a value, so that the other branches still count. */
function branch(model: FunctionSpec, output: string): Record<string, unknown> {
  return {
    StartAt: `Ask ${model.name}`,
    States: {
      [`Ask ${model.name}`]: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: {
          FunctionName: `\${${substitutionKey(model.name)}}`,
          Payload: {
            id: jsonata('$states.context.Execution.Name'),
            parameters: { chorus_deadline_ms: jsonata('$deadline') },
            inputs: [jsonata('$tensor')],
            outputs: [{ name: output }],
          },
        },
        TimeoutSeconds: jsonata('$budgetSeconds'),
        Output: {
          model: model.name,
          values: jsonata('$states.result.Payload.outputs[0].data'),
          served: {
            version: jsonata('$states.result.Payload.model_version'),
            durationMs: jsonata('$states.result.Payload.parameters.chorus_duration_ms'),
            coldStart: jsonata('$states.result.Payload.parameters.chorus_cold_start'),
            attempts: jsonata('$states.context.State.RetryCount + 1'),
          },
        },
        Retry: retry,
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Output: jsonata('$states.errorOutput'),
            Next: `Without ${model.name}`,
          },
        ],
        End: true,
      },
      [`Without ${model.name}`]: {
        Type: 'Pass',
        Output: {
          model: model.name,
          values: jsonata('[1..$tensor.shape[0]].(null)'),
          failed: jsonata(failureOfInput),
        },
        End: true,
      },
    },
  };
}

/** The answer of a quorum: a row of predictions per row asked, with the mean of the models that answered. */
function answer(models: readonly FunctionSpec[]): Record<string, unknown> {
  const values = models.map((_, index) => `$branches[${index}].values`).join(', ');
  const predictions = models
    .map(({ name }, index) => `"${name}": $row[${index}][$ != null]`)
    .join(', ');
  return {
    statusCode: 200,
    body: {
      predictions: jsonata(
        `[$map($zip(${values}), function($row) {
          { ${predictions}, "${ensemble}": $average($row[$ != null]) }
        })]`,
      ),
      models: jsonata('$merge([$branches[$exists(served)].{ model: served }])'),
      failed: jsonata('$merge([$branches[$exists(failed)].{ model: failed }])'),
      requestId: jsonata('$states.context.Execution.Name'),
    },
  };
}

/** The error of a workflow without a quorum: the status its failed models agree on, else 503. */
function refusal(models: readonly FunctionSpec[], quorum: number): string {
  return jsonata(`(
    $statuses := ${JSON.stringify(statusByError)};
    $failed := $branches[$exists(failed)];
    $agreed := $distinct($failed.failed.($status := $lookup($statuses, error); $exists($status) ? $status : 503));
    {
      "statusCode": $count($agreed) = 1 ? $agreed : 503,
      "body": {
        "error": $string(${models.length} - $count($failed)) & " of ${models.length} models answered, ${quorum} needed: "
          & $join($failed.(model & ": " & failed.message), "; "),
        "failed": $merge([$failed.{ model: failed }]),
        "requestId": $states.context.Execution.Name
      }
    }
  )`);
}

function definitionOf(workflow: ScatterGather, maxBatch: number): Record<string, unknown> {
  const { input, models, quorum } = workflow;
  return {
    Comment: `Asks ${models.map(({ name }) => name).join(', ')} in parallel and gathers the answers.`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: timeoutSeconds,
    StartAt: 'Read',
    States: {
      Read: {
        Type: 'Pass',
        Assign: {
          rows: jsonata(rowsOfInput),
          budgetMs: jsonata(budgetOfInput(workflow.budgetMs ?? budgetMs)),
        },
        Next: 'Check',
      },
      Check: {
        Type: 'Choice',
        Choices: [
          {
            Condition: jsonata(acceptsRows(input.columns, maxBatch)),
            Assign: {
              deadline: jsonata('$toMillis($states.context.Execution.StartTime) + $budgetMs'),
              budgetSeconds: jsonata(budgetSeconds),
              tensor: {
                name: input.name,
                datatype: 'FP64',
                shape: [jsonata('$count($rows)'), input.columns.length],
                data: jsonata(dataOfRows(input.columns)),
              },
            },
            Next: 'Gather',
          },
        ],
        Default: 'Reject',
      },
      Reject: {
        Type: 'Pass',
        Output: jsonata(explainRejection(input.columns, maxBatch)),
        End: true,
      },
      Gather: {
        Type: 'Parallel',
        Branches: models.map((model) => branch(model, workflow.output.name)),
        Assign: { branches: jsonata('$states.result') },
        Next: 'Quorum',
      },
      Quorum: {
        Type: 'Choice',
        Choices: [
          {
            Condition: jsonata(`$count($branches[$exists(served)]) >= ${quorum}`),
            Next: 'Answer',
          },
        ],
        Default: 'Refuse',
      },
      Answer: { Type: 'Pass', Output: answer(models), End: true },
      Refuse: { Type: 'Pass', Output: refusal(models, quorum), End: true },
    },
  };
}

/**
 * A workflow that validates a table of named features, asks every model in parallel and answers with each model's
 * number and their mean (`ensemble`), in the unit of the models' output.
 *
 * A failed model is retried while the deadline allows, then left out and named in `failed`; under `quorum` answers the
 * whole is an error. The state machine's output is `{statusCode, body}`.
 *
 * @throws {BlueprintError} if the quorum cannot be met by the models given, or a column's name cannot be used
 */
export function scatterGather(workflow: ScatterGather): WorkflowSpec {
  const { name, input, models, quorum } = workflow;
  if (quorum < 1 || quorum > models.length)
    throw new BlueprintError(
      `${name}: a quorum of ${quorum} needs that many models, got ${models.length}`,
    );
  assertReadable(input.columns);
  const maxBatch = workflow.maxBatch ?? 1000;
  const outputs = [...models.map((model) => model.name), ensemble];
  return {
    name,
    definition: definitionOf(workflow, maxBatch),
    functions: models.map((model) => model.name),
    timeoutSeconds,
    quorum,
    example: workflow.example,
    request: rows(maxBatch),
    answer: byModel,
    schema: {
      name,
      maxBatch,
      inputs: [
        {
          name: input.name,
          datatype: 'FP64',
          shape: [-1, input.columns.length],
          columns: input.columns,
        },
      ],
      outputs: outputs.map((output) => ({ name: output, datatype: 'FP64', shape: [-1] })),
    },
  };
}
