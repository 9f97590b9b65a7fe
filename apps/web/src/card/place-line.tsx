import type { VNode } from 'preact';
import { PlaceIcon } from '../icons.tsx';
import type { CardProps } from './card-props.ts';

const sources = {
  photo: 'from the photo',
  device: 'from this device',
  map: 'from the map',
  country: 'as you said',
} as const;

/** Where the photo was taken, how that is known, and the switch for where it does not count. */
export function PlaceLine({
  card,
  queue,
  settings,
  where,
}: CardProps & { readonly where: string | undefined }): VNode {
  const { place, kept, id } = card;
  return (
    <div class="place">
      <p>
        <PlaceIcon />
        {place === null ? 'Place not known' : `${where ?? ''} (${sources[place.source]})`}
      </p>
      <label class="switch">
        <input
          type="checkbox"
          checked={kept}
          onChange={({ currentTarget }) => queue.setKept(id, currentTarget.checked)}
        />
        {settings.words.kept.label}
      </label>
    </div>
  );
}
