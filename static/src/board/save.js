// Saving: every operation is one request and, on the server, one transaction.
// Operations are sent one after the other, so that each carries the sequences
// the one before it produced.

export class Refused extends Error {
  constructor(reason, conflict) {
    super(reason);
    this.conflict = conflict;
  }
}

export class Saver {
  // done and failed are told about each operation; changed about busy or idle.
  constructor({ url, done, failed, changed, text }) {
    Object.assign(this, { url, done, failed, changed, text });
    this.queue = [];
  }

  get busy() {
    return this.queue.length > 0;
  }

  push(operation) {
    this.queue.push(operation);
    if (this.queue.length === 1) this.run();
  }

  async run() {
    this.changed("saving");
    while (this.queue.length) {
      const operation = this.queue[0];
      try {
        await this.send(operation.changes);
      } catch (failure) {
        // What was queued behind it built on it, so it goes back as well.
        const lost = this.queue.splice(0);
        this.failed(lost, failure);
        return;
      }
      this.queue.shift();
      for (const { lane, after } of operation.changes) lane.saved = after;
      this.done(operation);
    }
    this.changed("saved");
  }

  async send(changes) {
    const lanes = changes.map(({ lane, after }) => ({ lane: lane.slug, actions: after, expect: lane.sequence }));
    const answer = await this.post(JSON.stringify({ lanes }), "application/json");
    for (const state of answer.lanes) {
      const change = changes.find(({ lane }) => lane.slug === state.lane);
      if (change) change.lane.sequence = state.sequence;
    }
  }

  async post(body, type) {
    let response;
    try {
      response = await fetch(this.url, {
        method: "POST",
        body,
        headers: { "Content-Type": type, Accept: "application/json", "X-Fragment": "1" },
      });
    } catch {
      throw new Refused(this.text("board.reason.offline"));
    }
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    throw new Refused(answer.message || this.text("board.reason.server"), answer.lanes);
  }
}
