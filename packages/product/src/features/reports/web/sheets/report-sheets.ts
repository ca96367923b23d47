import type { Drawn } from '../use-report.ts';
import { lifecycleSheets, stickinessSheets } from './activity-sheets.ts';
import { funnelSheets } from './funnel-sheets.ts';
import { pathsSheets } from './paths-sheets.ts';
import { retentionSheets } from './retention-sheets.ts';
import type { Sheet } from './sheet.ts';
import { trendSheets } from './trend-sheets.ts';
import { valueSheets } from './value-sheets.ts';

/** The numbers of any report as tables. */
export function reportSheets({ answer, body }: Drawn, zone: string): readonly Sheet[] {
  if (answer.kind === 'funnel' && body.kind === 'funnel') return funnelSheets(answer, body, zone);
  if (answer.kind === 'retention' && body.kind === 'retention') return retentionSheets(answer, body, zone);
  if (answer.kind === 'lifecycle' && body.kind === 'lifecycle') return lifecycleSheets(answer, body.unit, zone);
  if (answer.kind === 'stickiness' && body.kind === 'stickiness') return stickinessSheets(answer, body.unit);
  if (answer.kind === 'trend' && body.kind === 'trend') return trendSheets(answer, body, zone);
  if (answer.kind === 'paths' && body.kind === 'paths') return pathsSheets(answer, body.direction);
  return answer.kind === 'time-to-value' ? valueSheets(answer) : [];
}
