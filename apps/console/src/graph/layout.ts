import { Graph, layout } from '@dagrejs/dagre';
import type { Machine, State, Transition } from './machine.ts';

/** A point in the drawing, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A state where it is drawn, by its upper left corner. */
export interface PlacedState extends Point {
  readonly state: State;
  readonly width: number;
  readonly height: number;
  /** The machines in it, side by side. */
  readonly inner: readonly (Point & { readonly machine: PlacedMachine })[];
}

/** A transition where it is drawn. */
interface PlacedTransition {
  readonly from: string;
  readonly transition: Transition;
  readonly points: readonly Point[];
  /** The middle of its label; undefined for one without. */
  readonly label: Point | undefined;
}

/** A machine as it is drawn. */
export interface PlacedMachine {
  readonly width: number;
  readonly height: number;
  readonly states: readonly PlacedState[];
  readonly transitions: readonly PlacedTransition[];
}

const letter = 7.4;
const labelLetter = 6.2;
const labelHeight = 16;
const padding = 14;
const rowHeight = 40;
const titleHeight = 30;

interface Sized {
  readonly state: State;
  readonly width: number;
  readonly height: number;
  readonly inner: PlacedState['inner'];
}

/** Returns how much room a state takes: one with machines in it is a box around them. */
function sized(state: State): Sized {
  const text = state.name.length * letter + 2 * padding;
  if (state.inner.length === 0)
    return { state, width: Math.max(90, text), height: rowHeight, inner: [] };
  let x = padding;
  const inner = state.inner.map((each) => {
    const machine = place(each);
    const placed = { machine, x, y: titleHeight };
    x += machine.width + padding;
    return placed;
  });
  const height = Math.max(...inner.map(({ machine }) => machine.height)) + titleHeight + padding;
  return { state, width: Math.max(x, text), height, inner };
}

/** Returns how much room the label of a transition takes. */
function labelSize({ label }: Transition): { readonly width: number; readonly height: number } {
  if (label === '') return { width: 0, height: 0 };
  return { width: label.length * labelLetter + 8, height: labelHeight };
}

/** Lays a machine out from top to bottom; those in its states are laid out first, and are boxes to it. */
export function place(machine: Machine): PlacedMachine {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 36, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxes = machine.states.map(sized);
  // dagre keeps what it knows in objects, where a name such as `constructor` is taken already.
  const keys = new Map(machine.states.map(({ name }, index) => [name, `state ${index}`]));
  const keyOf = (name: string): string => keys.get(name) ?? '';
  for (const { state, width, height } of boxes) graph.setNode(keyOf(state.name), { width, height });
  const transitions = machine.states.flatMap(({ name, transitions: each }) =>
    each
      .filter(({ to }) => keys.has(to))
      .map((transition, index) => ({
        from: name,
        transition,
        edge: { v: keyOf(name), w: keyOf(transition.to), name: `${index}` },
      })),
  );
  for (const { edge, transition } of transitions)
    graph.setEdge(edge, { ...labelSize(transition), labelpos: 'c' });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    states: boxes.map((box) => {
      const { x, y } = graph.node(keyOf(box.state.name));
      return { ...box, x: x - box.width / 2, y: y - box.height / 2 };
    }),
    transitions: transitions.map(({ from, transition, edge }) => {
      const { points = [], x, y } = graph.edge(edge);
      const label = transition.label === '' ? undefined : { x: x ?? 0, y: y ?? 0 };
      return { from, transition, points, label };
    }),
  };
}
