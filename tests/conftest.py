"""What many tests need once: the language model and the attribution model; and hypothesis without a stop-watch."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # machines differ
settings.load_profile("calm")


@pytest.fixture(scope="session")
def nlp():
    from briefing.language import load

    return load()


@pytest.fixture(scope="session")
def tagger():
    from briefing.attribution import load_tagger

    return load_tagger()
