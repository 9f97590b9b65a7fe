import { TensorProto_DataType } from 'onnx-buf';
import { animalClasses, classesOf, otherAnimals } from './imagenet.ts';
import { constant, type GraphParts, operator } from './onnx.ts';
import { animals, detection, doubt, fusion, lookalikes } from './recipe.ts';

/**
 * Encodes what brings both networks together.
 *
 * @param mean the averages over NanoDet's views of each animal's best logit, [1,10]
 * @param imagenet EfficientNet's probabilities, [1,1000]
 * @returns nothing: the graph has `probabilities` and `detection` afterwards
 */
export function encodeFusion(parts: GraphParts, mean: string, imagenet: string): void {
  const last = constant(parts, 'last', [1], BigInt64Array.of(1n));
  const others = classes(
    parts,
    imagenet,
    'others',
    otherAnimals.map(({ index }) => index),
  );
  const outside = operator(parts, 'ReduceSum', [others, last], 'outside');

  const matrix = constant(parts, 'sums/matrix', [1000, animals.length], sumsMatrix());
  const weights = operator(parts, 'Cast', [matrix], 'sums/weights', {
    to: TensorProto_DataType.FLOAT,
  });
  const sums = operator(parts, 'MatMul', [imagenet, weights], 'sums');

  const seen = encodeLine(parts, mean, 'seen', fusion.mean, fusion.bias);
  const told = encodeLine(parts, encodeLog(parts, sums), 'told', fusion.sum, [0]);
  const ten = operator(parts, 'Add', [seen, told], 'ten');
  const rest = encodeLine(parts, encodeLog(parts, outside), 'rest', fusion.sum, [fusion.other]);
  const scores = operator(parts, 'Concat', [ten, rest], 'scores', { axis: 1 });
  const shares = operator(parts, 'Softmax', [scores], 'shares', { axis: 1 });

  // What is left for the animals besides is theirs in the proportions that EfficientNet gives them.
  const known = classes(parts, shares, 'known', [...animals.keys()]);
  const other = classes(parts, shares, 'other', [animals.length]);
  const least = constant(parts, 'least', [1], Float32Array.of(1e-30));
  const whole = operator(parts, 'Max', [outside, least], 'whole');
  const parted = operator(parts, 'Div', [others, whole], 'parted');
  const named = operator(parts, 'Mul', [parted, other], 'named');
  operator(parts, 'Concat', [known, named], 'probabilities', { axis: 1 });

  const ofAnimals = Array.from({ length: animalClasses }, (_, index) => index);
  const all = classes(parts, imagenet, 'animals', ofAnimals);
  const mass = operator(parts, 'ReduceSum', [all, last], 'mass');
  operator(parts, 'Max', [encodeDetection(parts, mean, last), mass], 'detection');
}

/** NanoDet's own detection. */
function encodeDetection(parts: GraphParts, mean: string, last: string): string {
  const sharpened = encodeLine(parts, mean, 'sharpened', detection.sharpness, [0]);
  const strength = operator(parts, 'ReduceLogSumExp', [sharpened, last], 'strength');
  const evidence = encodeLine(parts, strength, 'evidence', detection.factor, [detection.bias]);
  return operator(parts, 'Sigmoid', [evidence], 'found');
}

/** The shares of ImageNet's 1000 classes in each of the ten sums, row by row. */
function sumsMatrix(): Float16Array {
  const matrix = new Float16Array(1000 * animals.length);
  const put = (indices: readonly number[], column: number, share: number) => {
    for (const index of indices) matrix[index * animals.length + column] = share;
  };
  for (const [column, { name }] of animals.entries()) {
    const { cow = 0, other = 0 } = lookalikes[name] ?? {};
    put(classesOf['cow'] ?? [], column, cow);
    put(
      otherAnimals.map(({ index }) => index),
      column,
      other,
    );
    put(classesOf[name] ?? [], column, 1);
  }
  return matrix;
}

function classes(
  parts: GraphParts,
  values: string,
  name: string,
  indices: readonly number[],
): string {
  const chosen = constant(
    parts,
    `${name}/indices`,
    [indices.length],
    BigInt64Array.from(indices, BigInt),
  );
  return operator(parts, 'Gather', [values, chosen], name, { axis: 1 });
}

/** log(x + doubt). */
function encodeLog(parts: GraphParts, x: string): string {
  const plus = constant(parts, `${x}/doubt`, [1], Float32Array.of(doubt));
  return operator(parts, 'Log', [operator(parts, 'Add', [x, plus], `${x}/doubted`)], `${x}/log`);
}

/** `factor` * x + `bias`. */
function encodeLine(
  parts: GraphParts,
  x: string,
  name: string,
  factor: number,
  bias: readonly number[],
): string {
  const by = constant(parts, `${name}/factor`, [1], Float32Array.of(factor));
  const plus = constant(parts, `${name}/bias`, [bias.length], Float32Array.from(bias));
  const scaled = operator(parts, 'Mul', [x, by], `${name}/scaled`);
  return operator(parts, 'Add', [scaled, plus], name);
}
