"""The model: an encoder, a label a piece, and three heads that point from one span's first piece to another's."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, BertConfig, PretrainedConfig

LABELS, LINKS, LINK_WIDTH, FAR = 7, 3, 96, 128
MINILM = BertConfig(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536)
MPNET_SHIFT = 4  # MPNet's vocabulary is BERT's behind four pieces of its own
POOL = 1 << 25  # random numbers


class Attribution(nn.Module):
    """Names of its parameters are those that `export` expects.

    Args:
        config: Of an encoder over BERT's uncased word pieces: BERT itself, or MPNet.
    """

    def __init__(self, config: PretrainedConfig = MINILM) -> None:
        super().__init__()
        config.attention_probs_dropout_prob = 0.0  # of little use here, and on a CPU dearer than the rest of the layer
        width = config.hidden_size
        self.shift = MPNET_SHIFT if config.model_type == "mpnet" else 0
        self.enc = AutoModel.from_config(config, add_pooling_layer=False)
        self.drop = nn.Dropout(0.1)
        self.tag = nn.Linear(width, LABELS)
        self.q = nn.Linear(width, LINK_WIDTH * LINKS)
        self.k = nn.Linear(width, LINK_WIDTH * LINKS)
        self.null = nn.Parameter(torch.zeros(LINKS, LINK_WIDTH))
        self.dist = nn.Embedding(2 * FAR + 1, LINKS)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """ids (BERT's), mask [B, L] -> label scores [B, L, 7], link scores [B, 3, L, L + 1] (column 0: no link)."""
        return self.scores(self.states(ids, mask)[-1], mask)

    def states(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """What comes out of the embeddings and of each layer, [B, L, width]."""
        found: tuple[Tensor, ...] = self.enc(
            input_ids=self.own(ids), attention_mask=mask, output_hidden_states=True
        ).hidden_states
        return found

    def scores(self, state: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Of the last layer's outcome."""
        x = self.drop(state)
        batch, length, _ = x.shape
        query, key = (head(x).view(batch, length, LINKS, LINK_WIDTH).transpose(1, 2) for head in (self.q, self.k))
        place = torch.arange(length, device=x.device)
        far = (place[None] - place[:, None]).clamp(-FAR, FAR) + FAR
        link = query @ key.transpose(2, 3) / math.sqrt(LINK_WIDTH) + self.dist(far).permute(2, 0, 1)
        link = link.masked_fill(~mask.bool()[:, None, None, :], -1e4)
        null = torch.einsum("bhld,hd->bhl", query, self.null.to(query.dtype))[..., None]
        return self.tag(x), torch.cat([null, link], dim=-1)

    def own(self, ids: Tensor) -> Tensor:
        """BERT's pieces in the encoder's own vocabulary; MPNet writes <s>, </s>, <pad> for [CLS], [SEP], [PAD]."""
        if not self.shift:
            return ids
        shifted = ids + self.shift
        for piece, own in ((101, 0), (102, 2), (0, 1)):
            shifted = shifted.masked_fill(ids == piece, own)
        return shifted

    def start_from(self, weights: Mapping[str, np.ndarray]) -> None:
        """Takes over the parameters in `weights` (an encoder alone, or a whole model)."""
        known = {name: torch.from_numpy(np.array(value)) for name, value in weights.items()}
        _, unexpected = self.load_state_dict(known, strict=False)
        if unexpected:
            raise ValueError(f"unknown parameters: {sorted(unexpected)[:3]}")

    def weights(self) -> dict[str, np.ndarray]:
        return {name: value.detach().float().cpu().numpy().copy() for name, value in self.state_dict().items()}


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one pool: drawing them anew costs a CPU more than the layers themselves."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.pool = (torch.rand(POOL) >= chance).to(torch.bfloat16) / (1 - chance)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        start = int(torch.randint(POOL - x.numel(), ()))
        return x * self.pool[start : start + x.numel()].view(x.shape)


def with_pooled_dropout(model: nn.Module) -> None:
    """Replaces every dropout that drops anything."""
    pooled: dict[float, PooledDropout] = {}
    for module in list(model.modules()):
        for name, child in module.named_children():
            if isinstance(child, nn.Dropout) and child.p > 0:
                setattr(module, name, pooled.setdefault(child.p, PooledDropout(child.p)))


def with_weights(weights: Mapping[str, np.ndarray], encoder: str | None = None) -> Attribution:
    """A model over an encoder that transformers can load, by its folder; over MiniLM if none is given."""
    model = Attribution(AutoConfig.from_pretrained(encoder)) if encoder else Attribution()
    model.start_from(weights)
    return model
