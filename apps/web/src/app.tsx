import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { createClient } from './api/client.ts';
import { send } from './api/send.ts';
import { PhotoCard } from './card/photo-card.tsx';
import { DropZone } from './drop-zone.tsx';
import { readPhoto } from './photo/read-photo.ts';
import { deletionTime } from './privacy.ts';
import { createQueue, type Queue } from './queue/queue.ts';
import { useQueue } from './queue/use-queue.ts';
import { keepForTab, keptForTab } from './session.ts';
import type { Settings } from './settings.ts';

function openQueue(settings: Settings): Queue {
  return createQueue({
    client: createClient(settings, send),
    read: (file) => readPhoto(file, settings.uploadBytes),
    show: (blob) => URL.createObjectURL(blob),
    hide: (url) => URL.revokeObjectURL(url),
    kept: keptForTab((blob) => URL.createObjectURL(blob)),
    keep: keepForTab,
    storedUntil: () => deletionTime(Date.now(), settings.expireDays),
  });
}

/** Whether the browser believes to have a connection. */
function useOnline(onBack: () => void): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const changed = (): void => {
      setOnline(navigator.onLine);
      if (navigator.onLine) onBack();
    };
    window.addEventListener('online', changed);
    window.addEventListener('offline', changed);
    return () => {
      window.removeEventListener('online', changed);
      window.removeEventListener('offline', changed);
    };
  }, [onBack]);
  return isOnline;
}

const days = (count: number): string => (count === 1 ? 'a day' : `${count} days`);

/** The page. */
export function App({ settings }: { readonly settings: Settings }): VNode {
  const queue = useMemo(() => openQueue(settings), [settings]);
  const cards = useQueue(queue);
  const isOnline = useOnline(queue.retryOffline);
  const { words } = settings;
  return (
    <div class="page">
      <header>
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
      </header>
      <main>
        <DropZone onFiles={queue.add} isSmall={cards.length > 0} />
        {!isOnline && (
          <p class="notice" role="status">
            You are offline. Photos are kept on this page and sent when the connection is back.
          </p>
        )}
        {cards.length > 0 && (
          <ul class="cards" aria-label="Your photos">
            {cards.map((card) => (
              <PhotoCard key={card.id} card={card} queue={queue} settings={settings} />
            ))}
          </ul>
        )}
      </main>
      <footer>
        <p>
          Photos are made small in your browser, without their metadata, before they are sent. Small
          ones are stored nowhere; larger ones are deleted after {days(settings.expireDays)}.{' '}
          <a href="./licences.txt">Licences</a>
        </p>
      </footer>
    </div>
  );
}
