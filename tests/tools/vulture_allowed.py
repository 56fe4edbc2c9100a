"""Names that vulture takes for unused, each group with the reason why they stay; `make check` reads this file.

A name that is no longer unused stays valid here: remove it when its code goes.
"""
# ruff: noqa: B018, F821

# Alembic calls these of every migration.
_.upgrade
_.downgrade
_.down_revision

# Qt calls these, by these names and parameters.
_.closeEvent
_.contextMenuEvent
_.mouseDoubleClickEvent
_.wheelEvent
_.nativeEventFilter
_.createEditor
_.setEditorData
_.setModelData
_.updateEditorGeometry
_.disambiguation

# Called or read by a library: logging, PyYAML, CycloneDX, Babel, PyInstaller.
_.handleError
_.formatException
_.yaml_implicit_resolvers
_.ignore_aliases
_.increase_indent
_.component
_.creation_date
_.revision_date
_.language_team
_.last_translator
_.header_comment
_.data_files

# Keys of a PDF dictionary, written by pikepdf.
_.K
_.Alt
_.Dest
_.Lang
_.MarkInfo
_.ParentTree
_.ParentTreeNextKey
_.StructParents
_.Tabs
_.ViewerPreferences

# A kind of target that only plan files name.
_.NEIGHBOURHOOD

# Shipped reference data, read and checked by a test.
_.other_name
_.postal_code
_.postal_codes
_.rand_members

# Columns and fields that are read by their name: forms, JSON of the command line, list columns.
_.kept_at
_.period_first
_.period_last
_.report_language
_.decided_on
_.paid_uses
_.free_uses
_.agency_uses
_.agreement_count

# Kept so that the object lives as long as its owner.
_._field_undo

# Read by tests only: what a part shows, and tools of the tests.
_.shows
_.findings
_.is_there
_.bomb
