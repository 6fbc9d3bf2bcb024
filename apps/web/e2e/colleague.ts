import type { APIRequestContext } from '@playwright/test';
import { expect, signIn } from './desk.ts';

interface Placed {
  readonly id: string;
  readonly number: number;
  readonly version: number;
}

interface Change {
  readonly notes: string;
  readonly quantity: number;
}

/** Another member of the staff, who places orders, changes them and moves them on. `origin`: of the desk, where it is not the one that all specs share. */
export async function colleague(request: APIRequestContext, origin = '') {
  await signIn(request, 'operator', '', origin);
  const { items: clients } = await (await request.get('/api/clients?q=Mostrador')).json();
  const { items: levels } = await (await request.get('/api/inventory?q=ACE-GIRA-5')).json();
  const [client] = clients;
  const [level] = levels;
  return {
    receive: async (quantity: number) => {
      const data = { productId: level.productId, zone: level.zone, quantity };
      expect((await request.post('/api/inventory/receipts', { data })).ok()).toBe(true);
    },
    place: async (): Promise<Placed> => {
      const data = { clientId: client.id, lines: [{ productId: level.productId, quantity: 1 }] };
      const answer = await request.post('/api/orders', { data });
      expect(answer.ok(), await answer.text()).toBe(true);
      return (await answer.json()).order;
    },
    edit: async ({ id, version }: Placed, { notes, quantity }: Change) => {
      const lines = [{ productId: level.productId, quantity }];
      const data = { expectedVersion: version, notes, lines };
      const answer = await request.patch(`/api/orders/${id}`, { data });
      expect(answer.ok(), await answer.text()).toBe(true);
    },
    move: async (orderId: string, status: string) => {
      const answer = await request.post(`/api/orders/${orderId}/status`, { data: { status } });
      expect(answer.ok(), await answer.text()).toBe(true);
    },
    /** The order as the server has it. */
    look: async (orderId: string) => (await (await request.get(`/api/orders/${orderId}`)).json()).order,
  };
}
