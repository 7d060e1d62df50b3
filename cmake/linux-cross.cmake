# Toolchain: another processor's Linux with Debian's cross compilers. QMFORGE_TRIPLE names it: s390x-linux-gnu. Programs are
# static, so that qemu-user runs them without that processor's libraries.
set(QMFORGE_TRIPLE "" CACHE STRING "The target of the cross compiler")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES QMFORGE_TRIPLE)
string(REGEX REPLACE "-.*" "" processor "${QMFORGE_TRIPLE}")

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${processor})
set(CMAKE_C_COMPILER ${QMFORGE_TRIPLE}-gcc)
set(CMAKE_CXX_COMPILER ${QMFORGE_TRIPLE}-g++)
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)
if(NOT processor STREQUAL "i686")  # this machine's own processor runs 32-bit programs
  set(CMAKE_CROSSCOMPILING_EMULATOR qemu-${processor})
endif()

# The program's dependencies are header-only and found by the packages in header-packages/, never by the host's own.
set(CMAKE_FIND_ROOT_PATH /usr/${QMFORGE_TRIPLE} ${CMAKE_CURRENT_LIST_DIR}/header-packages)
set(CMAKE_PREFIX_PATH ${CMAKE_CURRENT_LIST_DIR}/header-packages)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
