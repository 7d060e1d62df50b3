# What the toolchains of 32- and 64-bit Windows share (threads of the win32 kind: no std::thread, no std::mutex). The toolchain
# sets CMAKE_SYSTEM_PROCESSOR.
set(CMAKE_SYSTEM_NAME Windows)
set(triple ${CMAKE_SYSTEM_PROCESSOR}-w64-mingw32)
set(CMAKE_C_COMPILER ${triple}-gcc-win32)
set(CMAKE_CXX_COMPILER ${triple}-g++-win32)
set(CMAKE_RC_COMPILER ${triple}-windres)

# The tools' dependencies are header-only and found by the packages in header-packages/, never by the host's own.
set(CMAKE_FIND_ROOT_PATH /usr/${triple} ${CMAKE_CURRENT_LIST_DIR}/header-packages)
set(CMAKE_PREFIX_PATH ${CMAKE_CURRENT_LIST_DIR}/header-packages)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# Programs run where no mingw DLL lies beside them. GCC 12 in C++23 mode defines std::type_info::operator== inline while its
# static library still has it out of line: the same function twice, which the linker must accept.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -Wl,--allow-multiple-definition")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-static -Wl,--allow-multiple-definition")
