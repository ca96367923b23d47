import { type FocusEvent, type KeyboardEvent, useState } from 'react';

interface Quiet {
  readonly quiet: boolean;
  /** For the element around the fields. */
  readonly listen: {
    readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
}

/**
 * Holds complaints back about fields that were just added: nobody has had the chance to fill them in. They show as
 * soon as the focus leaves the fields, or when the author asks to save.
 */
export function useQuiet(fresh: boolean): Quiet {
  const [quiet, setQuiet] = useState(fresh);
  return {
    quiet,
    listen: {
      onBlur: ({ currentTarget, relatedTarget, target }) => {
        // A window that goes to the back takes the focus from no field: it comes back to the same one.
        const away = relatedTarget === null && target === target.ownerDocument.activeElement;
        if (!away && !currentTarget.contains(relatedTarget)) setQuiet(false);
      },
      onKeyDown: ({ key, metaKey, ctrlKey }) => {
        if ((metaKey || ctrlKey) && key.toLowerCase() === 's') setQuiet(false);
      },
    },
  };
}
