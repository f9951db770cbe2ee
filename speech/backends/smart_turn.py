"""Smart Turn v3.2: a small audio network that hears whether a speaker has finished; the file is in pipecat's
wheel.

The wheel is installed without its dependencies and never imported: only the ONNX file in it is wanted. Input
is the log-mel spectrogram of the last 8 s, padded on the left, of a waveform brought to zero mean and unit
variance as the network was trained (a detail that the plain Whisper features lack). Measured 2026-11-21: 30
to 45 ms.
"""

import asyncio
import functools
import logging
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from faster_whisper.feature_extractor import FeatureExtractor

from speech.sample_clock import as_floats
from speech.turn_model import NoTurnModel, TurnModel

logger = logging.getLogger(__name__)

WINDOW_S = 8
WINDOW_SAMPLES = WINDOW_S * 16_000
WINDOW_FRAMES = WINDOW_S * 100
MAX_WAITING = 8  # an opinion that comes a third of a second late is worth nothing
VARIANCE_FLOOR = 1e-7  # as in the training's feature extractor
WHEEL_PATH = Path("audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx")


class SmartTurnModel:
    """The loaded network with one thread of its own. `close()` when done."""

    def __init__(self, path: Path, *, most_waiting: int = MAX_WAITING) -> None:
        """Beyond `most_waiting` questions it gives no opinion at once rather than a late one."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(path), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._features = FeatureExtractor(chunk_length=WINDOW_S)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="turn-model")
        self._waiting = 0
        self._most_waiting = most_waiting
        self._name = path.stem

    def describe(self) -> str:
        return self._name

    async def completeness(self, pcm: bytes) -> float | None:
        if self._waiting >= self._most_waiting:
            return None
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, self.ask, pcm)
        except (RuntimeError, onnxruntime.capi.onnxruntime_pybind11_state.Fail) as error:
            logger.warning("the turn model failed: %s", error)
            return None
        finally:
            self._waiting -= 1

    def ask(self, pcm: bytes) -> float:
        """This will run the network in the calling thread."""
        samples = as_floats(pcm)[-WINDOW_SAMPLES:]
        padded = np.pad(samples, (WINDOW_SAMPLES - len(samples), 0))
        normal = (padded - padded.mean()) / np.sqrt(padded.var() + VARIANCE_FLOOR)
        mel = self._features(normal.astype(np.float32))[:, :WINDOW_FRAMES]
        (found,) = self._session.run(None, {"input_features": mel[None].astype(np.float32)})
        return float(np.ravel(found)[0])

    def close(self) -> None:
        self._worker.shutdown(wait=False, cancel_futures=True)


def find_smart_turn() -> Path | None:
    """Where the file lies, or None where the wheel is not installed. Imports nothing of it."""
    spec = find_spec("pipecat")
    for folder in (spec.submodule_search_locations or []) if spec is not None else []:
        path = Path(folder) / WHEEL_PATH
        if path.is_file():
            return path
    return None


@functools.cache
def smart_turn_model() -> TurnModel:
    """The process's one turn model, or a stand-in without opinions."""
    path = find_smart_turn()
    if path is None:
        return NoTurnModel("pipecat-ai is not installed")
    try:
        return SmartTurnModel(path)
    except (RuntimeError, OSError, onnxruntime.capi.onnxruntime_pybind11_state.Fail) as error:
        logger.warning("the turn model can't be loaded: %s", error)
        return NoTurnModel("its file can't be loaded")
