"""CAM++, a network that hears what a voice sounds like: 192 numbers for a stretch of speech.

Source: Wang et al. 2023, "CAM++: A Fast and Efficient Network for Speaker Verification Using Context-Aware Masking"
(arXiv 2303.00332), and the authors' 3D-Speaker, `speakerlab/models/campplus`; written anew for inference alone, on the
weights' own names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from voicedoc.attribute.pyannote_library import read_tensors
from voicedoc.errors import ModelCorrupt

FILE = "campplus_cn_en_common.pt"

N_DIMENSIONS = 192
N_MELS = 80
FRAMES_PER_SECOND = 100

LEAST_FRAMES = 25
"""Frames of 10 ms. From less, nothing can be told."""

_BLOCKS = ((12, 1), (24, 2), (16, 2))
"""Layers of each dense block, and the dilation of their convolutions, which are 3 frames wide."""

_CONTEXT = 100
"""Frames after the first convolution (20 ms) over which a layer's mask is pooled."""


class CamPlusPlus:
    """The network, on `device`. `torch` is the library.

    Raises:
        ModelCorrupt: If the file in `folder` is not its weights.
    """

    def __init__(self, folder: Path, torch: Any, device: str) -> None:
        from torchaudio.compliance import kaldi

        self._torch, self._nn, self._kaldi, self._device = torch, torch.nn.functional, kaldi, device
        weights = read_tensors(torch, folder / FILE)
        try:
            self._weights = {name: tensor.to(device) for name, tensor in weights.items()}
            self.embed(torch.zeros(LEAST_FRAMES, N_MELS))
        except (KeyError, TypeError, AttributeError, RuntimeError) as error:
            raise ModelCorrupt(
                f"{folder / FILE} is not CAM++: {error}", remedy="voicedoc models verify; then pull the model again"
            ) from error

    def features(self, samples: Any) -> Any:
        """Mel energies of a tensor of 16 kHz, shape `(n_frames, 80)`, one frame in 10 ms."""
        return self._kaldi.fbank(samples[None], num_mel_bins=N_MELS, dither=0.0)

    def embed(self, features: Any) -> Any:
        """The unit-length voice print of one speaker's frames, which need not follow each other; shape `(192,)`."""
        with self._torch.inference_mode():
            centred = (features - features.mean(dim=0, keepdim=True)).to(self._device)
            heard = self._dense(self._front(centred.T[None, None]))
            print_ = self._conv(self._pool(heard), "xvector.dense.linear")
            return self._nn.normalize(self._norm(print_, "xvector.dense.nonlinear.batchnorm")[0, :, 0], dim=0).cpu()

    def _front(self, spectrum: Any) -> Any:
        """Two-dimensional convolutions that shrink 80 mels to 10, of 32 channels each."""
        x = self._unit2d(spectrum, "head.conv1", "head.bn1", (1, 1)).relu()
        for layer in ("head.layer1", "head.layer2"):
            x = self._residual(x, f"{layer}.0", (2, 1))
            x = self._residual(x, f"{layer}.1", (1, 1))
        return self._unit2d(x, "head.conv2", "head.bn2", (2, 1)).relu().flatten(1, 2)

    def _residual(self, x: Any, name: str, stride: tuple[int, int]) -> Any:
        y = self._unit2d(x, f"{name}.conv1", f"{name}.bn1", stride).relu()
        y = self._unit2d(y, f"{name}.conv2", f"{name}.bn2", (1, 1))
        if f"{name}.shortcut.0.weight" in self._weights:
            x = self._unit2d(x, f"{name}.shortcut.0", f"{name}.shortcut.1", stride, padding=0)
        return (x + y).relu()

    def _dense(self, x: Any) -> Any:
        """Densely connected layers along time."""
        x = self._relu_norm(self._conv(x, "xvector.tdnn.linear", stride=2, padding=2), "xvector.tdnn.nonlinear")
        for block, (n_layers, dilation) in enumerate(_BLOCKS, start=1):
            for layer in range(1, n_layers + 1):
                grown = self._layer(x, f"xvector.block{block}.tdnnd{layer}", dilation)
                x = self._torch.cat([x, grown], dim=1)
            name = f"xvector.transit{block}"
            x = self._conv(self._relu_norm(x, f"{name}.nonlinear"), f"{name}.linear")
        return self._relu_norm(x, "xvector.out_nonlinear")

    def _layer(self, x: Any, name: str, dilation: int) -> Any:
        x = self._conv(self._relu_norm(x, f"{name}.nonlinear1"), f"{name}.linear1")
        x = self._relu_norm(x, f"{name}.nonlinear2")
        mask = self._conv(self._context(x), f"{name}.cam_layer.linear1").relu()
        mask = self._conv(mask, f"{name}.cam_layer.linear2").sigmoid()
        local = self._conv(x, f"{name}.cam_layer.linear_local", padding=dilation, dilation=dilation)
        # One value of the mask for each stretch of frames: cheaper than a mask as long as the sound.
        return local * mask.repeat_interleave(_CONTEXT, dim=-1)[..., : x.shape[-1]]

    def _context(self, x: Any) -> Any:
        pooled = self._nn.avg_pool1d(x, _CONTEXT, _CONTEXT, ceil_mode=True)
        return pooled + x.mean(dim=-1, keepdim=True)

    def _pool(self, x: Any) -> Any:
        deviation, mean = self._torch.std_mean(x, dim=-1, keepdim=True)
        return self._torch.cat([mean, deviation], dim=1)

    def _unit2d(self, x: Any, conv: str, norm: str, stride: tuple[int, int], *, padding: int = 1) -> Any:
        return self._norm(self._nn.conv2d(x, self._weights[f"{conv}.weight"], None, stride, padding), norm)

    def _conv(self, x: Any, name: str, *, stride: int = 1, padding: int = 0, dilation: int = 1) -> Any:
        bias = self._weights.get(f"{name}.bias")
        return self._nn.conv1d(x, self._weights[f"{name}.weight"], bias, stride, padding, dilation)

    def _relu_norm(self, x: Any, name: str) -> Any:
        return self._norm(x, f"{name}.batchnorm").relu_()

    def _norm(self, x: Any, name: str) -> Any:
        mean, variance = self._weights[f"{name}.running_mean"], self._weights[f"{name}.running_var"]
        return self._nn.batch_norm(
            x, mean, variance, self._weights.get(f"{name}.weight"), self._weights.get(f"{name}.bias")
        )
