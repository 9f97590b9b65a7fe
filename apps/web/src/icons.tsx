import type { ComponentChildren, VNode } from 'preact';

function Icon({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const PhotoIcon = (): VNode => (
  <Icon>
    <rect x="3" y="5" width="18" height="14" rx="2.5" />
    <circle cx="9" cy="10" r="1.6" />
    <path d="m5 17 4.5-4 3 2.5L16 11l4 5" />
  </Icon>
);

export const CameraIcon = (): VNode => (
  <Icon>
    <path d="M4 8h3.5l1.5-2.5h6L16.500 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Z" />
    <circle cx="12" cy="13" r="3.5" />
  </Icon>
);

export const PlaceIcon = (): VNode => (
  <Icon>
    <path d="M12 21s-6.500-6.200-6.500-11a6.500 6.500 0 0 1 13 0c0 4.800-6.500 11-6.500 11Z" />
    <circle cx="12" cy="10" r="2.300" />
  </Icon>
);

export const CloseIcon = (): VNode => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
);

/** The page's own mark. */
export const PawIcon = (): VNode => (
  <svg class="drop-paw" viewBox="0 0 64 64" fill="currentColor" aria-hidden="true">
    <ellipse cx="16" cy="27" rx="6" ry="8.500" />
    <ellipse cx="27" cy="15" rx="6.200" ry="9" />
    <ellipse cx="40" cy="15" rx="6.200" ry="9" />
    <ellipse cx="51" cy="27" rx="6" ry="8.500" />
    <path d="M33.500 30c-9.500 0-18 9.500-18 17 0 5 3.500 8 8 8 3.500 0 6.500-2 10-2s6.500 2 10 2c4.500 0 8-3 8-8 0-7.500-8.500-17-18-17Z" />
  </svg>
);
