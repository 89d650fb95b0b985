// Changes by others, shown while the board is open.

export class Drift {
  constructor(board) {
    this.board = board;
  }

  // take makes the lanes equal to what the server has.
  async take(states) {
    for (const state of states) {
      const lane = this.board.laneBySlug(state.lane);
      if (!lane) continue;
      const held = this.board.hold?.on && lane.changed;
      lane.sequence = state.sequence;
      lane.saved = state.actions;
      if (!held) lane.draw(state.actions);
    }
    this.board.refresh();
  }
}
