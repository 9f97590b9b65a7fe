/**
 * LexRank: Erkan and Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text Summarization" (JAIR 22, 2004), with a
 * threshold, and with the weights, the threshold and the end of the iteration that sumy 0.13.0 has.
 */

/** Sentences more alike than this are neighbours. */
const threshold = 0.1;

/** The iteration ends when the ranks move by less than this. */
const epsilon = 0.1;

/** A sentence as a vector of weights by word, and its length. */
interface Vector {
  readonly weights: ReadonlyMap<string, number>;
  readonly length: number;
}

function countsOf(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function lengthOf(numbers: Iterable<number>): number {
  let squares = 0;
  for (const each of numbers) squares += each * each;
  return Math.sqrt(squares);
}

/** Returns tf-idf vectors: a word's count over the largest of its sentence, by log(sentences / (1 + those with it)). */
function vectorsOf(sentences: readonly (readonly string[])[]): readonly Vector[] {
  const counted = sentences.map(countsOf);
  const holders = countsOf(counted.flatMap((counts) => [...counts.keys()]));
  return counted.map((counts) => {
    // A loop: a sentence may have more words than a call takes arguments.
    let most = 1;
    for (const count of counts.values()) most = Math.max(most, count);
    const weights = new Map(
      [...counts].map(([word, count]) => [
        word,
        (count / most) * Math.log(sentences.length / (1 + (holders.get(word) ?? 0))),
      ]),
    );
    return { weights, length: lengthOf(weights.values()) };
  });
}

/** Cosine of two vectors; 0 where one has no length. */
function similarity(a: Vector, b: Vector): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [less, more] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of less.weights) sum += weight * (more.weights.get(word) ?? 0);
  return sum / (a.length * b.length);
}

/** Returns for each sentence those that are its neighbours, itself too. */
function neighboursOf(vectors: readonly Vector[]): readonly (readonly number[])[] {
  const neighbours = vectors.map((): number[] => []);
  for (const [row, a] of vectors.entries()) {
    for (const [column, b] of vectors.entries()) {
      if (similarity(a, b) > threshold) neighbours[row]?.push(column);
    }
  }
  return neighbours;
}

/**
 * Returns the rank of each sentence, by its words: higher is more central. The same words give the same ranks.
 *
 * @param sentences time grows with the square of their number
 */
export function lexRank(sentences: readonly (readonly string[])[]): readonly number[] {
  const neighbours = neighboursOf(vectorsOf(sentences));
  let ranks = sentences.map(() => 1 / sentences.length);
  for (let moved = 1; moved > epsilon; ) {
    const next = sentences.map(() => 0);
    for (const [from, to] of neighbours.entries()) {
      const part = (ranks[from] ?? 0) / Math.max(1, to.length);
      for (const each of to) next[each] = (next[each] ?? 0) + part;
    }
    const length = lengthOf(next);
    // Where no sentence has a neighbour, itself included, all are as central as each other.
    if (length === 0) return ranks;
    const scaled = next.map((rank) => rank / length);
    const before = ranks;
    moved = lengthOf(scaled.map((rank, index) => rank - (before[index] ?? 0)));
    ranks = scaled;
  }
  return ranks;
}
