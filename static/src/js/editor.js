// The editor of actions, and what results and comparisons can do with a script.
import "../editor/index.js";
