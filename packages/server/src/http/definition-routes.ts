import type { Json } from '@gangway/product/kernel/json.ts';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import type { SliceDomain } from '@gangway/product/kernel/slice.ts';
import { noteDeed } from '@gangway/product/pipeline/audit.ts';
import { type Author, type FindNeeds, kill, publish, rollBack, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { missingNeeds } from '@gangway/product/pipeline/missing-needs.ts';
import type { Registries } from '@gangway/product/pipeline/registry.ts';
import { checkSegments } from '@gangway/product/pipeline/segment-rules.ts';
import type { Tx } from '@gangway/product/ports/db/db.ts';
import { emailOf, type Route, type RouteRequest, route, type Services } from '@gangway/product/ports/http/route.ts';
import {
  definitionAnswer,
  definitionNamesAnswer,
  definitionsAnswer,
  preparingAnswer,
  publishRequest,
  rollBackRequest,
  saveDraftRequest,
  versionAnswer,
} from '@gangway/product/wire/definitions.ts';
import { idText } from '@gangway/product/wire/text.ts';
import type { ZodType } from 'zod';
import { authoredSlices } from './authored-slices.ts';
import { listDefinitions, listNames, preparingOf, readDefinition, readVersion } from './definition-reader.ts';

const base = '/api/e/:environment/definitions/:slice';

/** What every authored slice has in common: drafts, publishing, taking back. */
export const definitionRoutes: Route[] = [
  route({
    method: 'GET',
    path: base,
    access: 'owner',
    answer: definitionsAnswer,
    handle: async (request, services) => ({ definitions: await listDefinitions(services, request.scope, sliceOf(request).slice) }),
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/names/:slice',
    access: 'owner',
    answer: definitionNamesAnswer,
    handle: async (request, services) => ({ definitions: await listNames(services, request.scope, sliceOf(request).slice) }),
  }),
  route({
    method: 'GET',
    path: `${base}/:id/preparing`,
    access: 'owner',
    answer: preparingAnswer,
    handle: (request, services) => preparingOf(services, request.scope, keyOf(request)),
  }),
  route({
    method: 'GET',
    path: `${base}/:id`,
    access: 'owner',
    answer: definitionAnswer,
    handle: (request, services) => readDefinition(services, request.scope, keyOf(request)),
  }),
  route({
    method: 'PUT',
    path: `${base}/:id`,
    access: 'owner',
    body: saveDraftRequest,
    answer: definitionAnswer,
    handle: async (request, services) => {
      const key = keyOf(request);
      const id = idText.safeParse(key.id);
      if (!id.success) throw new Problem('invalid_id', 400, `This id cannot be used: ${id.error.issues[0]?.message}.`);
      const body = checkBody(sliceOf(request).schema, request.body.body);
      await services.db.transaction({ as: 'request', scope: request.scope }, (tx) =>
        saveDraft(tx, authorOf(request, services), { body, revision: request.body.revision }),
      );
      return readDefinition(services, request.scope, key);
    },
  }),
  route({
    method: 'GET',
    path: `${base}/:id/versions/:version`,
    access: 'owner',
    answer: versionAnswer,
    handle: (request, services) => readVersion(services, request.scope, { ...keyOf(request), version: versionOf(request) }),
  }),
  route({
    method: 'POST',
    path: `${base}/:id/kill`,
    access: 'owner',
    answer: definitionAnswer,
    handle: async (request, services) => {
      const author = authorOf(request, services);
      const entry = await services.db.transaction({ as: 'request', scope: request.scope }, async (tx) => {
        await noteDeed(tx, deed(author, services, 'killed'));
        return (await kill(tx, author)).entry;
      });
      return afterApplied(services, request, entry);
    },
  }),
];

/**
 * Publishing, and publishing an older version again. Where a rule asks for what was not counted so far, the past is
 * brought in first: the answer then says that the version is being prepared.
 */
export function publishRoutes(domains: readonly SliceDomain[], registries: Registries): Route[] {
  const needsIn = async (tx: Tx, scope: Scope): Promise<FindNeeds> => {
    const registry = await registries.get(tx, scope);
    return (definition) => {
      checkSegments(registry.definitions, domains, definition);
      return missingNeeds(registry, domains, definition);
    };
  };
  return [
    route({
      method: 'POST',
      path: `${base}/:id/publish`,
      access: 'owner',
      body: publishRequest,
      answer: definitionAnswer,
      handle: async (request, services) => {
        const author = authorOf(request, services);
        const entry = await services.db.transaction({ as: 'request', scope: request.scope }, async (tx) => {
          await noteDeed(tx, deed(author, services, 'published'));
          return (
            await publish(tx, author, {
              revision: request.body.revision,
              everyone: request.body.backfill === 'everyone',
              needs: await needsIn(tx, request.scope),
            })
          ).entry;
        });
        return afterApplied(services, request, entry);
      },
    }),
    route({
      method: 'POST',
      path: `${base}/:id/versions/:version/publish`,
      access: 'owner',
      body: rollBackRequest,
      answer: definitionAnswer,
      handle: async (request, services) => {
        const author = authorOf(request, services);
        const { latest, backfill } = request.body;
        const to = versionOf(request);
        const entry = await services.db.transaction({ as: 'request', scope: request.scope }, async (tx) => {
          await noteDeed(tx, deed(author, services, 'rolled_back'));
          return (await rollBack(tx, author, { to, latest, everyone: backfill === 'everyone', needs: await needsIn(tx, request.scope) }))
            .entry;
        });
        return afterApplied(services, request, entry);
      },
    }),
  ];
}

type AnyRequest = Pick<RouteRequest, 'params' | 'scope' | 'caller'>;

/** The kind of definition that a path names, and what a body of it must be. Throws a Problem 404 for another. */
export function sliceOf({ params }: Pick<RouteRequest, 'params'>): { slice: string; schema: ZodType } {
  const slice = params.slice ?? '';
  const schema = Object.hasOwn(authoredSlices, slice) ? authoredSlices[slice] : undefined;
  if (!schema) throw new Problem('not_found', 404, `Nothing of the kind “${slice}” is authored here.`);
  return { slice, schema };
}

function keyOf(request: AnyRequest): { slice: string; id: string } {
  return { slice: sliceOf(request).slice, id: request.params.id ?? '' };
}

/** 0 for what is no version number: no version has it. */
function versionOf({ params }: AnyRequest): number {
  return /^[1-9]\d{0,8}$/.test(params.version ?? '') ? Number(params.version) : 0;
}

function authorOf(request: AnyRequest, { clock }: Services): Author {
  return { scope: request.scope, ...keyOf(request), by: emailOf(request.caller), now: clock.now() };
}

/** A body passes its slice's schema or is answered with every complaint and its place. */
export function checkBody(schema: ZodType, body: unknown): Json {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data as Json;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path, message }));
  throw new Problem(
    'invalid_body',
    400,
    `Not saved: ${issues[0]?.message ?? 'the body is not complete'}. Your text is still in this window.`,
    { issues },
  );
}

function deed(author: Author, { id }: Services, verb: string) {
  return {
    workspace: author.scope.workspace,
    actor: author.by,
    action: `${author.slice}.${verb}`,
    object: author.id,
    id: id('au'),
    at: author.now,
  };
}

/** The screen shows the new state: wait until the log entry holds. */
async function afterApplied(services: Services, request: AnyRequest, entry: string) {
  services.signal.publish('outbox', {});
  await services.applied(request.scope, entry);
  return readDefinition(services, request.scope, keyOf(request));
}
