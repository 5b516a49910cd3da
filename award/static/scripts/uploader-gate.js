// Who may go on now: so many at once, the others in the order they came.

export class Gate {
  constructor(places) {
    this.free = places;
    this.waiting = [];
  }

  /** What `act` gives, once there is a place; whoever is stopped while waiting leaves the line at once. */
  async pass(signal, act) {
    signal.throwIfAborted();
    if (this.free) this.free--;
    else await this.turn(signal);
    try {
      return await act();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }

  turn(signal) {
    return new Promise((called, refuse) => {
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(call), 1);
        refuse(signal.reason);
      };
      const call = () => {
        signal.removeEventListener("abort", leave);
        called();
      };
      this.waiting.push(call);
      signal.addEventListener("abort", leave, { once: true });
    });
  }
}
