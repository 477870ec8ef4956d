"""Asks a fake Tableau server with the clients that others use, and compares what
they make of the answers with the snapshots that the server shows.
"""

import warnings

import with_api_lib
import with_tsc

warnings.simplefilter("ignore")
for module in (with_tsc, with_api_lib):
    for name, check in list(vars(module).items()):
        if name.startswith("check_"):
            print(module.__name__, name, flush=True)
            check()
