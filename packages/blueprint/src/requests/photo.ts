import {
  decodeBase64,
  type InferRequest,
  InvalidRequestError,
  type Parameters,
} from '@chorus/protocol';
import { jsonata } from '../jsonata.ts';
import type { InputMeans, JsonSchema, Request } from './request.ts';

/** Largest photo inside a request, in bytes; a state machine takes 262,144 bytes with everything around it. */
const maxInlinePhotoBytes = 180_000;

/** Base64 makes four characters of three bytes. */
const maxInlineCharacters = Math.ceil(maxInlinePhotoBytes / 3) * 4;

/** The fields of `$states.input` whatever it is; one that is absent or null is undefined. */
const fields = `
  $body := $states.input;
  $isObject := $type($body) = "object";
  $field := function($of, $name) { $type($of) = "object" ? ($found := $lookup($of, $name); $found = null ? () : $found) };
  $key := $field($body, "key");
  $image := $field($body, "image");
  $location := $field($body, "location");
  $parameters := $field($body, "parameters");
  $timeout := $field($parameters, "timeout");
`;

/** The reference that a function reads the photo from: `{"key"}` or `{"image"}`. */
const photoOfInput: string = `(
  ${fields}
  $exists($key) ? { "key": $key } : { "image": $image }
)`;

/** What the caller may say of a photo, yes or no, by name with a description; each is false unless said. */
type Flags = Readonly<Record<string, string>>;

/** Whether the caller says yes to a flag. */
const flagOfInput = (name: string): string => `(
  ${fields}
  $field($body, ${JSON.stringify(name)}) = true
)`;

/** The place the caller names; null without one. */
const locationOfInput: string = `(
  ${fields}
  $exists($location) ? { "lat": $location.lat, "lon": $location.lon } : null
)`;

/**
 * JSONata of what is wrong with the request, as `{statusCode, error}`; null when nothing is. What only the photo can tell, whether it
 * is one, its functions find out.
 */
const problemOfInput = (known: readonly string[], flags: readonly string[]): string => `(
  ${fields}
  $known := ${JSON.stringify(known)};
  $notFlags := ${JSON.stringify(flags)}[$exists($field($body, $)) and $type($field($body, $)) != "boolean"];
  $shown := function($value) { $type($value) & ($type($value) in ["string", "number", "boolean"] ? " " & $substring($string($value), 0, 40) : "") };
  $unknown := function($of, $names) { $keys($of)[$not($ in $names)] };
  $refuse := function($statusCode, $error) { { "statusCode": $statusCode, "error": $error } };
  $isWithin := function($value, $limit) { $type($value) = "number" and $value >= -$limit and $value <= $limit };

  $not($isObject)
    ? $refuse(400, "expected a JSON object with key or image, got " & $shown($body))
  : $count($unknown($body, $known)) > 0
    ? $refuse(400, "unknown " & $join($unknown($body, $known), ", ") & "; there are key or image, ${known.slice(2).join(', ')}")
  : $exists($key) = $exists($image)
    ? $refuse(400, "expected either key (of a photo sent by POST /uploads) or image (base64), got " & ($exists($key) ? "both" : "neither"))
  : $exists($key) and $type($key) != "string"
    ? $refuse(400, "key: expected a text, got " & $shown($key))
  : $exists($image) and ($type($image) != "string" or $image = "")
    ? $refuse(400, "image: expected a photo's bytes in base64, got " & ($image = "" ? "nothing" : $type($image)))
  : $exists($image) and $length($image) > ${maxInlineCharacters}
    ? $refuse(413, "image: larger than ${maxInlinePhotoBytes} bytes; send it by POST /uploads and name its key")
  : $exists($location) and $type($location) != "object"
    ? $refuse(400, "location: expected {\\"lat\\", \\"lon\\"}, got " & $shown($location))
  : $exists($location) and $count($unknown($location, ["lat", "lon"])) > 0
    ? $refuse(400, "location: unknown " & $join($unknown($location, ["lat", "lon"]), ", ") & "; there are lat and lon")
  : $exists($location) and $not($type($location.lat) = "number")
    ? $refuse(400, "location.lat: expected degrees north, a number from -90 to 90, got " & ($exists($location.lat) ? $shown($location.lat) : "none"))
  : $exists($location) and $not($type($location.lon) = "number")
    ? $refuse(400, "location.lon: expected degrees east, a number from -180 to 180, got " & ($exists($location.lon) ? $shown($location.lon) : "none"))
  : $exists($location) and $not($isWithin($location.lat, 90))
    ? $refuse(422, "location.lat: " & $location.lat & " is not within -90 to 90 degrees")
  : $exists($location) and $not($isWithin($location.lon, 180))
    ? $refuse(422, "location.lon: " & $location.lon & " is not within -180 to 180 degrees")
  : $count($notFlags) > 0
    ? $refuse(400, $notFlags[0] & ": expected true or false, got " & $shown($field($body, $notFlags[0])))
  : $exists($parameters) and $type($parameters) != "object"
    ? $refuse(400, "parameters: expected an object, got " & $shown($parameters))
  : $exists($timeout) and $not($type($timeout) = "number" and $timeout > 0)
    ? $refuse(400, "parameters.timeout: expected a positive number of microseconds")
  : null
)`;

/** The name of a photo's tensor. */
const image = { name: 'image', datatype: 'BYTES', shape: [1] } as const;

/**
 * Bytes that are text (an SVG, say) come out of a binary request as they are: the workflow says what is wrong with them.
 * Base64 that is not said to be base64 lacks its parameter in JSON.
 */
function bytesOf(element: unknown, type: unknown): Buffer {
  const decoded = typeof element === 'string' ? decodeBase64(element) : undefined;
  if (
    typeof element === 'string' &&
    type !== 'base64' &&
    (element === '' || decoded === undefined)
  ) {
    return Buffer.from(element);
  }
  if (decoded === undefined || type !== 'base64') {
    throw new InvalidRequestError(
      'input "image": expected the bytes of a photo: binary, or as a base64 string with the tensor\'s parameter content_type "base64"; or, with content_type "key", the key of an uploaded one',
    );
  }
  return decoded;
}

/** `{"key"}` or `{"image"}` of the one element of a tensor; a photo too large for a state machine is put away first. */
async function photoOf(
  { inputs }: InferRequest,
  { putAway }: InputMeans,
): Promise<Record<string, string>> {
  const [input] = inputs;
  const element = input?.data[0];
  const type = input?.parameters?.['content_type'];
  if (typeof element === 'string' && type === 'key') return { key: element };
  const bytes = bytesOf(element, type);
  return bytes.length <= maxInlinePhotoBytes
    ? { image: bytes.toString('base64') }
    : { key: await putAway(bytes) };
}

/** As the parameters `lat` and `lon` say; the workflow judges them. */
function locationOf({ parameters = {} }: InferRequest): Record<string, unknown> {
  const { lat, lon } = parameters;
  return lat === undefined && lon === undefined ? {} : { location: { lat, lon } };
}

const orNull = (type: 'string' | 'object' | 'boolean'): { readonly type: readonly string[] } => ({
  type: [type, 'null'],
});

const degrees = (limit: number): Record<string, unknown> => ({
  type: 'number',
  minimum: -limit,
  maximum: limit,
});

/** A place in degrees. */
const placeSchema: JsonSchema = {
  ...orNull('object'),
  description: 'where it was taken, in degrees; wins over what the camera wrote into it',
  properties: { lat: degrees(90), lon: degrees(180) },
  required: ['lat', 'lon'],
  additionalProperties: false,
};

const bodySchemaOf = (takesPlace: boolean, flags: Flags): JsonSchema => ({
  type: 'object',
  properties: {
    key: { ...orNull('string'), description: 'key of a photo sent by POST /uploads' },
    image: {
      ...orNull('string'),
      description: 'a photo in base64',
      contentEncoding: 'base64',
      minLength: 1,
      maxLength: maxInlineCharacters,
    },
    ...(takesPlace && { location: placeSchema }),
    ...Object.fromEntries(
      Object.entries(flags).map(([name, description]) => [
        name,
        { ...orNull('boolean'), description },
      ]),
    ),
    parameters: {
      ...orNull('object'),
      properties: {
        timeout: { type: ['number', 'null'], exclusiveMinimum: 0, description: 'in microseconds' },
      },
    },
  },
  additionalProperties: false,
  oneOf: [
    { required: ['key'], properties: { key: { type: 'string' }, image: { type: 'null' } } },
    { required: ['image'], properties: { image: { type: 'string' }, key: { type: 'null' } } },
  ],
});

/** The parameters of an Open Inference request that say the same as a body's place and flags. */
function parametersOf(
  place: unknown,
  said: Readonly<Record<string, unknown>>,
  names: readonly string[],
): { readonly parameters?: Parameters } {
  const known = Object.entries(said).filter(
    (entry): entry is [string, boolean] =>
      names.includes(entry[0]) && typeof entry[1] === 'boolean',
  );
  const parameters: Parameters = {
    ...(typeof place === 'object' && place),
    ...Object.fromEntries(known),
  };
  return Object.keys(parameters).length === 0 ? {} : { parameters };
}

/**
 * A request about one photo: `{"key"}` of an uploaded one or `{"image"}` in base64. Steps read the tensor `image`, and in
 * expressions `$photo`, which is the `{"key"}` or the `{"image"}`.
 *
 * @param options.location whether the caller may name a place, `{"lat", "lon"}`: `$location`, null without one
 * @param options.flags what the caller may say of the photo, yes or no: each is true or false in expressions, as `$<name>`; false unless
 *   said. No name of another field.
 */
export function photo({
  location,
  flags = {},
}: {
  readonly location: boolean;
  readonly flags?: Flags;
}): Request {
  const names = Object.keys(flags);
  const known = ['key', 'image', ...(location ? ['location'] : []), ...names, 'parameters'];
  return {
    noun: 'a photo',
    bodySchema: bodySchemaOf(location, flags),
    members: {
      key: { types: ['string', 'null'] },
      image: { types: ['string', 'null'] },
      ...(location && { location: { types: ['object', 'null'] } as const }),
      ...Object.fromEntries(names.map((name) => [name, { types: ['boolean', 'null'] } as const])),
      parameters: { types: ['object', 'null'] },
    },
    inputs: [image],
    maxBatch: 1,
    reading: {
      read: { problem: jsonata(problemOfInput(known, names)) },
      accepts: '$problem = null',
      assign: {
        photo: jsonata(photoOfInput),
        location: jsonata(locationOfInput),
        ...Object.fromEntries(names.map((name) => [name, jsonata(flagOfInput(name))])),
      },
      rejects: {
        statusCode: jsonata('$problem.statusCode'),
        body: {
          error: jsonata('$problem.error'),
          requestId: jsonata('$states.context.Execution.Name'),
        },
      },
      readables: [
        {
          port: image,
          from: 'the request',
          value: {
            ...image,
            parameters: { content_type: jsonata('$exists($photo.key) ? "key" : "base64"') },
            data: [jsonata('$exists($photo.key) ? $photo.key : $photo.image')],
          },
        },
      ],
      rows: '1',
    },
    reworded: `$replace($message, /^inputs\\[0\\] "[^"]*", element \\[0\\]/, "image")`,
    async inputOf(request, means) {
      const given = await photoOf(request, means);
      // Counted from the execution's own start, which is not before the photo has been put away.
      const parameters = { timeout: means.timeout() };
      const said = Object.entries(request.parameters ?? {}).filter(([name]) =>
        names.includes(name),
      );
      return JSON.stringify({
        ...given,
        ...locationOf(request),
        ...Object.fromEntries(said),
        parameters,
      });
    },
    options: location ? ['at'] : [],
    async bodyOf(terminal) {
      const place = terminal.place();
      const given = await terminal.photo(maxInlinePhotoBytes);
      return place === undefined ? given : { ...given, location: place };
    },
    invitation: ({ workflow }) => `
What is in a photo:  npx -y pnpm@12 chorus predict ${workflow} photo.jpg
`,
    inferOf: ({ key, image: bytes, location: place, ...said }) => ({
      ...parametersOf(place, said, names),
      inputs: [
        {
          ...image,
          parameters: { content_type: key === undefined ? 'base64' : 'key' },
          data: [String(key ?? bytes)],
        },
      ],
    }),
  };
}
