/*
 * applying.h - what is filled in to apply for a profile, as far as the form
 * and the dialogue share it.
 */
#ifndef PLEIN_APPLYING_H
#define PLEIN_APPLYING_H

#include <jansson.h>

/* The parameter of register.submit that an error with these arguments (may
 * be NULL) is about, or NULL. */
const char *
applying_about(const json_t *args);

#endif
