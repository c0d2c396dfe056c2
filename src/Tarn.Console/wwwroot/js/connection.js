// A page's connection of server-sent events. A broken one is made again; a page that nobody sees lets go of it and takes a new
// snapshot when it is shown again.
const hiddenMilliseconds = 5000;
const retryMilliseconds = 2000;

export class Connection {
  #address;
  #listen;
  #say;
  #source;
  #hiding;
  #hasFailed = false;
  #off = new AbortController();

  // listen(on) adds the page's own events; say(state, detail) is told connecting, live, reconnecting or failed.
  constructor(address, listen, say) {
    this.#address = address;
    this.#listen = listen;
    this.#say = say;
    document.addEventListener("visibilitychange", () => this.#visibilityChanged(), { signal: this.#off.signal });
    this.#connect();
  }

  close() {
    this.#off.abort();
    clearTimeout(this.#hiding);
    this.#disconnect();
  }

  #connect() {
    if (this.#source || this.#off.signal.aborted) return;
    this.#say("connecting");
    const source = new EventSource(this.#address);
    this.#source = source;
    source.onopen = () => this.#hasFailed || this.#say("live");
    source.onerror = () => this.#lost(source);
    source.addEventListener("failure", event => {
      this.#hasFailed = true;
      this.#say("failed", JSON.parse(event.data).error.message);
    });
    this.#listen((name, take) => source.addEventListener(name, event => {
      if (this.#hasFailed) this.#say("live");
      this.#hasFailed = false;
      take(event.data);
    }));
  }

  #disconnect() {
    this.#source?.close();
    this.#source = undefined;
  }

  // A broken connection is made again by the browser; a refused one is not.
  async #lost(source) {
    if (this.#source !== source) return;
    if (source.readyState !== EventSource.CLOSED) {
      // After a failure the server ends the connection, and the browser asks again until it succeeds.
      if (!this.#hasFailed) this.#say("reconnecting");
      return;
    }
    this.#disconnect();
    const answer = await fetch(this.#address, { method: "HEAD" }).catch(() => undefined);
    if (answer?.status === 401) {
      location.reload();
    } else if (!this.#off.signal.aborted) {
      this.#say("reconnecting");
      setTimeout(() => document.hidden || this.#connect(), retryMilliseconds);
    }
  }

  #visibilityChanged() {
    clearTimeout(this.#hiding);
    if (document.hidden) this.#hiding = setTimeout(() => this.#disconnect(), hiddenMilliseconds);
    else this.#connect();
  }
}
