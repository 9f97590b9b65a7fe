import { TensorProto_DataType } from 'onnx-buf';
import { constant, type GraphParts, operator } from './onnx.ts';
import { animals, boxes as recipe, side } from './recipe.ts';

/** Each of the four distances of a box is a distribution over 0 to 10 strides (generalised focal loss). */
const bins = 11;

/** Strides of NanoDet's levels, in pixels. */
const strides = [8, 16, 32] as const;

/**
 * Encodes the animals that NanoDet sees one by one.
 *
 * @param look the logits of each cell and where its box ends, at each level
 * @returns nothing: the graph has `boxes`, [1,most,6], afterwards; it has to have `shares`, the probabilities of the whole photo
 */
export function encodeBoxes(
  parts: GraphParts,
  look: { readonly cells: readonly string[]; readonly boxes: readonly string[] },
): void {
  const numbers = (name: string, ...values: number[]) =>
    constant(parts, `boxes/${name}`, [values.length], BigInt64Array.from(values, BigInt));
  const floats = (name: string, dims: number[], values: readonly number[]) =>
    constant(parts, `boxes/${name}`, dims, Float32Array.from(values));
  const op = (type: string, inputs: readonly string[], name: string, attributes = {}) =>
    operator(parts, type, inputs, `boxes/${name}`, attributes);

  const steps = floats('steps', [1, 1, bins, 1], [...Array(bins).keys()]);
  const second = numbers('second', 2);
  const levels = strides.map((stride, level) => {
    const cells = (side / stride) ** 2;
    const named = (name: string) => `${name}-${stride}`;
    const shape = numbers(named('shape'), 1, 4, bins, cells);
    const split = op('Reshape', [look.boxes[level] ?? '', shape], named('split'));
    const likely = op('Softmax', [split], named('likely'), { axis: 2 });
    const weighed = op('Mul', [likely, steps], named('weighed'));
    const distances = op('ReduceSum', [weighed, second], named('distances'), { keepdims: 0 });
    const size = floats(named('stride'), [1], [stride]);
    const pixels = op('Mul', [distances, size], named('pixels'));
    const sign = floats(named('sign'), [1, 4, 1], [-1, -1, 1, 1]);
    const signed = op('Mul', [pixels, sign], named('signed'));
    const corners = op(
      'Add',
      [signed, floats(named('centres'), [1, 4, cells], centresOf(stride))],
      named('corners'),
    );
    const flat = numbers(named('flat'), 1, animals.length, cells);
    const logits = op('Reshape', [look.cells[level] ?? '', flat], named('logits'));
    return { corners, logits };
  });
  const join = (name: 'corners' | 'logits') => {
    const joined = op(
      'Concat',
      levels.map((level) => level[name]),
      name,
      { axis: 2 },
    );
    return op('Transpose', [joined], `${name}-rows`, { perm: [0, 2, 1] });
  };
  const [corners, logits] = [join('corners'), join('logits')];

  const last = numbers('last', 2);
  const sure = op('Sigmoid', [op('ReduceMax', [logits, last], 'strongest')], 'sure');
  const seen = op('Transpose', [sure], 'seen', { perm: [0, 2, 1] });
  const least = floats('least', [1], [recipe.score]);
  const overlap = floats('overlap', [1], [recipe.overlap]);
  const most = numbers('most', recipe.most);
  const kept = op('NonMaxSuppression', [corners, seen, most, overlap, least], 'kept');
  // Of [batch, class, cell] the cell.
  const rows = op('Gather', [kept, numbers('cell', 2)], 'rows', { axis: 1 });
  const flatRows = op('Reshape', [rows, numbers('one', -1)], 'row');

  const chosen = (values: string, name: string) =>
    op('Gather', [values, flatRows], name, { axis: 1 });
  const known = op('Add', ['known', floats('doubt', [1], [recipe.doubt])], 'known');
  const photo = op(
    'Reshape',
    [op('Log', [known], 'photo-log'), numbers('photo-shape', 1, 1, -1)],
    'photo',
  );
  const scaled = op(
    'Mul',
    [chosen(logits, 'chosen'), floats('mean', [1], [recipe.mean])],
    'scaled',
  );
  const scores = op('Softmax', [op('Add', [scaled, photo], 'added')], 'scores', { axis: 2 });
  const score = op('ReduceMax', [scores, last], 'score');
  const best = op('ArgMax', [scores], 'best', { axis: 2, keepdims: 1 });
  const animal = op('Cast', [best], 'animal', { to: TensorProto_DataType.FLOAT });
  const found = op('Concat', [chosen(corners, 'chosen-corners'), score, animal], 'found', {
    axis: 2,
  });

  // A shape that does not depend on the photo: zeros behind, then the first of all.
  const zeros = floats('zeros', [1, recipe.most, 6], Array(recipe.most * 6).fill(0));
  const padded = op('Concat', [found, zeros], 'padded', { axis: 1 });
  const edges = [numbers('start', 0), numbers('end', recipe.most), numbers('axis', 1)];
  operator(parts, 'Slice', [padded, ...edges], 'boxes');
}

/** The middle of each cell as left, top, right and bottom of a box without size. */
function centresOf(stride: number): number[] {
  const count = side / stride;
  const middles = Array.from({ length: count }, (_, index) => (index + 0.5) * stride);
  const across = middles.flatMap(() => middles);
  const down = middles.flatMap((middle) => middles.map(() => middle));
  return [...across, ...down, ...across, ...down];
}
