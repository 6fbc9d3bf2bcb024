import { type Namespace, type SignalType, signals } from '@almenara/events';
import type { Principal } from '../auth/principal.ts';
import type { Clock } from '../clock.ts';
import { Connected } from './connected.ts';
import { connectionId } from './engine.ts';
import type { Signals } from './signals.ts';
import type { DeskSocket } from './types.ts';

export interface PresencePorts {
  readonly clock: Clock;
  signalsOf(namespace: Namespace): Signals;
}

/** Who is here: everybody who is connected, and of them those at the desk, who are seen to come and go. */
export class Presence {
  private readonly ports: PresencePorts;
  private readonly all = new Connected();
  private readonly atDesk = new Connected();

  constructor(ports: PresencePorts) {
    this.ports = ports;
  }

  get userCount(): number {
    return this.all.userCount;
  }

  arrived(socket: DeskSocket, namespace: Namespace): void {
    const { principal } = socket.data;
    const id = connectionId(socket);
    this.all.add(principal, id);
    if (isSeenIn('user_connected', namespace) && this.atDesk.add(principal, id))
      this.tell('user_connected', principal, id);
  }

  left(socket: DeskSocket, namespace: Namespace): void {
    const { principal } = socket.data;
    const id = connectionId(socket);
    this.all.remove(principal, id);
    if (isSeenIn('user_disconnected', namespace) && this.atDesk.remove(principal, id))
      this.tell('user_disconnected', principal, id);
  }

  private tell(type: 'user_connected' | 'user_disconnected', principal: Principal, but: string): void {
    const { userId, name } = principal;
    const at = this.ports.clock.now().toISOString();
    this.ports.signalsOf(signals[type].namespace).tell({ type, data: { userId, name }, at }, but);
  }
}

const isSeenIn = (type: SignalType, namespace: Namespace): boolean => signals[type].namespace === namespace;
