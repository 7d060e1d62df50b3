# qmforge_shared_library(TARGET HEADER…): with BUILD_SHARED_LIBS, a versioned library that exports what its public headers
# declare, and hides the rest. HEADER is a pattern below include/qmforge.
#
# The headers need no macro for that: they are read first, as visible, and everything that is declared later is hidden. What
# the standard library's templates add is visible by their own attributes; the linker hides it.
# `./dev package` compares what is exported with cmake/package/exports.txt.
function(qmforge_shared_library target)
  if(WIN32 OR NOT BUILD_SHARED_LIBS)
    return()
  endif()
  set(root ${PROJECT_SOURCE_DIR}/include)
  list(TRANSFORM ARGN PREPEND ${root}/qmforge/ OUTPUT_VARIABLE patterns)
  file(GLOB headers RELATIVE ${root} CONFIGURE_DEPENDS ${patterns})
  list(TRANSFORM headers REPLACE "(.+)" "#include \"\\1\"")
  list(JOIN headers "\n" headers)
  file(CONFIGURE OUTPUT ${target}-visible.h
       CONTENT "#pragma GCC visibility push(default)\n${headers}\n#pragma GCC visibility pop\n")
  set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  target_compile_options(${target} PRIVATE -include ${CMAKE_CURRENT_BINARY_DIR}/${target}-visible.h)
  # `?` stands for a space, which a pattern cannot hold.
  qmforge_export_only(${target} "" qmforge::* vtable?for?qmforge::* typeinfo?for?qmforge::* typeinfo?name?for?qmforge::*
                      guard?variable?for?qmforge::*)
endfunction()

# qmforge_export_only(TARGET C-NAMES PATTERN…): of a shared library, the linker exports the C functions, and what of C++
# matches a pattern.
function(qmforge_export_only target c_names)
  set(names ${c_names} "extern \"C++\" {" ${ARGN} "}")
  list(JOIN names ";\n  " names)
  string(REPLACE "{;" "{" names "${names}")
  set(map ${CMAKE_CURRENT_BINARY_DIR}/${target}.map)
  file(CONFIGURE OUTPUT ${map} CONTENT "{\nglobal:\n  @names@;\nlocal:\n  *;\n};\n" @ONLY)
  target_link_options(${target} PRIVATE -Wl,--version-script=${map})
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${map})
endfunction()
