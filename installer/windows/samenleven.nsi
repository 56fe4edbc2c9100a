; The installer for Windows: for one person, without administrator rights, Dutch or English, also without a window (/S).
;
; Unpacks beside the program and puts it in place in one move, so that a full disk or a power cut leaves either the old
; program or none. Work files stand elsewhere (%LOCALAPPDATA%\Samenleven) and are touched by nothing here.
;
; makensis -DVERSION=0.1.0 -DFOLDER=frozen\samenleven -DOUT=file.exe -DICONS=folder -DREMOVAL=files.nsh samenleven.nsi
;   -DQUICK packs nothing, for a trial; -DSIGN=command signs installer and uninstaller
;   /S silent   /D=FOLDER another place   /WAIT=SECONDS how long a silent one waits until the program is closed (600)

Target amd64-unicode
Unicode true
!ifdef QUICK
  SetCompress off
!else
  ; Wide enough to see that both programs carry the same modules.
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all
AllowSkipFiles off
CRCCheck on

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Samenleven"
!define CLASS "Samenleven.Pakket"
!define CANNOT_WRITE 2
!define STILL_OPEN 3

Name "Samenleven"
Caption "$(WelcomeTitle)"
UninstallCaption "$(RemoveTitle)"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Samenleven"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "Samenleven ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Samenleven Desktop"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Samenleven"
VIAddVersionKey "LegalCopyright" "EUPL-1.2"

!define MUI_ICON "${ICONS}\samenleven.ico"
!define MUI_UNICON "${ICONS}\samenleven.ico"
!define MUI_ABORTWARNING
!define MUI_ABORTWARNING_TEXT "$(Stop)"
; The words of NSIS itself are formal and speak of wizards; these are ours.
!define MUI_WELCOMEFINISHPAGE_BITMAP "${ICONS}\side.bmp"
!define MUI_WELCOMEPAGE_TITLE "$(WelcomeTitle)"
!define MUI_WELCOMEPAGE_TEXT "$(Welcome)"
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_HEADER_TEXT "$(Busy)"
!define MUI_PAGE_HEADER_SUBTEXT "$(Wait)"
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "$(Done)"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT " "
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "$(Failed)"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "$(FailedHint)"
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(Done)"
!define MUI_FINISHPAGE_TEXT "$(DoneText)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\samenleven.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(Open)"
!insertmacro MUI_PAGE_FINISH
!define MUI_PAGE_HEADER_TEXT "$(RemoveTitle)"
!define MUI_PAGE_HEADER_SUBTEXT "$(WorkStays)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(RemoveText)"
!define MUI_UNCONFIRMPAGE_TEXT_LOCATION "$(Folder)"
!insertmacro MUI_UNPAGE_CONFIRM
!define MUI_PAGE_HEADER_TEXT "$(Removing)"
!define MUI_PAGE_HEADER_SUBTEXT "$(Wait)"
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "$(Removed)"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "$(WorkStays)"
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Dutch"
!insertmacro MUI_LANGUAGE "English"

LangString Welcome ${LANG_DUTCH} "Samenleven ${VERSION} komt op deze computer, enkel voor jou. Daar zijn geen beheerdersrechten voor nodig.$\r$\n$\r$\nHad je al een oudere versie? Dan blijven je werkbestand en je reservekopieën zoals ze zijn.$\r$\n$\r$\nKlik op Installeren."
LangString Welcome ${LANG_ENGLISH} "Samenleven ${VERSION} is put on this computer, for you alone. No administrator rights are needed.$\r$\n$\r$\nDid you have an older version? Your work file and your backups stay as they are.$\r$\n$\r$\nClick Install."
LangString WelcomeTitle ${LANG_DUTCH} "Samenleven installeren"
LangString WelcomeTitle ${LANG_ENGLISH} "Install Samenleven"
LangString Busy ${LANG_DUTCH} "Samenleven wordt geïnstalleerd"
LangString Busy ${LANG_ENGLISH} "Samenleven is being installed"
LangString Wait ${LANG_DUTCH} "Even geduld."
LangString Wait ${LANG_ENGLISH} "One moment, please."
LangString Stop ${LANG_DUTCH} "Wil je stoppen? Samenleven wordt dan niet geïnstalleerd."
LangString Stop ${LANG_ENGLISH} "Do you want to stop? Samenleven will then not be installed."
LangString Failed ${LANG_DUTCH} "Samenleven is niet geïnstalleerd"
LangString Failed ${LANG_ENGLISH} "Samenleven was not installed"
LangString FailedHint ${LANG_DUTCH} "Wat er stond, staat er nog. Je werk is niet aangeraakt."
LangString FailedHint ${LANG_ENGLISH} "What was there is still there. Your work was not touched."
LangString Done ${LANG_DUTCH} "Samenleven is geïnstalleerd"
LangString Done ${LANG_ENGLISH} "Samenleven is installed"
LangString DoneText ${LANG_DUTCH} "Je vindt Samenleven in het menu Start.$\r$\n$\r$\nEen bestand van een collega (.samenleven) opent met een dubbelklik."
LangString DoneText ${LANG_ENGLISH} "You find Samenleven in the Start menu.$\r$\n$\r$\nA file of a colleague (.samenleven) opens with a double click."
LangString Open ${LANG_DUTCH} "Samenleven nu openen"
LangString Open ${LANG_ENGLISH} "Open Samenleven now"
LangString RemoveTitle ${LANG_DUTCH} "Samenleven verwijderen"
LangString RemoveTitle ${LANG_ENGLISH} "Remove Samenleven"
LangString WorkStays ${LANG_DUTCH} "Je werkbestand en je reservekopieën blijven staan."
LangString WorkStays ${LANG_ENGLISH} "Your work file and your backups stay where they are."
LangString RemoveText ${LANG_DUTCH} "Het programma gaat weg uit deze map. Klik op Verwijderen."
LangString RemoveText ${LANG_ENGLISH} "The program is taken out of this folder. Click Uninstall."
LangString Folder ${LANG_DUTCH} "Map:"
LangString Folder ${LANG_ENGLISH} "Folder:"
LangString Removing ${LANG_DUTCH} "Samenleven wordt verwijderd"
LangString Removing ${LANG_ENGLISH} "Samenleven is being removed"
LangString Removed ${LANG_DUTCH} "Samenleven is verwijderd"
LangString Removed ${LANG_ENGLISH} "Samenleven is removed"
LangString StillOpen ${LANG_DUTCH} "Samenleven is nog open. Bewaar je werk, sluit het venster en klik op Opnieuw."
LangString StillOpen ${LANG_ENGLISH} "Samenleven is still open. Save your work, close the window and click Retry."
LangString NoRoom ${LANG_DUTCH} "Er is te weinig plaats op de schijf. Maak plaats en probeer het opnieuw. Er is niets veranderd."
LangString NoRoom ${LANG_ENGLISH} "There is too little room on the disk. Make room and try again. Nothing was changed."
LangString NotMoved ${LANG_DUTCH} "De nieuwe versie kon niet op haar plaats gezet worden. Wat er stond, staat er nog. Start de computer opnieuw en probeer het nog eens."
LangString NotMoved ${LANG_ENGLISH} "The new version could not be put in its place. What was there is still there. Restart the computer and try again."
LangString PackKind ${LANG_DUTCH} "Samenleven-pakket"
LangString CardKind ${LANG_DUTCH} "Samenleven-kaart van een collega"
LangString WorkKind ${LANG_DUTCH} "Samenleven-werkbestand"
LangString PackKind ${LANG_ENGLISH} "Samenleven pack"
LangString CardKind ${LANG_ENGLISH} "Samenleven card of a colleague"
LangString WorkKind ${LANG_ENGLISH} "Samenleven work file"
LangString MenuHint ${LANG_DUTCH} "Het werkbestand van de coaches van het Plan Samenleven"
LangString MenuHint ${LANG_ENGLISH} "The work file of the coaches of the Plan Samenleven"

; A program that runs cannot be opened for writing: waits until it can.
!macro WaitUntilClosed UN
Function ${UN}WaitUntilClosed
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/WAIT=" $R1
  ${If} ${Errors}
    StrCpy $R1 600
  ${EndIf}
  again:
  StrCpy $R2 "closed"
  ${If} ${FileExists} "$INSTDIR\samenleven.exe"
    ClearErrors
    FileOpen $R3 "$INSTDIR\samenleven.exe" a
    ${If} ${Errors}
      StrCpy $R2 "open"
    ${Else}
      FileClose $R3
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\samenleven-cli.exe"
    ClearErrors
    FileOpen $R3 "$INSTDIR\samenleven-cli.exe" a
    ${If} ${Errors}
      StrCpy $R2 "open"
    ${Else}
      FileClose $R3
    ${EndIf}
  ${EndIf}
  ${If} $R2 == "closed"
    Return
  ${EndIf}
  ${If} ${Silent}
    ${If} $R1 <= 0
      SetErrorLevel ${STILL_OPEN}
      Quit
    ${EndIf}
    Sleep 1000
    IntOp $R1 $R1 - 1
    Goto again
  ${EndIf}
  MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "$(StillOpen)" IDRETRY again
  SetErrorLevel ${STILL_OPEN}
  Quit
FunctionEnd
!macroend
!insertmacro WaitUntilClosed ""
!insertmacro WaitUntilClosed "un."

Function .onInit
  Call WaitUntilClosed
FunctionEnd

Function un.onInit
  Call un.WaitUntilClosed
FunctionEnd

; The disk was full, or a file could not be written: what was there stays, what was unpacked goes.
Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR.nieuw"
  SetErrorLevel ${CANNOT_WRITE}
FunctionEnd

!macro Opens ENDING FILECLASS KIND ICON
  WriteRegStr HKCU "Software\Classes\${ENDING}" "" "${FILECLASS}"
  WriteRegStr HKCU "Software\Classes\${FILECLASS}" "" "${KIND}"
  WriteRegStr HKCU "Software\Classes\${FILECLASS}\DefaultIcon" "" "$INSTDIR\${ICON}"
  WriteRegStr HKCU "Software\Classes\${FILECLASS}\shell\open\command" "" '"$INSTDIR\samenleven.exe" "%1"'
!macroend

; What another program took over meanwhile stays with it.
!macro OpensNoMore ENDING FILECLASS
  ReadRegStr $R0 HKCU "Software\Classes\${ENDING}" ""
  ${If} $R0 == "${FILECLASS}"
    DeleteRegKey HKCU "Software\Classes\${ENDING}"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${FILECLASS}"
!macroend

Section "Samenleven" Main
  Call WaitUntilClosed
  RMDir /r "$INSTDIR.nieuw"
  RMDir /r "$INSTDIR.oud"
  CreateDirectory "$INSTDIR.nieuw"

  SectionGetSize ${Main} $R0
  IntOp $R0 $R0 / 1024
  IntOp $R0 $R0 + 20
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR.nieuw", *l .r1, *l, *l) i .r0'
  System::Int64Op $1 / 1048576
  Pop $1
  ${If} $0 <> 0
  ${AndIf} $1 < $R0
    MessageBox MB_OK|MB_ICONSTOP "$(NoRoom)" /SD IDOK
    Abort "$(NoRoom)"
  ${EndIf}

  SetOutPath "$INSTDIR.nieuw"
  ClearErrors
  File /r "${FOLDER}\*.*"
  File "${ICONS}\pakket.ico"
  File "${ICONS}\kaart.ico"
  File "${ICONS}\werkbestand.ico"
  WriteUninstaller "$INSTDIR.nieuw\verwijderen.exe"
  IfErrors 0 unpacked
    Abort "$(NoRoom)"
  unpacked:
  SetOutPath "$TEMP"

  Call WaitUntilClosed
  ${If} ${FileExists} "$INSTDIR\*.*"
    ClearErrors
    Rename "$INSTDIR" "$INSTDIR.oud"
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONSTOP "$(NotMoved)" /SD IDOK
      Abort "$(NotMoved)"
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR.nieuw" "$INSTDIR"
  ${If} ${Errors}
    Rename "$INSTDIR.oud" "$INSTDIR"
    MessageBox MB_OK|MB_ICONSTOP "$(NotMoved)" /SD IDOK
    Abort "$(NotMoved)"
  ${EndIf}
  RMDir /r "$INSTDIR.oud"

  CreateShortcut "$SMPROGRAMS\Samenleven.lnk" "$INSTDIR\samenleven.exe" "" "$INSTDIR\samenleven.exe" 0 SW_SHOWNORMAL "" "$(MenuHint)"

  !insertmacro Opens ".samenleven" "${CLASS}" "$(PackKind)" "pakket.ico"
  !insertmacro Opens ".samenlevenkaart" "${CLASS}.Kaart" "$(CardKind)" "kaart.ico"
  !insertmacro Opens ".samenlevendb" "${CLASS}.Werkbestand" "$(WorkKind)" "werkbestand.ico"
  !insertmacro Opens ".oefendb" "${CLASS}.Werkbestand" "$(WorkKind)" "werkbestand.ico"
  ; A plan file is a text of others: it is only in the list of *Open with*.
  WriteRegStr HKCU "Software\Classes\Applications\samenleven.exe\shell\open\command" "" '"$INSTDIR\samenleven.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\Applications\samenleven.exe\SupportedTypes" ".yaml" ""
  WriteRegStr HKCU "Software\Classes\Applications\samenleven.exe\SupportedTypes" ".yml" ""
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${KEY}" "DisplayName" "Samenleven"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Publisher" "Samenleven Desktop"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\samenleven.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\verwijderen.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\verwijderen.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  SectionGetSize ${Main} $R0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $R0
SectionEnd

; Takes away what was installed, file by file: what else stands in the folder stays.
Section "un.Samenleven"
  Call un.WaitUntilClosed
  SetOutPath "$TEMP"
  !include "${REMOVAL}"
  Delete "$INSTDIR\pakket.ico"
  Delete "$INSTDIR\kaart.ico"
  Delete "$INSTDIR\werkbestand.ico"
  Delete "$INSTDIR\verwijderen.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Samenleven.lnk"
  !insertmacro OpensNoMore ".samenleven" "${CLASS}"
  !insertmacro OpensNoMore ".samenlevenkaart" "${CLASS}.Kaart"
  !insertmacro OpensNoMore ".samenlevendb" "${CLASS}.Werkbestand"
  !insertmacro OpensNoMore ".oefendb" "${CLASS}.Werkbestand"
  DeleteRegKey HKCU "Software\Classes\Applications\samenleven.exe"
  DeleteRegKey HKCU "${KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif
