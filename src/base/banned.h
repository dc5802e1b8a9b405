// Functions that do not compile here: unbounded, locale dependent, or not thread safe.
// Included last by every .c file, after all other headers.
#ifndef WEGWIJS_BASE_BANNED_H
#define WEGWIJS_BASE_BANNED_H

#undef alloca  // glibc makes it a macro, which cannot be poisoned
#undef sprintf // likewise, for a compiler without its own form of fortified calls (clang)
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok atoi atol atof localtime gmtime
#pragma GCC poison ctime asctime system popen tmpnam mktemp alloca

#endif
