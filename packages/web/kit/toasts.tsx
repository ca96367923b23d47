import { ActionIcon, Button } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { Icon } from './icon.tsx';
import './toasts.css';

export interface Toast {
  readonly message: string;
  /** Takes the change back; a button “Undo” is drawn for it. */
  readonly undo?: () => void;
  readonly tone?: 'bad';
}
type Shown = Toast & { readonly id: number };

const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows a short message at the bottom: `toast({ message: 'Key revoked', undo })`. It stays 8 seconds, longer while the pointer is on it. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

/** Holds the messages; once, at the top of the dashboard. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const show = useCallback(
    (toast: Toast) => setShown((before) => [...before.slice(-2), { ...toast, id: (before.at(-1)?.id ?? 0) + 1 }]),
    [],
  );
  const close = useCallback((id: number) => setShown((before) => before.filter((toast) => toast.id !== id)), []);
  return (
    <ToastContext value={show}>
      {children}
      <div className="gw-toasts" role="status" aria-live="polite">
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
      </div>
    </ToastContext>
  );
}

function ToastCard({ toast, onClose }: { toast: Shown; onClose: () => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onClose, 8000);
    return () => clearTimeout(timer);
  }, [held, onClose]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding the message under the pointer is a kindness, not an action.
    <div
      className="gw-toast"
      data-tone={toast.tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={toast.tone === 'bad' ? 'warning' : 'check'} />
      <span>{toast.message}</span>
      {toast.undo && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            toast.undo?.();
            onClose();
          }}
        >
          Undo
        </Button>
      )}
      <ActionIcon size={24} aria-label="Close message" onClick={onClose}>
        <Icon name="cross" size={13} />
      </ActionIcon>
    </div>
  );
}
