import { Analytics } from '@segment/analytics-node';

/**
 * @typedef {import('./store.mjs').User} User
 * @typedef {import('./store.mjs').Company} Company
 * @typedef {ReturnType<typeof createEvents>} Events
 */

/**
 * What Corkboard's server tells Gangway, one function for each thing that happens. None of them throws or waits:
 * the library sends in the background and tries again, so a Gangway that is away never slows a request down.
 * Without `gangway` and `writeKey` nothing is sent.
 * @param {{ gangway?: string | undefined, writeKey?: string | undefined, log: (line: string) => void }} options
 */
export function createEvents({ gangway, writeKey, log }) {
  const disable = !gangway || !writeKey;
  const analytics = new Analytics({
    writeKey: writeKey || 'none',
    ...(gangway ? { host: gangway } : {}),
    flushAt: 1,
    maxRetries: 5,
    httpRequestTimeout: 5000,
    disable,
  });
  let quietUntil = 0;
  analytics.on('error', (error) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + 60_000;
    log(`Gangway did not take an event (${String(error.code ?? 'error')}). Corkboard goes on without it.`);
  });

  /** `context.groupId` says for which account it happened. @param {User} user @param {string} event @param {Record<string, unknown>} properties */
  const track = (user, event, properties) => {
    analytics.track({ userId: user.id, event, properties, context: { groupId: user.company } });
  };
  /** @param {User} user @param {Company} company */
  const group = (user, company) => {
    analytics.group({ userId: user.id, groupId: company.id, traits: { name: company.name, plan: company.plan } });
  };

  return {
    /** @param {User} user @param {Company} company */
    signedUp(user, company) {
      const traits = { name: user.name, email: user.email, createdAt: new Date(user.createdAt).toISOString() };
      analytics.identify({ userId: user.id, traits, context: { groupId: company.id } });
      group(user, company);
      track(user, 'Signed Up', { company: company.name });
    },
    /** @param {User} user @param {{ id: string, name: string }} board */
    boardCreated: (user, board) => track(user, 'Board Created', { boardId: board.id, name: board.name }),
    /** Only the domain: the invited person has not agreed to anything yet. @param {User} user @param {string} email */
    teammateInvited: (user, email) => track(user, 'Teammate Invited', { emailDomain: email.split('@').at(-1) }),
    /** @param {User} user @param {{ from: string, to: string }} move */
    cardMoved: (user, move) => track(user, 'Card Moved', move),
    /** @param {User} user @param {Company} company the company with its new plan */
    planChosen(user, company) {
      group(user, company);
      track(user, 'Plan Chosen', { plan: company.plan });
    },
    /** Sends what is left, for a second at most. */
    close: () => (disable ? Promise.resolve() : analytics.closeAndFlush({ timeout: 1000 })),
  };
}
