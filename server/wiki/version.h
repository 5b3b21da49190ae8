/* version.h - of the protocol; the program's is PLEIN_VERSION. */
#ifndef PLEIN_WIKI_VERSION_H
#define PLEIN_WIKI_VERSION_H

#define PROTOCOL_VERSION 1

#endif
