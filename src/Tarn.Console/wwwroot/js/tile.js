// One tile: keeps the newest rows it was sent and shows them as its kind says, or as a table when asked.
import { Chart } from "./charts.js";
import { isNumberType, label, measure, text } from "./format.js";

const element = (name, className, content) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (content !== undefined) made.textContent = content;
  return made;
};

export class Tile {
  #element;
  #body;
  #toggle;
  #chart;
  #echarts;
  #rows;
  #fault;
  #asTable = false;
  #paused = false;
  #frame;

  constructor(tile, echarts) {
    this.#element = tile;
    this.#echarts = echarts;
    this.#body = tile.querySelector("[data-role=body]");
    this.#toggle = tile.querySelector("[data-action=table]");
    this.#toggle?.addEventListener("click", () => this.#toggleTable());
  }

  receive(rows) {
    this.#rows = rows;
    this.#fault = undefined;
    this.#schedule();
  }

  fail(error) {
    this.#fault = error;
    this.#schedule();
  }

  pause(isPaused) {
    this.#paused = isPaused;
    this.#schedule();
  }

  recolour() {
    this.#chart?.recolour();
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    this.#clear();
  }

  #toggleTable() {
    this.#asTable = !this.#asTable;
    this.#toggle.setAttribute("aria-pressed", this.#asTable);
    this.#clear();
    this.#paint();
  }

  #schedule() {
    if (this.#paused || this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint();
    });
  }

  #clear() {
    this.#chart?.dispose();
    this.#chart = undefined;
    this.#body.replaceChildren();
  }

  #paint() {
    this.#element.dataset.state = this.#fault ? "failed" : !this.#rows ? "waiting" : this.#rows.rows.length ? "filled" : "empty";
    if (this.#fault) this.#replace(this.#faultBox());
    else if (!this.#rows) return;
    else if (this.#rows.rows.length === 0) this.#replace(element("p", "empty", "Nothing here yet"));
    else if (this.#isChart) this.#paintChart();
    else this.#replace(this.#kind === "number" && !this.#asTable ? this.#numberBox() : this.#table());
  }

  get #kind() {
    return this.#element.dataset.kind;
  }

  get #isChart() {
    return (this.#kind === "bar" || this.#kind === "line") && !this.#asTable;
  }

  #replace(content) {
    const scroller = this.#body.firstElementChild;
    const [left, top] = scroller ? [scroller.scrollLeft, scroller.scrollTop] : [0, 0];
    if (this.#chart) this.#clear();
    this.#body.replaceChildren(content);
    content.scrollLeft = left;
    content.scrollTop = top;
  }

  #paintChart() {
    if (!this.#chart) {
      const canvas = element("div", "chart");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `${this.#element.dataset.title}, chart`);
      this.#body.replaceChildren(canvas);
      this.#chart = new Chart(canvas, this.#element.dataset, this.#echarts);
    }
    this.#body.firstElementChild.style.setProperty("--rows", this.#kind === "bar" ? this.#rows.rows.length : 0);
    this.#chart.show(this.#rows);
  }

  #faultBox() {
    const box = element("div", "fault");
    box.append(element("b", "", this.#fault.message));
    for (const more of [this.#fault.detail, this.#fault.hint]) {
      if (more) box.append(element("p", "muted", more));
    }
    return box;
  }

  #numberBox() {
    const { columns, rows } = this.#rows;
    const wanted = (this.#element.dataset.y || columns[0].name).toLowerCase();
    const index = Math.max(0, columns.findIndex(column => column.name.toLowerCase() === wanted));
    const { text: value, unit } = measure(columns[index].name, rows[0][index]);
    const box = element("div", "big-number");
    box.append(element("span", "value", value), element("span", "unit", unit));
    box.append(element("span", "label muted", label(columns[index].name)));
    return box;
  }

  #table() {
    const isRecord = this.#element.dataset.source === "delivery";
    const scroller = element("div", "table-scroll");
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", `${this.#element.dataset.title}, table`);
    scroller.append(isRecord ? this.#recordTable() : this.#rowsTable());
    return scroller;
  }

  #rowsTable() {
    const table = element("table", "data");
    const head = table.createTHead().insertRow();
    for (const column of this.#rows.columns) {
      const cell = element("th", isNumberType(column.type) ? "number" : "", column.name);
      cell.scope = "col";
      head.append(cell);
    }
    const body = table.createTBody();
    for (const row of this.#rows.rows) {
      const line = body.insertRow();
      row.forEach((value, i) => {
        const isNumber = isNumberType(this.#rows.columns[i].type);
        const cell = element("td", value === null ? "null" : isNumber ? "number" : "", text(value));
        line.append(cell);
      });
    }
    return table;
  }

  // A single row with many fields reads better from top to bottom.
  #recordTable() {
    const table = element("table", "data record");
    const body = table.createTBody();
    this.#rows.columns.forEach((column, i) => {
      const value = this.#rows.rows[0][i];
      if (value === null) return;
      const line = body.insertRow();
      const head = element("th", "", label(column.name));
      head.scope = "row";
      const { text: shown, unit } = measure(column.name, value);
      line.append(head, element("td", "", unit ? `${shown} ${unit}` : shown));
    });
    return table;
  }
}
