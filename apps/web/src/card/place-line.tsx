import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { PlaceIcon } from '../icons.tsx';
import { PlaceDialog } from '../place/place-dialog.tsx';
import type { CardProps } from './card-props.ts';

const sources = {
  photo: 'from the photo',
  device: 'from your device',
  map: 'from the map',
  country: 'as you said',
} as const;

interface PlaceLineProps extends CardProps {
  /** The name of the place. */
  readonly where: string | undefined;
}

/** Where the photo was taken, how that is known, and the switch for when it does not count. */
export function PlaceLine({ card, queue, settings, where }: PlaceLineProps): VNode {
  const { place, kept, id, name } = card;
  const [isAsking, setAsking] = useState(false);
  const { label, hint } = settings.words.kept;
  return (
    <div class="place">
      <p>
        <PlaceIcon />
        <span>
          {place === null ? 'Place not known' : `${where} (${sources[place.source]})`}{' '}
          <button type="button" class="link" onClick={() => setAsking(true)}>
            {place === null ? 'Say where' : 'Change'}
            <span class="spoken"> {name} was taken</span>
          </button>
        </span>
      </p>
      <label class="switch" title={hint}>
        <input
          type="checkbox"
          checked={kept}
          onChange={({ currentTarget }) => queue.setKept(id, currentTarget.checked)}
        />
        {label}
      </label>
      {isAsking && (
        <PlaceDialog
          name={name}
          place={place}
          onChoose={(chosen, isForNext) => queue.setPlace(id, chosen, isForNext)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
