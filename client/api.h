/*
 * api.h - the command `api`: lines of JSON-RPC from a person's program to
 * the wiki process and back, byte for byte.
 */
#ifndef PLEIN_API_H
#define PLEIN_API_H

/*
 * Until `in` ends and everything was answered (0), or the wiki went away
 * (7: what was asked and not answered must be asked again). `control` is
 * swallowed.
 */
int
api_run(int control, int in, int out);

#endif
