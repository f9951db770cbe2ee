/** Keeps a phone awake during the interview; where that is not possible, nothing happens. */

export class WakeLock {
  constructor() {
    this.isWanted = false;
    document.addEventListener("visibilitychange", () => this.isWanted && this.take());
  }

  hold() {
    this.isWanted = true;
    return this.take();
  }

  release() {
    this.isWanted = false;
    this.lock?.release().catch(() => undefined);
    this.lock = null;
  }

  async take() {
    if (document.visibilityState !== "visible" || !navigator.wakeLock) return;
    try {
      this.lock = await navigator.wakeLock.request("screen"); // the browser lets go whenever the page is hidden
    } catch {
      // a nearly empty battery forbids it
    }
  }
}
