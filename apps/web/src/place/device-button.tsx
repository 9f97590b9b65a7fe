import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { PlaceIcon } from '../icons.tsx';
import type { Place } from './place.ts';

/** Longest wait for the device, in milliseconds. */
const patienceMs = 15_000;

/** Why there is no place, in words that help. */
function refusalOf({ code }: Pick<GeolocationPositionError, 'code'>): string {
  if (code === 1) return 'This page may not ask your device: allow it, or choose on the map.';
  return code === 3
    ? 'Your device took too long: choose on the map.'
    : 'Your device does not know where it is: choose on the map.';
}

/** Asks the device where it is; nothing is asked before the button is pressed. */
export function DeviceButton({ onPlace }: { onPlace(place: Place): void }): VNode | null {
  const [state, setState] = useState<'asking' | string>('');
  if (!('geolocation' in navigator)) return null;
  const ask = (): void => {
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('');
        onPlace({ lat: coords.latitude, lon: coords.longitude, source: 'device' });
      },
      (error) => setState(refusalOf(error)),
      { timeout: patienceMs, maximumAge: 600_000 },
    );
  };
  return (
    <div class="device">
      <button type="button" onClick={ask} disabled={state === 'asking'}>
        <PlaceIcon /> {state === 'asking' ? 'Asking your device …' : 'Here, where I am'}
      </button>
      {state !== '' && state !== 'asking' && <p role="alert">{state}</p>}
    </div>
  );
}
