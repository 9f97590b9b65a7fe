import type { TargetedMouseEvent, VNode } from 'preact';
import { countryName, type Place } from './place.ts';
import { borders, countryPoints, land } from './world.ts';

/** What this file gives once it is loaded. */
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

/** Returns the place of a point on the map, which shows the whole world in equal degrees. */
function placeAt({ currentTarget, clientX, clientY }: TargetedMouseEvent<SVGSVGElement>): Place {
  const box = currentTarget.getBoundingClientRect();
  const down = ((clientY - box.top) / box.height) * height + top;
  return {
    lat: 90 - down / scale,
    lon: ((clientX - box.left) / box.width) * 360 - 180,
    source: 'map',
  };
}

/** A map of the world to click on. The list of countries does the same for the keyboard and for screen readers. */
export function WorldMap({ place, onPlace }: Choosing): VNode {
  return (
    <div class="map">
      <svg
        viewBox={`0 ${top} 720 ${height}`}
        aria-hidden="true"
        onClick={(event) => onPlace(placeAt(event))}
      >
        <path class="land" d={land} />
        <path class="borders" d={borders} />
        {place !== null && (
          <g transform={`translate(${(place.lon + 180) * scale} ${(90 - place.lat) * scale})`}>
            <path class="pin" d="M0 0s-9-9-9-16a9 9 0 0 1 18 0c0 7-9 16-9 16Z" />
            <circle class="pin-hole" cy="-16" r="3.300" />
          </g>
        )}
      </svg>
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
export function CountryList({ place, onPlace }: Choosing): VNode {
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
