/**
 * One WebSocket that comes back by itself: hello first, then messages, with back-off in between.
 *
 * It counts as connected when the first message has come, not when TCP has: so a server that accepts and
 * closes at once is not asked ten times a second. A line that is silent for too long is taken for dead, since
 * a laptop that changed its network hears nothing of it for minutes.
 */

import { waitMs } from "./backoff.js";
import { verdictOf } from "./closing.js";

const SUBPROTOCOL = "viva.v1";
const PING_EVERY_MS = 4000;
const DEAD_AFTER_MS = 11000;
const WELCOME_WITHIN_MS = 12000;

export class LiveSocket {
  /**
   * `hello()` gives the first message, freshly each time; it may return a promise.
   * `onMessage(message)`, `onLink(link)` with link `{state: "connecting"|"open"|"lost"|"full"|"stopped", view?, afterMs?}`.
   */
  constructor(path, { hello, onMessage, onLink, clock = () => performance.now(), random = Math.random }) {
    this.url = new URL(path, location.href.replace(/^http/, "ws")).href;
    this.hello = hello;
    this.onMessage = onMessage;
    this.onLink = onLink;
    this.clock = clock;
    this.random = random;
    this.attempt = 0;
    this.isWelcome = false;
    this.isStopped = true;
    this.roundTripMs = null;
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.drop());
  }

  open() {
    this.isStopped = false;
    this.attempt = 0;
    this.connect();
  }

  /** Leave for good. */
  close() {
    this.isStopped = true;
    this.clearTimers();
    this.socket?.close(1000);
    this.forget();
  }

  /** False when there is no line; the caller says it again after the next snapshot, where that matters. */
  send(message) {
    return this.transmit(JSON.stringify(message));
  }

  sendBinary(buffer) {
    return this.transmit(buffer);
  }

  get waitingBytes() {
    return this.socket?.bufferedAmount ?? 0;
  }

  transmit(data) {
    if (!this.isWelcome || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(data);
    return true;
  }

  connect() {
    this.clearTimers();
    this.forget();
    this.onLink({ state: "connecting" });
    const socket = new WebSocket(this.url, [SUBPROTOCOL]);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.heardAt = this.clock();
    this.openedAt = this.heardAt;
    socket.addEventListener("open", () => this.greet(socket));
    socket.addEventListener("message", (event) => this.receive(socket, event.data));
    socket.addEventListener("close", (event) => this.closed(socket, event.code, event.reason));
    this.pinger = setInterval(() => this.watch(socket), PING_EVERY_MS);
  }

  async greet(socket) {
    const hello = await this.hello();
    if (socket === this.socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(hello));
  }

  receive(socket, data) {
    if (socket !== this.socket) return;
    this.heardAt = this.clock();
    if (typeof data !== "string") return this.onMessage({ type: "audio", data });
    const message = JSON.parse(data);
    if (message.type === "pong") {
      this.roundTripMs = Math.max(0, this.clock() - message.at_ms);
      return undefined;
    }
    if (!this.isWelcome && message.type.endsWith(".snapshot")) {
      this.isWelcome = true;
      this.attempt = 0;
      this.onLink({ state: "open" });
    }
    return this.onMessage(message);
  }

  watch(socket) {
    if (socket !== this.socket) return;
    const silentMs = this.clock() - this.heardAt;
    if (silentMs > (this.isWelcome ? DEAD_AFTER_MS : WELCOME_WITHIN_MS)) this.drop();
    else if (this.isWelcome) this.send({ type: "ping", at_ms: this.clock() });
  }

  /** The line is dead, whatever the browser still believes. */
  drop() {
    const socket = this.socket;
    if (!socket || this.isStopped) return;
    this.closed(socket, 1006, "");
    socket.close();
  }

  /** The network is back: don't wait out the rest of the pause. */
  hurry() {
    if (this.isStopped || this.socket) return;
    this.attempt = 0;
    this.connect();
  }

  closed(socket, code, reason) {
    if (socket !== this.socket) return;
    this.clearTimers();
    this.forget();
    if (this.isStopped) return;
    const verdict = verdictOf(code, reason);
    if (verdict.kind === "stop") {
      this.isStopped = true;
      this.onLink({ state: "stopped", view: verdict.view, code });
      return;
    }
    const afterMs = verdict.kind === "full" ? verdict.afterMs : waitMs(this.attempt, this.random());
    this.attempt += 1;
    this.onLink({ state: verdict.kind === "full" ? "full" : "lost", afterMs });
    this.retry = setTimeout(() => this.connect(), afterMs);
  }

  forget() {
    this.socket = null;
    this.isWelcome = false;
  }

  clearTimers() {
    clearTimeout(this.retry);
    clearInterval(this.pinger);
  }
}
