/*
 * output.h - the answers of commands: one record a line, fields separated by
 * one tab, or one JSON object a line.
 */
#ifndef PLEIN_OUTPUT_H
#define PLEIN_OUTPUT_H

#include <jansson.h>

#include "plein/buf.h"

/* A field: filtered, with tab, newline and backslash as \t \n \\. A tab
 * comes before it unless it begins the line. NULL is an empty field. */
void
output_field(struct buf *out, const char *s);

void
output_number(struct buf *out, json_int_t n);

/* Seconds since 1970, as ISO 8601 in the time zone of the wiki. */
void
output_time(struct buf *out, json_int_t t);

/* A text as it is, but through the filter when stdout is a terminal. */
void
output_text(struct buf *out, const char *s, size_t len);

void
output_end(struct buf *out);

/* The object and a newline; swallows it. */
void
output_json(struct buf *out, json_t *object_take);

/* clock_iso() as a JSON string. */
json_t *
output_json_time(json_int_t t);

#endif
