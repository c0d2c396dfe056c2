// <tarn-dashboard src="/api/dashboards/NAME/events" echarts="..."> fills its tiles from one server-sent events connection:
//
//   EventSource -> newest rows per tile -> one repaint per animation frame -> chart, table or number
//
// Rows never pass through Blazor. Paused, the connection goes on and the newest rows are shown on resume. A page that nobody
// sees lets go of its connection and takes a new snapshot when it is shown again.
import { Tile } from "./tile.js";

const hiddenMilliseconds = 5000;

class Dashboard extends HTMLElement {
  #tiles = [];
  #source;
  #paused = false;
  #hiding;
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
    document.addEventListener("visibilitychange", () => this.#visibilityChanged(), options);
    addEventListener("tarn-theme", () => this.#tiles.forEach(tile => tile.recolour()), options);
    this.#connect();
  }

  disconnectedCallback() {
    this.#off?.abort();
    this.#off = undefined;
    clearTimeout(this.#hiding);
    this.#disconnect();
    this.#tiles.forEach(tile => tile.dispose());
  }

  #connect() {
    if (this.#source) return;
    this.#say("connecting");
    const source = new EventSource(this.getAttribute("src"));
    this.#source = source;
    source.onopen = () => this.#say("live");
    source.onerror = () => this.#lost(source);
    source.addEventListener("failure", event => this.#say("failed", JSON.parse(event.data).error.message));
    this.#tiles.forEach((tile, index) => {
      source.addEventListener(`tile-${index}`, event => tile.receive(JSON.parse(event.data)));
      source.addEventListener(`tile-${index}-failure`, event => tile.fail(JSON.parse(event.data).error));
    });
  }

  #disconnect() {
    this.#source?.close();
    this.#source = undefined;
  }

  // A broken connection is made again by the browser; a refused one is not.
  async #lost(source) {
    if (source.readyState !== EventSource.CLOSED) {
      this.#say("reconnecting");
      return;
    }
    this.#disconnect();
    const answer = await fetch(this.getAttribute("src"), { method: "HEAD" }).catch(() => undefined);
    if (answer?.status === 401) {
      location.reload();
    } else {
      this.#say("reconnecting");
      setTimeout(() => this.isConnected && !document.hidden && this.#connect(), 2000);
    }
  }

  #visibilityChanged() {
    clearTimeout(this.#hiding);
    if (document.hidden) this.#hiding = setTimeout(() => this.#disconnect(), hiddenMilliseconds);
    else this.#connect();
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
