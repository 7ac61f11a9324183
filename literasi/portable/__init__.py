"""The portable edition: a folder for a USB stick that opens the dashboard, read-only, without internet.

`snapshot` copies the data without history and without pseudonyms, `wheels` fetches the packages for another
computer, `folder` puts it all together with start files and checksums.
"""
