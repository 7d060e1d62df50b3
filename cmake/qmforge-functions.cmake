# Functions for projects that use the kits.
#
# qmforge_add_fuzzer(NAME SOURCES file… FORMAT format [LIBRARIES target…] [SEEDS folder…] [RUNS n])
#
# A fuzz target whose source uses a macro of qmforge/fuzz/targets.h. Makes
#     NAME_replay      runs files and folders, with any compiler
#     NAME_seeds       a target that writes the seeds to NAME-seeds/ beside the program
#     NAME             with Clang: libFuzzer, address and undefined sanitizers. Elsewhere, or with LIB_FUZZING_ENGINE set in
#                      the environment or the cache: that engine, with the flags that the project is built with
# and the tests NAME.replay (the seeds, and SEEDS: folders of regression inputs) and NAME.short (RUNS executions from a
# fixed seed; default: 20000). FORMAT chooses the dictionary: ndr20, ndr20Body, ndr64, native64, native32, or forged, which
# has none.
#
# qmforge_add_benchmark(NAME SOURCES file… BASELINE file [LIBRARIES target…] [LIMIT percent])
#
# A program whose source uses QMFORGE_BENCHMARK_MAIN (qmforge/bench/run.h). Makes the test NAME.gate: the decoder's
# instructions a message, counted by callgrind, against BASELINE; it fails where one grows by more than LIMIT percent
# (default: 2). `cmake --build . --target NAME_accept` writes BASELINE. Without valgrind or Python there is no gate.

# Sets `library` to a copy of it that is compiled with the flags, where it is a library with sources in this project.
function(_qmforge_instrumented library flags)
  set(library ${library} PARENT_SCOPE)
  if(NOT TARGET ${library} OR NOT flags)
    return()
  endif()
  get_target_property(imported ${library} IMPORTED)
  get_target_property(sources ${library} SOURCES)
  if(imported OR NOT sources)
    return()
  endif()
  get_target_property(library ${library} NAME)  # for an alias: its target
  set(copy ${library}_instrumented)
  set(library ${copy} PARENT_SCOPE)
  if(TARGET ${copy})
    return()
  endif()
  get_target_property(folder ${library} SOURCE_DIR)
  set(paths "")
  foreach(source IN LISTS sources)
    get_filename_component(path ${source} ABSOLUTE BASE_DIR ${folder})
    list(APPEND paths ${path})
  endforeach()
  add_library(${copy} STATIC ${paths})
  foreach(kind COMPILE_DEFINITIONS COMPILE_FEATURES COMPILE_OPTIONS INCLUDE_DIRECTORIES LINK_LIBRARIES)
    foreach(property ${kind} INTERFACE_${kind})
      get_target_property(value ${library} ${property})
      if(value)
        set_target_properties(${copy} PROPERTIES ${property} "${value}")
      endif()
    endforeach()
  endforeach()
  target_compile_options(${copy} PRIVATE ${flags})
endfunction()

function(qmforge_add_fuzzer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FORMAT;RUNS" "SOURCES;LIBRARIES;SEEDS")
  set(formats ndr20 ndr20Body ndr64 native64 native32 forged)
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES OR NOT arg_FORMAT IN_LIST formats)
    message(FATAL_ERROR "qmforge_add_fuzzer(${name}): expected SOURCES and FORMAT, one of ${formats}; "
                        "got FORMAT '${arg_FORMAT}' ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT TARGET qmforge::fuzz)
    message(FATAL_ERROR "qmforge_add_fuzzer(${name}): find_package(qmforge COMPONENTS fuzz) comes first")
  endif()
  if(NOT arg_RUNS)
    set(arg_RUNS 20000)
  endif()

  add_executable(${name}_replay ${arg_SOURCES})
  target_link_libraries(${name}_replay PRIVATE ${arg_LIBRARIES} qmforge::fuzz_replay)
  set(seeds ${CMAKE_CURRENT_BINARY_DIR}/${name}-seeds)
  add_custom_command(OUTPUT ${seeds}/seed-1 COMMAND ${name}_replay --write-seeds ${seeds} VERBATIM)
  add_custom_target(${name}_seeds ALL DEPENDS ${seeds}/seed-1)
  add_test(NAME ${name}.replay COMMAND ${name}_replay ${seeds} ${arg_SEEDS})

  set(engine $ENV{LIB_FUZZING_ENGINE} ${LIB_FUZZING_ENGINE})
  set(flags "")
  if(NOT engine AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    set(engine -fsanitize=fuzzer)
    set(flags -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  endif()
  if(NOT engine)
    return()
  endif()
  # The code under test is what guides the engine. A library of this project is compiled once more for that, so that its
  # other users keep their flags.
  set(libraries "")
  foreach(library IN LISTS arg_LIBRARIES)
    _qmforge_instrumented(${library} "${flags}")
    list(APPEND libraries ${library})
  endforeach()
  add_executable(${name} ${arg_SOURCES})
  target_compile_options(${name} PRIVATE ${flags})
  target_link_options(${name} PRIVATE ${flags})
  target_link_libraries(${name} PRIVATE ${libraries} qmforge::fuzz ${engine})
  if(NOT engine STREQUAL "-fsanitize=fuzzer")
    return()
  endif()
  set(dictionary "")
  if(NOT arg_FORMAT STREQUAL "forged")
    set(dictionary -dict=${QMFORGE_DATA_FOLDER}/message.dict)
  endif()
  add_test(NAME ${name}.short COMMAND ${name} -seed=1 -runs=${arg_RUNS} -max_len=4096 -timeout=20 ${dictionary}
           -artifact_prefix=${CMAKE_CURRENT_BINARY_DIR}/${name}- ${seeds} ${arg_SEEDS})
endfunction()

function(qmforge_add_benchmark name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "BASELINE;LIMIT" "SOURCES;LIBRARIES")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES OR NOT arg_BASELINE)
    message(FATAL_ERROR "qmforge_add_benchmark(${name}): expected SOURCES and BASELINE; got ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT TARGET qmforge::bench)
    message(FATAL_ERROR "qmforge_add_benchmark(${name}): find_package(qmforge COMPONENTS bench) comes first")
  endif()
  if(NOT arg_LIMIT)
    set(arg_LIMIT 2)
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} qmforge::bench)

  find_program(QMFORGE_VALGRIND valgrind)
  find_package(Python3 COMPONENTS Interpreter QUIET)
  if(NOT QMFORGE_VALGRIND OR NOT Python3_FOUND)
    message(STATUS "qmforge_add_benchmark(${name}): no gate, which needs valgrind and Python 3")
    return()
  endif()
  get_filename_component(baseline ${arg_BASELINE} ABSOLUTE)
  set(gate ${Python3_EXECUTABLE} ${QMFORGE_BIN_FOLDER}/qmforge-gate)
  set(compiler "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_BUILD_TYPE}")
  set(options --baseline ${baseline} --compiler ${compiler} --limit ${arg_LIMIT})
  add_test(NAME ${name}.gate COMMAND ${gate} check ${options} -- $<TARGET_FILE:${name}> --count)
  set_tests_properties(${name}.gate PROPERTIES SKIP_RETURN_CODE 77)
  add_custom_target(${name}_accept COMMAND ${gate} accept ${options} -- $<TARGET_FILE:${name}> --count
                    USES_TERMINAL VERBATIM)
endfunction()
