"""What a model is taught on beside the annotation: wire stories, the densest in speech, packed into windows."""

import json
import random

from briefing.attribution.window import WINDOW
from lab.attribution.wire import Story, densest, packed, stories

SPEECH = "The minister said the pier would open in May, and the mayor denied that it was late. "


def row(id, body):
    return {"id": id, "title": "PIER OPENS", "body": body}


def test_a_story_is_unwrapped_and_its_tables_and_signature_left_out(tmp_path):
    body = SPEECH * 6 + "\n    1 2 3 4 5 6 7 8 9\n    It said so.\n Reuter\n\x03"
    rows = [row("7", body), row("8", "Too short."), {"title": "NO BODY", "id": "9"}]
    (tmp_path / "1.json").write_text(json.dumps(rows))

    [story] = stories(tmp_path, random.Random(1))

    assert story.id == "7"
    assert story.text.endswith("that it was late.\n\nIt said so.")


def test_those_that_report_most_are_taken_first_up_to_the_words_asked_for():
    found = [Story(str(n), "text", 100, n / 10) for n in range(5)]

    assert [story.id for story in densest(found, 150)] == ["4", "3"]


def test_a_row_holds_whole_stories_within_a_window(tagger):
    chosen = [Story(str(n), SPEECH * 5, 85, 0.1) for n in range(9)]

    rows = list(packed(chosen, tagger.tokenizer))

    pieces = [len(tagger.tokenizer.encode(text, add_special_tokens=False).ids) for _, text in rows]
    assert max(pieces) <= WINDOW
    assert sum(text.count(SPEECH) for _, text in rows) == 45
