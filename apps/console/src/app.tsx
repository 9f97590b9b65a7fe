import type { JSX } from 'preact';
import type { Offer } from './api/commands.ts';
import { WithActions } from './parts/action.tsx';
import { addressOf, useRoute } from './route.ts';
import { Commands } from './views/commands.tsx';
import { Cost } from './views/cost.tsx';
import { DeadLetters } from './views/dead-letters.tsx';
import { Drift } from './views/drift.tsx';
import { Execution } from './views/execution.tsx';
import { Executions } from './views/executions.tsx';
import { Logs } from './views/logs.tsx';
import { Model } from './views/model.tsx';
import { ModelVersion } from './views/model-version.tsx';
import { Models } from './views/models.tsx';
import { PipelineRun } from './views/pipeline-run.tsx';
import { Pipelines } from './views/pipelines.tsx';
import { Workflow } from './views/workflow.tsx';
import { Workflows } from './views/workflows.tsx';

/** A group of views: its first part of the address, its name, and what it shows. */
interface Place {
  readonly part: string;
  readonly name: string;
  readonly view: (parts: readonly string[], offer: Offer) => JSX.Element;
}

const places: readonly Place[] = [
  {
    part: 'workflows',
    name: 'Workflows',
    view: ([name]) => (name === undefined ? <Workflows /> : <Workflow key={name} name={name} />),
  },
  {
    part: 'models',
    name: 'Models',
    view: ([name, version]) => {
      if (name === undefined) return <Models />;
      if (version === undefined) return <Model key={name} name={name} />;
      return <ModelVersion key={`${name} ${version}`} model={name} version={version} />;
    },
  },
  {
    part: 'pipelines',
    name: 'Pipelines',
    view: ([pipeline, execution]) =>
      pipeline === undefined || execution === undefined ? (
        <Pipelines />
      ) : (
        <PipelineRun key={execution} pipeline={pipeline} execution={execution} />
      ),
  },
  { part: 'drift', name: 'Drift', view: () => <Drift /> },
  {
    part: 'executions',
    name: 'Executions',
    view: ([name]) => (name === undefined ? <Executions /> : <Execution key={name} name={name} />),
  },
  { part: 'dead-letters', name: 'Dead letters', view: () => <DeadLetters /> },
  { part: 'logs', name: 'Logs', view: () => <Logs /> },
  { part: 'cost', name: 'Cost', view: () => <Cost /> },
  {
    part: 'commands',
    name: 'Commands',
    view: ([name], offer) => <Commands offer={offer} name={name} />,
  },
];

/** The console: where one can go, and the view one is at. */
export function App({ offer }: { readonly offer: Offer }): JSX.Element {
  const [part = 'workflows', ...rest] = useRoute();
  const place = places.find((each) => each.part === part) ?? places[0];
  return (
    <WithActions>
      <button type="button" class="skip" onClick={skip}>
        To the content
      </button>
      <header>
        <p class="brand">Chorus</p>
        <p class="where">{offer.label}</p>
        <nav aria-label="Views">
          <ul>
            {places.map((each) => (
              <li key={each.part}>
                <a href={addressOf(each.part)} aria-current={each === place ? 'page' : undefined}>
                  {each.name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      {place?.view(rest, offer)}
    </WithActions>
  );
}

/** Moves the focus; the address stays that of the view. */
function skip(): void {
  document.querySelector<HTMLElement>('#main h1')?.focus();
}
