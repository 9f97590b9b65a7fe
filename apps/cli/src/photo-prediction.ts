import { isPrediction, type Prediction, renderServed } from './prediction.ts';
import { renderTable } from './table.ts';

/** An animal that a photo may show. */
interface Candidate {
  readonly label: string | null;
  readonly probability: number | null;
  readonly visual: number | null;
  readonly prior: number | null;
  readonly outOfRange: boolean;
}

/** What `/predict/<workflow>` answers about a photo. */
export interface PhotoPrediction extends Omit<Prediction, 'predictions'> {
  readonly predictions: readonly [Candidate & { readonly top: readonly Candidate[] }];
  readonly location: {
    readonly lat: number;
    readonly lon: number;
    readonly source: string;
    readonly country: string | null;
  } | null;
}

/** Whether a prediction is about a photo. */
export function isPhotoPrediction(body: unknown): body is PhotoPrediction {
  return isPrediction(body) && Array.isArray(body.predictions[0]?.['top']);
}

const shown = 3;

/** The answer about a photo as text: what it shows, what else it may show, where it was taken, who answered. */
export function renderPhotoPrediction(answer: PhotoPrediction, names: readonly string[]): string {
  const [prediction] = answer.predictions;
  const rows = prediction.top
    .slice(0, shown)
    .map(({ label, probability, visual, prior, outOfRange }) => [
      label ?? '',
      probability ?? undefined,
      visual ?? undefined,
      prior ?? undefined,
      outOfRange ? 'does not live there' : '',
    ]);
  return [
    headline(prediction),
    placeLine(answer.location),
    '',
    renderTable(['label', 'probability', 'visual', 'prior', ''], rows),
    '',
    renderServed(answer, names),
  ].join('\n');
}

function headline({ label, probability, top }: PhotoPrediction['predictions'][0]): string {
  if (label === null) {
    const [nearest] = top;
    return nearest === undefined ? 'No animal.' : `No animal; the nearest is ${nearest.label}.`;
  }
  return `${label}, ${((probability ?? 0) * 100).toFixed(0)} %`;
}

function placeLine(location: PhotoPrediction['location']): string {
  if (location === null) return 'Place unknown: judged by the photo alone. --at lat,lon names one.';
  const { lat, lon, source, country } = location;
  const from = source === 'exif' ? 'from the photo' : 'as given';
  return `At ${lat.toFixed(4)}, ${lon.toFixed(4)} (${from})${country === null ? '' : `, ${country}`}`;
}
