"""A seeds folder becomes an index: what is new is read, what is gone goes, and nothing else is touched."""

import subprocess
import sys
import threading

import pytest

from tests.newsroom import COUNCIL, VOTE, Newsroom, harbour


@pytest.fixture
def room(tmp_path):
    return harbour(tmp_path)


def names(room):
    return [(report.story, report.name) for report in room.index().reports()]


def test_a_folder_is_a_story_and_loose_files_are_one_named_after_the_seeds_folder(tmp_path):
    room = Newsroom(tmp_path)
    room.write("harbour/council.txt", COUNCIL)
    room.write("loose.txt", VOTE)

    room.refresh()

    assert names(room) == [("harbour", "council"), ("seeds", "loose")]


def test_only_text_files_are_articles(tmp_path):
    room = Newsroom(tmp_path)
    for name in ("README.md", "harbour/notes.md", "harbour/.hidden.txt", ".git/x.txt", "harbour/deep/x.txt"):
        room.write(name, COUNCIL)

    room.refresh()

    assert names(room) == []


def test_a_seeds_folder_that_is_missing_is_an_empty_index(tmp_path):
    assert Newsroom(tmp_path).refresh().analysed == 0


def test_a_second_run_reads_nothing_and_loads_no_model(room):
    room.models.loads = 0

    outcome = room.refresh()

    assert (outcome.analysed, outcome.unchanged, room.models.loads) == (0, 2, 0)


def test_a_second_run_imports_no_language_code(room):
    code = (
        "import sys; from pathlib import Path; from briefing.indexing import refresh;"
        f"refresh(Path({str(room.seeds)!r}), Path({str(room.path)!r}));"
        "print([m for m in sys.modules if m.split('.')[0] in ('spacy', 'numpy', 'sumy', 'onnxruntime')])"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


def test_a_changed_file_is_read_alone(room):
    room.models.read.clear()
    room.write("harbour/2-vote.txt", VOTE.replace("wrong", "right"))

    room.refresh()

    assert room.models.read == ["2-vote"]
    assert "right" in room.index().article(room.index().reports()[1].id).text


def test_a_removed_file_disappears_with_all_that_was_found_in_it(room):
    (room.seeds / "harbour/2-vote.txt").unlink()

    outcome = room.refresh()

    index = room.index()
    assert outcome.removed == 1
    assert names(room) == [("harbour", "1-council")]
    assert [index.profiles("Ana Ruiz")[0].statements, len(index.stands_in("harbour"))] == [1, 2]


def test_a_story_goes_with_its_last_article(room):
    for path in (room.seeds / "harbour").iterdir():
        path.unlink()

    room.refresh()

    assert room.index().stories() == []
    assert room.index().people().choices == []


def test_a_file_that_cannot_be_read_is_skipped_with_the_reason(room):
    room.write("harbour/0-noise.txt", b"\x00\x01\x02\xff" * 100)
    room.write("harbour/3-empty.txt", b"")

    outcome = room.refresh()

    assert [problem.name for problem in room.index().problems()] == ["0-noise.txt", "3-empty.txt"]
    assert all(problem.reason for problem in room.index().problems())
    assert outcome.unchanged == 2


def test_a_file_that_is_too_large_is_refused_for_what_it_is(room):
    room.write("harbour/3-large.txt", b"The council met. " * 400_000)

    room.refresh()

    assert room.index().problems()[0].reason == "over 2 MB: split the file, or keep the article alone"


def test_a_file_that_became_unreadable_is_taken_out_and_comes_back_when_mended(room):
    room.write("harbour/2-vote.txt", b"")
    room.refresh()
    assert names(room) == [("harbour", "1-council")]

    room.write("harbour/2-vote.txt", VOTE)
    room.refresh()

    assert names(room) == [("harbour", "1-council"), ("harbour", "2-vote")]
    assert room.index().problems() == []


def test_an_article_that_the_models_fail_on_costs_that_article(room):
    room.write("harbour/0-crash.txt", COUNCIL + "\nCRASH\n")
    room.write("harbour/4-fine.txt", COUNCIL.replace("04", "05"))

    room.refresh()

    assert names(room) == [("harbour", "1-council"), ("harbour", "4-fine"), ("harbour", "2-vote")]
    assert "the model fell over" in room.index().problems()[0].reason


def test_another_analysis_reads_everything_anew(room, monkeypatch):
    monkeypatch.setattr("briefing.indexing.run.analysis_version", lambda model: f"another with {model}")

    assert room.refresh().analysed == 2


def test_another_merging_redoes_the_stories_without_reading_them_again(room, monkeypatch):
    room.models.read.clear()
    before = room.index().generation()
    monkeypatch.setattr("briefing.indexing.run.merging_version", lambda: "another")

    assert room.refresh().analysed == 0
    assert room.index().generation() > before
    assert room.models.read == []


def test_changed_aliases_redo_their_story_alone(room):
    room.write("other/x.txt", COUNCIL)
    room.refresh()
    room.models.read.clear()
    room.write("harbour/aliases.toml", '[same]\n"Ana Ruiz" = ["the mayor"]\n')

    room.refresh()

    assert room.models.read == ["1-council", "2-vote"]


def test_a_bad_aliases_file_is_refused_with_its_line_and_the_articles_are_read(room):
    room.write("harbour/aliases.toml", '[same]\n"Ana Ruiz" = 3\n')

    outcome = room.refresh()

    [problem] = room.index().problems()
    assert problem.name == "aliases.toml"
    assert "line 2" in problem.reason
    assert outcome.analysed == 2


def test_a_model_that_is_not_there_stops_the_run_and_keeps_what_was_read(room):
    room.write("harbour/3-new.txt", COUNCIL)

    def load():
        raise OSError("no such model")

    with pytest.raises(OSError, match="no such model"):
        room.refresh(load=load)
    assert len(names(room)) == 2
    assert not room.index().progress().running


def test_a_killed_run_goes_on_where_it_stopped(tmp_path):
    room = Newsroom(tmp_path)
    for number in range(6):
        room.write(f"harbour/{number}.txt", COUNCIL.replace("boats", f"boats {number}"))

    def killed(step):
        if step.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.refresh(on_step=killed)
    before = len(room.models.read)

    outcome = room.refresh()

    assert (outcome.analysed, outcome.unchanged) == (2, 4)
    assert len(room.models.read) - before == 2
    assert room.index().profiles("Tom Bell")[0].reports == 6


def test_two_indexers_at_once_read_every_article_once(tmp_path):
    room = Newsroom(tmp_path)
    for number in range(5):
        room.write(f"harbour/{number}.txt", COUNCIL.replace("boats", f"boats {number}"))

    both = [threading.Thread(target=room.refresh) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert sorted(room.models.read) == ["0", "1", "2", "3", "4"]
    assert len(names(room)) == 5


def test_a_reader_sees_how_far_the_run_is_and_what_is_done(tmp_path):
    room = Newsroom(tmp_path)
    for number in range(4):
        room.write(f"harbour/{number}.txt", COUNCIL)
    seen = []

    def look(step):
        index = room.index()
        progress, people = index.progress(), index.people().choices
        seen.append((progress.done, progress.total, progress.running, len(index.reports()), len(people)))
        index.close()

    room.refresh(on_step=look)

    assert seen == [(0, 4, True, 0, 0), (1, 4, True, 1, 2), (2, 4, True, 2, 2), (3, 4, True, 3, 2), (4, 4, True, 4, 2)]
    assert not room.index().progress().running


def test_an_index_that_was_never_built_says_so(tmp_path):
    assert not Newsroom(tmp_path).index().progress().started


def test_words_repeated_by_a_second_article_are_one_statement(tmp_path):
    room = Newsroom(tmp_path)
    room.write("harbour/1.txt", "“We will not move the boats,” said Tom Bell.")
    room.write("harbour/2.txt", "“Never. We will not move the boats,” said Tom Bell again.")

    room.refresh()

    index = room.index()
    [(id, _, _)] = index.said_by([index.profiles("Tom Bell")[0].id], ["speech"])
    said = index.said(id)
    assert index.report(said.report).name == "2"
    assert [index.report(other).name for other in said.also] == ["1"]


def test_offsets_of_a_changed_article_never_point_into_its_new_text(room):
    index = room.index()
    shown = []

    def look(step):
        for report in index.reports():
            for said in index.said_in([report.id], ["speech", "thought"]):
                shown.extend(index.article(report.id).passage(*span) for span in said.content)

    room.write("harbour/2-vote.txt", "Short.")
    room.refresh(on_step=look)

    assert shown


def test_changed_issue_rules_redo_the_story_without_reading_it_again(room):
    room.models.read.clear()
    room.write("harbour/issues.toml", '[name]\nplan = "the harbour plan"\n')

    room.refresh()

    assert room.models.read == []
    assert [issue.name for issue in room.index().issues("harbour")] == ["the harbour plan", "levy"]


def test_a_bad_issues_file_is_told_of_at_every_run(room):
    room.write("harbour/issues.toml", "nonsense = 1\n")

    for _ in range(2):
        room.refresh()
        assert ["line 1" in problem.reason for problem in room.index().problems()] == [True]


def test_names_set_by_hand_that_no_article_has_are_told_with_their_lines(room):
    aliases = '[same]\n"Mayor Ruiz" = ["Ana Ruiz", "Anna Ruis"]\n[apart]\n"Tom Bell" = ["Bell"]\n'
    room.write("harbour/aliases.toml", aliases)
    room.write("harbour/issues.toml", 'hide = ["harbor"]\n[merge]\nlevy = ["the plan"]\n[name]\nleavy = "the levy"\n')

    room.refresh()

    told = [(problem.name, problem.reason, problem.skipped) for problem in room.index().problems()]
    assert told == [
        ("aliases.toml", "no article has 'Anna Ruis' (line 2)", False),
        ("issues.toml", "no article has 'harbor' (line 1), 'leavy' (line 5)", False),
    ]


def test_a_name_set_by_hand_is_told_of_until_it_is_corrected(room):
    room.write("harbour/aliases.toml", '[same]\n"Mayor Ruiz" = ["Anna Ruis"]\n')
    room.refresh()
    room.write("harbour/aliases.toml", '[same]\n"Mayor Ruiz" = ["Ana Ruiz"]\n')
    room.refresh()

    assert room.index().problems() == []
