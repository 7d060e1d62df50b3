// Addresses as text: Linux' own functions.
#pragma once

#ifdef _WIN32
#include_next <ws2tcpip.h>
#else
#include "winsock2.h"

#define InetNtopA inet_ntop
#define InetPtonA inet_pton
#endif
