/** Opens a microphone and reports what comes in: chunks, levels, and when it goes away. */

const WORKLET = new URL("./capture-worklet.js", import.meta.url);

export class MicrophoneError extends Error {
  /** `view` names the page that explains it: denied, no-microphone, busy, insecure, unsupported. */
  constructor(view, cause) {
    super(view, { cause });
    this.view = view;
  }
}

const VIEWS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "no-microphone",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** What is missing for voice here, as the name of the page that explains it; null when all is there. */
export function obstacle(scope = globalThis) {
  if (!scope.isSecureContext) return "insecure";
  const hasAll = scope.navigator?.mediaDevices?.getUserMedia && scope.AudioWorkletNode && scope.AudioContext;
  return hasAll ? null : "unsupported";
}

export class Microphone {
  /** `onChunk(Int16Array, at)`, `onLevel(db)`, `onGone()` when the device was unplugged or taken away. */
  constructor({ onChunk, onLevel, onGone }) {
    this.onChunk = onChunk;
    this.onLevel = onLevel;
    this.onGone = onGone;
    this.deviceId = "";
  }

  get isOpen() {
    return Boolean(this.stream?.getAudioTracks().some((track) => track.readyState === "live"));
  }

  /** Ask for the microphone and begin. Throws MicrophoneError. */
  async open(deviceId = "") {
    const missing = obstacle();
    if (missing) throw new MicrophoneError(missing);
    this.close();
    const stream = await ask(deviceId);
    this.stream = stream;
    const [track] = stream.getAudioTracks();
    this.deviceId = track.getSettings().deviceId ?? "";
    track.addEventListener("ended", () => this.stream === stream && this.lost());
    await this.listen(stream);
  }

  async listen(stream) {
    const context = new AudioContext({ latencyHint: "interactive" });
    await context.audioWorklet.addModule(WORKLET);
    if (this.stream !== stream) return void context.close();
    const node = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    node.port.onmessage = ({ data }) => {
      if (this.stream !== stream) return;
      if (data.pcm) this.onChunk(data.pcm, data.at);
      else this.onLevel(data.db);
    };
    context.createMediaStreamSource(stream).connect(node);
    this.context = context;
    await this.wake();
  }

  /** A browser lets the audio thread sleep until somebody has pressed something, and when a phone is put away. */
  async wake() {
    if (this.context?.state !== "running") await this.context?.resume().catch(() => undefined);
  }

  get isAwake() {
    return this.context?.state === "running";
  }

  lost() {
    this.close();
    this.onGone();
  }

  close() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.context?.close().catch(() => undefined);
    this.context = null;
  }
}

async function ask(deviceId) {
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: { ideal: 1 } };
  if (deviceId) audio.deviceId = { exact: deviceId };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    if (deviceId && error.name === "OverconstrainedError") return ask("");
    throw new MicrophoneError(VIEWS[error.name] ?? "no-microphone", error);
  }
}

/** The microphones there are, named once the browser was allowed to use one. */
export async function listDevices() {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all
    .filter((device) => device.kind === "audioinput" && device.deviceId !== "communications")
    .map((device, index) => ({ id: device.deviceId, name: device.label || `Microphone ${index + 1}` }));
}

/** Whether a microphone can be opened again without asking, as after a reload. */
export async function isAlreadyAllowed() {
  try {
    return (await navigator.permissions.query({ name: "microphone" })).state === "granted";
  } catch {
    return false;
  }
}
