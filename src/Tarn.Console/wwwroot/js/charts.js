// One chart per tile, drawn by ECharts in the colours of the page.
import { instant, isTimeType, number, text } from "./format.js";

let loading;

// The library is large: it is fetched when the first chart is shown.
function library(address) {
  loading ??= import(address).then(() => globalThis.echarts);
  return loading;
}

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export class Chart {
  #element;
  #tile;
  #address;
  #chart;
  #rows;
  #resizing;

  constructor(element, tile, address) {
    this.#element = element;
    this.#tile = tile;
    this.#address = address;
  }

  async show(rows) {
    this.#rows = rows;
    const echarts = await library(this.#address);
    if (!this.#element.isConnected || !this.#rows) return;
    if (!this.#chart) {
      this.#chart = echarts.init(this.#element, null, { renderer: "canvas" });
      this.#resizing = new ResizeObserver(() => this.#chart?.resize());
      this.#resizing.observe(this.#element);
    }
    const option = this.#tile.kind === "bar" ? this.#bars() : this.#line();
    this.#chart.setOption(option);
  }

  recolour() {
    if (this.#chart && this.#rows) this.show(this.#rows);
  }

  dispose() {
    this.#resizing?.disconnect();
    this.#chart?.dispose();
    this.#chart = undefined;
    this.#rows = undefined;
  }

  #index(name) {
    return this.#rows.columns.findIndex(column => column.name.toLowerCase() === name.toLowerCase());
  }

  #frame() {
    const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    return {
      animation: moves,
      animationDuration: 250,
      animationDurationUpdate: 220,
      animationEasingUpdate: "cubicOut",
      aria: { enabled: true },
      textStyle: { fontFamily: colour("--sans"), fontSize: 11 },
      tooltip: {
        trigger: "axis",
        axisPointer: { type: this.#tile.kind === "bar" ? "shadow" : "line", lineStyle: { color: colour("--line-2") } },
        backgroundColor: colour("--surface"),
        borderColor: colour("--line-2"),
        textStyle: { color: colour("--ink"), fontSize: 12 },
        valueFormatter: value => (typeof value === "number" ? number(value) : text(value)),
        confine: true,
        transitionDuration: 0.1,
      },
      grid: { left: 8, right: 20, top: 14, bottom: 6, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    };
  }

  #axis(more) {
    return {
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: colour("--ink-3"), hideOverlap: true, fontSize: 11 },
      splitLine: { lineStyle: { color: colour("--line") } },
      ...more,
    };
  }

  #bars() {
    const x = this.#index(this.#tile.x);
    const y = this.#index(this.#tile.y);
    const rows = this.#rows.rows;
    const label = { color: colour("--ink-2"), fontSize: 11, width: 110, overflow: "truncate", interval: 0 };
    return {
      ...this.#frame(),
      xAxis: this.#axis({ type: "value", splitNumber: 4 }),
      yAxis: this.#axis({
        type: "category",
        inverse: true,
        data: rows.map(row => text(row[x])),
        axisLabel: label,
        splitLine: { show: false },
        animationDuration: 0,
        animationDurationUpdate: 220,
      }),
      series: [{
        type: "bar",
        name: this.#tile.y,
        // The name ties a bar to its category, so that a bar that changes its rank moves and does not jump.
        data: rows.map(row => ({ name: text(row[x]), value: row[y] })),
        barMaxWidth: 20,
        barCategoryGap: "28%",
        itemStyle: { color: colour("--chart-1"), borderRadius: [0, 4, 4, 0] },
      }],
    };
  }

  #line() {
    const x = this.#index(this.#tile.x);
    const y = this.#index(this.#tile.y);
    const isTime = isTimeType(this.#rows.columns[x].type);
    const accent = colour("--chart-1");
    const points = this.#rows.rows.map(row => [isTime ? instant(String(row[x])).getTime() : text(row[x]), row[y]]);
    // A single moment would stand on an axis of days.
    const around = isTime && points.length === 1 ? { min: points[0][0] - 30_000, max: points[0][0] + 30_000 } : {};
    const showsPoints = points.length < 2 || ("points" in this.#tile && points.length <= 100);
    return {
      ...this.#frame(),
      xAxis: this.#axis({ type: isTime ? "time" : "category", splitLine: { show: false }, boundaryGap: false, ...around }),
      yAxis: this.#axis({ type: "value", scale: false, splitNumber: 4 }),
      series: [{
        type: "line",
        name: this.#tile.y,
        data: points,
        showSymbol: showsPoints,
        symbolSize: points.length < 2 ? 7 : 5,
        lineStyle: { width: 2, color: accent },
        itemStyle: { color: accent },
        areaStyle: { color: accent, opacity: 0.12 },
      }],
    };
  }
}
