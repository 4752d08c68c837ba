#include <sqlite3.h>

// sqlite3_config takes any number of arguments, which Swift cannot call. To be called before SQLite is used at all.
static inline int sqlite3_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
