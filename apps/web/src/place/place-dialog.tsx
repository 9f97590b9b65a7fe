import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CloseIcon } from '../icons.tsx';
import { DeviceButton } from './device-button.tsx';
import type { Place } from './place.ts';
import { shownDegrees } from './place.ts';
import type { World } from './world-map.tsx';

interface PlaceDialogProps {
  /** The photo's name. */
  readonly name: string;
  readonly place: Place | null;
  /** Called with the place that was chosen, null for none. */
  onChoose(place: Place | null, isForNext: boolean): void;
  onClose(): void;
}

/** The map and the list of countries: a file of their own, loaded when the dialog is opened. */
function useWorld(): World | undefined {
  const [world, setWorld] = useState<World>();
  useEffect(() => {
    let isOpen = true;
    import('./world-map.tsx').then(
      ({ world: loaded }) => isOpen && setWorld(loaded),
      // Without a connection the device may still know where it is.
      () => {},
    );
    return () => {
      isOpen = false;
    };
  }, []);
  return world;
}

/** Asks where a photo was taken: from the device, on a map, or by country. */
export function PlaceDialog({ name, place, onChoose, onClose }: PlaceDialogProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [chosen, setChosen] = useState<Place | null>(place);
  const [isForNext, setForNext] = useState(true);
  const world = useWorld();
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => dialog.current?.close();
  const choose = (next: Place | null): void => {
    onChoose(next, isForNext);
    close();
  };
  return (
    <dialog ref={dialog} class="place-dialog" aria-labelledby="place-title" onClose={onClose}>
      <header>
        <h2 id="place-title">Where was it taken?</h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <p class="note">
        It helps where the photo alone is not clear. Sent is the place to about a kilometre, with{' '}
        <b>{name}</b> only.
      </p>
      <DeviceButton onPlace={setChosen} />
      {world === undefined ? (
        <div class="map-place" />
      ) : (
        <>
          <world.WorldMap place={chosen} onPlace={setChosen} />
          <world.CountryList place={chosen} onPlace={setChosen} />
        </>
      )}
      <p class="chosen" role="status">
        {chosen === null ? 'No place chosen' : `Chosen: ${chosen.name ?? shownDegrees(chosen)}`}
      </p>
      <label class="switch">
        <input
          type="checkbox"
          checked={isForNext}
          onChange={({ currentTarget }) => setForNext(currentTarget.checked)}
        />
        Also for my next photos that do not say it themselves
      </label>
      <div class="buttons">
        <button
          type="button"
          class="primary"
          disabled={chosen === null}
          onClick={() => choose(chosen)}
        >
          Use this place
        </button>
        <button type="button" onClick={() => choose(null)}>
          I do not know
        </button>
      </div>
    </dialog>
  );
}
