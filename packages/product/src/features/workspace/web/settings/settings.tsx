import { Go } from '@gangway/web/kit/go.tsx';
import { Page } from '@gangway/web/kit/page.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Tabs } from '@mantine/core';
import { Install } from './install.tsx';
import { Keys } from './keys.tsx';
import { Mailbox } from './mailbox.tsx';
import './settings.css';

/** How the product is connected: install snippet, keys, mail. */
export function Settings() {
  const [tab, setTab] = useUrlState('tab', 'install');
  return (
    <Page
      title="Settings"
      purpose="How your product is connected to this environment."
      actions={
        <>
          <Go to="/settings/identity" className="gw-inline-link">
            Identity
          </Go>
          <Go to="/settings/import" className="gw-inline-link">
            Import data
          </Go>
        </>
      }
    >
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'install')} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="install">Install</Tabs.Tab>
          <Tabs.Tab value="keys">Keys</Tabs.Tab>
          <Tabs.Tab value="mailbox">Mailbox</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="install">
          <Install />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <Keys />
        </Tabs.Panel>
        <Tabs.Panel value="mailbox">
          <Mailbox />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
