import { describe, expect, test } from 'vitest';
import { aim, gap, placeCard, sideOf } from './placement.ts';
import { least } from './reveal.ts';

const view = { width: 1280, height: 800 };
const card = { width: 320, height: 180 };
const target = { left: 600, top: 400, width: 80, height: 30 };

test('44: start and end turn with the direction of writing', () => {
  expect([sideOf('start', 'ltr'), sideOf('end', 'ltr'), sideOf('start', 'rtl'), sideOf('end', 'rtl'), sideOf('top', 'rtl')]).toEqual([
    'left',
    'right',
    'right',
    'left',
    'top',
  ]);
});

describe('placeCard', () => {
  test('the wished side when there is room', () => {
    expect(placeCard('bottom', target, card, view)).toEqual({ left: 480, top: 442 });
    expect(placeCard('top', target, card, view)).toEqual({ left: 480, top: 208 });
    expect(placeCard('left', target, card, view)).toEqual({ left: 268, top: 325 });
  });
  test('another side when there is none, and inside the viewport', () => {
    expect(placeCard('bottom', { ...target, top: 760 }, card, view).top).toBe(760 - gap - 180);
    expect(placeCard('bottom', { ...target, left: 2 }, card, view).left).toBe(gap);
  });
  test('the bottom corner over a target that fills the page', () => {
    expect(placeCard('bottom', { left: 0, top: 0, width: 1280, height: 800 }, card, view)).toEqual({ left: 948, top: 608 });
  });
});

test('aim says the side and never leaves the straight part of the edge', () => {
  expect(aim({ left: 480, top: 442, ...card }, target)).toEqual({ side: 'bottom', at: 160 });
  expect(aim({ left: 12, top: 442, ...card }, { ...target, left: 0, width: 20 })).toEqual({ side: 'bottom', at: 18 });
  expect(aim({ left: 692, top: 325, ...card }, target)).toEqual({ side: 'right', at: 90 });
  expect(aim({ left: 600, top: 390, ...card }, target)).toBeUndefined();
});

test('least moves as little as needed, and to the start when both edges stick out', () => {
  expect(least(-30, -200)).toBe(-30);
  expect(least(100, 40)).toBe(40);
  expect(least(10, 90)).toBe(10);
  expect(least(5, -5)).toBe(0);
});
