import "../board/board.js";
