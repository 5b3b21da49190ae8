/*
 * api.h - the command `api`: lines of JSON-RPC from a person's program to
 * the wiki process and back, as they are. The wiki process may die: what was
 * asked and not answered is asked again, under the same id.
 */
#ifndef PLEIN_API_H
#define PLEIN_API_H

/*
 * Until `in` ends and everything was answered (0), or the wiki was away for
 * `wait_ms` (7: what was asked and not answered must be asked again later).
 * All three are swallowed.
 */
int
api_run(int control, int in, int out, int wait_ms);

#endif
