/** How many are taken in one round. */
export const AT_ONCE = 20;

/**
 * Whose turn it is among many that are open. A round goes on behind the last one that was taken, and from the front
 * after the last of all: what never gets done cannot keep the rest waiting. Kept in memory, because a restart merely
 * begins at the front.
 */
export class Turn {
  private last = '';

  /** @param stopped whether nothing more is to be taken */
  constructor(private readonly stopped: () => boolean) {}

  /**
   * One round. Whoever breaks out of it has taken what was given last.
   *
   * @param find the first AT_ONCE whose id comes after the given one, in the order of their ids
   */
  async *round<Row extends { id: string }>(find: (after: string) => Promise<Row[]>): AsyncGenerator<Row> {
    let rows = await find(this.last);
    if (rows.length === 0 && this.last !== '') rows = await find('');
    for (const row of rows) {
      if (this.stopped()) return;
      this.last = row.id;
      yield row;
    }
    if (rows.length < AT_ONCE) this.last = '';
  }
}
