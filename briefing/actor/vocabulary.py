"""Words that several modules know: of bodies, of titles, around names."""

from __future__ import annotations

BODY_WORDS = set(
    """agency administration army association authority bank board bureau campaign center centre chamber church
city club coalition college commission committee company congress corp corporation council county court department
division federation firm force forces foundation fund government group hospital house inc institute institution
journal league ltd magazine ministry museum nations network news observatory office organisation organization
partnership party police post press parliament republic school senate service services society street studios team
television times tribunal trust union university airlines airways airport bridge hall hotel park river road square
stadium theatre tower valley island islands lake beach bay mountain street avenue act bill plan show gazette herald
telegraph mirror tribune plc llc llp gmbh united rovers wanderers albion athletic fc afc holdings energy motors
pharmaceuticals systems technologies industries laboratories homes buses capital partners bros sons lane meadow close
cup league championship championships prix festival awards vacations resorts hotels foods brands stores restaurants
pictures entertainment productions studios solutions software networks communications media logistics insurance
financial securities realty properties estates engineering electric electronics chemicals
masters olympics derby marathon markets oil gas petroleum minerals
drive terrace gardens way station harbour bay creek avenue crescent county town village hill hills""".split()
)
NETWORKS = {"twitter", "facebook", "instagram", "youtube"}  # places where one speaks, but bodies where they do
PARTISANS = {"republican", "democrat", "conservative", "socialist", "tory", "independent"}
PERSONAL = ("PERSON", "RUN")  # labels of what is a person's name, or may be one
PLURAL_TITLES = {"sens", "sens.", "reps", "reps.", "govs", "govs.", "drs", "drs.", "messrs", "messrs."}
POSSESSIVE = {"'s", "’s", "'", "’"}
POSTNOMINALS = {"KC", "QC", "MP", "MSP", "MEP", "TD", "OBE", "MBE", "CBE", "KBE", "DBE", "MD", "PhD", "Ph.D", "RN"}
SPEAKING = {"spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "solicitor"}  # for others
