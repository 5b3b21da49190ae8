/* origin.h - where somebody comes from, as far as it is one place. */
#ifndef PLEIN_WIKI_ORIGIN_H
#define PLEIN_WIKI_ORIGIN_H

#define ORIGIN_MAX 64 /* bytes, with the NUL */

/*
 * The numeric address `peer`; of IPv6 its first 64 bits: the owner of that
 * network has all addresses in it.
 */
void
origin_name(char out[ORIGIN_MAX], const char *peer);

#endif
