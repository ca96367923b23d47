import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Asks again for the cached answers that are meant. An answer that is on its way is let come first: ended and begun
 * anew with every event, a slow report would never arrive. What happened since it was asked for is not in it, so
 * once it is there it is asked for again.
 */
export function refreshAnswers(cache: QueryClient, isMeant: (key: QueryKey) => boolean): void {
  const predicate = ({ queryKey }: { queryKey: QueryKey }) => isMeant(queryKey);
  const underWay = cache.getQueryCache().findAll({ predicate, fetchStatus: 'fetching' });
  void cache.invalidateQueries({ predicate }, { cancelRefetch: false });
  for (const { queryKey, promise } of underWay) {
    const again = () => void cache.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
    // Left or refused: whoever looks at it then is told, or asks anew.
    promise?.then(again, () => undefined);
  }
}
