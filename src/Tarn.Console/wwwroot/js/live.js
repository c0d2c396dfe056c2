// <tarn-live src="/api/views/NAME/events?rows_max=2000"> shows a view's rows as they change:
//
//   snapshot, changes -> the rows that are kept, by key -> one repaint per animation frame -> the first of them in the chosen order
//
// Keeps no more rows than it asks for. Of a larger view those that changed last are kept, and the page says so.
import { Connection } from "./connection.js";
import { isNumberType, isTimeType, number, text } from "./format.js";

const rowsShown = 100;
const rowsKept = 2000;
const changedMilliseconds = 1200;

const element = (name, className, content) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (content !== undefined) made.textContent = content;
  return made;
};

// Whole numbers that a double would round stay as they were sent.
const parse = json => JSON.parse(json, (_, value, context) =>
  typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) ? context?.source ?? value : value);

class Live extends HTMLElement {
  #connection;
  #columns = [];
  #rows = new Map();
  #isPart = false;
  #total = 0;
  #added = 0;
  #appends = false;
  #order;
  #paused = false;
  #frame;
  #fading;

  connectedCallback() {
    queueMicrotask(() => this.isConnected && !this.#connection && this.#start());
  }

  disconnectedCallback() {
    this.#connection?.close();
    this.#connection = undefined;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#fading);
  }

  #start() {
    this.querySelector("[data-action=pause]").addEventListener("click", () => this.#togglePause());
    this.#connection = new Connection(
      this.getAttribute("src"), on => this.#listen(on), (state, detail) => this.#say(state, detail));
  }

  #listen(on) {
    on("snapshot", data => this.#snapshot(parse(data)));
    on("changes", data => this.#changes(parse(data)));
    on("end", data => {
      this.#connection?.close();
      this.#say("ended", parse(data).reason);
    });
  }

  #snapshot(body) {
    const known = new Set([...this.#rows.values()].map(({ row }) => JSON.stringify(row)));
    const names = columns => JSON.stringify(columns.map(column => column.name));
    const isSame = names(this.#columns) === names(body.columns);
    this.#columns = body.columns;
    this.#rows = new Map();
    this.#isPart = body.row_count > body.rows.length;
    this.#total = body.row_count;
    this.#put(body, row => isSame && known.size > 0 && !known.has(JSON.stringify(row)));
    if (!isSame) {
      this.#order = this.#firstOrder();
      this.#frameTable();
    }
    this.#schedule();
  }

  #changes(body) {
    const isWhole = !body.appends && !this.#hasKeys;
    const isCut = body.row_count > body.rows.length;
    // What was left out of a cut batch would stand there as it was before.
    if (isWhole || isCut) this.#rows.clear();
    this.#isPart ||= isCut;
    this.#appends ||= body.appends;
    for (const row of body.removed) this.#rows.delete(this.#keyOf(row));
    this.#put(body, () => true);
    this.#schedule();
  }

  #put(body, isChanged) {
    const now = performance.now();
    for (const row of body.rows) {
      const key = this.#hasKeys && !body.appends ? this.#keyOf(row) : this.#added++;
      const changed = isChanged(row) ? now : 0;
      this.#rows.delete(key);
      this.#rows.set(key, { row, changed });
    }
    for (const key of this.#rows.keys()) {
      if (this.#rows.size <= rowsKept) break;
      this.#rows.delete(key);
      this.#isPart = true;
    }
  }

  get #hasKeys() {
    return this.#columns.some(column => column.is_key);
  }

  #keyOf(row) {
    return JSON.stringify(row.filter((_, i) => this.#columns[i].is_key));
  }

  // The newest window first, else the largest figure first.
  #firstOrder() {
    const time = this.#columns.findIndex(column => column.is_key && isTimeType(column.type));
    const figure = this.#columns.findIndex(column => !column.is_key && isNumberType(column.type));
    const column = time >= 0 ? time : figure;
    return column >= 0 ? { column, descends: true } : undefined;
  }

  #sort(column) {
    const descends = this.#order?.column === column ? !this.#order.descends : isNumberType(this.#columns[column].type);
    this.#order = { column, descends };
    this.#frameOrder();
    this.#paint();
  }

  #sorted() {
    const rows = [...this.#rows.values()];
    if (!this.#order) return rows.reverse();
    const { column, descends } = this.#order;
    const isNumber = isNumberType(this.#columns[column].type);
    return rows.sort((one, other) => {
      const [a, b] = [one.row[column], other.row[column]];
      if (a === null || b === null) return (a === null) - (b === null);
      const order = isNumber ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
      return descends ? -order : order;
    });
  }

  #togglePause() {
    this.#paused = !this.#paused;
    const button = this.querySelector("[data-action=pause]");
    button.setAttribute("aria-pressed", this.#paused);
    button.textContent = this.#paused ? "Go on" : "Freeze";
    this.#say(this.dataset.connection);
    this.#schedule();
  }

  #schedule() {
    if (this.#paused || this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint();
    });
  }

  #frameTable() {
    const scroller = element("div", "table-scroll");
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", "Rows of the view");
    const table = element("table", "data");
    const head = table.createTHead().insertRow();
    this.#columns.forEach((column, i) => {
      const cell = element("th", isNumberType(column.type) ? "number" : "");
      cell.scope = "col";
      const button = element("button", "sort", column.name);
      button.type = "button";
      button.title = `${column.name} ${column.type}${column.is_key ? ", key" : ""}: sort`;
      button.addEventListener("click", () => this.#sort(i));
      cell.append(button);
      head.append(cell);
    });
    table.createTBody();
    scroller.append(table);
    this.querySelector("[data-role=body]").replaceChildren(scroller);
    this.#frameOrder();
  }

  #frameOrder() {
    this.querySelectorAll("thead th").forEach((cell, i) => {
      if (this.#order?.column === i) cell.setAttribute("aria-sort", this.#order.descends ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
  }

  #paint() {
    const rows = this.#sorted();
    const now = performance.now();
    let isFading = false;
    const lines = rows.slice(0, rowsShown).map(({ row, changed }) => {
      const line = element("tr", changed && now - changed < changedMilliseconds ? "changed" : "");
      isFading ||= line.className !== "";
      row.forEach((value, i) => {
        const isNumber = isNumberType(this.#columns[i].type);
        line.append(element("td", value === null ? "null" : isNumber ? "number" : "", text(value)));
      });
      return line;
    });
    this.querySelector("tbody")?.replaceChildren(...lines);
    this.#count(rows.length, lines.length);
    clearTimeout(this.#fading);
    if (isFading) this.#fading = setTimeout(() => this.#schedule(), changedMilliseconds);
  }

  #count(kept, shown) {
    const rows = count => `${number(count)} row${count === 1 ? "" : "s"}`;
    const first = shown < kept ? `The first ${number(shown)} of ` : "";
    this.querySelector("[data-role=count]").textContent = this.#isPart
      ? `${first}${first ? "the" : "The"} ${rows(kept)} that changed last; the view had ${rows(this.#total)} when the page was opened`
      : kept === 0 ? "The view holds no rows yet"
      : first + rows(kept) + (this.#appends ? ", those that came while the page is open among them" : "");
  }

  #say(connection, detail) {
    this.dataset.connection = connection;
    const words = {
      connecting: "Connecting",
      live: "Live",
      reconnecting: "Connection lost, trying again",
      failed: "The view is not readable",
      ended: "The view was dropped",
    };
    const state = this.#paused && connection === "live" ? "paused" : connection;
    const label = this.querySelector("[data-role=state]");
    label.dataset.state = state;
    label.title = detail ?? "";
    label.textContent = state === "paused" ? "Frozen" : words[connection];
  }
}

customElements.define("tarn-live", Live);
