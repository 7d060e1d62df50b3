// The version of these headers, which CMake reads from here; docs/release.md says what may change between versions.
#pragma once

#define QMFORGE_VERSION_MAJOR 0
#define QMFORGE_VERSION_MINOR 1
#define QMFORGE_VERSION_PATCH 0
