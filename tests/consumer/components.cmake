# Each header and each component alone, from the installation in PREFIX, built in WORK with COMPILER.
# Called as: cmake -DPREFIX=… -DWORK=… -DCOMPILER=… -P components.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/run_command.cmake)
set(work ${WORK})
file(REMOVE_RECURSE ${work})

run(${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR}/headers -B ${work}/headers
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_PREFIX_PATH=${PREFIX})
run(${CMAKE_COMMAND} --build ${work}/headers)

# Without its package a component says so, and does not hide the others.
foreach(component sim fuzz bench gtest rapidcheck fwpuclnt)
  file(GLOB_RECURSE targets ${PREFIX}/*/qmforge-${component}-targets.cmake)
  if(NOT component STREQUAL "sim" AND NOT targets)
    message(STATUS "not built: ${component}")
    continue()
  endif()
  run(${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR}/components -B ${work}/${component}
      -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_PREFIX_PATH=${PREFIX} -DCOMPONENT=${component})
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
      -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_PREFIX_PATH=${PREFIX} -DCOMPONENT=${component}
      -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE output)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  if(NOT status OR NOT output MATCHES "${message}")
    message(FATAL_ERROR "a required component without ${package} does not end the configuration:\n${output}")
  endif()
endforeach()
execute_process(COMMAND ${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR}/components -B ${work}/unknown
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_PREFIX_PATH=${PREFIX} -DCOMPONENT=fuz
    RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE output)
if(NOT status OR NOT output MATCHES "there[ \n]+is[ \n]+no[ \n]+such[ \n]+component")
  message(FATAL_ERROR "an unknown component is not rejected:\n${output}")
endif()
