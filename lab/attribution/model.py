"""The model: a BERT encoder, a label a piece, and three heads that point from one span's first piece to another's."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

LABELS, LINKS, LINK_WIDTH, FAR = 7, 3, 96, 128
MINILM = BertConfig(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536)


class Attribution(nn.Module):
    """Names of its parameters are those that `export` expects."""

    def __init__(self, config: BertConfig = MINILM) -> None:
        super().__init__()
        width = config.hidden_size
        self.enc = BertModel(config, add_pooling_layer=False)
        self.drop = nn.Dropout(0.1)
        self.tag = nn.Linear(width, LABELS)
        self.q = nn.Linear(width, LINK_WIDTH * LINKS)
        self.k = nn.Linear(width, LINK_WIDTH * LINKS)
        self.null = nn.Parameter(torch.zeros(LINKS, LINK_WIDTH))
        self.dist = nn.Embedding(2 * FAR + 1, LINKS)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """ids, mask [B, L] -> label scores [B, L, 7], link scores [B, 3, L, L + 1] (column 0: no link)."""
        x = self.drop(self.enc(input_ids=ids, attention_mask=mask).last_hidden_state)
        batch, length, _ = x.shape
        query, key = (head(x).view(batch, length, LINKS, LINK_WIDTH).transpose(1, 2) for head in (self.q, self.k))
        place = torch.arange(length, device=ids.device)
        far = (place[None] - place[:, None]).clamp(-FAR, FAR) + FAR
        link = query @ key.transpose(2, 3) / math.sqrt(LINK_WIDTH) + self.dist(far).permute(2, 0, 1)
        link = link.masked_fill(~mask.bool()[:, None, None, :], -1e4)
        null = torch.einsum("bhld,hd->bhl", query, self.null)[..., None]
        return self.tag(x), torch.cat([null, link], dim=-1)

    def start_from(self, weights: dict[str, np.ndarray]) -> None:
        """Takes over the parameters in `weights` (an encoder alone, or a whole model)."""
        known = {name: torch.from_numpy(value) for name, value in weights.items()}
        _, unexpected = self.load_state_dict(known, strict=False)
        if unexpected:
            raise ValueError(f"unknown parameters: {sorted(unexpected)[:3]}")

    def weights(self) -> dict[str, np.ndarray]:
        return {name: value.detach().float().cpu().numpy().copy() for name, value in self.state_dict().items()}
