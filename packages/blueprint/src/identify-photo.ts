import { labelledPhoto } from './answers/labelled-photo.ts';
import { predictionOfSeen } from './combine-jsonata.ts';
import { failureOfInput, retry, statusByError } from './failures.ts';
import { jsonata } from './jsonata.ts';
import { budgetMs, timeoutSeconds } from './limits.ts';
import { substitutionKey } from './names.ts';
import { locationOfInput, photoOfInput, problemOfInput } from './photo-request.ts';
import { photo } from './requests/photo.ts';
import { budgetOfInput, budgetSeconds } from './rows-jsonata.ts';
import type { FunctionSpec, WorkflowSpec } from './types.ts';

/** A workflow that says what is in a photo, with regard to where it was taken. */
export interface IdentifyPhoto {
  readonly name: string;
  /** The model that looks at the photo. */
  readonly classifier: FunctionSpec;
  /** Reads the coordinates that the camera wrote into the photo. */
  readonly locate: FunctionSpec;
  /** Tells what lives at a place. */
  readonly features: FunctionSpec;
  /** How a photo is told in which nothing was found: `No bird`. */
  readonly nothing: string;
  /** A request body to try the workflow with. */
  readonly example: Readonly<Record<string, unknown>>;
  /** What a caller gets who names no deadline, in milliseconds. @default 25000 */
  readonly budgetMs?: number;
}

type State = Readonly<Record<string, unknown>>;
type States = Readonly<Record<string, State>>;

/** How a task is asked, and what becomes of its answer (`$states.result.Payload`) or of its failure (`failureOfInput`). */
interface Question {
  readonly payload: unknown;
  readonly answered: State;
  readonly failed: State;
}

/** A task whose failure becomes a value, so that the other branch still counts. */
function ask({ name }: FunctionSpec, { payload, answered, failed }: Question): States {
  return {
    [`Ask ${name}`]: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: `\${${substitutionKey(name)}}`, Payload: payload },
      TimeoutSeconds: jsonata('$budgetSeconds'),
      Retry: retry,
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Output: jsonata('$states.errorOutput'),
          Next: `Without ${name}`,
        },
      ],
      ...answered,
    },
    [`Without ${name}`]: { Type: 'Pass', End: true, ...failed },
  };
}

/** The branch that looks at the photo: `{seen, served}`, or `{failed}`. */
function look(classifier: FunctionSpec): State {
  const output = (name: string) => `$states.result.Payload.outputs[name = "${name}"].data`;
  const states = ask(classifier, {
    payload: {
      id: jsonata('$states.context.Execution.Name'),
      parameters: { chorus_deadline_ms: jsonata('$deadline') },
      inputs: [
        {
          name: 'image',
          datatype: 'BYTES',
          shape: [1],
          parameters: { content_type: jsonata('$exists($photo.key) ? "key" : "base64"') },
          data: [jsonata('$exists($photo.key) ? $photo.key : $photo.image')],
        },
      ],
    },
    answered: {
      Output: {
        seen: {
          label: jsonata(`${output('label')}[0]`),
          labels: jsonata(`[${output('labels')}]`),
          probabilities: jsonata(`[${output('probabilities')}]`),
          detection: jsonata(`${output('detection')}[0]`),
        },
        served: {
          version: jsonata('$states.result.Payload.model_version'),
          durationMs: jsonata('$states.result.Payload.parameters.chorus_duration_ms'),
          coldStart: jsonata('$states.result.Payload.parameters.chorus_cold_start'),
          attempts: jsonata('$states.context.State.RetryCount + 1'),
        },
      },
      End: true,
    },
    failed: { Output: { failed: jsonata(failureOfInput) } },
  });
  return { StartAt: `Ask ${classifier.name}`, States: states };
}

/** The branch that finds the place and what lives there: `{location, place}`, each null without; `failed` says why. */
function place(locate: FunctionSpec, features: FunctionSpec): State {
  return {
    StartAt: 'Given',
    States: {
      Given: {
        Type: 'Choice',
        Choices: [
          {
            Condition: jsonata('$location != null'),
            Assign: { at: jsonata('$merge([$location, { "source": "request" }])') },
            Next: `Ask ${features.name}`,
          },
        ],
        Default: `Ask ${locate.name}`,
      },
      ...ask(locate, {
        payload: jsonata('$merge([$photo, { "deadlineMs": $deadline }])'),
        answered: {
          Assign: {
            at: jsonata(`(
              $location := $states.result.Payload.location;
              $location = null ? null : $merge([$location, { "source": "exif" }])
            )`),
          },
          Next: 'Found',
        },
        failed: {
          Output: {
            location: null,
            place: null,
            failed: jsonata(`{ "${locate.name}": ${failureOfInput} }`),
          },
        },
      }),
      Found: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata('$at != null'), Next: `Ask ${features.name}` }],
        Default: 'Nowhere',
      },
      Nowhere: { Type: 'Pass', Output: { location: null, place: null }, End: true },
      ...ask(features, {
        payload: jsonata('{ "lat": $at.lat, "lon": $at.lon, "deadlineMs": $deadline }'),
        answered: {
          Output: {
            location: jsonata('$merge([$at, { "country": $states.result.Payload.country }])'),
            place: { abundance: jsonata('$states.result.Payload.abundance') },
          },
          End: true,
        },
        failed: {
          Output: {
            location: jsonata('$merge([$at, { "country": null }])'),
            place: null,
            failed: jsonata(`{ "${features.name}": ${failureOfInput} }`),
          },
        },
      }),
    },
  };
}

/** The answer about a photo that was looked at, with or without its place. */
function answer(classifier: FunctionSpec): State {
  return {
    statusCode: 200,
    body: {
      predictions: [jsonata(predictionOfSeen)],
      location: jsonata('$branches[1].location'),
      models: { [classifier.name]: jsonata('$branches[0].served') },
      failed: jsonata('$exists($branches[1].failed) ? $branches[1].failed : {}'),
      requestId: jsonata('$states.context.Execution.Name'),
    },
  };
}

/** The error of a photo that could not be looked at: the caller's own mistake by its status, else 503. */
function refusal(classifier: FunctionSpec): string {
  return jsonata(`(
    $failed := $branches[0].failed;
    $status := $lookup(${JSON.stringify(statusByError)}, $failed.error);
    $message := $replace($failed.message, /^inputs\\[0\\] "image", element \\[0\\]/, "image");
    {
      "statusCode": $exists($status) ? $status : 503,
      "body": {
        "error": $exists($status) and $status < 429 ? $message : "${classifier.name}: " & $failed.message,
        "failed": { "${classifier.name}": $failed },
        "requestId": $states.context.Execution.Name
      }
    }
  )`);
}

function definitionOf(workflow: IdentifyPhoto): State {
  const { classifier, locate, features } = workflow;
  return {
    Comment: `Looks at a photo with ${classifier.name}, finds its place and what lives there, and combines both.`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: timeoutSeconds,
    StartAt: 'Read',
    States: {
      Read: {
        Type: 'Pass',
        Assign: {
          problem: jsonata(problemOfInput),
          budgetMs: jsonata(budgetOfInput(workflow.budgetMs ?? budgetMs)),
        },
        Next: 'Check',
      },
      Check: {
        Type: 'Choice',
        Choices: [
          {
            Condition: jsonata('$problem = null'),
            Assign: {
              deadline: jsonata('$toMillis($states.context.Execution.StartTime) + $budgetMs'),
              budgetSeconds: jsonata(budgetSeconds),
              photo: jsonata(photoOfInput),
              location: jsonata(locationOfInput),
            },
            // From here on the photo, which may be large, is in a variable only.
            Output: {},
            Next: 'Gather',
          },
        ],
        Default: 'Reject',
      },
      Reject: {
        Type: 'Pass',
        Output: {
          statusCode: jsonata('$problem.statusCode'),
          body: {
            error: jsonata('$problem.error'),
            requestId: jsonata('$states.context.Execution.Name'),
          },
        },
        End: true,
      },
      Gather: {
        Type: 'Parallel',
        Branches: [look(classifier), place(locate, features)],
        Assign: {
          branches: jsonata('$states.result'),
          seen: jsonata('$exists($states.result[0].seen) ? $states.result[0].seen : null'),
          place: jsonata('$states.result[1].place'),
        },
        Next: 'Seen',
      },
      Seen: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata('$seen != null'), Next: 'Combine' }],
        Default: 'Refuse',
      },
      Combine: { Type: 'Pass', Output: answer(classifier), End: true },
      Refuse: { Type: 'Pass', Output: refusal(classifier), End: true },
    },
  };
}

/**
 * A workflow that asks a classifier what is in a photo and, at the same time, finds where it was taken and what lives
 * there; then combines both. A request is `{"key"}` of an uploaded photo, or `{"image"}` in base64, with a `location`
 * that wins over the photo's own. Without a place, or without the features of it, the answer is by the photo alone.
 */
export function identifyPhoto(workflow: IdentifyPhoto): WorkflowSpec {
  const { name, classifier, locate, features, example } = workflow;
  return {
    name,
    definition: definitionOf(workflow),
    functions: [classifier, locate, features].map((each) => each.name),
    timeoutSeconds,
    quorum: 1,
    example,
    request: photo,
    answer: labelledPhoto(workflow.nothing),
    schema: {
      name,
      maxBatch: 1,
      inputs: [{ name: 'image', datatype: 'BYTES', shape: [1] }],
      outputs: [
        { name: 'label', datatype: 'BYTES', shape: [1] },
        { name: 'probability', datatype: 'FP64', shape: [1] },
        { name: 'visual', datatype: 'FP64', shape: [1] },
      ],
    },
  };
}
