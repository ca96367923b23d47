import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { Snippet } from '@gangway/web/kit/snippet.tsx';
import { Tabs, Text } from '@mantine/core';
import type { IdentityKey } from '../contract.ts';

/** How a back end signs, and how the page hands the token on. Ready to paste: the ids are this environment's. */
export function SampleCode({ keys }: { keys: readonly IdentityKey[] }) {
  const { id } = useEnvironment();
  const kid = keys.findLast(({ revokedAt }) => revokedAt === null)?.id ?? 'ik_…';
  return (
    <Section title="In your code">
      <Text className="gw-identity-words">
        A token holds the user id (“sub”), this environment (“aud”) and an end (“exp”, at most 24 hours away; an hour is better). Make one
        for each page load of a signed-in user, and a new one before it ends.
      </Text>
      <Tabs defaultValue="node" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="node">Node</Tabs.Tab>
          <Tabs.Tab value="python">Python</Tabs.Tab>
          <Tabs.Tab value="page">Page</Tabs.Tab>
          <Tabs.Tab value="segment">Segment’s library</Tabs.Tab>
        </Tabs.List>
        {Object.entries(samples(id, kid)).map(([name, code]) => (
          <Tabs.Panel key={name} value={name}>
            <Snippet code={code} label={`code for ${name}`} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Section>
  );
}

function samples(environment: string, kid: string): Record<string, string> {
  return {
    node: `import { createHmac } from 'node:crypto';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function gangwayToken(userId) {
  const now = Math.floor(Date.now() / 1000);
  const header = encode({ alg: 'HS256', typ: 'JWT', kid: '${kid}' });
  const claims = encode({ sub: userId, aud: '${environment}', iat: now, exp: now + 3600 });
  const signature = createHmac('sha256', process.env.GANGWAY_IDENTITY_SECRET)
    .update(header + '.' + claims).digest('base64url');
  return header + '.' + claims + '.' + signature;
}`,
    python: `import os, time, jwt  # pip install pyjwt

def gangway_token(user_id):
    now = int(time.time())
    claims = {"sub": user_id, "aud": "${environment}", "iat": now, "exp": now + 3600}
    return jwt.encode(claims, os.environ["GANGWAY_IDENTITY_SECRET"],
                      algorithm="HS256", headers={"kid": "${kid}"})`,
    page: `gangway.identify(user.id, { name: user.name }, { token: user.gangwayToken });`,
    segment: `analytics.identify(user.id, { name: user.name }, { context: { gangwayToken: user.gangwayToken } });

// Every event that names the user needs it:
analytics.addSourceMiddleware(({ payload, next }) => {
  payload.obj.context.gangwayToken = user.gangwayToken;
  next(payload);
});`,
  };
}
