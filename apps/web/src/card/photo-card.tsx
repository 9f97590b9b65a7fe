import type { VNode } from 'preact';
import { CloseIcon } from '../icons.tsx';
import { type Card, isBusy } from '../queue/card.ts';
import type { Settings } from '../settings.ts';
import { headline } from '../words.ts';
import { AnswerView } from './answer-view.tsx';
import type { CardProps } from './card-props.ts';
import { FailureView } from './failure-view.tsx';
import { Picture } from './picture.tsx';

/** Returns what is going on with a photo, or what came out, in a few words. */
function stateOf({ stage, progress, failure, answer }: Card, settings: Settings): string {
  switch (stage) {
    case 'waiting':
      return 'Waiting for its turn';
    case 'reading':
      return 'Making it small';
    case 'sending':
      return `Sending ${Math.round(progress * 100)} %`;
    case 'asking':
      return 'Looking at it';
    case 'answered':
      return answer === undefined ? '' : headline(answer.predictions[0], settings.words);
    case 'failed':
      return failure?.title ?? '';
  }
}

/** Says once what came out, for people who do not see it; progress would only disturb them. */
function spoken(card: Card, settings: Settings): string {
  if (card.stage === 'answered' || card.stage === 'failed')
    return `${card.name}: ${stateOf(card, settings)}`;
  return '';
}

function Progress({ card, settings }: Pick<CardProps, 'card' | 'settings'>): VNode {
  const { stage, progress } = card;
  const state = stateOf(card, settings);
  return (
    <div class="working">
      <p class="state">{state} …</p>
      <progress aria-label={state} max={1} {...(stage === 'sending' && { value: progress })} />
    </div>
  );
}

/** One photo: its picture, and what is known about it by now. */
export function PhotoCard(props: CardProps): VNode {
  const { card, queue, settings } = props;
  const busy = isBusy(card);
  return (
    <li class={`card ${card.stage}`}>
      <Picture card={card} />
      <div class="about">
        <p class="name" title={card.name}>
          {card.name}
        </p>
        {busy && card.answer === undefined && <Progress card={card} settings={settings} />}
        {card.stage === 'failed' && <FailureView {...props} />}
        {card.answer !== undefined && card.stage !== 'failed' && <AnswerView {...props} />}
        <p class="spoken" role="status">
          {spoken(card, settings)}
        </p>
      </div>
      <button
        type="button"
        class="remove"
        aria-label={busy ? `Cancel ${card.name}` : `Remove ${card.name}`}
        title={busy ? 'Cancel' : 'Remove'}
        onClick={() => queue.remove(card.id)}
      >
        <CloseIcon />
      </button>
    </li>
  );
}
