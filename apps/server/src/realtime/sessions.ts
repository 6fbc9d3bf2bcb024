import type { Authenticator } from '../auth/authenticate.ts';
import { Coalescer } from '../log/coalesce.ts';
import type { Connection } from './engine.ts';
import type { Session } from './session.ts';
import type { DeskSocket } from './types.ts';

/** The sessions of this node: one for each socket. Those of whom is not who they were any more are ended [A2]. */
export class Sessions {
  private readonly all = new Map<DeskSocket, Session>();
  private readonly authenticator: Authenticator;
  private readonly rechecks = new Coalescer<void>();

  constructor(authenticator: Authenticator) {
    this.authenticator = authenticator;
  }

  add(socket: DeskSocket, session: Session): void {
    this.all.set(socket, session);
  }

  remove(socket: DeskSocket): void {
    this.all.delete(socket);
  }

  /** The engine connections of everybody who has signed in. */
  connections(): ReadonlySet<Connection> {
    return new Set([...this.all.keys()].map((socket) => socket.conn));
  }

  /** Looks whether everybody still is who they were; for those who ask together once. */
  recheck(): Promise<void> {
    return this.rechecks.run('all', () => this.recheckNow());
  }

  private async recheckNow(): Promise<void> {
    const sessions = [...this.all];
    if (sessions.length === 0) return;
    const verdicts = await this.authenticator.recheck(sessions.map(([socket]) => socket.data.principal));
    for (const [socket, session] of sessions) {
      const verdict = verdicts.get(socket.data.principal);
      if (verdict === 'expired' || verdict === 'revoked') session.end(verdict);
    }
  }
}
