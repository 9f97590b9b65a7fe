import type { Command } from './command.ts';
import { batch } from './commands/batch.ts';
import { chaos } from './commands/chaos.ts';
import { consoleCommand } from './commands/console.ts';
import { cost } from './commands/cost.ts';
import { dlqDrop, dlqReplay } from './commands/dlq-handle.ts';
import { dlqList } from './commands/dlq-list.ts';
import { dlqShow } from './commands/dlq-show.ts';
import { drift } from './commands/drift.ts';
import { env } from './commands/env.ts';
import { executionsList } from './commands/executions-list.ts';
import { executionsShow } from './commands/executions-show.ts';
import { labelsPush } from './commands/labels-push.ts';
import { logs } from './commands/logs.ts';
import { modelsAdd } from './commands/models-add.ts';
import { modelsDiff } from './commands/models-diff.ts';
import { modelsFetch } from './commands/models-fetch.ts';
import { modelsList } from './commands/models-list.ts';
import { modelsPromote } from './commands/models-promote.ts';
import { modelsPush } from './commands/models-push.ts';
import { modelsRollback } from './commands/models-rollback.ts';
import { modelsShow } from './commands/models-show.ts';
import { modelsSwap } from './commands/models-swap.ts';
import { modelsTrain } from './commands/models-train.ts';
import { pipelineAdd } from './commands/pipeline-add.ts';
import { pipelineApprove, pipelineReject } from './commands/pipeline-decide.ts';
import { pipelineList } from './commands/pipeline-list.ts';
import { pipelineRun } from './commands/pipeline-run.ts';
import { pipelineShow } from './commands/pipeline-show.ts';
import { predict } from './commands/predict.ts';
import { trace } from './commands/trace.ts';
import { tune } from './commands/tune.ts';
import { webhooksAdd } from './commands/webhooks-add.ts';
import { webhooksList } from './commands/webhooks-list.ts';
import { webhooksRemove } from './commands/webhooks-remove.ts';
import { workflowsAdd } from './commands/workflows-add.ts';
import { workflowsList } from './commands/workflows-list.ts';
import { workflowsShow } from './commands/workflows-show.ts';
import { readSettings } from './env.ts';
import { CliError, explain, UsageError } from './errors.ts';
import { renderCommandHelp, renderGroupHelp, renderHelp } from './help.ts';
import { type Io, note, print } from './io.ts';
import { didYouMean } from './nearest.ts';

/** In the order of help. What a command needs beyond its flags it imports when it runs. */
export const commands: readonly Command[] = [
  predict,
  batch,
  trace,
  modelsList,
  modelsShow,
  modelsDiff,
  modelsAdd,
  modelsFetch,
  modelsTrain,
  modelsPush,
  modelsSwap,
  modelsPromote,
  modelsRollback,
  pipelineAdd,
  pipelineRun,
  pipelineList,
  pipelineShow,
  pipelineApprove,
  pipelineReject,
  workflowsList,
  workflowsShow,
  workflowsAdd,
  executionsList,
  executionsShow,
  logs,
  dlqList,
  dlqShow,
  dlqReplay,
  dlqDrop,
  webhooksAdd,
  webhooksList,
  webhooksRemove,
  drift,
  labelsPush,
  cost,
  tune,
  consoleCommand({ run, commands: () => commands }),
  env,
  ...chaos,
];

/** The first words of commands of two words. */
const groups: readonly string[] = [
  'models',
  'pipeline',
  'workflows',
  'executions',
  'dlq',
  'webhooks',
  'labels',
  'chaos',
];

/**
 * Runs a command line.
 *
 * @param argv what follows the program's name
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  // `pnpm chorus -- predict` hands the dashes on.
  const words = argv[0] === '--' ? argv.slice(1) : argv;
  try {
    return await dispatch(words, io);
  } catch (error) {
    note(io, `chorus: ${explain(error)}`);
    if (readSettings(io.env).debug && error instanceof Error) note(io, stackOf(error));
    if (error instanceof UsageError) note(io, `See: chorus ${helpFor(words)}`);
    return error instanceof CliError ? error.exitCode : 1;
  }
}

async function dispatch(words: readonly string[], io: Io): Promise<number> {
  const isAsked = wantsHelp(words);
  const topic = words[0] === 'help' ? words.slice(1) : words.filter((word) => !isHelp(word));
  if (words.length === 0 || (isAsked && topic.length === 0)) {
    print(io, renderHelp(commands));
    return 0;
  }
  const command = commands.find(({ name }) => startsWith(topic, name));
  if (isAsked) {
    print(io, command === undefined ? groupHelp(topic) : renderCommandHelp(command));
    return 0;
  }
  if (command === undefined) throw unknownCommand(topic);
  return command.run(words.slice(command.name.split(' ').length), io);
}

/** Tells whether help is asked for; after `--`, words are only words. */
function wantsHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return words[0] === 'help' || words.slice(0, end < 0 ? words.length : end).some(isHelp);
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

function startsWith(words: readonly string[], name: string): boolean {
  return name.split(' ').every((part, index) => words[index] === part);
}

function groupHelp(topic: readonly string[]): string {
  const [group = '', second] = topic;
  if (!groups.includes(group) || second !== undefined) throw unknownCommand(topic);
  return renderGroupHelp(
    group,
    commands.filter(({ name }) => startsWith(name.split(' '), group)),
  );
}

function unknownCommand(words: readonly string[]): UsageError {
  const [first = '', second = ''] = words;
  if (groups.includes(first)) {
    const inGroup = commands
      .filter(({ name }) => name.startsWith(`${first} `))
      .map(({ name }) => name.slice(first.length + 1));
    return second === '' || second.startsWith('-')
      ? new UsageError(`chorus ${first} what? There is: ${inGroup.join(', ')}`)
      : new UsageError(
          `There is no command '${first} ${second}', only: ${inGroup.join(', ')}.${didYouMean(`${first} ${second}`, names())}`,
        );
  }
  // "swap" alone and "modles swap" both mean "models swap".
  const candidates = [...names(), ...groups];
  const alone = names().find((name) => name.endsWith(` ${first}`));
  const guess =
    alone === undefined
      ? didYouMean(`${first} ${second}`.trim(), candidates) || didYouMean(first, candidates)
      : ` Did you mean ${alone}?`;
  return new UsageError(`There is no command '${first}'.${guess}`);
}

function names(): readonly string[] {
  return [...commands.map(({ name }) => name), 'help'];
}

/** Returns the words to ask for help with after a mistake in `words`. */
function helpFor(words: readonly string[]): string {
  const command = commands.find(({ name }) => startsWith(words, name));
  return command === undefined ? 'help' : `${command.name} --help`;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
