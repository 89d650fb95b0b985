import { request } from "../js/lib/fragment.js";
import { completionSource } from "./complete.js";
import { hover } from "./hover.js";
import { renameFunction } from "./rename.js";
import { editing } from "./setup.js";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

// ActionEditor puts a code editor over the <textarea> inside it. The textarea
// stays the form's field: it is kept in step and told of every change, so that
// everything else on the page deals with the textarea only.
export class ActionEditor extends HTMLElement {
  #view;
  #found = [];
  #failed = null;
  #entries = [];

  connectedCallback() {
    if (this.#view) return;
    this.field = this.querySelector("textarea");
    const root = this.attachShadow({ mode: "open" });
    this.#view = new EditorView({
      doc: this.field.value,
      root,
      parent: root,
      extensions: [
        editing(completionSource(() => this.#entries)),
        hover(() => this.#entries),
        EditorState.readOnly.of(this.field.readOnly),
        EditorView.contentAttributes.of(() => this.#names()),
        EditorView.updateListener.of((update) => update.docChanged && this.#changed()),
      ],
    });
    this.toggleAttribute("ready", true);
  }

  get value() {
    return this.#view.state.doc.toString();
  }

  set value(text) {
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
  }

  // label names the field for assistive technology.
  set label(text) {
    this.setAttribute("label", text);
    this.#view.dispatch({});
  }

  focus() {
    this.#view.focus();
  }

  // goTo puts the cursor at a place of the script, counted from 1.
  goTo(line, column = 1) {
    const at = this.#offset(line, column);
    this.#view.focus();
    this.#view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  }

  // insert puts text at the cursor.
  insert(text) {
    this.#view.focus();
    this.#view.dispatch(this.#view.state.replaceSelection(text));
  }

  // rename changes the name of a function everywhere in the script and says
  // whether it was found.
  rename(from, to) {
    return renameFunction(this.#view, from, to);
  }

  // trigger decides what completion and hover offer. It is a comfort, so a
  // server that does not answer changes nothing else.
  set trigger(slug) {
    request(`${this.getAttribute("completions")}?trigger=${encodeURIComponent(slug)}`, { retry: false }).then(
      (answer) => {
        if (answer.ok) this.#entries = JSON.parse(answer.body);
      },
    );
  }

  // problems are the findings of the server's check.
  set problems(list) {
    this.#found = list;
    this.#mark();
  }

  // failure is the place where the last run failed, or null.
  set failure(problem) {
    this.#failed = problem;
    this.#mark();
  }

  #names() {
    return {
      "aria-label": this.getAttribute("label"),
      translate: "no",
      spellcheck: "false",
      ...(this.field.readOnly ? { "aria-readonly": "true" } : {}),
      "aria-describedby": this.field.getAttribute("aria-describedby") || "",
      ...(this.field.hasAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
    };
  }

  #changed() {
    this.#failed = null;
    this.field.value = this.value;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #mark() {
    const all = this.#failed ? [...this.#found, this.#failed] : this.#found;
    this.#view.dispatch(
      setDiagnostics(
        this.#view.state,
        all.filter((p) => p.line).map((p) => this.#diagnostic(p)),
      ),
    );
  }

  #diagnostic(p) {
    const from = this.#offset(p.line, p.column || 1);
    const end = p.endLine ? this.#offset(p.endLine, p.endColumn) : Math.min(from + 1, this.#view.state.doc.length);
    const actions = p.fix ? [{ name: p.fix.title, apply: () => this.fix(p.fix) }] : [];
    return { from, to: Math.max(from, end), severity: p.severity, message: p.message, source: p.source, actions };
  }

  // fix applies a replacement that the server proposed.
  fix(fix) {
    this.#view.dispatch({
      changes: {
        from: this.#offset(fix.line, fix.column),
        to: this.#offset(fix.endLine, fix.endColumn),
        insert: fix.text,
      },
    });
  }

  #offset(line, column) {
    const doc = this.#view.state.doc;
    const row = doc.line(Math.min(Math.max(line, 1), doc.lines));
    return Math.min(row.from + Math.max(column, 1) - 1, row.to);
  }
}

customElements.define("action-editor", ActionEditor);
