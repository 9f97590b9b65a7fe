import type { VNode } from 'preact';
import { countryName, shownDegrees } from '../place/place.ts';
import type { Card } from '../queue/card.ts';
import { explanation, headline } from '../words.ts';
import { Candidates } from './candidates.tsx';
import type { CardProps } from './card-props.ts';
import { PlaceLine } from './place-line.tsx';
import { VerdictView } from './verdict-view.tsx';

/** The name of the photo's place; undefined without one. */
function placeName({ place, answer, stage }: Card): string | undefined {
  if (place === null) return undefined;
  // While it is asked again, the answer is about the place before.
  const code = stage === 'answered' ? answer?.location?.country : undefined;
  if (typeof code === 'string') return countryName(code);
  return place.name ?? shownDegrees(place);
}

/** Shows an answer: in words, then in numbers, then why. */
export function AnswerView(props: CardProps): VNode | null {
  const { card, settings } = props;
  const [prediction] = card.answer?.predictions ?? [];
  if (prediction === undefined) return null;
  const { words } = settings;
  const where = placeName(card);
  const counted = card.kept ? undefined : where;
  const note = explanation(prediction, counted, words);
  return (
    <div class={card.stage === 'answered' ? 'answer' : 'answer old'}>
      <h2>{headline(prediction, words)}</h2>
      {note !== '' && <p class="note">{note}</p>}
      {prediction.label !== null && (
        <Candidates prediction={prediction} where={counted} words={words} />
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
