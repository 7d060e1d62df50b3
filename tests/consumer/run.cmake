# Installs the build BUILD into a fresh prefix, builds the project beside this file against it with COMPILER, and runs it.
# Called as: cmake -DBUILD=… -DCOMPILER=… -P run.cmake
cmake_minimum_required(VERSION 3.25)

set(work ${BUILD}/consumer)
file(REMOVE_RECURSE ${work})

function(run)
  list(JOIN ARGV " " line)
  message(STATUS "${line}")
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  message(STATUS "${output}")
  if(status)
    message(FATAL_ERROR "failed (${status}): ${line}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${work}/prefix)
run(${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR} -B ${work}/build -DCMAKE_CXX_COMPILER=${COMPILER}
    -DCMAKE_PREFIX_PATH=${work}/prefix)
run(${CMAKE_COMMAND} --build ${work}/build --parallel 2)
run(${work}/build/decode_one)
if(NOT output STREQUAL "ERROR_IPSEC_IKE_NO_CERT, filter 72623859790382856\n")
  message(FATAL_ERROR "unexpected output of decode_one")
endif()
run(${CMAKE_COMMAND} -E env RC_PARAMS=seed=1 ${work}/build/own_decoder)
if(NOT output MATCHES "found: remoteSubNet 10.0.0.0/32")
  message(FATAL_ERROR "own_decoder did not find its bug, or did not shrink it")
endif()

# Each component alone; without its package it says so, and does not hide the others.
foreach(component sim fuzz bench gtest rapidcheck fwpuclnt)
  file(GLOB_RECURSE targets ${work}/prefix/*/qmforge-${component}-targets.cmake)
  if(NOT component STREQUAL "sim" AND NOT targets)
    message(STATUS "not built: ${component}")
    continue()
  endif()
  run(${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR}/components -B ${work}/${component}
      -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_PREFIX_PATH=${work}/prefix -DCOMPONENT=${component})
  run(${CMAKE_COMMAND} --build ${work}/${component})
endforeach()
foreach(needed bench:benchmark gtest:GTest rapidcheck:rapidcheck fwpuclnt:Threads)
  string(REGEX MATCH "^(.*):(.*)$" component ${needed})
  set(component ${CMAKE_MATCH_1})
  set(package ${CMAKE_MATCH_2})
  set(message "qmforge component '${component}': it needs the package ${package}, which was not found")
  run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/components -B ${work}/sim -DCOMPONENT=sim -DOPTIONAL=${component}
      -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
  if(NOT output MATCHES "${message}")
    message(FATAL_ERROR "no message about the missing package ${package}")
  endif()
  execute_process(COMMAND ${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR}/components -B ${work}/without-${package}
      -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_PREFIX_PATH=${work}/prefix -DCOMPONENT=${component}
      -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE output)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  if(NOT status OR NOT output MATCHES "${message}")
    message(FATAL_ERROR "a required component without ${package} does not end the configuration:\n${output}")
  endif()
endforeach()
execute_process(COMMAND ${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR}/components -B ${work}/unknown
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_PREFIX_PATH=${work}/prefix -DCOMPONENT=fuz
    RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE output)
if(NOT status OR NOT output MATCHES "there[ \n]+is[ \n]+no[ \n]+such[ \n]+component")
  message(FATAL_ERROR "an unknown component is not rejected:\n${output}")
endif()

foreach(form own_handler own_handler_static own_handler_11_fwpuclnt own_handler_11_fwpuclnt_static)
  run(${CMAKE_COMMAND} -E env QMFORGE_WFP_QUIET=1 ${work}/build/${form})
  if(NOT output STREQUAL "100 failures\n" AND NOT (form MATCHES _11_ AND output STREQUAL "0 failures\n"))
    message(FATAL_ERROR "unexpected output of ${form}")
  endif()
endforeach()
# Without CMake: the program's own build, with one -I and one -L more.
file(GLOB library ${work}/prefix/*/libfwpuclnt.so ${work}/prefix/*/*/libfwpuclnt.so)
get_filename_component(libraries ${library} DIRECTORY)
run(${COMPILER} -DWITHOUT_CONTROLS -I${work}/prefix/include ${CMAKE_CURRENT_LIST_DIR}/own_handler.cpp
    -o ${work}/plain_handler -L${libraries} -lfwpuclnt)
run(${CMAKE_COMMAND} -E env QMFORGE_WFP_QUIET=1 LD_LIBRARY_PATH=${libraries} ${work}/plain_handler)
if(NOT output STREQUAL "0 failures\n")
  message(FATAL_ERROR "unexpected output of plain_handler")
endif()
