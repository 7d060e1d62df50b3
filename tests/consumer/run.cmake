# Installs the build BUILD into a fresh prefix, builds the project beside this file against it with COMPILER, and runs it.
# Called as: cmake -DBUILD=… -DCOMPILER=… -P run.cmake
cmake_minimum_required(VERSION 3.25)

set(work ${BUILD}/consumer)
file(REMOVE_RECURSE ${work})

include(${CMAKE_CURRENT_LIST_DIR}/run_command.cmake)

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
