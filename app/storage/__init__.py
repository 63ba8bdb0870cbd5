"""The only door to the office's database and dossier files.

sqlite-utils takes its SQLite from a module called `pysqlite3` where there is one. SQLCipher's
driver is put in that place here, before anything of this room imports sqlite-utils, so that both
raise the same exception classes; without a key it is plain SQLite.
"""

import sys

import sqlcipher3
import sqlcipher3.dbapi2

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

# sqlite-utils looks for numpy, to store its number types; nothing of ours holds one, and finding it costs
# every command a tenth of a second. It is hidden while sqlite-utils is read for the first time.
_hidden = "numpy" not in sys.modules
if _hidden:
    sys.modules["numpy"] = None  # type: ignore[assignment]
try:
    import sqlite_utils  # noqa: F401
finally:
    if _hidden:
        del sys.modules["numpy"]
