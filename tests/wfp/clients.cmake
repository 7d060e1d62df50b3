# Programs like those that read net events on real systems, written for Windows alone and compiled unchanged: on Linux
# with include/qmforge/windows, for Windows with the declarations that mingw-w64 lacks. Each is run with qmforge wfp.
enable_language(C)
set(clients ${CMAKE_CURRENT_LIST_DIR}/clients)

foreach(source late_binding.c dynamic_session.cpp pages.cpp plain.c foreign_imports.c wide.c fragile.c)
  get_filename_component(client ${source} NAME_WE)
  add_executable(wfp_client_${client} ${clients}/${source})
  target_include_directories(wfp_client_${client} PRIVATE ${PROJECT_SOURCE_DIR}/include/qmforge/windows)
  target_compile_options(wfp_client_${client} PRIVATE -Wall -Wextra -Werror)
  if(WIN32)
    target_compile_definitions(wfp_client_${client} PRIVATE _WIN32_WINNT=0x0A00)
    if(NOT client STREQUAL late_binding)
      target_link_libraries(wfp_client_${client} PRIVATE fwpuclnt)  # mingw-w64's import library
    endif()
  elseif(client STREQUAL late_binding)
    target_link_libraries(wfp_client_${client} PRIVATE ${CMAKE_DL_LIBS})
  else()
    target_link_libraries(wfp_client_${client} PRIVATE $<TARGET_FILE:qmforge_fwpuclnt> ${CMAKE_DL_LIBS})
    add_dependencies(wfp_client_${client} qmforge_fwpuclnt)
  endif()
endforeach()

# Without mingw-w64's own printf, which takes %s for narrow text.
target_compile_definitions(wfp_client_wide PRIVATE UNICODE __USE_MINGW_ANSI_STDIO=0)
if(WIN32)
  # The other way to have what mingw-w64 lacks: nothing on the path, and one header before all.
  add_library(wfp_client_included OBJECT ${clients}/plain.c)
  target_include_directories(wfp_client_included PRIVATE ${PROJECT_SOURCE_DIR}/include)
  target_compile_options(wfp_client_included PRIVATE -Wall -Wextra -Werror -include qmforge/wfp/fwpmu.h)
else()
  target_compile_options(wfp_client_wide PRIVATE -fshort-wchar)  # L"text" is what WCHAR takes
endif()

# Which version a name without one stands for, by the target system.
add_test(NAME ${QMFORGE_TEST_PREFIX}wfp_version_names
         COMMAND ${CMAKE_CURRENT_LIST_DIR}/version_names.sh ${CMAKE_CXX_COMPILER})

# qmforge_client_test(NAME COMMAND-LINE…): runs a client on the fake. It prints what NAME.expected holds, report included.
function(qmforge_client_test name client)
  set(test ${QMFORGE_TEST_PREFIX}wfp_client_${name})
  add_test(NAME ${test} COMMAND ${CMAKE_COMMAND}
    -DRUNNER=${PROJECT_SOURCE_DIR}/wfp/runner/qmforge-wfp -DFAKE=$<TARGET_FILE:qmforge_fwpuclnt>
    -DCLIENT=$<TARGET_FILE:wfp_client_${client}> "-DARGUMENTS=${ARGN}" -DSCENARIO=${clients}/clients.scenario
    -DEXPECTED=${clients}/${name}.expected -P ${clients}/run_client.cmake)
  qmforge_runner_properties(${test})
endfunction()

# Tests of Windows programs share a Wine prefix, below build/.
function(qmforge_runner_properties)
  set_tests_properties(${ARGN} PROPERTIES ENVIRONMENT "XDG_CACHE_HOME=${PROJECT_SOURCE_DIR}/build/cache" TIMEOUT 600)
  if(WIN32)
    # They share a prefix. Making it, and the first start, take some ten seconds.
    set_tests_properties(${ARGN} PROPERTIES LABELS "wine;long" SKIP_REGULAR_EXPRESSION "SKIP: "
                         RESOURCE_LOCK ${PROJECT_SOURCE_DIR}/build/cache)
  endif()
endfunction()

qmforge_client_test(late_binding late_binding)
qmforge_client_test(late_binding_0 late_binding 0)
foreach(client dynamic_session pages plain foreign_imports wide)
  qmforge_client_test(${client} ${client})
endforeach()

# A .NET program, without the command: docs/wfp.md, "Mono".
if(NOT WIN32 AND CMAKE_SIZEOF_VOID_P EQUAL 8)
  add_test(NAME ${QMFORGE_TEST_PREFIX}wfp_mono COMMAND ${CMAKE_CURRENT_LIST_DIR}/mono.sh $<TARGET_FILE:qmforge_fwpuclnt>)
  set_tests_properties(${QMFORGE_TEST_PREFIX}wfp_mono PROPERTIES LABELS long SKIP_REGULAR_EXPRESSION "SKIP: ")
endif()

# The command's parts, the command itself, and its torture of the sample loggers.
if(NOT WIN32)
  foreach(part parts pe runs)
    add_test(NAME ${QMFORGE_TEST_PREFIX}wfp_runner_${part} COMMAND /usr/bin/python3 -B ${CMAKE_CURRENT_LIST_DIR}/runner_${part}_test.py)
  endforeach()
endif()
if(QMFORGE_EXAMPLES AND NOT QMFORGE_SANITIZERS)
  add_test(NAME ${QMFORGE_TEST_PREFIX}wfp_runner COMMAND ${CMAKE_CURRENT_LIST_DIR}/runner_test.py
    --runner ${PROJECT_SOURCE_DIR}/wfp/runner/qmforge-wfp --fake $<TARGET_FILE:qmforge_fwpuclnt>
    --logger $<TARGET_FILE:qm_logger> --wrong-logger $<TARGET_FILE:qm_logger_wrong>
    --fragile $<TARGET_FILE:wfp_client_fragile>)
  qmforge_runner_properties(${QMFORGE_TEST_PREFIX}wfp_runner)
  # Some of its runs wait for their limit: a minute and a half in all.
  set_property(TEST ${QMFORGE_TEST_PREFIX}wfp_runner APPEND PROPERTY LABELS long)
endif()
