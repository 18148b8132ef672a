"""What many tests need once: the language model and the attribution model."""

import pytest


@pytest.fixture(scope="session")
def nlp():
    from briefing.language import load

    return load()


@pytest.fixture(scope="session")
def tagger():
    from briefing.attribution import load_tagger

    return load_tagger()
