import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import './filter-bar.css';
import { Icon } from './icon.tsx';
import { useUrlState } from './url-state.ts';

/** The row of filters under a page's head. Search first, then filters; what `end` holds sits on the right. */
export function FilterBar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  return (
    <div className="gw-filter-bar">
      <div className="gw-filter-bar-start">{children}</div>
      {end && <div className="gw-filter-bar-end">{end}</div>}
    </div>
  );
}

/** A search field whose text lives in the address as `?name=`, written a quarter of a second after the last key. */
export function SearchField({ label, name = 'search' }: { label: string; name?: string }) {
  const [inUrl, setInUrl] = useUrlState(name);
  const [text, setText] = useState(inUrl);
  const write = useDebouncedCallback(setInUrl, 250);
  useEffect(() => setText(inUrl), [inUrl]);
  return (
    <TextInput
      className="gw-search-field"
      type="search"
      data-search-field
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        write(event.currentTarget.value);
      }}
    />
  );
}
