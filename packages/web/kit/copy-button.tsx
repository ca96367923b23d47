import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Icon } from './icon.tsx';

/** A small button that copies `text` and says so. `label` names what is copied: “Copy person id”. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Tooltip label={clipboard.copied ? 'Copied' : label}>
      <ActionIcon size={22} aria-label={clipboard.copied ? 'Copied' : label} onClick={() => clipboard.copy(text)}>
        <Icon name={clipboard.copied ? 'check' : 'copy'} size={13} />
      </ActionIcon>
    </Tooltip>
  );
}
