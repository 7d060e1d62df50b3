// Addresses and byte order: Linux' own functions.
#pragma once

#ifdef _WIN32
#include_next <winsock2.h>
#else
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "windows.h"

typedef struct WSAData {
  WORD wVersion;
  WORD wHighVersion;
} WSADATA, *LPWSADATA;

static inline int WSAStartup(WORD version, WSADATA* data) {
  data->wVersion = data->wHighVersion = version;
  return 0;
}
static inline int WSACleanup(void) { return 0; }
#define MAKEWORD(low, high) ((WORD)((BYTE)(low) | (WORD)(BYTE)(high) << 8))
typedef struct in_addr IN_ADDR;
typedef struct in6_addr IN6_ADDR;
typedef struct sockaddr SOCKADDR;
typedef struct sockaddr_in SOCKADDR_IN;
typedef struct sockaddr_in6 SOCKADDR_IN6;
typedef struct sockaddr_storage SOCKADDR_STORAGE;
#endif
