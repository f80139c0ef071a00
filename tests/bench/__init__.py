"""How we do beside the usual ways: `make bench`. Not collected by pytest: it measures, and takes minutes."""
