# Checks of the sources, as tests: format, includes, words, clang-tidy. One preset runs them, which sets QMFORGE_CHECKS;
# clang-tidy takes the compile commands from its build.
if(NOT QMFORGE_CHECKS)
  return()
endif()

foreach(check format rooms file-names laws readme wfp-table words)
  add_test(NAME check.${check} COMMAND ${PROJECT_SOURCE_DIR}/scripts/checks/${check}.sh)
endforeach()
add_test(NAME check.affected-tests COMMAND ${PROJECT_SOURCE_DIR}/tests/scripts/affected_tests_test.py)

# clang-tidy takes up to half a minute a file, 600 s of processor time in all. `./dev test` looks at what the last commit and
# the working tree changed; `./dev test --all`, which runs every night, at every file. One test a file: that spreads over the
# processors, and names the file.
cmake_host_system_information(RESULT processors QUERY NUMBER_OF_LOGICAL_CORES)
add_test(NAME tidy.configure WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} COMMAND ${CMAKE_COMMAND} --preset tidy)
set_tests_properties(tidy.configure PROPERTIES LABELS long FIXTURES_SETUP tidy)
add_test(NAME tidy.changed COMMAND ${PROJECT_SOURCE_DIR}/scripts/tidy.sh --changed)
set_tests_properties(tidy.changed PROPERTIES PROCESSORS ${processors} COST 100 TIMEOUT 900 SKIP_RETURN_CODE 77)
file(GLOB_RECURSE sources RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/*.cpp ${PROJECT_SOURCE_DIR}/sim/*.cpp ${PROJECT_SOURCE_DIR}/kits/*.cpp
  ${PROJECT_SOURCE_DIR}/tools/*.cpp)
foreach(source IN LISTS sources)
  add_test(NAME tidy.${source} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMAND clang-tidy-19 --quiet --warnings-as-errors=* -p build/tidy ${source})
  set_tests_properties(tidy.${source} PROPERTIES LABELS long FIXTURES_REQUIRED tidy)
endforeach()

# What makes builds and pages of its own.
add_test(NAME package COMMAND ${PROJECT_SOURCE_DIR}/dev package --check)
add_test(NAME docs COMMAND ${PROJECT_SOURCE_DIR}/dev docs)
set_tests_properties(package docs PROPERTIES LABELS long TIMEOUT 1800 RUN_SERIAL ON)
