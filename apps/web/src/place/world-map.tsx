import type { TargetedMouseEvent, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { countryName, type Place } from './place.ts';
import { borders, countryPoints, land } from './world.ts';

/** The ways to say where, of which this file is loaded only when they are wanted. */
export interface World {
  readonly WorldMap: typeof WorldMap;
  readonly CountryList: typeof CountryList;
}

interface Choosing {
  readonly place: Place | null;
  onPlace(place: Place): void;
}

/** The map has two units a degree, from the upper left corner of the world; ice in the far north and south is left out. */
const scale = 2;
const top = 12;
const height = 288;

/** Returns the place of a point on the map, which shows the world in equal degrees. */
function placeAt({ currentTarget, clientX, clientY }: TargetedMouseEvent<HTMLElement>): Place {
  const box = currentTarget.getBoundingClientRect();
  const down = ((clientY - box.top) / box.height) * height + top;
  return {
    lat: 90 - down / scale,
    lon: ((clientX - box.left) / box.width) * 360 - 180,
    source: 'map',
  };
}

/** Steps of the arrow keys in degrees: east and north. */
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-2, 0],
  ArrowRight: [2, 0],
  ArrowUp: [0, 2],
  ArrowDown: [0, -2],
};

/** Returns the place that an arrow key moves the pin to; undefined for any other key. */
function placeBy(key: string, place: Place | null): Place | undefined {
  const [east, north] = steps[key] ?? [];
  if (east === undefined || north === undefined) return undefined;
  const { lat, lon } = place ?? { lat: 0, lon: 0 };
  return {
    lat: Math.max(-90, Math.min(90, lat + north)),
    lon: ((lon + east + 540) % 360) - 180,
    source: 'map',
  };
}

/** A map of the world to click on, or to move a pin on with the arrow keys. */
function WorldMap({ place, onPlace }: Choosing): VNode {
  const view = useRef<HTMLDivElement>(null);
  // On a narrow screen the map is wider than what shows it: its middle is seen first.
  useEffect(() => {
    const { current } = view;
    if (current !== null) current.scrollLeft = (current.scrollWidth - current.clientWidth) / 2;
  }, []);
  return (
    <div class="map" ref={view}>
      <button
        type="button"
        aria-label="Map of the world: click on it, or move the pin with the arrow keys"
        // A click by keyboard is at no point of the map.
        onClick={(event) => event.detail > 0 && onPlace(placeAt(event))}
        onKeyDown={(event) => {
          const next = placeBy(event.key, place);
          if (next === undefined) return;
          event.preventDefault();
          onPlace(next);
        }}
      >
        <svg viewBox={`0 ${top} 720 ${height}`} aria-hidden="true">
          <path class="land" d={land} />
          <path class="borders" d={borders} />
          {place !== null && (
            <g transform={`translate(${(place.lon + 180) * scale} ${(90 - place.lat) * scale})`}>
              <path class="pin" d="M0 0s-9-9-9-16a9 9 0 0 1 18 0c0 7-9 16-9 16Z" />
              <circle class="pin-hole" cy="-16" r="3.300" />
            </g>
          )}
        </svg>
      </button>
    </div>
  );
}

interface Country {
  readonly code: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
}

const countries: readonly Country[] = countryPoints
  .map(([code, lat, lon]) => ({ code, name: countryName(code), lat, lon }))
  .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));

/** Every country by name. */
function CountryList({ place, onPlace }: Choosing): VNode {
  const known = place?.source === 'country' ? place.name : undefined;
  return (
    <label class="countries">
      Or by country
      <select
        value={countries.find(({ name }) => name === known)?.code ?? ''}
        onChange={({ currentTarget: { value } }) => {
          const country = countries.find(({ code }) => code === value);
          if (country === undefined) return;
          const { lat, lon, name } = country;
          onPlace({ lat, lon, name, source: 'country' });
        }}
      >
        <option value="">Choose …</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

export const world: World = { WorldMap, CountryList };
