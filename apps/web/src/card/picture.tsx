import type { VNode } from 'preact';
import { PhotoIcon } from '../icons.tsx';
import type { Card } from '../queue/card.ts';

/** The photo, with a box around each subject where there are several. */
export function Picture({ card }: { readonly card: Card }): VNode {
  const { preview, answer, stage } = card;
  const found = (stage === 'answered' && answer?.predictions[0].animals) || [];
  if (preview === undefined)
    return (
      <div class="picture none">
        <PhotoIcon />
      </div>
    );
  return (
    <div class="picture">
      <div class="frame">
        <img src={preview} alt="" />
        {found.map(({ label, box: [left, top, width, height] }) => (
          <span
            key={`${label} ${left} ${top}`}
            class="box"
            style={{
              left: `${left * 100}%`,
              top: `${top * 100}%`,
              width: `${width * 100}%`,
              height: `${height * 100}%`,
            }}
          >
            <b>{label}</b>
          </span>
        ))}
      </div>
    </div>
  );
}
