/**
 * JSONata that judges the body of a request about a photo: `{"key"}` of an uploaded one or `{"image"}` in base64, with
 * `{"location": {"lat", "lon"}}` and `{"parameters": {"timeout"}}` if the caller likes.
 */

/** Largest photo inside a request, in bytes; a state machine takes 262,144 bytes with everything around it. */
export const maxInlinePhotoBytes = 180_000;

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

/** What a function reads the photo from: `{"key"}` or `{"image"}`. */
export const photoOfInput: string = `(
  ${fields}
  $exists($key) ? { "key": $key } : { "image": $image }
)`;

/** The place the caller names; null without one. */
export const locationOfInput: string = `(
  ${fields}
  $exists($location) ? { "lat": $location.lat, "lon": $location.lon } : null
)`;

/**
 * What is wrong with the request, as `{statusCode, error}`; null when nothing is. What only the photo can tell, whether it
 * is one, its functions find out.
 */
export const problemOfInput: string = `(
  ${fields}
  $shown := function($value) { $type($value) & ($type($value) in ["string", "number", "boolean"] ? " " & $substring($string($value), 0, 40) : "") };
  $unknown := function($of, $names) { $keys($of)[$not($ in $names)] };
  $refuse := function($statusCode, $error) { { "statusCode": $statusCode, "error": $error } };
  $isWithin := function($value, $limit) { $type($value) = "number" and $value >= -$limit and $value <= $limit };

  $not($isObject)
    ? $refuse(400, "expected a JSON object with key or image, got " & $shown($body))
  : $count($unknown($body, ["key", "image", "location", "parameters"])) > 0
    ? $refuse(400, "unknown " & $join($unknown($body, ["key", "image", "location", "parameters"]), ", ") & "; there are key or image, location, parameters")
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
  : $exists($parameters) and $type($parameters) != "object"
    ? $refuse(400, "parameters: expected an object, got " & $shown($parameters))
  : $exists($timeout) and $not($type($timeout) = "number" and $timeout > 0)
    ? $refuse(400, "parameters.timeout: expected a positive number of microseconds")
  : null
)`;
