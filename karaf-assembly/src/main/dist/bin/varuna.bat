@echo off
rem Finds Java and this installation, and leaves the rest to the launcher. 'varuna help' says what it can do.
setlocal

for %%I in ("%~dp0..") do set "HOME_DIRECTORY=%%~fI"
set "DATA_DIRECTORY=%HOME_DIRECTORY%\data"
if defined VARUNA_DATA set "DATA_DIRECTORY=%VARUNA_DATA%"

set "JAVA="
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if not defined JAVA for %%I in (java.exe) do set "JAVA=%%~$PATH:I"
if not exist "%JAVA%" (
    echo Java is not there. Varuna needs Java 17 or later: set JAVA_HOME or put java on the PATH. 1>&2
    exit /b 1
)

rem an older Java would speak of class files, or of options that it does not know
set "VERSION=17"
for %%I in ("%JAVA%\..\..\release") do set "RELEASE=%%~fI"
if exist "%RELEASE%" for /f "usebackq tokens=1,2 delims==.-" %%A in ("%RELEASE%") do if "%%A"=="JAVA_VERSION" set "VERSION=%%B"
rem up to the first dot, the version has the quote before it, and without a dot the one after it as well
set "VERSION=%VERSION:"=%"
if %VERSION% LSS 17 (
    echo Java at "%JAVA%" is too old. Varuna needs Java 17 or later: set JAVA_HOME or put another java on the PATH. 1>&2
    exit /b 1
)

set "PROFILE="
if defined VARUNA_PROFILE set PROFILE="@%HOME_DIRECTORY%\etc\jvm-%VARUNA_PROFILE%.options"
if defined VARUNA_PROFILE if not exist "%HOME_DIRECTORY%\etc\jvm-%VARUNA_PROFILE%.options" (
    echo VARUNA_PROFILE is '%VARUNA_PROFILE%', but there is no 'etc\jvm-%VARUNA_PROFILE%.options'. Varuna brings the profile 'small'. 1>&2
    exit /b 1
)

set "ARCHIVE="
if exist "%HOME_DIRECTORY%\lib\classes.jsa" set ARCHIVE="-XX:SharedArchiveFile=%HOME_DIRECTORY%\lib\classes.jsa"

"%JAVA%" "@%HOME_DIRECTORY%\etc\jvm.options" %PROFILE% %ARCHIVE% %JAVA_OPTS% "@%HOME_DIRECTORY%\lib\java.options" ^
    "-Djava.io.tmpdir=%DATA_DIRECTORY%\tmp" "-Dvaruna.home=%HOME_DIRECTORY%" ^
    -classpath "%HOME_DIRECTORY%\lib\boot\*;%HOME_DIRECTORY%\lib\jdk9plus\*" io.varuna.launcher.Launcher %*
exit /b %ERRORLEVEL%
