"""Static files under names that hold their content's hash, so that browsers may keep them for ever."""

from __future__ import annotations

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_GLOB, _IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Our own modules import one another by hashed names too, so that an upgrade never mixes old and new.

    Only files in a folder named `js`: the examples in other people's comments name files that do not exist.
    """

    patterns = (*HashedFilesMixin.patterns, ("*/js/*.js", _IMPORTS))
