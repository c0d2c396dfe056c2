// <tarn-dashboard src="/api/dashboards/NAME/events" echarts="..."> fills its tiles from one server-sent events connection:
//
//   EventSource -> newest rows per tile -> one repaint per animation frame -> chart, table or number
//
// Rows never pass through Blazor. Paused, the connection goes on and the newest rows are shown on resume.
import { Connection } from "./connection.js";
import { Tile } from "./tile.js";

class Dashboard extends HTMLElement {
  #tiles = [];
  #connection;
  #paused = false;
  #off;

  // Blazor puts the element into the page before its children: they are there once its batch is done.
  connectedCallback() {
    queueMicrotask(() => this.isConnected && !this.#off && this.#start());
  }

  #start() {
    this.#off = new AbortController();
    const options = { signal: this.#off.signal };
    const echarts = new URL(this.getAttribute("echarts"), document.baseURI).href;
    this.#tiles = [...this.querySelectorAll("[data-tile]")].map(element => new Tile(element, echarts));
    this.querySelector("[data-action=pause]").addEventListener("click", () => this.#togglePause(), options);
    addEventListener("tarn-theme", () => this.#tiles.forEach(tile => tile.recolour()), options);
    this.#connection = new Connection(
      this.getAttribute("src"), on => this.#listen(on), (state, detail) => this.#say(state, detail));
  }

  disconnectedCallback() {
    this.#off?.abort();
    this.#off = undefined;
    this.#connection?.close();
    this.#tiles.forEach(tile => tile.dispose());
  }

  #listen(on) {
    this.#tiles.forEach((tile, index) => {
      on(`tile-${index}`, data => tile.receive(JSON.parse(data)));
      on(`tile-${index}-failure`, data => tile.fail(JSON.parse(data).error));
    });
  }

  #togglePause() {
    this.#paused = !this.#paused;
    const button = this.querySelector("[data-action=pause]");
    button.setAttribute("aria-pressed", this.#paused);
    button.textContent = this.#paused ? "Resume" : "Pause";
    this.#tiles.forEach(tile => tile.pause(this.#paused));
    this.#say(this.dataset.connection);
  }

  #say(connection, detail) {
    this.dataset.connection = connection;
    const words = {
      connecting: "Connecting",
      live: "Live",
      reconnecting: "Connection lost, trying again",
      failed: detail ?? "Failed",
    };
    const state = this.#paused && connection === "live" ? "paused" : connection;
    const label = this.querySelector("[data-role=state]");
    label.dataset.state = state;
    label.textContent = state === "paused" ? "Paused" : words[connection];
  }
}

customElements.define("tarn-dashboard", Dashboard);
