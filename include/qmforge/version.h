// The version of these headers; docs/release.md says what may change from one to the next. CMake reads it from here.
#pragma once

#define QMFORGE_VERSION_MAJOR 0
#define QMFORGE_VERSION_MINOR 1
#define QMFORGE_VERSION_PATCH 0
