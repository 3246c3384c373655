# Charts of report.html come from npm: unpacked into the build folder once a lock file, put into the program by embed_files.
#
# npm_packages(<folder with package.json> <build folder> <variable>): runs `npm ci --omit=dev` there when the lock file is
# another one than last time; <variable> is empty, or says in words why there are no packages.
function(npm_packages source build problem)
  set(${problem} "" PARENT_SCOPE)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source}/package.json ${source}/package-lock.json)
  file(SHA256 ${source}/package-lock.json lock)
  set(stamp ${build}/node_modules/.unpacked)
  if(EXISTS ${stamp})
    file(READ ${stamp} unpacked)
    if(unpacked STREQUAL lock)
      return()
    endif()
  endif()
  find_program(PLIMSOLL_NPM npm)
  if(NOT PLIMSOLL_NPM)
    set(${problem} "npm is not installed" PARENT_SCOPE)
    return()
  endif()
  file(MAKE_DIRECTORY ${build})
  file(COPY ${source}/package.json ${source}/package-lock.json ${source}/.npmrc DESTINATION ${build})
  set(offline "")
  if("$ENV{PLIMSOLL_OFFLINE}" STREQUAL "1")
    set(offline --offline) # npm's own cache may hold them
  endif()
  execute_process(COMMAND ${PLIMSOLL_NPM} ci --omit=dev --ignore-scripts ${offline} WORKING_DIRECTORY ${build} RESULT_VARIABLE code
                  OUTPUT_VARIABLE said ERROR_VARIABLE said TIMEOUT 300)
  if(NOT code EQUAL 0)
    string(REGEX MATCH "npm (ERR!|error)[^\n]*" first "${said}")
    string(REGEX REPLACE "[\"\\\\;]" "" first "${first}") # it ends up in a message of the program
    set(${problem} "npm ci failed: ${first}" PARENT_SCOPE)
    return()
  endif()
  file(WRITE ${stamp} ${lock})
endfunction()
