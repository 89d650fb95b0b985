// Saving: every operation is one request and, on the server, one transaction.
// Operations are sent one after the other, so that each carries the sequences
// the one before it produced.

import { request } from "../js/lib/fragment.js";

export class Saver {
  // done and failed are told about operations, changed about busy and idle.
  constructor({ url, text, done, failed, changed }) {
    Object.assign(this, { url, text, done, failed, changed });
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
      const failure = await this.send(operation.changes);
      if (failure) {
        // What was queued behind it built on it, so it goes back as well.
        this.failed(this.queue.splice(0), failure);
        return;
      }
      this.queue.shift();
      for (const { lane, after } of operation.changes) lane.saved = after;
      this.done(operation);
    }
    this.changed("saved");
  }

  // send returns nothing, or why it failed: a reason and, when somebody else
  // changed a lane meanwhile, the lanes and actions as they are now.
  async send(changes) {
    const lanes = changes.map(({ lane, after }) => ({ lane: lane.slug, actions: after, expect: lane.sequence }));
    const answer = await request(this.url, {
      method: "POST",
      body: JSON.stringify({ lanes }),
      headers: { "Content-Type": "application/json", Accept: "application/json" },
    });
    const content = read(answer);
    if (!answer.ok) return { reason: this.reason(answer, content), theirs: content.lanes && content };
    for (const state of content.lanes) {
      const change = changes.find(({ lane }) => lane.slug === state.lane);
      if (change) change.lane.sequence = state.sequence;
    }
  }

  reason(answer, content) {
    if (answer.status === 0) return this.text("board.reason.offline");
    return content.message ?? this.text("board.reason.server");
  }
}

function read(answer) {
  try {
    return JSON.parse(answer.body);
  } catch {
    return {};
  }
}
