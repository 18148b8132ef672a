"""The command line of the analysing half: its JSON, its errors, its exit status."""

import json

import pytest
from typer.testing import CliRunner

from briefing.__main__ import app
from briefing.index import Index
from tests.newsroom import COUNCIL

TEXT = (
    "Mayor Ana Ruiz said the harbour lost two million crowns last year. “I will sign it,” Ruiz said.\n\n"
    "Tom Bell rejected the plan. The council will hold a vote of the whole town on the old quay in spring.\n"
)


@pytest.fixture
def run(nlp, tagger, monkeypatch):
    """Runs a command with the session's models; gives its status, its rows and what it printed."""
    monkeypatch.setattr("briefing.language.load", lambda model: nlp)
    monkeypatch.setattr("briefing.attribution.load_tagger", lambda: tagger)

    def invoke(*arguments, rows=()):
        given = "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=given)

    return invoke


def answers(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def slices(value, text):
    """Every pair of offsets in an analysis, as the words that it stands for."""
    if isinstance(value, list) and len(value) == 2 and all(isinstance(item, int) for item in value):
        yield text[value[0] : value[1]]
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from slices(item, text)


def test_analyse_gives_one_object_a_row_in_order(run):
    rows = [{"id": "a", "text": TEXT, "published": "2031-03-04"}, {"id": 7, "text": "Nothing."}]

    result = run("analyse", "--jsonl", rows=rows)

    first, second = answers(result)
    assert result.exit_code == 0
    assert (first["id"], first["error"], second["id"]) == ("a", None, 7)
    assert set(first) == {"id", "error", "article", "people", "statements", "positions", "events", "summary"}
    assert first["article"]["published"] == "2031-03-04"
    assert "Ana Ruiz" in {statement["speaker"] for statement in first["statements"]}
    assert "I will sign it," in list(slices(first["statements"], TEXT))
    assert first["positions"][0]["actor"] == "Tom Bell"


def test_the_keys_are_those_that_others_rely_on(run):
    [found] = answers(run("analyse", "--jsonl", rows=[{"id": "a", "text": TEXT}]))

    assert set(found["article"]) == {"title", "section", "outlet", "authors", "published", "published_from"}
    assert set(found["people"][0]) == {"name", "kind", "role", "aliases", "mentions"}
    assert set(found["statements"][0]) == {
        *("kind", "act", "content", "cue", "source", "speaker", "speaker_from", "confidence", "reported_by"),
        *("when", "where", "addressee"),
    }
    assert set(found["positions"][0]) == {
        *("actor", "issue", "stance", "condition", "date", "reported_by", "evidence", "cue"),
    }


def test_a_row_that_cannot_be_read_gives_its_error_and_the_run_goes_on(run):
    result = run("analyse", "--jsonl", rows=["no json\n", {"id": 3}, {"id": "b", "text": TEXT}, "\n"])

    bad, without, good = answers(result)
    assert result.exit_code == 1
    assert (bad["id"], without["id"], good["id"]) == (None, 3, "b")
    assert bad["error"]
    assert without["error"]
    assert good["error"] is None


def test_a_row_that_the_models_fail_on_gives_its_error_and_its_neighbours_are_read(run, monkeypatch):
    from briefing import analysis

    one = analysis.analysis_of

    def fragile(article, *rest):
        if "CRASH" in article.text:
            raise RuntimeError("fell over")
        return one(article, *rest)

    monkeypatch.setattr(analysis, "analysis_of", fragile)
    monkeypatch.setattr("briefing.batch.log.exception", lambda *_: None)

    result = run("analyse", "--jsonl", rows=[{"id": n, "text": text} for n, text in enumerate([TEXT, "CRASH", TEXT])])

    assert [row["error"] for row in answers(result)] == [None, "RuntimeError: fell over", None]
    assert result.exit_code == 1


def test_analyse_reads_files_and_names_the_one_that_is_missing(run, tmp_path):
    (tmp_path / "council.txt").write_text(COUNCIL)

    result = run("analyse", tmp_path / "council.txt", tmp_path / "gone.txt")

    council, gone = answers(result)
    assert (council["id"], council["article"]["outlet"]) == ("council", "The Ledger")
    assert (gone["id"], gone["error"][:17]) == ("gone", "FileNotFoundError")
    assert result.exit_code == 1


def test_summarise_gives_whole_sentences_in_the_order_of_the_text(run):
    [found] = answers(run("summarise", "--jsonl", "--sentences", 2, rows=[{"id": "a", "articles": [{"text": TEXT}]}]))

    assert len(found["sentences"]) == 2
    assert [TEXT.index(sentence) for sentence in found["sentences"]] == sorted(map(TEXT.index, found["sentences"]))


def test_summarise_takes_sentences_as_they_are(run):
    given = ["The council voted nine to eight to keep the harbour.", "The mayor dropped her support for the plan."]

    [found] = answers(run("summarise", "--jsonl", "--words", 9, rows=[{"id": 1, "articles": [{"sentences": given}]}]))

    assert set(found["sentences"]) <= set(given)
    assert found["sentences"]


def test_positions_gives_names_and_the_evidence_in_words(run):
    [found] = answers(run("positions", "--jsonl", rows=[{"id": 1, "articles": [{"text": TEXT}]}]))

    evidence = ["Tom Bell rejected the plan."]
    assert {"actor": "Tom Bell", "issue": "plan", "stance": "opposes", "evidence": evidence} in found["positions"]


def test_index_counts_what_it_read_and_names_what_it_skipped(run, tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "council.txt").write_text(COUNCIL)
    (tmp_path / "seeds" / "empty.txt").write_text("")
    folder = ("--data-dir", tmp_path / "data")

    first, second = (run("index", tmp_path / "seeds", *folder) for _ in range(2))

    assert "1 read, 0 unchanged, 0 removed" in first.stdout
    assert "skipped seeds/empty.txt: empty" in first.stderr
    assert "0 read, 1 unchanged, 0 removed" in second.stdout


def test_index_refuses_a_folder_that_is_not_there(run, tmp_path):
    result = run("index", tmp_path / "gone")

    assert (result.exit_code, result.stderr.strip().endswith("briefing index FOLDER")) == (2, True)


def test_rank_keeps_a_ranking_by_one_of_sumys_methods(run, tmp_path):
    from briefing.index import Index

    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "council.txt").write_text(COUNCIL)
    folders = ("--seeds", tmp_path / "seeds", "--data-dir", tmp_path / "data")
    run("index", *folders)

    result = run("rank", "seeds", "--method", "lexrank", *folders)

    assert result.exit_code == 0
    assert Index.of_seeds(tmp_path / "seeds", tmp_path / "data").ranking("seeds", 0, "lexrank", 3)
    assert run("rank", "seeds", "--method", "magic", *folders).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "ranked"),
    [
        (("harbour",), ("harbour", None)),
        (("--story", "harbour"), ("harbour", None)),
        (("harbour", "2-vote"), ("harbour", "2-vote")),
        (("--story", "harbour", "2-vote"), ("harbour", "2-vote")),
    ],
)
def test_rank_takes_its_story_as_export_does_too(run, tmp_path, monkeypatch, arguments, ranked):
    asked = []
    monkeypatch.setattr("briefing.indexing.ranking.rank_by", lambda _, *what: asked.append(what) or True)

    run("rank", *arguments, "--data-dir", tmp_path)

    assert asked == [(*ranked, "lexrank")]


def test_rank_ranks_everything_that_is_not_ranked_where_it_is_asked_to(run, tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "harbour.txt").write_text(TEXT, encoding="utf-8")
    folders = ["--seeds", tmp_path / "seeds", "--data-dir", tmp_path / "data"]
    run("index", *folders)

    assert run("rank", "--all", *folders).exit_code == 0

    index = Index.of_seeds(tmp_path / "seeds", tmp_path / "data")
    assert index.ranking("seeds", 0, "lsa", 3) is not None
    assert index.ranking("seeds", 1, "kl", 3) is not None


@pytest.mark.parametrize("arguments", [[], ["harbour", "--all"]])
def test_rank_wants_a_story_or_everything(run, tmp_path, arguments):
    assert run("rank", *arguments, "--data-dir", tmp_path).stderr.startswith("Name a story: briefing rank STORY")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["x"], "no story 'x' in the index; there are seeds"),
        (["seeds", "x"], "no article 'x' in the story 'seeds'; there are harbour"),
    ],
)
def test_rank_tells_what_there_is_to_rank(run, tmp_path, arguments, told):
    folders = ["--seeds", tmp_path / "seeds", "--data-dir", tmp_path / "data"]
    assert run("rank", *arguments, *folders).stderr.startswith("nothing is indexed yet")

    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "harbour.txt").write_text(TEXT, encoding="utf-8")
    run("index", *folders)

    assert run("rank", *arguments, *folders).stderr == f"{told}\n"


def test_rank_says_that_it_kept_nothing_where_the_articles_changed_meanwhile(run, tmp_path, monkeypatch):
    monkeypatch.setattr("briefing.indexing.ranking.rank_by", lambda *_: False)

    result = run("rank", "harbour", "--data-dir", tmp_path)

    assert result.exit_code == 2
    assert result.stderr == (
        "The articles of 'harbour' changed while they were ranked, so nothing was kept; rank them again.\n"
    )


def test_export_prints_the_positions(run, tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "council.txt").write_text(COUNCIL)
    folders = ("--seeds", tmp_path / "seeds", "--data-dir", tmp_path / "data")
    run("index", *folders)

    assert "Tom Bell" in run("export", "--format", "dna-csv", *folders).stdout
    assert run("export", "--format", "graphml", *folders).stdout.startswith("<?xml")
    assert run("export", "--format", "odt", *folders).exit_code == 2
    assert run("export", "--story", "x", *folders).stderr == "no story 'x' in the index; there are seeds\n"


def test_export_of_an_index_that_was_never_built_says_what_to_do(run, tmp_path):
    result = run("export", "--seeds", tmp_path, "--data-dir", tmp_path / "data")

    assert result.stderr == f"nothing is indexed yet; read the articles with: briefing index {tmp_path}\n"
    assert result.exit_code == 2
