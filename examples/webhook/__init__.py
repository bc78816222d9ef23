"""A webhook that records what another system posts."""
