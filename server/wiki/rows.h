/* rows.h - the method table itself; read it through wiki/method.h. */
#ifndef PLEIN_WIKI_ROWS_H
#define PLEIN_WIKI_ROWS_H

#include <stddef.h>

#include "wiki/method.h"

#define TITLE_MAX 200 /* bytes of a title given when a page is made */
#define REQUEST_MAX 64 /* hexadecimal digits */

extern const struct method method_rows[];
extern const size_t n_method_rows;

#endif
