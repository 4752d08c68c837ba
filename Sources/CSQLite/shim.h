#include <sqlite3.h>

// sqlite3_config takes any number of arguments, which Swift cannot call. To be called before SQLite is used at all.
static inline int sqlite3_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

// Likewise. Plans are then made without looking at what is bound: a statement with a bound pattern in a LIKE would otherwise be prepared
// anew each time that it is run.
static inline int sqlite3_keep_plans(sqlite3 *database) { return sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_QPSG, 1, 0); }
