import { expect, test } from 'vitest';
import { choosePreset } from './choose-preset.ts';

test.each(['CLICKHOUSE_URL', 'NATS_URL'])('%s without DATABASE_URL is refused before anything is started', async (name) => {
  const options = { dataFolder: '/nowhere/gangway', progress: () => undefined, report: () => undefined, onLost: () => undefined };
  await expect(choosePreset({ ...options, environment: { [name]: 'http://127.0.0.1:9' } })).rejects.toMatchObject({
    code: 'no_database_url',
    message: expect.stringMatching(new RegExp(`^${name} is set but DATABASE_URL is not`)),
  });
});
