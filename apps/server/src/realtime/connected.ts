/** Which connections each user has. Namespaces of one client share a connection and count once. */
export class Connected {
  private readonly users = new Map<string, Map<string, number>>();

  /** @returns whether this is the user's first connection */
  add({ userId }: { userId: string }, connection: string): boolean {
    const connections = this.users.get(userId) ?? new Map<string, number>();
    const first = connections.size === 0;
    connections.set(connection, (connections.get(connection) ?? 0) + 1);
    this.users.set(userId, connections);
    return first;
  }

  /** @returns whether it was the user's last connection */
  remove({ userId }: { userId: string }, connection: string): boolean {
    const connections = this.users.get(userId);
    if (!connections) return false;
    const sockets = (connections.get(connection) ?? 1) - 1;
    if (sockets > 0) connections.set(connection, sockets);
    else connections.delete(connection);
    if (connections.size > 0) return false;
    this.users.delete(userId);
    return true;
  }

  get userCount(): number {
    return this.users.size;
  }
}
