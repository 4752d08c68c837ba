#include <pango/pangocairo.h>
#include <cairo-pdf.h>

static inline void dianzhang_unref(void *object) { g_object_unref(object); }
