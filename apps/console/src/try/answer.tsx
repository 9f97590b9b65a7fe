import type { JSX } from 'preact';
import { asList, asRecord } from '../api/request.ts';
import { Table } from '../parts/table.tsx';
import { readTimeline, TimelineBars } from '../parts/timeline.tsx';

/** A value of an answer, in a few characters. */
function shown(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  if (typeof value === 'string') return value;
  return JSON.stringify(value) ?? '';
}

/** Numbers of a prediction that are compared as bars: those of its members that are numbers above 0. */
function numbersOf(prediction: unknown): readonly (readonly [string, number])[] {
  return Object.entries(asRecord(prediction)).filter(
    (each): each is [string, number] => typeof each[1] === 'number' && each[1] >= 0,
  );
}

function Prediction({ prediction }: { readonly prediction: unknown }): JSX.Element {
  const numbers = numbersOf(prediction);
  const most = Math.max(...numbers.map(([, value]) => value), Number.MIN_VALUE);
  const others = Object.entries(asRecord(prediction)).filter(
    ([name]) => !numbers.some(([each]) => each === name),
  );
  return (
    <>
      {others.length > 0 && (
        <dl>
          {others.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{shown(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul class="bars">
        {numbers.map(([name, value]) => (
          <li key={name}>
            <span class="step">{name}</span>
            <span class="track" aria-hidden="true">
              <span class="bar" style={{ width: `${(100 * value) / most}%` }} />
            </span>
            <span class="detail">{shown(value)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The answer of a workflow: its predictions, who gave them, what failed, and when. */
export function Answer({ answer }: { readonly answer: unknown }): JSX.Element {
  const { predictions, models, failed, trace, requestId } = asRecord(answer);
  const timeline = readTimeline(trace);
  const failures = Object.entries(asRecord(failed));
  return (
    <section aria-label="Answer">
      <h2>Answer</h2>
      {failures.length > 0 && (
        <p class="notice warn">
          Without {failures.map(([name, why]) => `${name} (${shown(why)})`).join(', ')}.
        </p>
      )}
      {asList(predictions)
        .slice(0, 20)
        .map((prediction, index) => (
          <Prediction key={index} prediction={prediction} />
        ))}
      {Object.keys(asRecord(models)).length > 0 && (
        <Table
          caption="Models that answered"
          head={['Model', 'Version', 'Took', 'Start', 'Attempts']}
          rows={Object.entries(asRecord(models)).map(([name, value]) => {
            const { version, durationMs, coldStart, attempts } = asRecord(value);
            return {
              key: name,
              cells: [
                name,
                shown(version),
                `${shown(durationMs)} ms`,
                coldStart === true ? 'cold' : 'warm',
                shown(attempts),
              ],
            };
          })}
        />
      )}
      {timeline !== undefined && <TimelineBars timeline={timeline} />}
      <p class="muted">Request {shown(requestId)}</p>
    </section>
  );
}
