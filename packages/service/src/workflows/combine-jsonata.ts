/** From this probability on the photo is believed, whatever the place says: 97 % of such photos are right anyway. */
const sureFrom = 0.7;

/**
 * The share that is left of an animal's probability where it does not live, before normalising. Not zero: there are zoos, and the
 * table of animals may be wrong. A smaller weight brought animals in their range nothing, and cost those out of it more
 * (README, "Photos").
 */
const outOfRangeWeight = 0.5;

/**
 * JSONata that brings together what is seen and what lives there, as the prediction of the answer.
 *
 * Every animal of the place weighs the same and every other `outOfRangeWeight`, whatever its abundance: so an animal
 * that lives there never loses rank to another by its place. The posterior is `visual * prior`, normalised to what the photo alone
 * gives to all labels, and only counts while it is unsure. What the photo shows besides the labels the place does not change.
 *
 * Reads the outcome of the steps: `seen`, the tensors `label`, `labels`, `probabilities`, `detection`, `other`,
 * `other_probability`, `box_labels`, `box_probabilities` and `boxes`, and `place`, which is null or has the `abundance` of animals by label, or null.
 */
export const predictionOfSeen: string = `(
  $seen := $states.input.outputs.seen;
  $place := $states.input.outputs.place;
  $label := $seen.label.data[0];
  $labels := [$seen.labels.data];
  $visual := [$seen.probabilities.data];
  $abundance := $place != null and $type($place.abundance) = "object" ? $place.abundance : {};
  $knows := $count($keys($abundance)) > 0;
  $isOut := function($label) { $lookup($abundance, $label) = 0 };
  $weights := [$map($labels, function($label) { $isOut($label) ? ${outOfRangeWeight} : 1 })];
  $products := [$map($visual, function($value, $index) { $value * $weights[$index] })];
  $unsure := $knows and $max($visual) < ${sureFrom};
  $candidates := [$map($labels, function($label, $index) {{
    "label": $label,
    "probability": $round($unsure ? $products[$index] / $sum($products) * $sum($visual) : $visual[$index], 4),
    "visual": $round($visual[$index], 4),
    "prior": $knows ? $round($weights[$index] / $sum($weights), 4) : null,
    "outOfRange": $isOut($label)
  }})];
  $top := [$sort($candidates, function($a, $b) { $a.probability < $b.probability })];
  $found := $label != "";
  $other := $seen.other.data[0];
  $sides := [$seen.boxes.data];
  $sure := [$seen.box_probabilities.data];
  $animals := [$map([$seen.box_labels.data], function($label, $index) {
    $label = "" ? () : {
      "label": $label,
      "probability": $round($sure[$index], 4),
      "box": [$map([0..3], function($side) { $round($sides[4 * $index + $side], 4) })]
    }
  })];
  {
    "label": $found ? $top[0].label : null,
    "probability": $found ? $top[0].probability : null,
    "visual": $found ? $top[0].visual : null,
    "prior": $found ? $top[0].prior : null,
    "outOfRange": $found ? $top[0].outOfRange : false,
    "detection": $round($seen.detection.data[0], 4),
    "other": $other = "" ? null : { "name": $other, "probability": $round($seen.other_probability.data[0], 4) },
    "animals": $animals,
    "top": [$top[[0..9]]]
  }
)`;
