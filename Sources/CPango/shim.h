#ifdef __linux__
#include <malloc.h>
#endif
#include <pango/pangocairo.h>
#include <cairo-pdf.h>

static inline void dianzhang_unref(void *object) { g_object_unref(object); }

/* What is free in the heaps of all threads goes back to the system. Only glibc keeps a heap for each thread. */
static inline void dianzhang_return_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
