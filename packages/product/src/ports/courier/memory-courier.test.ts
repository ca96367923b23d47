import { describeCourierContract } from './courier.contract.ts';
import { createMemoryCourier } from './memory-courier.ts';

describeCourierContract('memory', async () => {
  const courier = createMemoryCourier();
  return { courier, received: async () => courier.kept, close: async () => undefined };
});
