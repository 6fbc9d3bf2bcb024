import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLOSED_IN_SNAPSHOT, type Envelope, foldOf, type Order, parseTopic } from './index.ts';

const order = (n: number, status: Order['status'], at: number): Order => ({
  id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  number: n,
  reference: null,
  clientId: '00000000-0000-7000-8000-000000000000',
  clientName: 'C',
  status,
  lines: [],
  total: { amount: 0, currency: 'EUR' },
  assigneeId: null,
  notes: null,
  version: 1,
  createdAt: new Date(0).toISOString(),
  updatedAt: new Date(at).toISOString(),
  closedAt: status === 'cancelled' ? new Date(at).toISOString() : null,
});

type Step = { type: 'order_created' | 'order_updated' | 'order_status_changed'; data: { order: Order } };

/** Orders are made, closed and, closed or not, touched again; in the order of their numbers but for the touching. */
const history = fc
  .array(fc.record({ close: fc.boolean(), touch: fc.nat() }), { minLength: 1, maxLength: 500, size: 'max' })
  .map((plan): Step[] => {
    const orders: Order[] = [];
    return plan.flatMap(({ close, touch }, i) => {
      const made = order(i + 1, 'placed', i);
      const steps: Step[] = [{ type: 'order_created', data: { order: made } }];
      if (close) steps.push({ type: 'order_status_changed', data: { order: order(i + 1, 'cancelled', i) } });
      orders.push(close ? order(i + 1, 'cancelled', i) : made);
      const touched = orders[touch % orders.length];
      if (touched)
        steps.push({ type: 'order_updated', data: { order: { ...touched, notes: `touched ${i}` } } });
      return steps;
    });
  });

test('[L3] whoever starts from a snapshot anywhere sees the same as who folds from the first event, in batches of any size', () => {
  const fold = foldOf('orders');
  const topic = parseTopic('orders');
  if (!topic) throw new Error('orders is a topic');
  fc.assert(
    fc.property(history, fc.nat(), fc.integer({ min: 1, max: 300 }), (events, cut, batch) => {
      const apply = (state: unknown, steps: readonly Step[]) => {
        let next = state;
        for (let i = 0; i < steps.length; i += batch) next = fold.fold(next, steps.slice(i, i + batch));
        return next;
      };
      const all = apply(fold.empty({}), events);
      const at = cut % (events.length + 1);
      const snapshot = fold.view(apply(fold.empty({}), events.slice(0, at)));
      const late = apply(fold.load(snapshot), events.slice(at));
      expect(fold.view(late)).toEqual(fold.view(all));

      const view = fold.view(all) as { orders: Order[]; total: number; truncated: boolean };
      const closed = new Set(
        events.filter(({ data }) => data.order.closedAt).map(({ data }) => data.order.id),
      ).size;
      expect(view.orders.filter((o) => o.closedAt !== null)).toHaveLength(
        Math.min(closed, CLOSED_IN_SNAPSHOT),
      );
      expect(view.truncated).toBe(closed > CLOSED_IN_SNAPSHOT);
    }),
    { numRuns: 60 },
  );
});

test('folds never change the state they were given', () => {
  const fold = foldOf('inventory');
  const before = fold.empty({ zone: 'A1' });
  const level = { productId: 'p', zone: 'A1', onHand: 1, reserved: 0, reorderPoint: 0 };
  const event = { type: 'inventory_updated', data: { level } } as unknown as Envelope;
  const after = fold.fold(before, [event]);
  expect(fold.view(before)).toEqual({ zone: 'A1', levels: [] });
  expect(fold.view(after)).toEqual({ zone: 'A1', levels: [level] });
});
