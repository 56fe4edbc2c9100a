# Makes the installer on a real Windows, from a checkout: an official Python 3.13 (py), git and NSIS 3 on the path.
#
#   powershell -ExecutionPolicy Bypass -File installer\windows\build.ps1
#   ... -Certificate company.pfx -Timestamp <address>    signs programs, installer and uninstaller (asks the password)
#   ... -Test                                            installs it for this person, proves it, and removes it again
param([string]$Certificate = "", [string]$Timestamp = "", [switch]$Test)

$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")

function Run([string]$Program, [string[]]$Words) {
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program $Words : $LASTEXITCODE" }
}

foreach ($program in "py", "git", "makensis") {
    if (-not (Get-Command $program -ErrorAction SilentlyContinue)) { throw "$program is not on the path." }
}
if ($Certificate) {
    if (-not (Get-Command signtool -ErrorAction SilentlyContinue)) { throw "signtool is not on the path." }
    $secret = Read-Host "Password of $Certificate" -AsSecureString
    $env:SAMENLEVEN_CERTIFICATE = (Resolve-Path $Certificate).Path
    $env:SAMENLEVEN_CERTIFICATE_PASSWORD = [Net.NetworkCredential]::new("", $secret).Password
    $env:SAMENLEVEN_TIMESTAMP = $Timestamp
}
try {
    $python = "build\venv-freezer\Scripts\python.exe"
    Run "py" @("-3.13", "installer\bootstrap.py", "--venv", "build\venv-freezer")
    Run $python @("installer\windows\build.py")
    if ($Test) { Run $python @("installer\windows\test.py") }
}
finally {
    Remove-Item Env:SAMENLEVEN_CERTIFICATE_PASSWORD -ErrorAction SilentlyContinue
}
