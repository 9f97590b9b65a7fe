import type { JSX } from 'preact';
import { asList, asRecord, type Value } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { Action } from '../parts/action.tsx';
import { Table } from '../parts/table.tsx';
import { View, WatchState } from '../parts/view.tsx';
import { addressOf } from '../route.ts';

const shown = (value: unknown): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(5))) : String(value ?? '');

/** Names of the metrics that some version has. */
function metricNames(versions: readonly Value[]): readonly string[] {
  return [...new Set(versions.flatMap(({ metrics }) => Object.keys(asRecord(metrics))))];
}

/** The actions on a version that is not live. */
function Actions({ model, version }: { readonly model: string; readonly version: string }) {
  return (
    <span class="buttons">
      <Action
        label={`Promote ${version}`}
        consequence={`${version} answers sampled requests unseen for 30 seconds, then a tenth of all requests for a minute; if it is not worse, it gets all. A limit that is broken takes it back.`}
        words={['models', 'promote', model, version]}
        canStop
      />
      <Action
        label={`Swap to ${version}`}
        consequence={`${version} is asked one real row, and then gets all requests at once.`}
        words={['models', 'swap', model, version]}
      />
    </span>
  );
}

/** A model: its versions side by side, and what can be done with them. */
export function Model({ name }: { readonly name: string }): JSX.Element {
  const watched = useWatch(['models', 'list']);
  const model = asList(asRecord(watched.value)['models'])
    .map(asRecord)
    .find((each) => each['name'] === name);
  const versions = asList(model?.['versions']).map(asRecord);
  const metrics = metricNames(versions);
  const canary = asRecord(model?.['canary']);
  return (
    <View title={name}>
      <WatchState of={watched} what="the model" />
      {watched.value !== undefined && model === undefined && (
        <p class="notice warn">There is no model {name}.</p>
      )}
      {model !== undefined && (
        <>
          {model['changing'] !== null && (
            <p class="notice" role="status">
              It is being changed: {String(model['changing'])}.
            </p>
          )}
          <Table
            caption={`Versions of ${name}`}
            head={['Version', 'Serves', ...metrics, 'Trainer', 'kB', 'SHA-256', 'Make it live']}
            rows={versions.toReversed().map((each) => {
              const version = String(each['version']);
              const isLive = each['live'] === true;
              const isCanary = canary['version'] === version;
              return {
                key: version,
                cells: [
                  <a key="version" href={addressOf('models', name, version)}>
                    {version}
                  </a>,
                  isLive
                    ? 'live'
                    : isCanary
                      ? `canary, ${shown(Number(canary['weight']) * 100)} %`
                      : '',
                  ...metrics.map((metric) => shown(asRecord(each['metrics'])[metric])),
                  shown(each['trainer']),
                  shown(Math.ceil(Number(each['bytes']) / 1000)),
                  <code key="sha256">{String(each['sha256']).slice(0, 12)}</code>,
                  isLive ? '' : <Actions key="actions" model={name} version={version} />,
                ],
              };
            })}
          />
          <p class="buttons">
            <Action
              label="Roll back"
              consequence={
                canary['version'] === undefined
                  ? 'The version that was live before gets all requests again.'
                  : 'The canary ends: the live version gets all requests again.'
              }
              words={['models', 'rollback', name]}
            />
          </p>
        </>
      )}
    </View>
  );
}
