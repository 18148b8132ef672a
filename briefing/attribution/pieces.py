"""A text as the word pieces that the model reads, with one piece between lines."""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Tokenizer

from briefing.article import Span

BREAK = 1  # [unused0] of BERT's vocabulary: BERT's own tokeniser takes a line's end for a space


@dataclass(frozen=True, slots=True)
class Pieces:
    """Without [CLS] and [SEP].

    Attributes:
        ids: In BERT's uncased vocabulary.
        offsets: The characters of each; of a break, the first line end of its gap.
    """

    ids: list[int]
    offsets: list[Span]


def pieces_of(text: str, tokenizer: Tokenizer) -> Pieces:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids: list[int] = []
    offsets: list[Span] = []
    last = 0
    for piece, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
        line_end = text.find("\n", last, start) if ids and start - last else -1
        if line_end >= 0:
            ids.append(BREAK)
            offsets.append((line_end, line_end + 1))
        ids.append(piece)
        offsets.append((start, end))
        last = end
    return Pieces(ids, offsets)
