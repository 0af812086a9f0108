"""An in-memory adapter of every driven port: nothing to install, nothing kept after the process."""
