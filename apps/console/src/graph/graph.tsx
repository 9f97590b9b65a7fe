import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { ScrollArea } from '../parts/scroll-area.tsx';
import { type PlacedMachine, type PlacedState, type Point, place } from './layout.ts';
import { type Machine, readMachine, type Transition } from './machine.ts';

/** The outcome of a state in a run. */
export type StateOutcome = 'done' | 'failed' | 'running';

interface GraphProps {
  /** Amazon States Language. */
  readonly definition: unknown;
  /** For people who do not see it. */
  readonly label: string;
  /** By the names of states; one that is not named was not reached. */
  readonly outcomes?: ReadonlyMap<string, StateOutcome>;
}

/** The line of a transition, with rounded corners. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const lines = rest.map((point, index) => {
    const next = rest[index + 1];
    if (next === undefined) return `L${point.x},${point.y}`;
    return `Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`;
  });
  return `M${first.x},${first.y}${lines.join('')}`;
}

/** States of these types only pass on. */
const quiet: readonly string[] = ['Pass', 'Choice', 'Succeed', 'Fail', 'Wait'];

function StateBox(props: {
  readonly placed: PlacedState;
  readonly outcomes: GraphProps['outcomes'];
}): JSX.Element {
  const { state, x, y, width, height, inner } = props.placed;
  const outcome = props.outcomes?.get(state.name);
  const kind = quiet.includes(state.type) ? 'quiet' : inner.length > 0 ? 'box' : 'task';
  return (
    <g transform={`translate(${x} ${y})`} class={`state ${kind} ${outcome ?? ''}`}>
      <title>
        {`${state.name} (${state.type})${outcome === undefined ? '' : `: ${outcome}`} ${state.comment}`.trim()}
      </title>
      <rect width={width} height={height} rx="8" />
      <text x={inner.length > 0 ? 14 : width / 2} y={inner.length > 0 ? 20 : height / 2 + 5}>
        {state.name}
      </text>
      {inner.map((each) => (
        <g key={`${each.x}`} transform={`translate(${each.x} ${each.y})`}>
          <Drawn machine={each.machine} outcomes={props.outcomes} />
        </g>
      ))}
    </g>
  );
}

function Drawn(props: {
  readonly machine: PlacedMachine;
  readonly outcomes: GraphProps['outcomes'];
}): JSX.Element {
  const { states, transitions } = props.machine;
  return (
    <>
      {transitions.map(({ from, transition, points, label }) => (
        <g
          key={`${from} ${transition.to} ${transition.kind} ${transition.because}`}
          class={`transition ${transition.kind}`}
        >
          <title>{`${from} to ${transition.to}${transition.because === '' ? '' : `: ${transition.because}`}`}</title>
          <path d={pathOf(points)} marker-end="url(#arrow)" />
          {label !== undefined && (
            <text class="why" x={label.x} y={label.y + 4}>
              {transition.label}
            </text>
          )}
        </g>
      ))}
      {states.map((placed) => (
        <StateBox key={placed.state.name} placed={placed} outcomes={props.outcomes} />
      ))}
    </>
  );
}

/** Says where a transition goes, and when. */
const wayOn = ({ to, kind, because }: Transition): string =>
  ({
    next: to,
    choice: `${to} if ${because}`,
    otherwise: `${to} otherwise`,
    catch: `${to} after ${because}`,
  })[kind];

/** The states of a machine as a nested list, for those who do not see the drawing. */
function StateList(props: {
  readonly machine: Machine;
  readonly outcomes: GraphProps['outcomes'];
}): JSX.Element {
  return (
    <ul>
      {props.machine.states.map(({ name, type, transitions, inner }) => (
        <li key={name}>
          {name} ({type}
          {props.outcomes?.has(name) === true && `, ${props.outcomes.get(name)}`})
          {transitions.length > 0 && `, then ${transitions.map(wayOn).join(' or ')}`}
          {inner.map((each) => (
            <StateList key={each.start} machine={each} outcomes={props.outcomes} />
          ))}
        </li>
      ))}
    </ul>
  );
}

/** A state machine as a graph. */
export function StateGraph({ definition, label, outcomes }: GraphProps): JSX.Element {
  const machine = useMemo(() => readMachine(definition), [definition]);
  const placed = useMemo(() => place(machine), [machine]);
  const { width, height, states } = placed;
  const start = states.find(({ state }) => state.name === machine.start);
  return (
    <>
      <ScrollArea
        class="graph"
        label={label}
        middle={start === undefined ? 0 : start.x + start.width / 2}
      >
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          aria-hidden="true"
          focusable="false"
        >
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto-start-reverse"
            >
              <path d="M0,0L8,4L0,8z" />
            </marker>
          </defs>
          <Drawn machine={placed} outcomes={outcomes} />
        </svg>
      </ScrollArea>
      <details>
        <summary>The states as a list</summary>
        <StateList machine={machine} outcomes={outcomes} />
      </details>
    </>
  );
}
