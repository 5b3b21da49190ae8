/*
 * control.h - what our processes say to each other besides JSON-RPC: short
 * JSON objects with descriptors, one a message (plein/passfd.h).
 *
 * supervisor → wiki
 *   {"op":"attach","conn":N,"door":"login","peer":"192.0.2.1"}     + stream
 *   {"op":"attach","conn":N,"door":"screen"|"command"|"api",
 *    "account":H,"key":FP,"peer":…}                                + stream
 *   {"op":"stop","seconds":5}   {"op":"reload"}
 *   {"op":"maintained","task":T,"status":S}    that task ended; S is -1 when
 *                               it could not be started or was killed
 * wiki → supervisor
 *   {"op":"ready"}              it serves; requests are answered from now on
 *   {"op":"answered"}           first successful request since its start
 *   {"op":"bound","conn":N,"account":H,"key":FP,"language":"nl","role":R}
 *                               connection N is H from now on (sent before
 *                               session.open is answered)
 *   {"op":"maintain","task":"pack"|"graph","space":NAME}
 * connection → supervisor
 *   {"op":"stage","stage":1|2}  1: keys exchanged, 2: a key was accepted
 *   {"op":"spawn","kind":"screen"|"command"|"upload"|"refuse",
 *    "line":TEXT,"space":NAME,"term":T,"cols":C,"rows":R,"nocolor":true}
 * supervisor → connection
 *   {"op":"wiki"}               + a (fresh) stream to the wiki process
 *   {"op":"spawned","kind":…}   + pty, or + stdin, stdout, stderr
 *   {"op":"refused","reason":TEXT}
 *   {"op":"exit","status":S}    or {"op":"exit","signal":"TERM"}
 *   {"op":"stop","seconds":5}   end within that time
 * supervisor → client (its descriptor 3)
 *   {"op":"wiki"}               + a (fresh) stream, bound to the account
 *   {"op":"stop","seconds":5}
 *
 * A stream is one end of a SOCK_STREAM pair that speaks JSON-RPC. A client
 * starts with: 0 1 2 its terminal or pipes, 3 control, 4 the folder with the
 * message catalogues (absent when there is none). Its words are
 *   plein screen [LINE]     plein command LINE
 * and its environment is PATH, LC_ALL=C.UTF-8, LANGUAGE (nl, en), TERM, TZ,
 * perhaps NO_COLOR=1. The kind "refuse" is started as a command.
 */
#ifndef PLEIN_CONTROL_H
#define PLEIN_CONTROL_H

#include <jansson.h>

#include "plein/err.h"
#include "plein/passfd.h"

#define CLIENT_CONTROL_FD 3
#define CLIENT_LOCALE_FD 4

#endif
