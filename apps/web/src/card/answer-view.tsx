import type { VNode } from 'preact';
import { countryName, shownDegrees } from '../place/place.ts';
import type { Card } from '../queue/card.ts';
import { explanation, headline } from '../words.ts';
import { Candidates } from './candidates.tsx';
import type { CardProps } from './card-props.ts';
import { PlaceLine } from './place-line.tsx';
import { VerdictView } from './verdict-view.tsx';

/** The name of the place that an answer counts with; undefined where it counts with none. */
function placeName({ place, answer, kept }: Card): string | undefined {
  if (kept || place === null) return undefined;
  const code = answer?.location?.country;
  if (typeof code === 'string') return countryName(code);
  return place.name ?? shownDegrees(place);
}

/** What is in the photo: in words, then in numbers, then why. */
export function AnswerView(props: CardProps): VNode | null {
  const { card, settings } = props;
  const [prediction] = card.answer?.predictions ?? [];
  if (prediction === undefined) return null;
  const { words } = settings;
  const where = placeName(card);
  const note = explanation(prediction, words);
  return (
    <div class="answer">
      <h2>{headline(prediction, words)}</h2>
      {note !== '' && <p class="note">{note}</p>}
      {prediction.label !== null && (
        <Candidates prediction={prediction} where={where} words={words} />
      )}
      <PlaceLine {...props} where={where} />
      <VerdictView {...props} />
      {card.storedUntil !== undefined && (
        <p class="fine-print">
          Stored until{' '}
          {new Date(card.storedUntil).toLocaleString('en', {
            dateStyle: 'medium',
            timeStyle: 'short',
          })}
          , then deleted.
        </p>
      )}
    </div>
  );
}
