import { assertType, expectTypeOf, test } from 'vitest';
import {
  type ClientToServerEvents,
  type CommandInput,
  type CommandOutput,
  commands,
  defineCommand,
  defineTopic,
  type Envelope,
  type EnvelopeOf,
  type ErrorCode,
  type EventType,
  ordersTopic,
  type ServerToClientEvents,
  type TopicName,
  type TopicView,
  topicName,
} from './index.ts';

const uuid = '0195f3a0-0000-7000-8000-000000000000';

test('a switch on an envelope’s type knows its data', () => {
  const look = (envelope: Envelope) => {
    if (envelope.type === 'order_status_changed') {
      expectTypeOf(envelope.data.from).toEqualTypeOf(envelope.data.to);
      // @ts-expect-error: this event has no level
      envelope.data.level;
    }
    if (envelope.type === 'inventory_updated') expectTypeOf(envelope.data.level.onHand).toBeNumber();
    // @ts-expect-error: there is no such event
    return envelope.type === 'order_vanished';
  };
  expectTypeOf(look).returns.toBeBoolean();
});

test('the event types are closed, and an envelope belongs to one', () => {
  assertType<EventType>('stock_low');
  // @ts-expect-error: facts are in the past tense and listed
  assertType<EventType>('place_order');
  // @ts-expect-error: the data of another event
  assertType<EnvelopeOf<'client_created'>['data']>({ product: {} });
});

test('a command takes its own input and gives its own output', () => {
  assertType<CommandInput<'place_order'>>({ clientId: uuid, lines: [{ productId: uuid, quantity: 1 }] });
  // @ts-expect-error: an order has lines
  assertType<CommandInput<'place_order'>>({ clientId: uuid });
  // @ts-expect-error: quantities are numbers
  assertType<CommandInput<'place_order'>>({ clientId: uuid, lines: [{ productId: uuid, quantity: '1' }] });
  // @ts-expect-error: an edit says which version it has seen
  assertType<CommandInput<'edit_order'>>({ orderId: uuid, notes: 'x' });
  // @ts-expect-error: there is no such status
  assertType<CommandInput<'change_order_status'>>({ orderId: uuid, status: 'lost' });
  expectTypeOf<CommandOutput<'transfer_stock'>['from']['onHand']>().toBeNumber();
  // @ts-expect-error: placing gives an order, not a level
  expectTypeOf<CommandOutput<'place_order'>['level']>();
});

test('error codes are a closed set', () => {
  assertType<ErrorCode>('out_of_stock');
  // @ts-expect-error: not one of them
  assertType<ErrorCode>('teapot');
});

test('Socket.IO’s maps are derived: an unknown packet or a wrong payload does not compile', () => {
  type Packets = ClientToServerEvents;
  expectTypeOf<Parameters<Packets['receive_stock']>[0]['input']['quantity']>().toBeNumber();
  assertType<Parameters<Packets['subscribe']>[0]>({ topics: [{ topic: 'orders' }] });
  // @ts-expect-error: a cursor names its epoch
  assertType<Parameters<Packets['subscribe']>[0]>({ topics: [{ topic: 'orders', cursor: { seq: 1 } }] });
  // @ts-expect-error: not in the contract
  expectTypeOf<Packets['drop_table']>();
  expectTypeOf<Parameters<ServerToClientEvents['events']>[0]>().toEqualTypeOf<Envelope[]>();
});

test('a topic’s name is made by the contract only', () => {
  expectTypeOf(topicName('inventory', { zone: 'A1' })).toEqualTypeOf<TopicName>();
  // @ts-expect-error: a plain string has not been looked at
  assertType<TopicName>('orders');
  // @ts-expect-error: there is no such topic
  topicName('weather');
  expectTypeOf<TopicView<'orders'>['orders'][number]['version']>().toBeNumber();
});

test('a definition that contradicts itself does not compile', () => {
  // @ts-expect-error: no access rule
  defineCommand({ ...commands.create_zone, roles: undefined });
  // @ts-expect-error: no such role
  defineCommand({ ...commands.create_zone, roles: ['owner'] });
  // @ts-expect-error: no such status code
  defineCommand({ ...commands.create_zone, http: { method: 'POST', path: '/x', status: 204 } });
  // @ts-expect-error: whoever names an order has to do with other commands, and says so
  defineCommand({ ...commands.assign_order, offline: undefined });
  // @ts-expect-error: it has no such field
  defineCommand({ ...commands.assign_order, offline: { names: ['clientId'] } });
  // @ts-expect-error: the view must be what the snapshot's schema says
  defineTopic({ ...ordersTopic, view: () => ({ orders: 'many' }) });
});
