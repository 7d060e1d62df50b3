# Options for builds of this project. A project that only links the library does not need them.
include(GNUInstallDirs)

option(QMFORGE_TOOLS "Build the program qmforge (needs CLI11, nlohmann/json and fmt)" ${PROJECT_IS_TOP_LEVEL})
option(QMFORGE_EXAMPLES "Build the sample programs" ${PROJECT_IS_TOP_LEVEL})
option(QMFORGE_TESTS "Build the tests (needs GoogleTest and RapidCheck)" ${PROJECT_IS_TOP_LEVEL})
option(QMFORGE_BENCH "Build the benchmarks, with the peers that are installed" OFF)
option(QMFORGE_FUZZ "Build the fuzz targets, and with QMFORGE_TESTS test them" OFF)
option(QMFORGE_INSTALL "Make rules of what `cmake --install` installs" ${PROJECT_IS_TOP_LEVEL})
option(BUILD_SHARED_LIBS "Build shared libraries, which export what the public headers declare" OFF)
option(QMFORGE_WERROR "Treat warnings as errors" ${PROJECT_IS_TOP_LEVEL})
option(QMFORGE_RELEASE_TESTS_ONLY "Of the tests, build those alone that ask for an optimised build" OFF)
option(QMFORGE_UNIT_TESTS_ONLY "Of the tests, build those alone that test a directory by itself" OFF)
option(QMFORGE_PLATFORM_TESTS_ONLY "Of the tests, build those alone that another platform could fail; needs GoogleTest's source" OFF)
option(QMFORGE_MUTANTS "Build what ./dev mutants needs, and with the tests try a sample of it (needs python3-clang-19)" OFF)
option(QMFORGE_CHECKS "Add the checks of the sources to the tests: clang-format, clang-tidy, includes" OFF)
set(QMFORGE_PRECOMPILED "" CACHE STRING "Directories whose common headers are precompiled: sim, wfp, tests")
set(QMFORGE_EXTRA_WARNINGS "" CACHE STRING "Warning options for our own targets, besides the usual ones")
set(QMFORGE_TEST_OPTIONS "" CACHE STRING "Compile options of tests, program and fake alone, not of the other libraries")
set(QMFORGE_TEST_PREFIX "" CACHE STRING "What the names of all tests begin with, to tell builds apart in one run")
set(QMFORGE_SANITIZERS "" CACHE STRING "Sanitizers for everything that is built, as -fsanitize= takes them")

include(${CMAKE_CURRENT_LIST_DIR}/shared-library.cmake)
if(BUILD_SHARED_LIBS AND PROJECT_IS_TOP_LEVEL)
  # Programs and libraries find the libraries that they need in any prefix.
  set(CMAKE_INSTALL_RPATH $ORIGIN $ORIGIN/../${CMAKE_INSTALL_LIBDIR})
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# With CMAKE_UNITY_BUILD all sources of a target are compiled at once, which saves two thirds of the time, because most of it is
# spent on headers. If two files of a target use a name for different things, that is an error. The preset gcc, and clang-tidy
# on changed files, detect missing includes.
if(CMAKE_UNITY_BUILD)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 0)
  list(APPEND QMFORGE_EXTRA_WARNINGS -Wno-shadow)
endif()

# Headers that most files of a directory include are precompiled if that saves time. For each directory, some preset does not,
# and so detects missing includes. Not with a compiler cache, which cannot cache files that use precompiled headers.
if(CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()

# Sanitizers must see every translation unit, so the flags are global. A finding ends the program, so that the test fails.
if(QMFORGE_SANITIZERS)
  add_compile_options(-fsanitize=${QMFORGE_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${QMFORGE_SANITIZERS})
endif()

# Our own targets link this privately, so it does not affect users' targets.
add_library(qmforge_warnings INTERFACE)
target_compile_options(qmforge_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  # g++ 12 wrongly reports overlapping copies in std::string (GCC bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  ${QMFORGE_EXTRA_WARNINGS} $<$<BOOL:${QMFORGE_WERROR}>:-Werror>)
