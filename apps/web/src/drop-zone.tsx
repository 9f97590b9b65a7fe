import type { TargetedEvent, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CameraIcon, PawIcon, PhotoIcon } from './icons.tsx';

const accepted = 'image/*,.heic,.heif,.avif,.tif,.tiff';

/** True of a drag that brings files. */
const bringsFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') === true;

/** Takes what is dropped or pasted anywhere on the page. @returns whether files hang over it */
function useDropAnywhere(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (!bringsFiles(event)) return;
      event.preventDefault();
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    const paste = ({ clipboardData }: ClipboardEvent): void => {
      const files = [...(clipboardData?.files ?? [])];
      if (files.length > 0) onFiles(files);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, [onFiles]);
  return isOver;
}

interface DropZoneProps {
  onFiles(files: readonly File[]): void;
  /** Once there are photos it leaves the room to them. */
  readonly isSmall: boolean;
}

/** Takes photos in every way there is: dropped, pasted, chosen, and from the camera. */
export function DropZone({ onFiles, isSmall }: DropZoneProps): VNode {
  const isOver = useDropAnywhere(onFiles);
  const library = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const chosen = ({ currentTarget }: TargetedEvent<HTMLInputElement>): void => {
    onFiles([...(currentTarget.files ?? [])]);
    // Else the same photo could not be chosen again.
    currentTarget.value = '';
  };
  return (
    <section
      class={`drop ${isSmall ? 'small' : ''} ${isOver ? 'over' : ''}`}
      aria-label="Add photos"
    >
      <PawIcon />
      <p class="drop-hint">
        <span class="fine">{isOver ? 'Drop them here' : 'Drop photos here, or paste them'}</span>
        <span class="coarse">Take a photo, or choose some</span>
      </p>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => library.current?.click()}>
          <PhotoIcon /> Choose photos
        </button>
        <button type="button" class="coarse" onClick={() => camera.current?.click()}>
          <CameraIcon /> Take a photo
        </button>
      </div>
      <input ref={library} type="file" accept={accepted} multiple hidden onChange={chosen} />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        onChange={chosen}
      />
    </section>
  );
}
