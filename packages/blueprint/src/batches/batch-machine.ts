import { jsonata } from '../jsonata.ts';
import { bucket } from '../links/bucket.ts';
import { executions } from '../links/executions.ts';
import { bucketVariable, workflowVariable } from '../names.ts';
import type { State, States } from '../outcome.ts';
import type { Csv } from '../requests/request.ts';
import type { MachineSpec, WorkflowSpec } from '../types.ts';
import { batchesBucket, batchMachineName } from './names.ts';

/** Most rows that a workflow is asked about at once. */
const mostRows = 500;

/**
 * Most bytes of these rows, which name each of their fields: request and answer are in one result of a state, which holds
 * 256 KiB.
 */
const mostBytes = 131_072;

/** How often a batch is tried when the workflow is busy, or a function of it failed. */
const mostTries = 4;

/** Longest that a batch may take: a year is Step Functions' own limit. */
const timeoutSeconds = 7 * 24 * 60 * 60;

const rowsOfBatch = '$states.context.Execution.Input.Items';

/** How many percent of all rows may fail. */
const tolerated = '$states.context.Execution.Input.BatchInput.tolerated';

/** True when asking once more may help: the workflow is busy, or not all of it has answered. */
const isWorthwhile = `$tries < ${mostTries} and ($answer.statusCode in [429, 500, 502, 503, 504] or ($answer.statusCode = 200 and $count($keys($answer.body.failed)) > 0))`;

/** True when it is what was asked that is wrong, in one of the rows or more, and the others are to be answered all the same. */
const isToDivide = `$answer.statusCode >= 400 and $answer.statusCode < 500 and $answer.statusCode != 429 and ${tolerated} > 0`;

/** The rows `$from` up to `$to` of a child. */
const asked = `$filter(${rowsOfBatch}, function($row, $index) { $index >= $from and $index < $to })`;

/** Each answer, beside the number of its row. */
const answersOf = (rows: string): string => `(
  $rows := ${rows};
  [$map($answer.body.predictions, function($prediction, $index) {
    $type($prediction) = "object"
      ? $merge([{"row": $rows[$index].row}, $prediction])
      : {"row": $rows[$index].row, "prediction": $prediction}
  })]
)`;

/** The one row that was asked about, and why it has no answer. */
const refused = `(
  $row := ${rowsOfBatch}[$from].row;
  {
    "row": $row,
    "refused": {
      "status": $answer.statusCode,
      "error": $replace($answer.body.error, "instances[0]", "row " & $row)
    }
  }
)`;

/**
 * The states of a child: it asks the workflow about its rows, and fails with what the workflow says. Where some rows may fail,
 * what is refused is asked again in halves, from the first row to the last, until it is known which rows it is: two questions
 * for each row in the worst case.
 */
function childStates({ name }: WorkflowSpec, csv: Csv): States {
  const isWhole = `$to - $from = $count(${rowsOfBatch})`;
  const middle = '$floor(($from + $to) / 2)';
  const bodyOf = (from: string, to: string): string =>
    `($first := ${from}; $last := ${to}; $rows := $filter(${rowsOfBatch}, function($row, $index) { $index >= $first and $index < $last }).of; ${csv.body})`;
  const ask: State = {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:sfn:startSyncExecution',
    Arguments: {
      StateMachineArn: `\${${workflowVariable(name)}}`,
      Input: jsonata('$body'),
    },
    Retry: [
      {
        ErrorEquals: ['States.TaskFailed'],
        IntervalSeconds: 1,
        MaxAttempts: 3,
        BackoffRate: 2,
        JitterStrategy: 'FULL',
      },
    ],
    Assign: {
      tries: jsonata('$tries + 1'),
      answer: jsonata(
        '$states.result.Status = "SUCCEEDED" ? $parse($states.result.Output) : {"statusCode": $states.result.Status = "TIMED_OUT" ? 504 : 500, "body": {"error": $states.result.Error & ": " & $states.result.Cause}}',
      ),
    },
    Output: {},
    Next: 'Judge',
  };
  return {
    Read: {
      Type: 'Pass',
      // The rows that are asked about now, the ends of the parts after them, and what is known of those before.
      Assign: {
        body: jsonata(`($rows := ${rowsOfBatch}.of; ${csv.body})`),
        tries: 0,
        from: 0,
        to: jsonata(`$count(${rowsOfBatch})`),
        ends: [],
        known: [],
      },
      Output: {},
      Next: 'Ask',
    },
    Ask: ask,
    Judge: {
      Type: 'Choice',
      Choices: [
        { Condition: jsonata(isWorthwhile), Next: 'Wait' },
        { Condition: jsonata(`$answer.statusCode = 200 and ${isWhole}`), Next: 'Answer' },
        { Condition: jsonata('$answer.statusCode = 200'), Next: 'Answer a part' },
        { Condition: jsonata(`${isToDivide} and $to - $from > 1`), Next: 'Halve' },
        { Condition: jsonata(isToDivide), Next: 'Leave out' },
      ],
      Default: 'Refuse',
    },
    Wait: { Type: 'Wait', Seconds: jsonata('$power(2, $tries - 1)'), Next: 'Ask' },
    Answer: { Type: 'Pass', Output: jsonata(answersOf(rowsOfBatch)), End: true },
    Halve: {
      Type: 'Pass',
      Assign: {
        to: jsonata(middle),
        ends: jsonata('[$to, $ends]'),
        body: jsonata(bodyOf('$from', middle)),
        tries: 0,
      },
      Next: 'Ask',
    },
    'Answer a part': {
      Type: 'Pass',
      Assign: { known: jsonata(`[$known, ${answersOf(asked)}]`) },
      Next: 'Any more?',
    },
    'Leave out': {
      Type: 'Pass',
      Assign: { known: jsonata(`[$known, ${refused}]`) },
      Next: 'Any more?',
    },
    'Any more?': {
      Type: 'Choice',
      Choices: [{ Condition: jsonata('$count($ends) > 0'), Next: 'Go on' }],
      Default: 'Answer all parts',
    },
    'Go on': {
      Type: 'Pass',
      Assign: {
        from: jsonata('$to'),
        to: jsonata('$ends[0]'),
        ends: jsonata('[$filter($ends, function($end, $index) { $index > 0 })]'),
        body: jsonata(bodyOf('$to', '$ends[0]')),
        tries: 0,
      },
      Next: 'Ask',
    },
    'Answer all parts': { Type: 'Pass', Output: jsonata('$known'), End: true },
    Refuse: {
      Type: 'Fail',
      Error: jsonata('"Refused." & $answer.statusCode'),
      Cause: jsonata('$answer.body.error'),
    },
  };
}

/**
 * Returns the state machine that asks a workflow about the rows of a CSV in the bucket of batches. Its input is
 * `{key, prefix, concurrency, tolerated}`: where the rows are, where the answers go, how many batches are asked at once, and
 * how many percent of the rows may fail. The answers are JSON Lines below `<prefix>/<id of the Map Run>/`, named by
 * `manifest.json`: `{row, …}`, with the number of the row, from 0. Where some may fail, a row that the workflow refuses is
 * `{row, refused: {status, error}}`; Step Functions does not count it as failed.
 */
export function batchMachine(workflow: WorkflowSpec, csv: Csv): MachineSpec {
  const { name, request } = workflow;
  const Bucket = `\${${bucketVariable(batchesBucket)}}`;
  return {
    name: batchMachineName(name),
    of: name,
    type: 'standard',
    definition: {
      Comment: `Asks ${name} about the rows of a file.`,
      QueryLanguage: 'JSONata',
      TimeoutSeconds: timeoutSeconds,
      StartAt: 'Rows',
      States: {
        Rows: {
          Type: 'Map',
          Label: 'rows',
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
            Arguments: { Bucket, Key: jsonata('$states.input.key') },
          },
          ItemSelector: {
            row: jsonata('$states.context.Map.Item.Index'),
            of: jsonata('$states.context.Map.Item.Value'),
          },
          ItemBatcher: {
            MaxItemsPerBatch: Math.min(mostRows, request.maxBatch),
            MaxInputBytesPerBatch: mostBytes,
            BatchInput: { tolerated: jsonata('$states.input.tolerated') },
          },
          MaxConcurrency: jsonata('$states.input.concurrency'),
          ToleratedFailurePercentage: jsonata('$states.input.tolerated'),
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
            StartAt: 'Read',
            States: childStates(workflow, csv),
          },
          ResultWriter: {
            Resource: 'arn:aws:states:::s3:putObject',
            WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' },
            Arguments: { Bucket, Prefix: jsonata('$states.input.prefix') },
          },
          End: true,
        },
      },
    },
    functions: [],
    links: [
      executions(name),
      bucket(batchesBucket, { access: 'read', prefix: '' }),
      bucket(batchesBucket, { access: 'write', prefix: '' }),
    ],
    timeoutSeconds,
  };
}
