import type { FeatureVerdict, LiveMetrics, QualityProblem, WindowVerdict } from '@chorus/drift';
import { renderTable } from '../table.ts';

/** A feature with the names of its bins, which its reference knows. */
export interface NamedVerdict extends FeatureVerdict {
  readonly bins: readonly string[];
}

/** A version with how far it has drifted, and how good its answers were whose truth is known. */
export interface JudgedModel extends WindowVerdict {
  readonly inputs: readonly NamedVerdict[];
  readonly outputs: readonly NamedVerdict[];
  readonly live: LiveMetrics;
  /** The manifest's metrics, of rows that it was not trained on. */
  readonly heldOut: LiveMetrics['metrics'];
}

/** Bars from a small share to the largest one of the feature. */
const bars = '▁▂▃▄▅▆▇█';

/** Categories of which there is room for a bar. */
const shownBins = 20;

/** Returns one bar for each share, in proportion to the largest; a share of nothing is a dot. */
function drawShares(shares: readonly number[], largest: number): string {
  const drawn = shares.slice(0, shownBins).map((share) => {
    if (share === 0 || largest === 0) return '·';
    return bars[Math.max(0, Math.ceil((share / largest) * bars.length) - 1)] ?? '·';
  });
  return drawn.join('') + (shares.length > shownBins ? '…' : '');
}

const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;

/** What the rules of quality say, for people. */
const rules: Readonly<Record<QualityProblem['rule'], string>> = {
  missing: 'has no value',
  range: 'is beyond the training',
  unseen: 'is no category of the training',
};

function verdictOf({ verdict, because, problems }: FeatureVerdict): string {
  if (verdict !== 'drift') return verdict;
  const broken = problems.map(
    ({ rule, share, limit }) => `${percent(share)} ${rules[rule]} (up to ${percent(limit)})`,
  );
  const distances = because.filter((reason) => problems.every(({ rule }) => rule !== reason));
  return `drift: ${[...distances, ...broken].join(', ')}`;
}

/** A distance beside its threshold. */
function distance(found: number | undefined, threshold: number | undefined): string | undefined {
  if (found === undefined) return undefined;
  const shown = found.toFixed(3);
  return threshold === undefined ? shown : `${shown} / ${threshold.toFixed(3)}`;
}

function rowOf(feature: FeatureVerdict) {
  const { name, rows, shares, thresholds } = feature;
  const largest = Math.max(...shares.expected, ...shares.found);
  const isEmpty = rows === 0;
  return [
    name,
    drawShares(shares.expected, largest),
    drawShares(shares.found, largest),
    rows,
    isEmpty ? undefined : distance(feature.js, thresholds?.js),
    isEmpty ? undefined : distance(feature.ks, thresholds?.ks),
    isEmpty ? undefined : distance(feature.wasserstein, thresholds?.wasserstein),
    isEmpty ? undefined : feature.psi.toFixed(3),
    verdictOf(feature),
  ];
}

function renderFeatures(what: string, features: readonly FeatureVerdict[]): readonly string[] {
  if (features.length === 0) return [];
  const header = [what, 'training', 'now', 'rows', 'js', 'ks', 'moved by', 'psi', ''];
  return ['', renderTable(header, features.map(rowOf))];
}

const whole = (count: number) => count.toLocaleString('en-US');
const countOf = (count: number, what: string) => `${whole(count)} ${what}${count === 1 ? '' : 's'}`;
const minute = (time: string) => `${time.slice(0, 16).replace('T', ' ')}`;

function renderLive({ live: { labels, metrics }, heldOut }: JudgedModel): readonly string[] {
  if (labels === 0) return [];
  const shown = Object.entries(metrics).map(([name, { value }]) => {
    const expected = heldOut[name];
    const beside = expected === undefined ? '' : ` (${expected.value.toFixed(3)} on held-out rows)`;
    return `${name} ${value.toFixed(3)}${beside}`;
  });
  return ['', `By ${whole(labels)} labels: ${shown.join(', ')}.`];
}

/** Returns what became of each input and output of a version. */
export function renderModel(window: JudgedModel): readonly string[] {
  const { model, version, from, to, rows, refused, verdict, inputs, outputs } = window;
  return [
    `${model} ${version}, ${minute(from)} to ${minute(to)} UTC: ${countOf(rows, 'row')} answered, ${countOf(refused, 'request')} refused. ${capital(verdict)}.`,
    ...renderFeatures('input', inputs),
    ...renderFeatures('output', outputs),
    ...renderLive(window),
    ...(verdict === 'no reference'
      ? [
          '',
          'Its manifest has no reference: nothing says what its training data were like, so drift cannot be told.',
          'Models that chorus trains have one; chorus models add gives one to others with --reference rows.csv.',
        ]
      : [
          '',
          'Distances are shown beside the largest that chance comes to with so many rows; js, ks and what values moved by',
          '(in standard deviations of the training) decide, psi does not.',
          ...([...inputs, ...outputs].some((feature) => feature.rows < rows)
            ? [
                'A column has fewer rows than were answered where values are missing, and of a large request only some are counted.',
              ]
            : []),
        ]),
  ];
}

const capital = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`;

/** Returns one line for each model. */
export function renderModels(windows: readonly WindowVerdict[]): string {
  const lines = windows.map(({ model, version, rows, refused, verdict, inputs, outputs }) => {
    const drifted = [...inputs, ...outputs].filter((feature) => feature.verdict === 'drift');
    const names = drifted.map(({ name }) => name).join(', ');
    return [model, version, rows, refused, verdict, names];
  });
  return renderTable(['model', 'version', 'rows', 'refused', 'verdict', 'in'], lines);
}
