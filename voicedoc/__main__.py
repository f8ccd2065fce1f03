"""`python -m voicedoc`."""

from voicedoc.cli import main

main(prog_name="voicedoc")
