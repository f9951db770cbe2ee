"""What reaches a page's loudspeaker."""

from playwright.sync_api import Page

# Measures what reaches the loudspeaker, beside it.
METER = """
const connect = AudioNode.prototype.connect;
window.sources = [];
AudioNode.prototype.connect = function (target, ...rest) {
  if (target instanceof AudioDestinationNode) {
    window.meter ??= new AnalyserNode(this.context);
    connect.call(this, window.meter);
    window.sources.push(this);
  }
  return connect.call(this, target, ...rest);
};
window.loudness = () => {
  if (!window.meter) return 0;
  const samples = new Float32Array(window.meter.fftSize);
  window.meter.getFloatTimeDomainData(samples);
  return Math.max(...samples.map(Math.abs));
};
"""
LOUD, SILENT = "loudness() > 0.1", "loudness() === 0"


def await_sound(page: Page, condition: str, *, within_ms: int) -> None:
    """Asked within the page: its policy forbids what `wait_for_function` does."""
    loop = "if (performance.now() > end) return false; await new Promise((go) => setTimeout(go, 20));"
    waiting = f"const end = performance.now() + {within_ms}; while (!({condition})) {{ {loop} }} return true;"
    assert page.evaluate(f"async () => {{ {waiting} }}"), condition
