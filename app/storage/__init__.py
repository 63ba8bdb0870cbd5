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
