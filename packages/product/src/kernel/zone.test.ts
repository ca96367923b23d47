import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayLength, type Zone, zoneOf } from './zone.ts';

const at = (text: string) => Date.parse(text);
const dayOf = (date: string) => at(`${date}T00:00Z`) / dayLength;
const iso = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant).toISOString());
const zone = (name: string) => zoneOf(name) as Zone;

describe('the calendar days of a zone', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28T22:59:59.999Z', '2026-03-28', 'before midnight in winter time'],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29', 'midnight of the short day'],
    ['Europe/Berlin', '2026-03-29T21:59:59.999Z', '2026-03-29', 'the short day ends an hour earlier'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30', 'midnight in summer time'],
    ['Europe/Berlin', '2026-10-25T22:59:59.999Z', '2026-10-25', 'the long day ends an hour later'],
    ['Asia/Kathmandu', '2026-01-01T18:14:59.999Z', '2026-01-01', 'a zone of 45 minutes'],
    ['Asia/Kathmandu', '2026-01-01T18:15:00Z', '2026-01-02', 'a zone of 45 minutes, midnight'],
    ['Pacific/Chatham', '2026-06-30T11:15:00Z', '2026-07-01', '12:45 ahead'],
    ['Pacific/Apia', '2011-12-30T09:59:59.999Z', '2011-12-29', 'the last moment before the day left out'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31', 'the day after the day left out'],
    ['America/St_Johns', '2010-11-07T02:30:30Z', '2010-11-07', 'half a minute into the day'],
    ['America/St_Johns', '2010-11-07T02:31:30Z', '2010-11-06', 'and back in the day before'],
    ['UTC', '1969-12-31T23:59:59.999Z', '1969-12-31', 'before 1970'],
  ])('%s at %s is %s: %s', (name, instant, date) => {
    expect(zone(name).dayAt(at(instant))).toBe(dayOf(date));
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00.000Z'],
    ['Asia/Beirut', '2024-03-31', '2024-03-30T22:00:00.000Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z'],
    ['Asia/Kathmandu', '2028-02-29', '2028-02-28T18:15:00.000Z'],
  ])('%s: %s begins at %s', (name, date, instant) => {
    expect(iso(zone(name).startOfDay(dayOf(date)))).toBe(instant);
  });

  it('begin again after clocks that were put back over midnight', () => {
    const [stJohns, today] = [zone('America/St_Johns'), dayOf('2010-11-07')];
    expect(iso(stJohns.startOfDay(today))).toBe('2010-11-07T02:30:00.000Z');
    expect(iso(stJohns.dateFallsBack(at('2010-11-07T02:30:30Z')))).toBe('2010-11-07T02:31:00.000Z');
    expect(iso(stJohns.startOfDay(today, at('2010-11-07T02:31:00Z')))).toBe('2010-11-07T03:30:00.000Z');
    expect(zone('Europe/Berlin').dateFallsBack(at('2026-10-25T00:30Z'))).toBeUndefined();
  });

  it('keep the offset of the edge outside of the years that are looked up', () => {
    expect(zone('Europe/Berlin').dayAt(at('2300-07-01T22:30:00Z'))).toBe(dayOf('2300-07-01'));
    expect(zone('Europe/Berlin').dayAt(8.64e15)).toBe(100_000_000);
    expect(Number.isInteger(zone('Europe/Berlin').dayAt(-8.64e15))).toBe(true);
    expect(zone('UTC').startOfDay(dayOf('2400-02-29'))).toBe(at('2400-02-29T00:00Z'));
  });

  const names = [
    'Europe/Berlin',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'America/St_Johns',
    'Pacific/Chatham',
    'Asia/Beirut',
    'Africa/Casablanca',
  ];
  const moments = fc.integer({ min: at('1985-01-01T00:00Z'), max: at('2036-01-01T00:00Z') });

  it('are the civil dates of the platform', () => {
    const civil = new Map(
      names.map((name) => [name, new Intl.DateTimeFormat('en-CA', { timeZone: name, year: 'numeric', month: '2-digit', day: '2-digit' })]),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), moments, (name, instant) => {
        expect(zone(name).dayAt(instant)).toBe(dayOf(civil.get(name)?.format(instant) ?? ''));
      }),
      { numRuns: 2000 },
    );
  });

  it('begin at the first instant that is in them or later', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), moments, fc.integer({ min: 0, max: 3 }), (name, now, ahead) => {
        const day = zone(name).dayAt(now) + ahead;
        const start = zone(name).startOfDay(day, now);
        expect(start).toBeGreaterThan(now);
        expect(zone(name).dayAt(start)).toBeGreaterThanOrEqual(day);
        if (start - 1 > now) expect(zone(name).dayAt(start - 1)).toBeLessThan(day);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('names of zones', () => {
  it.each(['UTC', 'Europe/Berlin', 'Asia/Calcutta', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'])('%s is one', (name) => {
    expect(zoneOf(name)?.name).toBe(name);
  });
  it.each(['', 'Mars/Olympus', 'europe/berlin', 'EUROPE/BERLIN', '+05:45', '-08', 'utc'])('“%s” is none', (name) => {
    expect(zoneOf(name)).toBeUndefined();
  });
});
